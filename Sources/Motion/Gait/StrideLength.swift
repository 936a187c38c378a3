// SPDX-License-Identifier: Apache-2.0

/// The length of a stride from how far the waist is shaken up and down in it, its duration and how it turns.
///
/// The geometric mean of two models. The leg as an inverted pendulum (Zijlstra and Hof 2003, Gait Posture 18:1)
/// makes the stride go with duration times the root of upward acceleration, and reads too much into the long
/// strides of a slow walk; Weinberg's (2002, Analog Devices AN-602) makes it go with the fourth root of
/// acceleration alone, and reads too little. The factor is the middle one of the strides of mobgap-lab, two
/// people.
struct StrideLength: Sendable {
    var factor = 0.583
    /// What a turn of 100 deg/s takes off, as an exponent: the feet then go round the waist, not ahead of it.
    var turning = 0.9
    var largestTurnRate = 90.0

    /// - Parameters:
    ///   - verticalDeviation: The standard deviation of upward acceleration over the stride, m/s².
    ///   - duration: Seconds.
    ///   - turnRate: The mean rate of turn over the stride, deg/s, without sign.
    ///   - height: The body's, m.
    /// - Returns: m.
    func length(verticalDeviation: Double, duration: Double, turnRate: Double, height: Double) -> Double {
        guard verticalDeviation > 0, duration > 0 else { return 0 }
        let exponent =
            0.375 * Math.log(verticalDeviation) + 0.5 * Math.log(duration)
            - turning * min(turnRate, largestTurnRate) / 100
        return factor * height * Math.exp(exponent)
    }
}
