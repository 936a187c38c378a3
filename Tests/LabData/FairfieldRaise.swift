// SPDX-License-Identifier: Apache-2.0
import Motion

/// One heel raise of the Fairfield recordings, as a phone on the foot would have felt it.
///
/// The recording has the ankle's angle and no sensor; the phone is put 7 cm from the ball of the foot, which
/// stays where it is while the foot turns about it as the ankle does.
public enum FairfieldRaise {
    public static let files = (1...5).flatMap { subject in
        ["ground", "elevated"].map { "subject0\(subject)_\($0)" }
    }
    static let lever = 0.07

    public static func movement(_ file: String) throws -> Movement {
        let table = try SharedData.table("heel-raise/fairfield-calf-raise/\(file).csv.gz")
        let smooth = Butterworth.lowPass(order: 2, cutoff: 6, rate: 100)
        // Instants at which the cameras lost the foot are left out at both ends.
        let ankle = smooth.zeroPhase((table["r_ankle_flexion_deg"] ?? []).filter { $0.isFinite })
        let still = [Double](repeating: ankle.first ?? 0, count: 300)
        let after = [Double](repeating: ankle.last ?? 0, count: 300)
        // A foot that was flat before and after: the edges fade over a fifth of a second of their own.
        let angle = smooth.zeroPhase(still + ankle + after).map { -$0 * Math.radiansPerDegree }
        var force = Axes()
        var turn = Axes()
        for index in angle.indices {
            let before = angle[max(index - 1, 0)]
            let next = angle[min(index + 1, angle.count - 1)]
            let rate = (next - before) * 50
            let change = (next - 2 * angle[index] + before) * 10_000
            // In the foot's axes: x forward, y to the left, z up; the phone lies behind the ball at -lever·x.
            let (sine, cosine) = (Math.sin(angle[index]), Math.cos(angle[index]))
            let gravity = Vector(-9.81 * sine, 0, 9.81 * cosine)
            force.append(gravity + Vector(rate * rate * lever, 0, change * lever))
            turn.append(Vector(0, rate / Math.radiansPerDegree, 0))
        }
        return Movement(start: 0, rate: 100, force: force, turn: turn)
    }
}
