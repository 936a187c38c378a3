// SPDX-License-Identifier: Apache-2.0

/// One unbroken stretch of a recording on an even grid of instants.
public struct EvenRecording: Hashable, Sendable {
    /// Samples per second; 60, the most that a browser gives.
    public static let rate = 60.0

    /// The first sample's instant in the recording's own seconds.
    public var start: Double
    /// Specific force in m/s².
    public var acceleration: Axes
    /// Rates of turn in deg/s.
    public var rotation: Axes?

    public var count: Int { acceleration.count }

    /// The recording's own seconds at a sample, or between two.
    public func seconds(at sample: Double) -> Double { start + sample / Self.rate }

    /// The part of these samples.
    func part(_ range: Range<Int>) -> EvenRecording {
        EvenRecording(
            start: seconds(at: Double(range.lowerBound)), acceleration: acceleration.part(range),
            rotation: rotation?.part(range))
    }
}

/// A hole in a recording, in its own seconds.
public struct Gap: Hashable, Sendable {
    public var start: Double
    public var end: Double
}

/// What is known of how well a recording was taken.
public struct Quality: Hashable, Sendable {
    /// Samples per second that arrived, gaps left out.
    public var rate = Double.nan
    /// Holes of more than 100 ms.
    public var gaps: [Gap] = []
    /// Samples in the recording.
    public var samples = 0
    /// How far the time stamps were believed: 0 samples were taken evenly, 1 exactly when stamped.
    public var stampTrust = Double.nan
    /// The smallest step between two readings of acceleration, m/s²: 0.1 on most phones.
    public var accelerationStep = Double.nan
    public var hasRotation = false

    public init() {}
}

/// Puts the samples of a phone on an even grid.
///
/// Browsers stamp samples up to 15 ms late or early. Either the sensor sampled evenly and the stamps are
/// wrong, or it sampled when stamped; the cure of the one spoils the other. So the recording is asked: where a
/// channel is steep, a sample that was really taken late lies off the curve of its neighbours by slope × delay.
public struct PhoneClock: Sendable {
    /// A hole longer than this is one, in seconds.
    public var longestStep = 0.1
    /// Stamps may run backwards by this much: jitter.
    public var jitter = 0.04
    /// Samples per second that the methods of this library accept.
    public var rates = 25.0...1100.0
    /// Shorter stretches between two gaps are left out, in seconds.
    public var shortest = 1.0

    public init() {}

    /// The unbroken stretches of a recording at 60 Hz, and how well it was taken.
    ///
    /// - Parameters:
    ///   - recording: As it came from the phone.
    ///   - trust: How far to believe the stamps, if known from before; asking the recording is a third of the work.
    /// - Returns: One stretch or more, in order.
    /// - Throws: Why the recording gives no measure.
    public func even(_ recording: Recording, trust: Double? = nil) throws(SignalError) -> (
        stretches: [EvenRecording], quality: Quality
    ) {
        let (kept, times, quality) = try placed(recording, trust: trust)
        var result: [EvenRecording] = []
        for (stretch, time) in zip(kept, times) {
            result.append(Self.resampled(recording, stretch: stretch, times: time))
        }
        return (result, quality)
    }

    /// The unbroken stretches of a recording and the instant at which each of their samples was taken, as far as
    /// that can be known.
    func placed(_ recording: Recording, trust: Double? = nil) throws(SignalError) -> (
        stretches: [Range<Int>], times: [[Double]], quality: Quality
    ) {
        try check(recording)
        var quality = Quality()
        quality.samples = recording.count
        quality.hasRotation = recording.rotation != nil
        quality.accelerationStep = ReadingStep(recording.acceleration).smallest
        var stretches: [Range<Int>] = []
        var first = 0
        let time = recording.time
        for index in 1..<time.count where time[index] - time[index - 1] > longestStep {
            quality.gaps.append(Gap(start: time[index - 1], end: time[index]))
            stretches.append(first..<index)
            first = index
        }
        stretches.append(first..<time.count)
        let kept = stretches.filter {
            $0.count > 9 && time[$0.upperBound - 1] - time[$0.lowerBound] >= shortest
        }
        guard !kept.isEmpty else {
            // Slow sampling is gaps throughout; the rate says it better.
            let rate = Double(time.count - 1) / recording.duration
            guard rate >= rates.lowerBound else {
                throw .rate(hertz: rate, least: rates.lowerBound, most: rates.upperBound)
            }
            var longest = 0.0
            for stretch in stretches {
                longest = max(longest, time[stretch.upperBound - 1] - time[stretch.lowerBound])
            }
            throw .tooShort(neededSeconds: shortest, gotSeconds: longest)
        }
        var seconds = 0.0
        var steps = 0
        for stretch in kept {
            seconds += time[stretch.upperBound - 1] - time[stretch.lowerBound]
            steps += stretch.count - 1
        }
        quality.rate = Double(steps) / seconds
        guard rates.contains(quality.rate) else {
            throw .rate(hertz: quality.rate, least: rates.lowerBound, most: rates.upperBound)
        }
        let evenTimes = kept.map { Self.evenTimes(time, in: $0) }
        let trust = trust ?? Self.trust(in: recording, stretches: kept, even: evenTimes)
        quality.stampTrust = trust
        var times: [[Double]] = []
        for (stretch, even) in zip(kept, evenTimes) {
            times.append(Self.times(recording.time[stretch], even: even, trust: trust))
        }
        return (kept, times, quality)
    }

    /// Refuses what is no recording at all.
    func check(_ recording: Recording) throws(SignalError) {
        let count = recording.count
        guard count >= 10 else {
            throw .tooShort(neededSeconds: shortest, gotSeconds: recording.duration)
        }
        var isConstant = true
        var latest = -Double.infinity
        for index in 0..<count {
            let force = recording.acceleration[index]
            let turn = recording.rotation?[index] ?? .zero
            let sum = force.x + force.y + force.z + turn.x + turn.y + turn.z + recording.time[index]
            guard sum.isFinite else { throw .notFinite(sample: index) }
            if recording.time[index] < latest - jitter { throw .timeNotAscending(sample: index) }
            latest = max(latest, recording.time[index])
            if index > 0 {
                isConstant =
                    isConstant && force == recording.acceleration[index - 1]
                    && turn == (recording.rotation?[index - 1] ?? .zero)
            }
        }
        if isConstant { throw .constant }
        guard recording.duration > 0 else { throw .timeNotAscending(sample: count - 1) }
    }
}
