// SPDX-License-Identifier: Apache-2.0

/// A walk analysed while it is recorded, in bounded memory.
///
/// Two answers come out. *Settled*: samples are put on an even grid, kept where the body moves, and analysed as a
/// whole when it comes to rest or a minute is full. ``GaitAnalysis`` is this stream run over a recording, so both
/// give the same numbers, bit for bit. *Live*: ten times a second, or as asked, the last eight seconds are
/// analysed by the same method, and a contact that is ``liveDelay`` old and new is handed out at once, with its
/// side. A live contact is not taken back; where the whole bout says otherwise, the settled one differs.
public struct GaitStream: Sendable {
    /// Seconds after a contact at which it is known live, at most a tenth of a second later.
    public static let liveDelay = 0.4
    /// Seconds that are analysed as one, and that each such block sees of its neighbours.
    static let blockSeconds = 60
    static let contextSeconds = 6
    /// Seconds of rest that end a stretch of activity.
    static let restSeconds = 3
    static let liveSeconds = 8
    /// Seconds without a sample that end a stretch: what was in between is unknown.
    static let longestGap = 1.0

    private static let rate = Int(UniformSignal.rate)

    private let placement: Placement
    private let side: BodySide?
    private let height: Double?
    /// Grid samples between two looks for contacts as they happen; nil where none are wanted.
    private let liveStep: Int?
    private let settling: Settling
    private var sampler = GridSampler()
    private var activity = Activity()
    private var grid: [MotionSample] = []
    /// The number of the first kept grid sample.
    private var first = 0

    /// The grid sample at which the present stretch and its next block begin.
    private var stretch: Int?
    private var block = 0
    private var lastActive = 0
    private var start = 0.0
    private var last: MotionSample?
    private var taken = 0
    private var extent = StreamExtent()
    private var lastLive = -Double.infinity
    private var findings = WalkFindings()
    private var blocks: [GaitBlock] = []

    /// What becomes of the blocks that settle.
    public enum Settling: Sendable {
        /// They are analysed as soon as they are whole.
        case atOnce
        /// ``takeBlocks()`` hands them out, and ``settle(_:)`` takes what was found in them.
        case apart
        /// Nothing: the stream keeps nothing of what is over.
        case never
    }

    /// - Parameters:
    ///   - placement: Where the sensor sits.
    ///   - side: Which leg, for a foot or a shin.
    ///   - height: The body's, in m; without it there are no lengths and no speed.
    ///   - isLive: Whether contacts are wanted as they happen; it costs some hundred times the work.
    ///   - liveEvery: Seconds between two looks for them, up to half a second; a longer time costs less, and each
    ///     contact is known by as much later.
    ///   - settling: What becomes of the blocks that settle.
    public init(
        placement: Placement, side: BodySide? = nil, height: Double? = nil, isLive: Bool = false,
        liveEvery: Double = 0.1, settling: Settling = .atOnce
    ) {
        self.placement = placement
        self.side = side
        self.height = height
        liveStep = isLive ? min(max(1, Int(liveEvery * UniformSignal.rate + 0.5)), Self.rate / 2) : nil
        self.settling = settling
    }

    /// Grid samples in memory: never more than about eighty seconds of them.
    public var keptSamples: Int { grid.count }

    private var end: Int { first + grid.count }

    /// Takes the next sample.
    ///
    /// - Parameter sample: Later than the last.
    /// - Returns: The contacts that have become known, if contacts are wanted live.
    /// - Throws: ``SignalError`` of a sample that is no number or not later than the last; it is left out.
    @discardableResult
    public mutating func append(_ sample: MotionSample) throws(SignalError) -> [InitialContact] {
        guard sample.isFinite else { throw .notFinite(sample: taken) }
        if let last {
            guard sample.time > last.time else { throw .timeNotAscending(sample: taken) }
            if sample.time - last.time > Self.longestGap { skip(to: sample) }
        } else {
            start = sample.time
        }
        last = sample
        taken += 1
        extent.append(sample)
        let before = grid.count
        sampler.append(sample, to: &grid)
        var live: [InitialContact] = []
        for index in (first + before)..<(first + grid.count) {
            advance(to: index)
            if let liveStep, stretch != nil, index % liveStep == 0 { live += liveContacts(at: index) }
        }
        if grid.count > 2 * Self.contextSeconds * Self.rate { forget() }
        return live
    }

    /// Ends what was there and begins again on the same clock.
    private mutating func skip(to sample: MotionSample) {
        if stretch != nil { analyse(upTo: min(end, lastActive + 1), isLast: true) }
        grid.removeAll(keepingCapacity: true)
        sampler = GridSampler()
        activity = Activity()
        (first, start) = (0, sample.time)
    }

    private mutating func advance(to index: Int) {
        if activity.append(grid[index - first].acceleration) {
            if stretch == nil {
                stretch = max(first, index - 2 * Self.rate)
                block = stretch ?? index
            }
            lastActive = index
        }
        guard stretch != nil else { return }
        if index - lastActive >= Self.restSeconds * Self.rate {
            analyse(upTo: lastActive + 1, isLast: true)
        } else if index >= block + (Self.blockSeconds + Self.contextSeconds) * Self.rate {
            analyse(upTo: block + Self.blockSeconds * Self.rate, isLast: false)
        }
    }

    private func signal(_ range: Range<Int>) -> UniformSignal {
        let samples = grid[(range.lowerBound - first)..<(range.upperBound - first)]
        let hasRotation = samples.allSatisfy { $0.rotation != nil }
        return UniformSignal(
            start: start + Double(range.lowerBound) / UniformSignal.rate,
            acceleration: Axes(samples) { $0.acceleration },
            rotation: hasRotation ? Axes(samples) { $0.rotation ?? .zero } : nil)
    }

    private mutating func analyse(upTo coreEnd: Int, isLast: Bool) {
        guard let stretch else { return }
        switch settling {
        case .atOnce: settle(cut(stretch, upTo: coreEnd, isLast: isLast).analysed())
        case .apart: blocks.append(cut(stretch, upTo: coreEnd, isLast: isLast))
        case .never: break
        }
        block = coreEnd
        if isLast { self.stretch = nil }
    }

    private func cut(_ stretch: Int, upTo coreEnd: Int, isLast: Bool) -> GaitBlock {
        let context = Self.contextSeconds * Self.rate
        let low = max(stretch, max(first, block - context))
        let high = max(low, min(end, isLast ? coreEnd : coreEnd + context))
        func time(_ index: Int) -> Double { start + Double(index) / UniformSignal.rate }
        return GaitBlock(
            signal: signal(low..<high), placement: placement, side: side, height: height,
            from: block == stretch ? -.infinity : time(block), to: isLast ? .infinity : time(coreEnd))
    }

    /// Hands out the blocks that have become whole since the last call, where they are settled apart.
    ///
    /// - Returns: In the order in which ``settle(_:)`` wants them back; seldom any.
    public mutating func takeBlocks() -> [GaitBlock] {
        guard !blocks.isEmpty else { return [] }
        defer { blocks = [] }
        return blocks
    }

    /// Takes back a block that was handed out; all of them, and in their order.
    public mutating func settle(_ block: AnalysedGaitBlock) { findings.append(block) }

    private mutating func liveContacts(at index: Int) -> [InitialContact] {
        let low = max(first, index + 1 - Self.liveSeconds * Self.rate)
        guard index - low > 2 * Self.rate else { return [] }
        let known = start + Double(index) / UniformSignal.rate - Self.liveDelay
        let seen = WalkFindings(
            signal(low..<(index + 1)), placement: placement, side: side, height: height, goesOn: true)
        let contacts = seen.contacts.filter {
            $0.time <= known && $0.time > max(lastLive + 0.25, known - 1)
        }
        if let last = contacts.last { lastLive = last.time }
        return contacts
    }

    /// Lets go of what no later block will look at.
    private mutating func forget() {
        let context = (Self.contextSeconds + Self.liveSeconds) * Self.rate
        let needed =
            stretch == nil ? end - context : min(block - Self.contextSeconds * Self.rate, end - context)
        // Seldom, so that moving the rest to the front costs little.
        guard needed > first + 10 * Self.rate else { return }
        grid.removeFirst(needed - first)
        first = needed
    }

    /// What is settled so far.
    public var settled: GaitAnalysis { GaitAnalysis(findings, placement: placement) }

    /// Settles what is open and gives everything; the stream can go on as a new one.
    ///
    /// Blocks that were handed out must have come back; those that were not are analysed here.
    /// - Returns: What ``GaitAnalysis`` gives for the same samples.
    public mutating func finish() -> GaitAnalysis {
        if stretch != nil { analyse(upTo: min(end, lastActive + 1 + Self.rate / 2), isLast: true) }
        for block in takeBlocks() { settle(block.analysed()) }
        let analysis = settled
        self = GaitStream(
            placement: placement, side: side, height: height, isLive: liveStep != nil,
            liveEvery: Double(liveStep ?? 1) / UniformSignal.rate, settling: settling)
        return analysis
    }

    /// As ``finish()``, of samples that were a whole recording.
    ///
    /// - Throws: ``SignalError`` where nothing can be said from it: it was shorter than 2 s, came at less than
    ///   20 or more than 1000 samples a second on average, or never changed.
    public mutating func finishChecked() throws(SignalError) -> GaitAnalysis {
        try extent.checked()
        return finish()
    }

    /// Hands over what is settled and forgets it, for a stream that runs for days.
    ///
    /// - Returns: What was settled since the last call; a bout that was cut here counts as two.
    public mutating func takeSettled() -> GaitAnalysis {
        let analysis = settled
        findings = WalkFindings()
        return analysis
    }
}
