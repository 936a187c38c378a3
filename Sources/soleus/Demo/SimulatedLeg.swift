// SPDX-License-Identifier: Apache-2.0
import Clinical
import Foundation

/// A torn calf that heals: what it can do and how much it hurts on a day.
///
/// Invented, only to fill a demo.
struct SimulatedLeg {
    let side: Side
    let grade: Grade
    /// How fast it heals; 1 is usual.
    let speed: Double
    /// What the other leg can do.
    let otherRaises: Double

    /// 0 on the day of injury, towards 1 when healed.
    func healed(day: Int) -> Double {
        let days: Double =
            switch grade {
            case .mild: 8
            case .moderate: 18
            case .severe: 34
            }
        return 1 - exp(-Double(day) * speed / days)
    }

    func restPain(day: Int) -> Int { Int((4 * (1 - healed(day: day)) - 1).rounded(.up)).clamped }
    func worstPain(day: Int) -> Int { Int((7 * (1 - healed(day: day)) - 0.6).rounded()).clamped }
    func loadingPain(day: Int) -> Int { Int((4 * (1 - healed(day: day)) - 0.8).rounded()).clamped }
    func limps(day: Int) -> Bool { healed(day: day) < 0.3 }

    /// What the phone and the therapist would measure, by measure.
    func measures(day: Int) -> [FactID: Double] {
        let share = max(0, min(1, (healed(day: day) - 0.25) / 0.7))
        let raises = (otherRaises * share).rounded()
        let other: Side = side.opposite
        func both(_ name: String, _ injured: Double, _ whole: Double) -> [(FactID, Double)] {
            [(FactID("\(name)_\(side.rawValue)"), injured), (FactID("\(name)_\(other.rawValue)"), whole)]
        }
        var values: [(FactID, Double)] = [
            ("walk_minutes", (5 + 60 * share).rounded()), ("walk_pain_free_minutes", (50 * share).rounded()),
            ("run_minutes", max(0, (50 * (share - 0.5) * 2).rounded())),
            ("double_heel_raise_sets_of_15", share > 0.15 ? 3 : 1),
            ("double_heel_raise_pain_nrs", Double(loadingPain(day: day))),
            ("double_leg_jump_pain_nrs", share > 0.75 ? 0 : 3), ("hop_pain_nrs", share > 0.85 ? 0 : 3),
            ("box_landings", share > 0.9 ? 10 : 4), ("palpation_pain_nrs", share > 0.95 ? 0 : 2),
            ("palpation_length_cm", share > 0.95 ? 0 : 3), ("confidence_percent", share > 0.97 ? 100 : 70),
            ("running_volume_done_percent", (100 * share).rounded()),
            ("sport_drills_pain_nrs", share > 0.95 ? 0 : 2), ("full_training_sessions", share > 0.97 ? 2 : 0)
        ]
        values += both("single_heel_raise", raises, otherRaises)
        values += both("bent_knee_heel_raise", (raises * 0.95).rounded(), (otherRaises * 0.95).rounded())
        values += both("knee_to_wall", 8 + 3 * share, 11)
        values += both("single_leg_hop", (120 * share).rounded(), 120)
        values += both("girth", 38 + 2 * (1 - healed(day: day)), 38)
        return Dictionary(values) { first, _ in first }
    }
}

extension Int {
    /// Into the pain scale.
    fileprivate var clamped: Int { Swift.min(10, Swift.max(0, self)) }
}
