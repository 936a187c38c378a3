// SPDX-License-Identifier: Apache-2.0

/// How much each instant looks like a foot coming down, by a template that is as long as two steps.
///
/// The template is made by hand: forward acceleration falls through zero while upward acceleration peaks.
enum ContactLikelihood {
    private static func triangle(_ u: Double) -> Double { max(0, 1 - u.magnitude) }

    static let taps: [Double] = (0..<25).map { -0.9 + 1.8 * Double($0) / 24 }
    static let verticalWeights: [Double] = taps.map { o in
        0.09 * triangle((o - 0.075) / 0.15) - 0.03 * triangle((o + 0.13) / 0.12)
            - 0.03 * triangle((o - 0.36) / 0.20)
    }
    static let forwardWeights: [Double] = taps.map { o in
        0.09 * triangle((o + 0.05) / 0.12) - 0.09 * triangle((o - 0.14) / 0.14)
            - 0.02 * triangle((o + 0.34) / 0.12)
    }
    static let offset = 0.17

    static func values(_ motion: BodyMotion, stepTime: StepTime) -> [Double] {
        var power: [Double] = []
        power.reserveCapacity(motion.count)
        for index in 0..<motion.count {
            power.append(
                motion.vertical[index] * motion.vertical[index] + motion.forward[index]
                    * motion.forward[index])
        }
        power = movingMean(power, width: 300)
        let count = motion.count
        let offsets = taps.map { Int(($0 * stepTime.typical * UniformSignal.rate).rounded()) }
        var result = [Double](repeating: 0, count: count)
        motion.vertical.withUnsafeBufferPointer { v in
            motion.forward.withUnsafeBufferPointer { a in
                for index in 0..<count {
                    var sum = 0.0
                    for tap in 0..<25 {
                        let at = min(max(index + offsets[tap], 0), count - 1)
                        sum += verticalWeights[tap] * v[at] + forwardWeights[tap] * a[at]
                    }
                    result[index] = offset + sum / max(0.3, power[index].squareRoot())
                }
            }
        }
        return result
    }
}
