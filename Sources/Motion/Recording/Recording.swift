// SPDX-License-Identifier: Apache-2.0

/// What one motion sensor wrote down, in its own axes.
public struct Recording: Hashable, Sendable {
    /// Seconds, ascending, from any zero.
    public var time: [Double]
    /// Specific force in m/s², gravity included: a phone at rest shows +9.8 on the axis that points up.
    public var acceleration: Axes
    /// Rates of turn in deg/s, by the right hand; nil where the sensor has no gyroscope.
    public var rotation: Axes?

    /// - Precondition: All signals are as long as `time`.
    public init(time: [Double], acceleration: Axes, rotation: Axes?) {
        precondition(acceleration.count == time.count, "acceleration and time differ in length")
        precondition(rotation.map { $0.count == time.count } ?? true, "rotation and time differ in length")
        self.time = time
        self.acceleration = acceleration
        self.rotation = rotation
    }

    public var count: Int { time.count }

    /// Seconds from the first sample to the last.
    public var duration: Double {
        guard let first = time.first, let last = time.last else { return 0 }
        return last - first
    }
}

/// Where on the body the sensor sits.
public enum Placement: String, Hashable, Sendable, CaseIterable {
    case lowerBack = "lower-back"
    case waist, chest, thigh, shin, foot, pocket
}

/// A side of the body.
public enum BodySide: String, Hashable, Sendable, CaseIterable {
    case left, right

    public var other: BodySide { self == .left ? .right : .left }
}
