// SPDX-License-Identifier: Apache-2.0

/// Counts heel raises while they are done.
///
/// Three times a second the last half minute is analysed as the whole recording will be, and what lies further
/// back is kept as it was decided. So the count can be corrected for some seconds, and agrees with the result
/// afterwards. Memory is bounded by the window and by `mostCandidates`.
public struct LiveHeelRaise: Sendable {
    /// Seconds of signal that are kept, and dropped at a time.
    static let window = 30.0
    static let block = 6.0
    /// Seconds at the front of a window that its filters spoil.
    static let margin = 7.0
    static let mostCandidates = 2000
    /// Looks between two questions to the recording how far its stamps are to be believed.
    static let trustedLooks = 6

    public let test: HeelRaiseTest
    public private(set) var repetitions: [HeelRaise] = []
    /// The samples that came, and the holes between them.
    public private(set) var quality = Quality()

    private var window = LiveWindow()
    private var settled: [HeelRaiseCandidate] = []
    private var fresh: [HeelRaiseCandidate] = []
    private var settledUntil = -Double.infinity
    private var pace = HeelRaisePace()
    private var carried: Carried?
    /// Of a foot, once there was a hole.
    private var mount: FootMount?
    private var last: Look?
    private var looks = 0

    /// What a window needs to know from the one before.
    private struct Carried {
        var tracker: GravityTracker
        var flat: Vector?
        var noise: Double?
    }

    /// What the latest look saw, as far as the next window needs it.
    private struct Look {
        var upright: Upright
        var flatUp: Axes?
        var noise: Double?
    }

    public init(_ test: HeelRaiseTest) {
        self.test = test
        quality.hasRotation = true
    }

    public var count: Int { repetitions.count }

    /// Takes one more sample; one that is not finite or comes from the past is left out.
    ///
    /// - Parameters:
    ///   - time: Seconds.
    ///   - force: m/s², gravity included.
    ///   - turn: deg/s.
    public mutating func append(time: Double, force: Vector, turn: Vector) {
        if window.isHole(before: time) && LiveWindow.isFinite(time, force, turn) { close() }
        switch window.append(time: time, force: force, turn: turn) {
        case .nothing: break
        case .gap(let gap):
            quality.gaps.append(gap)
            looks = 0
        case .look:
            looks += 1
            let isAsked = looks % Self.trustedLooks == 1 || quality.stampTrust.isNaN
            look(trust: isAsked ? nil : quality.stampTrust)
            if window.recording.duration > Self.window + Self.block { drop() }
        }
        quality.samples = window.samples
    }

    /// What follows from the repetitions so far; call it at the end.
    public mutating func result() -> HeelRaiseResult {
        look()
        return test.result(
            settled + fresh, quality: quality, end: window.recording.time.last ?? settledUntil)
    }

    /// After a hole: the foot's phone lies as it did, else nothing is known; and what was seen stays as it was.
    private mutating func close() {
        if test.isFoot { mount = mount ?? FootMount() }
        look()
        settle(before: .infinity)
        if let last, let flat = last.flatUp?[0] {
            mount = FootMount(bias: last.upright.bias, gravity: last.upright.gravity, flat: flat)
        }
        settledUntil = -.infinity
        carried = nil
        last = nil
    }

    // Not inlined, as below: the browser's build would have it three times.
    @inline(never)
    private mutating func look(trust: Double? = nil) {
        guard let (stretches, quality) = try? PhoneClock().even(window.recording, trust: trust),
            let stretch = stretches.first, let found = candidates(in: stretch)
        else { return }
        self.quality.rate = quality.rate
        self.quality.stampTrust = quality.stampTrust
        self.quality.accelerationStep = quality.accelerationStep
        fresh = found.filter { $0.top > settledUntil }
        let selection = HeelRaiseSelection(settled + fresh, isFoot: test.isFoot)
        if !test.isFoot { _ = pace.learn(from: selection.accepted) }
        repetitions = test.repetitions(selection.accepted)
    }

    private mutating func candidates(in stretch: EvenRecording) -> [HeelRaiseCandidate]? {
        if test.isFoot {
            guard let tilt = tilt(of: stretch) else { return nil }
            last = Look(upright: tilt.upright, flatUp: tilt.flatUp, noise: tilt.noise)
            return tilt.candidates
        }
        guard let upright = upright(stretch) else { return nil }
        last = Look(upright: upright)
        return BodyRise(upright, isTrunk: test.isTrunk, pace: pace).candidates
    }

    private func tilt(of stretch: EvenRecording) -> FootTilt? {
        if carried == nil, let mount { return try? mount.tilt(stretch) }
        return upright(stretch).map { FootTilt($0, flat: carried?.flat, noise: carried?.noise) }
    }

    private func upright(_ stretch: EvenRecording) -> Upright? {
        guard let carried else { return try? Upright(stretch) }
        return try? Upright(stretch, from: carried.tracker, still: 0..<0)
    }

    /// Drops the oldest block, and keeps what was decided in it.
    private mutating func drop() {
        guard let last else { return }
        let start = (window.recording.time.first ?? 0) + Self.block
        let sample = Int((start - last.upright.recording.start) * EvenRecording.rate)
        guard sample > 0, sample < last.upright.count else { return }
        settle(before: start + Self.margin)
        carried = Carried(
            tracker: GravityTracker(
                up: last.upright.up[sample], gravity: last.upright.gravity, bias: last.upright.bias),
            flat: last.flatUp?[sample], noise: last.noise)
        window.drop(before: start)
    }

    private mutating func settle(before time: Double) {
        for candidate in fresh where candidate.top <= time && settled.count < Self.mostCandidates {
            settled.append(candidate)
        }
        fresh = fresh.filter { $0.top > time }
        settledUntil = time
    }
}
