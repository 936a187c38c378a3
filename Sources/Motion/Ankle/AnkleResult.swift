// SPDX-License-Identifier: Apache-2.0

/// What the ankle was asked to do.
public enum AnkleTask: String, Hashable, Sendable, CaseIterable {
    /// Foot up and down, the phone on the foot.
    case pumps
    /// The toes draw circles, the phone on the foot.
    case circles
    /// Knee to the wall, the phone on the front of the shin.
    case lunge
}

/// One pump, one circle or one lunge.
public struct AnkleCycle: Hashable, Sendable {
    public enum Direction: String, Hashable, Sendable, CaseIterable {
        /// Seen from above.
        case clockwise, counterclockwise
    }

    /// The recording's own seconds.
    public var start: Double
    public var end: Double
    /// Degrees from end to end; of a lunge, the shin's angle.
    public var rangeDegrees: Double
    public var direction: Direction?
}

/// What a recording of an ankle says.
public struct AnkleResult: Hashable, Sendable {
    public var method: Method
    public var task: AnkleTask
    public var quality: Quality
    public var cycles: [AnkleCycle]
    /// The mean of the cycles' ranges; of lunges, the shin's mean angle to the vertical.
    public var angleDegrees: Reading
    /// The spread of the cycles' ranges.
    public var spreadDegrees: Reading
    /// Of lunges: true if the angle is that of the phone's long axis to the vertical, false if the phone was
    /// not put on along the shin and the angle is that from the first upright pose.
    public var isAlongShin: Bool?

    public var count: Int { cycles.count }
}
