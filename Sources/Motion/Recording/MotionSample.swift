// SPDX-License-Identifier: Apache-2.0

/// One sample of a motion sensor.
public struct MotionSample: Hashable, Sendable {
    /// Seconds.
    public var time: Double
    /// Specific force in m/s².
    public var acceleration: Vector
    /// Rate of turn in deg/s; nil without a gyroscope.
    public var rotation: Vector?

    public init(time: Double, acceleration: Vector, rotation: Vector?) {
        self.time = time
        self.acceleration = acceleration
        self.rotation = rotation
    }

    var isFinite: Bool {
        time.isFinite && acceleration.isFinite && (rotation?.isFinite ?? true)
    }
}

extension Vector {
    var isFinite: Bool { x.isFinite && y.isFinite && z.isFinite }
}

extension Recording {
    /// The sample of a number from 0.
    public func sample(_ index: Int) -> MotionSample {
        MotionSample(time: time[index], acceleration: acceleration[index], rotation: rotation?[index])
    }
}
