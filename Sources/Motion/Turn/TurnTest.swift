// SPDX-License-Identifier: Apache-2.0

/// One change of direction.
public struct Turn: Hashable, Sendable {
    /// The recording's own seconds.
    public var start: Double
    public var end: Double
    /// Degrees; positive to the left, seen from above counterclockwise.
    public var angleDegrees: Double
    public var peakDegreesPerSecond: Double
}

/// What a recording of turning says.
public struct TurnResult: Hashable, Sendable {
    public var method: Method
    public var quality: Quality
    public var turns: [Turn]
    /// Of the fastest turns to each side.
    public var peakLeftDegreesPerSecond: Reading
    public var peakRightDegreesPerSecond: Reading
}

/// Turns about the vertical with the phone at the waist.
///
/// A proposal of this project after the turns of gait analysis; no turning with a known peak was at hand.
public struct TurnTest: Hashable, Sendable {
    /// deg/s that a turn reaches, and that bound it.
    static let peak = 45.0
    static let edge = 15.0
    /// Degrees that a turn comes to at least.
    static let least = 45.0
    /// Seconds between two parts of the same turn, and of a whole one.
    static let pause = 0.3
    static let durations = 0.3...4.0
    /// Hz: the swing of each step is faster.
    static let smooth = 1.5

    public init() {}

    /// Finds the turns of a recording.
    ///
    /// - Parameter recording: With a gyroscope.
    /// - Returns: The turns in order.
    /// - Throws: Why the recording gives no measure.
    public func result(of recording: Recording) throws(SignalError) -> TurnResult {
        let (stretches, quality) = try PhoneClock().even(recording)
        var turns: [Turn] = []
        for stretch in stretches { turns += Self.turns(try Upright(stretch)) }
        func fastest(_ isLeft: Bool) -> Reading {
            let peaks = turns.filter { ($0.angleDegrees > 0) == isLeft }.map { $0.peakDegreesPerSecond }
            return Reading(peaks.max() ?? .nan, orMissing: .tooFew(needed: 1, got: 0))
        }
        return TurnResult(
            method: .turns, quality: quality, turns: turns, peakLeftDegreesPerSecond: fastest(true),
            peakRightDegreesPerSecond: fastest(false))
    }

    private static func turns(_ upright: Upright) -> [Turn] {
        var yaw: [Double] = []
        for index in 0..<upright.count { yaw.append(upright.turn[index].dot(upright.up[index])) }
        let rate = EvenRecording.rate
        // Peak rates from a signal that keeps them, the turns from one without steps.
        let keen = Butterworth.lowPass(order: 2, cutoff: 6, rate: rate).zeroPhase(yaw)
        let calm = Butterworth.lowPass(order: 2, cutoff: smooth, rate: rate).zeroPhase(yaw)
        var result: [Turn] = []
        for run in runs(calm) {
            let seconds = Double(run.count) / rate
            var angle = 0.0
            var peak = 0.0
            var calmPeak = 0.0
            for index in run {
                angle += yaw[index] / rate
                peak = max(peak, keen[index].magnitude)
                calmPeak = max(calmPeak, calm[index].magnitude)
            }
            guard calmPeak > Self.peak, angle.magnitude >= least, durations.contains(seconds) else {
                continue
            }
            result.append(
                Turn(
                    start: upright.recording.seconds(at: Double(run.lowerBound)),
                    end: upright.recording.seconds(at: Double(run.upperBound - 1)), angleDegrees: angle,
                    peakDegreesPerSecond: peak))
        }
        return result
    }

    /// Stretches of turning one way, short pauses joined.
    private static func runs(_ yaw: [Double]) -> [Range<Int>] {
        var runs: [Range<Int>] = []
        var first: Int?
        for index in 0...yaw.count {
            let isTurning = index < yaw.count && yaw[index].magnitude > edge
            if let start = first, !isTurning || (yaw[start] > 0) != (yaw[index] > 0) {
                if let last = runs.last, Double(start - last.upperBound) < pause * EvenRecording.rate,
                    (yaw[last.lowerBound] > 0) == (yaw[start] > 0)
                {
                    runs[runs.count - 1] = last.lowerBound..<index
                } else {
                    runs.append(start..<index)
                }
                first = nil
            }
            if isTurning && first == nil { first = index }
        }
        return runs
    }
}
