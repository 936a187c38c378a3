// SPDX-License-Identifier: Apache-2.0

/// How finely a sensor's readings are told: the smallest step between two different ones of one axis.
public struct ReadingStep: Hashable, Sendable {
    private var last: Vector?
    private var least = Double.infinity

    public init() {}

    public init(_ axes: Axes) {
        for index in 0..<axes.count { append(axes[index]) }
    }

    /// Takes the next reading.
    public mutating func append(_ reading: Vector) {
        if let last {
            let change = reading - last
            for step in [change.x.magnitude, change.y.magnitude, change.z.magnitude] where step > 1e-9 {
                least = min(least, step)
            }
        }
        last = reading
    }

    /// In the unit of the readings; NaN where all are alike.
    public var smallest: Double { least.isFinite ? least : .nan }
}
