// SPDX-License-Identifier: Apache-2.0
@testable import Clinical

private let cordRisks: [FactID] = [
    "previous_clot", "cancer_active", "pregnant_or_postpartum", "oestrogen", "bedridden_or_surgery",
    "clotting_disorder", "leg_immobilised"
]

private let shortCord = Answers(Dictionary(uniqueKeysWithValues: cordRisks.map { ($0, "no") }))
    .updated(with: ["red_tender_cord": "short"])

extension RuleRow {
    static let veinsAndTendon = [
        RuleRow(
            "T-SVT-1", .sameDay, unknown: .bookEvaluation, base: shortCord,
            fires: [["red_tender_cord": "long"], ["red_tender_cord": "near_groin_or_knee"]]
                + cordRisks.map { Answers([$0: "yes"]) },
            holdsBack: [["red_tender_cord": "none", "previous_clot": "yes"]],
            unsettled: [["red_tender_cord": "unsure"], ["oestrogen": "unsure"]]),
        RuleRow(
            "T-SVT-2", .bookEvaluation, base: ["red_tender_cord": "none"],
            fires: [
                ["red_tender_cord": "short"], ["red_tender_cord": "long"],
                ["red_tender_cord": "near_groin_or_knee"]
            ],
            unsettled: [["red_tender_cord": "unsure"]]),
        RuleRow(
            "T-ACH-1", .sameDay,
            base: ["pop": "calf", "gap": "calf", "squeeze_moves_foot": "yes", "matles_positive": "no"],
            fires: [
                ["pop": "low_calf_or_ankle"], ["gap": "above_heel"], ["squeeze_moves_foot": "no"],
                ["matles_positive": "yes"]
            ],
            holdsBack: [["pop": "none", "gap": "none"]],
            unsettled: [["pop": "unsure"], ["gap": "unsure"], ["squeeze_moves_foot": "not_tried"]]),
        RuleRow(
            "T-ACH-1r", .sameDay,
            base: [
                "single_heel_raise": "unable", "squeeze_moves_foot": "yes", "pop": "calf",
                "double_heel_raise": "painful"
            ],
            fires: [
                ["squeeze_moves_foot": "not_tried"], ["squeeze_moves_foot": "no"], ["pop": "unsure"],
                ["pop": "none"], ["double_heel_raise": "unable"], ["double_heel_raise": "not_tried"]
            ],
            holdsBack: [
                ["double_heel_raise": "easy"],
                ["single_heel_raise": "painful", "squeeze_moves_foot": "not_tried"]
            ],
            unsettled: [["single_heel_raise": "not_tried", "squeeze_moves_foot": "not_tried"]]),
        RuleRow(
            "T-ACH-3", .sameDay, base: ["tendon_risk_medicine": "no", "onset": "sudden"],
            fires: [["tendon_risk_medicine": "yes"]],
            holdsBack: [["tendon_risk_medicine": "yes", "onset": "gradual"]],
            unsettled: [
                ["tendon_risk_medicine": "unsure"], ["tendon_risk_medicine": "yes", "onset": "unsure"]
            ]),
        RuleRow(
            "T-ACH-4", .bookEvaluation,
            base: ["onset": "sudden", "pop": "none", "single_heel_raise": "not_tried"],
            fires: [
                ["pop": "unsure"], ["pop": "low_calf_or_ankle"],
                ["pop": "unsure", "single_heel_raise": "unable"]
            ],
            holdsBack: [
                ["pop": "calf"], ["pop": "unsure", "single_heel_raise": "painful"],
                ["pop": "unsure", "single_heel_raise": "easy"], ["pop": "unsure", "onset": "gradual"]
            ],
            unsettled: [["pop": "unsure", "onset": "unsure"]]),
        RuleRow(
            "T-ACH-5", .sameDay,
            base: ["onset": "sudden", "site": "middle", "squeeze_moves_foot": "not_tried"],
            fires: [["site": "low"], ["site": "low", "squeeze_moves_foot": "no"]],
            holdsBack: [
                ["site": "low", "squeeze_moves_foot": "yes"], ["site": "low", "onset": "gradual"],
                ["site": "deep"]
            ],
            unsettled: [["site": "unsure"], ["site": "low", "onset": "unsure"]])
    ]

    static let bonesAndArteries = [
        RuleRow(
            "T-OTT-1", .sameDay,
            base: ["four_steps": "limping", "ankle_bone_tender": "no", "foot_bone_tender": "no"],
            fires: [["four_steps": "no"], ["ankle_bone_tender": "yes"], ["foot_bone_tender": "yes"]],
            holdsBack: [["four_steps": "yes"]],
            unsettled: [["ankle_bone_tender": "unsure"], ["foot_bone_tender": "unsure"]]),
        RuleRow(
            "T-OTT-2", .sameDay, base: ["four_steps": "limping"], fires: [["four_steps": "no"]],
            holdsBack: [["four_steps": "yes"]]),
        anyYes("T-BONE-1", .bookEvaluation, of: "shin_bone_point_tender"),
        RuleRow(
            "T-BAK-1", .sameDay,
            base: [
                "knee_cyst_or_arthritis": "no", "pain_behind_knee": "no", "bruise": "calf", "swelling": "calf"
            ],
            fires: [
                ["pain_behind_knee": "yes", "swelling": "none"], ["knee_cyst_or_arthritis": "yes"],
                ["bruise": "inner_ankle"], ["bruise": "inner_ankle", "swelling": "local"],
                ["knee_cyst_or_arthritis": "yes", "swelling": "whole_leg"]
            ],
            holdsBack: [["knee_cyst_or_arthritis": "yes", "swelling": "none"], ["bruise": "none"]],
            unsettled: [["knee_cyst_or_arthritis": "unsure"], ["bruise": "unsure"]]),
        RuleRow(
            "T-ALI-1", .sameDay,
            base: [
                "artery_or_heart_disease": "yes", "onset": "gradual", "exertion_only": "yes", "onset_days": 14
            ],
            fires: [["onset_days": 13.9], ["onset": "no_injury"]],
            holdsBack: [
                ["artery_or_heart_disease": "no", "onset": "no_injury", "onset_days": 1],
                ["exertion_only": "no", "onset_days": 1]
            ],
            unsettled: [["artery_or_heart_disease": "unsure", "onset_days": 1], ["onset": "unsure"]]),
        RuleRow(
            "T-ALI-2", .sameDay,
            base: ["exertion_only": "yes", "onset_days": 14, "smoker_or_diabetes": "yes"],
            fires: [["onset_days": 13.9], ["onset_days": 0]],
            holdsBack: [
                ["onset_days": 1, "smoker_or_diabetes": "no"], ["onset_days": 1, "exertion_only": "no"]
            ],
            unsettled: [["onset_days": 1, "smoker_or_diabetes": "unsure"]]),
        anyYes("T-PAD-1", .sameDay, unknown: .bookEvaluation, of: "foot_wound_or_rest_pain"),
        anyYes("T-PAD-2", .bookEvaluation, of: "exertion_only"),
        anyYes("T-LUMP-1", .bookEvaluation, unknown: .bookEvaluation, of: "growing_lump")
    ]

    static let tears = [
        RuleRow(
            "T-DOMS-1", .bookEvaluation,
            base: ["onset": "after_unusual_exercise", "onset_days": 7, "rest_pain_new": "no"],
            fires: [["onset_days": 7.5], ["rest_pain_new": "yes"]],
            holdsBack: [["onset": "sudden", "onset_days": 30]],
            unsettled: [["rest_pain_new": "unsure"], ["onset": "unsure", "onset_days": 30]]),
        RuleRow(
            "T-TEAR-1", .sameDay, base: ["double_heel_raise": "painful", "gap": "none"],
            fires: [["double_heel_raise": "unable"], ["gap": "calf"], ["gap": "above_heel"]],
            holdsBack: [["double_heel_raise": "easy"]],
            unsettled: [["double_heel_raise": "not_tried"], ["gap": "unsure"]]),
        RuleRow(
            "T-TEAR-2", .bookEvaluation,
            base: [
                "four_steps": "yes", "limp": "no", "single_heel_raise": "painful", "swelling": "calf",
                "calf_bigger_cm": 2.9, "bruise": "none", "rest_pain_new": "no", "pain_trend": "same",
                "pain_worst_24h": 6, "pain_rest": 6
            ],
            fires: [
                ["four_steps": "limping"], ["limp": "yes"], ["single_heel_raise": "unable"],
                ["swelling": "whole_leg"], ["calf_bigger_cm": 3], ["bruise": "calf"],
                ["bruise": "inner_ankle"], ["rest_pain_new": "yes"], ["pain_trend": "worse"],
                ["pain_worst_24h": 7], ["pain_rest": 7]
            ],
            holdsBack: [["pain_trend": "better"], ["single_heel_raise": "easy"]],
            unsettled: [["limp": "unsure"], ["bruise": "unsure"], ["single_heel_raise": "not_tried"]]),
        RuleRow(
            "T-TEAR-3", .bookEvaluation, base: ["onset": "sudden"], fires: [["onset": "gradual"]],
            holdsBack: [["onset": "after_unusual_exercise"], ["onset": "no_injury"]],
            unsettled: [["onset": "unsure"]]),
        RuleRow(
            "T-AGE-1", .bookEvaluation, unknown: .bookEvaluation, base: ["age_years": 18],
            fires: [["age_years": 17], ["age_years": 0]], holdsBack: [["age_years": 90]])
    ]
}
