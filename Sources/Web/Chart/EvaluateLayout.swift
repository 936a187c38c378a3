// SPDX-License-Identifier: Apache-2.0
import Clinical

/// The evaluation in the order of an examination.
///
/// Findings that no group names stand in the last one, so that a pathway's new finding is never lost.
struct EvaluateLayout: Sendable {
    struct Group: Sendable, Identifiable {
        let id: String
        var findings: [Finding]
        var measures: [Measure]

        /// Yes, no or not sure: many of them make one table.
        var asks: [Finding] {
            findings.filter { $0.values == .choice(Finding.yesNoUnsure) && !standsOut.contains($0.id) }
        }
        var choices: [Finding] {
            findings.filter { finding in
                guard case .choice = finding.values else { return false }
                return finding.values != .choice(Finding.yesNoUnsure) || standsOut.contains(finding.id)
            }
        }
        var numbers: [Finding] {
            findings.filter { finding in
                if case .number = finding.values { true } else { false }
            }
        }

        /// Yes-no questions that stand beside choices of their kind.
        private var standsOut: Set<FactID> { ["matles_positive", "limp", "stand_both_feet"] }
        /// The name of the box that says: the unmarked ones are no.
        var restIsNo: String { "rest_no.\(id)" }
    }

    static let history = "history"
    static let gait = "gait"
    static let wells = "wells"
    static let other = "other"

    let groups: [Group]

    init(_ vocabulary: Vocabulary) {
        // Told by the day of injury.
        var placed: Set<FactID> = ["onset_days"]
        var groups = Self.order.map { group in
            placed.formUnion(group.findings)
            return Group(
                id: group.id, findings: group.findings.compactMap(vocabulary.finding),
                measures: group.measures.compactMap(vocabulary.measure))
        }
        groups.append(
            Group(
                id: Self.other,
                findings: vocabulary.findings.filter {
                    $0.asked.contains(.evaluation) && !placed.contains($0.id)
                },
                measures: []))
        self.groups = groups
    }

    var findings: [Finding] { groups.flatMap(\.findings) }
    var measures: [Measure] { groups.flatMap(\.measures) }

    private static let order: [(id: String, findings: [FactID], measures: [FactID])] = [
        (
            history,
            [
                "side", "onset", "pop", "sex", "age_years", "previous_calf_strain", "anticoagulant",
                "tendon_risk_medicine", "oestrogen", "pregnant_or_postpartum", "knee_cyst_or_arthritis",
                "smoker_or_diabetes", "artery_or_heart_disease", "varicose_veins", "clotting_disorder",
                "long_travel"
            ], []
        ),
        (
            "palpation",
            [
                "site", "gap", "spot_tender_cm", "ankle_bone_tender", "foot_bone_tender",
                "shin_bone_point_tender"
            ],
            ["palpation_pain_nrs"]
        ),
        ("swelling", ["swelling", "swelling_trend", "bruise", "calf_bigger_cm"], ["girth"]),
        ("special", ["squeeze_moves_foot", "matles_positive"], []),
        (
            "strength", ["double_heel_raise", "single_heel_raise", "provoked_by"],
            ["single_heel_raise", "bent_knee_heel_raise", "plantarflexion_strength", "knee_to_wall"]
        ),
        (gait, ["four_steps", "limp", "stand_both_feet"], []),
        (
            wells,
            [
                "cancer_active", "leg_immobilised", "bedridden_or_surgery", "deep_vein_tender", "pitting",
                "new_surface_veins", "previous_clot"
            ], []
        ),
        (
            "flags",
            [
                "red_tender_cord", "pe_breathless", "pe_chest_pain", "pe_cough_blood", "pe_collapse",
                "pe_racing_heart",
                "pain_out_of_proportion", "foot_numb", "foot_weak", "foot_pale_cold", "calf_hard",
                "pain_on_toe_movement",
                "tight_cast_or_wrap", "fever", "confused_or_collapsing", "redness_spreading",
                "pain_beyond_redness",
                "dark_urine", "bruise_or_lump_on_blood_thinner", "open_wound", "worse_after_improving",
                "rest_pain_new",
                "line_of_tingling", "leg_weakness_progressing", "saddle_or_bladder", "foot_wound_or_rest_pain"
            ], []
        ),
        (
            "pain",
            [
                "pain_rest", "pain_walking", "pain_worst_24h", "pain_loading", "pulse_bpm", "temperature_c",
                "pain_trend"
            ], []
        )
    ]
}
