// SPDX-License-Identifier: Apache-2.0

/// A stretch of a recording with the direction of gravity known at every sample.
///
/// A class, though a value that never changes: a copy then costs one count instead of eleven, which the browser's build
/// has hundreds of.
final class Upright: Sendable {
    let recording: EvenRecording
    /// The unit vector that points up, in the phone's axes.
    let up: Axes
    /// Rates of turn without the gyroscope's bias, deg/s.
    let turn: Axes
    /// m/s².
    let gravity: Double
    /// What the gyroscope shows at rest, deg/s.
    let bias: Vector
    /// Samples in which nothing moves.
    let still: Range<Int>

    /// Follows gravity from the stillest moment to both ends.
    convenience init(_ recording: EvenRecording) throws(SignalError) {
        guard recording.rotation != nil else { throw .noRotation }
        guard let still = StillMoment(in: recording) else {
            throw .tooShort(neededSeconds: StillMoment.seconds, gotSeconds: 0)
        }
        try self.init(recording, still: still)
    }

    init(_ recording: EvenRecording, still: StillMoment) throws(SignalError) {
        guard let rotation = recording.rotation else { throw .noRotation }
        let count = recording.count
        var up = Axes(
            x: [Double](repeating: 0, count: count), y: [Double](repeating: 0, count: count),
            z: [Double](repeating: 0, count: count))
        let middle = (still.samples.lowerBound + still.samples.upperBound) / 2
        let step = 1 / EvenRecording.rate
        var tracker = GravityTracker(up: still.up, gravity: still.gravity, bias: still.bias)
        for index in middle..<count {
            tracker.append(force: recording.acceleration[index], turn: rotation[index], step: step)
            up[index] = tracker.up
        }
        tracker = GravityTracker(up: still.up, gravity: still.gravity, bias: still.bias)
        var index = middle - 1
        while index >= 0 {
            tracker.append(force: recording.acceleration[index], turn: rotation[index], step: -step)
            up[index] = tracker.up
            index -= 1
        }
        var turn = Axes()
        for index in 0..<count { turn.append(rotation[index] - still.bias) }
        self.recording = recording
        self.up = up
        self.turn = turn
        gravity = still.gravity
        self.still = still.samples
        bias = still.bias
    }

    /// Follows gravity from a direction that is known at the first sample.
    init(_ recording: EvenRecording, from tracker: GravityTracker, still: Range<Int>) throws(SignalError) {
        guard let rotation = recording.rotation else { throw .noRotation }
        var tracker = tracker
        var up = Axes()
        var turn = Axes()
        for index in 0..<recording.count {
            up.append(tracker.up)
            turn.append(rotation[index] - tracker.bias)
            tracker.append(force: recording.acceleration[index], turn: rotation[index])
        }
        self.recording = recording
        self.up = up
        self.turn = turn
        self.still = still
        gravity = tracker.gravity
        bias = tracker.bias
    }

    var count: Int { recording.count }

    /// Acceleration upwards, gravity taken off, m/s².
    var vertical: [Double] {
        var result: [Double] = []
        result.reserveCapacity(count)
        for index in 0..<count { result.append(recording.acceleration[index].dot(up[index]) - gravity) }
        return result
    }

    /// Acceleration in the phone's axes, gravity taken off, m/s².
    var linear: Axes {
        var result = Axes()
        for index in 0..<count { result.append(recording.acceleration[index] - up[index] * gravity) }
        return result
    }

    /// Degrees between two directions of length one.
    @inline(never)
    static func degrees(_ left: Vector, _ right: Vector) -> Double {
        Math.atan2(left.cross(right).length, left.dot(right)) / Math.radiansPerDegree
    }
}
