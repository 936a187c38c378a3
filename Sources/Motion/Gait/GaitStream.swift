// SPDX-License-Identifier: Apache-2.0

/// A walk analysed while it is recorded, in bounded memory.
///
/// Samples are put on an even grid; where the body moves they are kept, at most a minute at a time, and
/// analysed as a whole when it comes to rest or the minute is full. ``GaitAnalysis`` is this stream run over
/// a recording: both give the same numbers.
public struct GaitStream: Sendable {
    /// Seconds that are analysed as one, and that each such block sees of its neighbours.
    static let blockSeconds = 60
    static let contextSeconds = 6
    /// Seconds of rest that end a stretch of activity.
    static let restSeconds = 3

    private let placement: Placement
    private let side: BodySide?
    private let height: Double?
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
    private var hasBegun = false
    private var results = WalkFindings()

    public init(placement: Placement, side: BodySide? = nil, height: Double? = nil) {
        self.placement = placement
        self.side = side
        self.height = height
    }

    private var end: Int { first + grid.count }

    /// Takes the next sample.
    public mutating func append(_ sample: MotionSample) {
        let before = grid.count
        if !hasBegun { (hasBegun, start) = (true, sample.time) }
        sampler.append(sample, to: &grid)
        for index in before..<grid.count { advance(to: first + index) }
        if grid.count > 2 * Self.contextSeconds * 100 { forget() }
    }

    private mutating func advance(to index: Int) {
        let isActive = activity.append(grid[index - first].acceleration)
        let rate = Int(UniformSignal.rate)
        if isActive {
            if stretch == nil {
                stretch = max(first, index - 2 * rate)
                block = stretch ?? index
            }
            lastActive = index
        }
        guard stretch != nil else { return }
        if index - lastActive >= Self.restSeconds * rate {
            analyse(upTo: lastActive + 1, isLast: true)
        } else if index >= block + (Self.blockSeconds + Self.contextSeconds) * rate {
            analyse(upTo: block + Self.blockSeconds * rate, isLast: false)
        }
    }

    private mutating func analyse(upTo coreEnd: Int, isLast: Bool) {
        guard let stretch else { return }
        let context = Self.contextSeconds * Int(UniformSignal.rate)
        let low = max(stretch, max(first, block - context))
        let high = min(end, isLast ? coreEnd : coreEnd + context)
        var acceleration = Axes()
        var rotation = Axes()
        for index in (low - first)..<(high - first) {
            acceleration.append(grid[index].acceleration)
            if let turn = grid[index].rotation { rotation.append(turn) }
        }
        let signal = UniformSignal(
            start: start + Double(low) / UniformSignal.rate, acceleration: acceleration,
            rotation: rotation.count == acceleration.count ? rotation : nil)
        let walk = findings(in: signal)
        let from = start + Double(block) / UniformSignal.rate
        let to = isLast ? Double.infinity : start + Double(coreEnd) / UniformSignal.rate
        results.append(walk, from: block == stretch ? -.infinity : from, to: to)
        block = coreEnd
        if isLast { self.stretch = nil }
    }

    private func findings(in signal: UniformSignal) -> WalkFindings {
        switch placement {
        case .foot: WalkFindings(foot: signal, side: side)
        case .shin: WalkFindings(shin: signal, side: side)
        case .pocket, .thigh: WalkFindings(pocket: signal)
        case .lowerBack, .waist, .chest: WalkFindings(waist: signal, height: height)
        }
    }

    /// Lets go of what no later block will look at.
    private mutating func forget() {
        let context = Self.contextSeconds * Int(UniformSignal.rate)
        let needed = stretch == nil ? end - context : min(block - context, end - context)
        guard needed > first else { return }
        grid.removeFirst(needed - first)
        first = needed
    }

    /// Ends the recording and gives what was found in all of it.
    mutating func finish() -> WalkFindings {
        if stretch != nil { analyse(upTo: min(end, lastActive + 1 + 50), isLast: true) }
        return results
    }
}

extension WalkFindings {
    /// Takes over what lies between two times.
    mutating func append(_ other: WalkFindings, from: Double, to: Double) {
        func isInside(_ time: Double) -> Bool { time >= from && time < to }
        let last = contacts.last?.time ?? -.infinity
        contacts += other.contacts.filter { isInside($0.time) && $0.time > last + 0.25 }
        finalContacts += other.finalContacts.filter { isInside($0.time) }
        strides += other.strides.filter { isInside($0.start) }
        turns += other.turns.filter { isInside($0.start) }
        regularities += other.regularities
    }
}
