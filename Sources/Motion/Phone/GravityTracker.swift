// SPDX-License-Identifier: Apache-2.0

/// Follows which way is up, sample by sample, in the phone's own axes.
///
/// The gyroscope carries the direction; the accelerometer pulls it back while nothing accelerates or turns. A
/// complementary filter in the sense of Mahony 2008, with a gain that falls smoothly with movement.
public struct GravityTracker: Hashable, Sendable {
    /// Seconds in which the accelerometer corrects the direction at rest.
    static let settling = 1.5
    /// A deviation of |a| from gravity by this part, and a turn by this rate, weaken the correction by e.
    static let calmForce = 0.08
    static let calmTurn = 25.0

    /// What the gyroscope shows at rest, deg/s.
    public var bias: Vector
    /// The length of gravity as this accelerometer shows it, m/s².
    public var gravity: Double
    /// The unit vector that points up.
    public private(set) var up: Vector
    private var lastRate: Vector?

    public init(up: Vector, gravity: Double, bias: Vector) {
        self.up = up
        self.gravity = gravity
        self.bias = bias
    }

    /// Takes one more sample.
    ///
    /// - Parameters:
    ///   - force: m/s².
    ///   - turn: deg/s, the bias still in it.
    ///   - step: Seconds since the last sample; negative when the recording is read backwards.
    public mutating func append(force: Vector, turn: Vector, step: Double = 1 / EvenRecording.rate) {
        let rate = (turn - bias) * Math.radiansPerDegree
        let mean = (rate + (lastRate ?? rate)) * 0.5
        lastRate = rate
        let first = mean.cross(up) * -step
        var next = up + first - mean.cross(first) * (0.5 * step)
        let length = force.length
        let offset = (length / gravity - 1) / Self.calmForce
        let turning = rate.length / (Self.calmTurn * Math.radiansPerDegree)
        let gain = step.magnitude / Self.settling * Math.exp(-(offset * offset + turning * turning))
        next += (force / gravity - next) * gain
        up = next.normalized ?? up
    }
}

/// What the stillest moment of a recording says of its sensors.
struct StillMoment: Hashable {
    static let seconds = 1.5

    var samples: Range<Int>
    var up: Vector
    var gravity: Double
    var bias: Vector

    /// The stillest one and a half seconds; the earliest of equals.
    ///
    /// - Parameter recording: With a gyroscope; shorter ones are taken whole.
    init?(in recording: EvenRecording) {
        let length = min(Int(Self.seconds * EvenRecording.rate), recording.count)
        guard length > 0, let rotation = recording.rotation else { return nil }
        var best = 0
        var least = Double.infinity
        // Turn and force each by its usual noise, so that neither decides alone.
        var turns = MovingSpread(length: length)
        var forces = MovingSpread(length: length)
        for index in 0..<recording.count {
            turns.append(rotation[index])
            forces.append(recording.acceleration[index])
            guard index >= length - 1 else { continue }
            let unrest = turns.variance / 4 + forces.variance / 0.04
            // A later moment must be clearly stiller, so that the start wins where all is still.
            if unrest < least * 0.5 - 0.01 || least == .infinity {
                least = unrest
                best = index - length + 1
            }
        }
        self.init(samples: best..<(best + length), in: recording)
    }

    init?(samples: Range<Int>, in recording: EvenRecording) {
        guard let rotation = recording.rotation, !samples.isEmpty else { return nil }
        var sum = Vector.zero
        for index in samples { sum += recording.acceleration[index] }
        let mean = sum / Double(samples.count)
        guard let up = mean.normalized else { return nil }
        self.samples = samples
        self.up = up
        gravity = mean.length
        bias = Vector(
            Statistics.median(Array(rotation.x[samples])), Statistics.median(Array(rotation.y[samples])),
            Statistics.median(Array(rotation.z[samples])))
    }
}

/// The variance of the last few vectors, all axes together.
private struct MovingSpread {
    let length: Int
    private var window: [Vector] = []
    private var next = 0
    private var sum = Vector.zero
    private var squares = 0.0

    init(length: Int) { self.length = length }

    mutating func append(_ vector: Vector) {
        if window.count < length {
            window.append(vector)
        } else {
            let old = window[next]
            sum = sum - old
            squares -= old.dot(old)
            window[next] = vector
            next = (next + 1) % length
        }
        sum += vector
        squares += vector.dot(vector)
    }

    var variance: Double {
        let count = Double(window.count)
        return max(squares / count - sum.dot(sum) / (count * count), 0)
    }
}
