// SPDX-License-Identifier: Apache-2.0

/// The length of a stride from how far the waist is shaken up and down in it, its duration and how it turns.
struct StrideLength: Sendable {
    var offset = -0.58
    var shake = 0.425
    var duration = 0.496
    var turning = -0.934

    /// - Parameters:
    ///   - verticalDeviation: The standard deviation of vertical acceleration over the stride, m/s².
    ///   - duration: Seconds.
    ///   - turnRate: The mean rate of turn over the stride, deg/s, without sign.
    ///   - height: The body's, m.
    /// - Returns: m.
    func length(verticalDeviation: Double, duration: Double, turnRate: Double, height: Double) -> Double {
        height
            * Math.exp(
                offset + shake * Math.log(max(0.05, verticalDeviation)) + self.duration * Math.log(duration)
                    + turning * min(turnRate, 90) / 100)
    }
}
