// SPDX-License-Identifier: Apache-2.0
@testable import Clinical

private let wellsNothing: Answers = [
    "cancer_active": "no", "leg_immobilised": "no", "bedridden_or_surgery": "no", "deep_vein_tender": "no",
    "swelling": "none", "calf_bigger_cm": 0, "pitting": "no", "new_surface_veins": "no",
    "previous_clot": "no"
]

private let noRisk: Answers = [
    "cancer_active": "no", "previous_clot": "no", "clotting_disorder": "no", "long_travel": "no",
    "oestrogen": "no", "leg_immobilised": "no", "bedridden_or_surgery": "no"
]

private let risks: [FactID] = [
    "cancer_active", "previous_clot", "clotting_disorder", "long_travel", "oestrogen", "leg_immobilised",
    "bedridden_or_surgery"
]

private let eachRisk = risks.map { Answers([$0: "yes"]) }

private let noVeinSign: Answers = ["pitting": "no", "deep_vein_tender": "no", "new_surface_veins": "no"]
private let eachVeinSign: [Answers] = [
    ["pitting": "yes"], ["deep_vein_tender": "yes"], ["new_surface_veins": "yes"]
]

extension RuleRow {
    static let clots = scored + byItself + atRisk + lateClots

    private static let scored = [
        RuleRow(
            "T-DVT-1", .sameDay, unknown: .bookEvaluation, base: wellsNothing,
            fires: [
                ["cancer_active": "yes", "pitting": "yes"], ["swelling": "whole_leg", "calf_bigger_cm": 3],
                ["leg_immobilised": "yes", "bedridden_or_surgery": "yes"],
                ["deep_vein_tender": "yes", "swelling": "calf", "calf_bigger_cm": 3],
                ["previous_clot": "yes", "new_surface_veins": "yes", "pitting": "unsure"]
            ],
            holdsBack: [
                ["cancer_active": "yes"], ["swelling": "whole_leg", "calf_bigger_cm": 2.9],
                ["deep_vein_tender": "yes", "swelling": "calf", "calf_bigger_cm": 2.9],
                ["previous_clot": "unsure"]
            ],
            unsettled: [
                ["cancer_active": "yes", "pitting": "unsure"],
                ["cancer_active": "unsure", "pitting": "unsure"],
                ["deep_vein_tender": "yes", "swelling": "calf", "calf_bigger_cm": "unsure"]
            ]),
        RuleRow(
            "T-DVT-1u", .sameDay, base: wellsNothing,
            fires: [
                ["cancer_active": "yes", "pitting": "unsure"],
                ["previous_clot": "yes", "new_surface_veins": "yes"],
                ["leg_immobilised": "yes", "bedridden_or_surgery": "unsure"],
                ["deep_vein_tender": "yes", "swelling": "calf", "calf_bigger_cm": "unsure"],
                ["swelling": "unsure", "calf_bigger_cm": 3]
            ],
            holdsBack: [
                ["cancer_active": "yes"], ["pitting": "unsure"],
                // Nobody measures a leg that is not swollen: that leaves nothing open.
                ["deep_vein_tender": "yes", "calf_bigger_cm": "unsure"]
            ],
            unsettled: [["cancer_active": "unsure", "pitting": "unsure"]])
    ]

    private static let byItself = [
        RuleRow(
            "T-DVT-2", .sameDay, unknown: .sameDay,
            base: noRisk.updated(with: noVeinSign)
                .updated(with: [
                    "onset": "gradual", "both_calves": "no", "swelling": "none", "rest_pain_new": "no"
                ]),
            fires: eachRisk + eachVeinSign + [
                ["swelling": "local"], ["swelling": "calf"], ["swelling": "whole_leg"],
                ["rest_pain_new": "yes"], ["onset": "unsure", "swelling": "local"],
                ["both_calves": "unsure", "swelling": "calf"]
            ],
            holdsBack: [
                ["onset": "sudden", "swelling": "calf"], ["both_calves": "yes", "swelling": "calf"]
            ],
            unsettled: [["swelling": "unsure"], ["previous_clot": "unsure"], ["rest_pain_new": "unsure"]]),
        RuleRow(
            "T-DVT-2b", .sameDay,
            base: noRisk.updated(with: noVeinSign)
                .updated(with: [
                    "onset": "gradual", "both_calves": "yes", "swelling": "calf", "rest_pain_new": "no",
                    "pain_trend": "same", "swelling_trend": "same"
                ]),
            fires: eachRisk + eachVeinSign + [
                ["rest_pain_new": "yes"], ["pain_trend": "worse"], ["swelling_trend": "worse"],
                ["onset": "unsure", "swelling": "local", "cancer_active": "yes"],
                ["swelling": "whole_leg", "oestrogen": "yes"]
            ],
            holdsBack: [
                ["onset": "after_unusual_exercise", "pain_trend": "worse"],
                ["both_calves": "no", "cancer_active": "yes"], ["swelling": "none", "cancer_active": "yes"]
            ],
            unsettled: [["both_calves": "unsure", "cancer_active": "yes"], ["cancer_active": "unsure"]]),
        RuleRow(
            "T-DVT-2n", .sameDay, unknown: .bookEvaluation,
            base: [
                "onset": "sudden", "both_calves": "no", "exertion_only": "no", "cramp_minutes": "no",
                "line_of_tingling": "no", "growing_lump": "no"
            ],
            fires: [["onset": "no_injury"]],
            holdsBack: [
                ["onset": "gradual"], ["onset": "after_unusual_exercise"],
                ["onset": "no_injury", "both_calves": "yes"], ["onset": "no_injury", "exertion_only": "yes"],
                ["onset": "no_injury", "cramp_minutes": "yes"],
                ["onset": "no_injury", "line_of_tingling": "yes"],
                ["onset": "no_injury", "growing_lump": "yes"]
            ],
            unsettled: [["onset": "unsure"], ["onset": "no_injury", "cramp_minutes": "unsure"]]),
        RuleRow(
            "T-DVT-2g", .sameDay,
            base: [
                "onset": "gradual", "both_calves": "no", "calf_bigger_cm": 0.9, "pain_trend": "same",
                "swelling_trend": "same"
            ],
            fires: [
                ["calf_bigger_cm": 1], ["pain_trend": "worse"], ["swelling_trend": "worse"],
                ["onset": "unsure", "both_calves": "unsure", "calf_bigger_cm": 1]
            ],
            holdsBack: [
                ["onset": "sudden", "calf_bigger_cm": 4], ["both_calves": "yes", "pain_trend": "worse"]
            ],
            unsettled: [["calf_bigger_cm": "unsure"], ["pain_trend": "unsure"]]),
        RuleRow(
            "T-DVT-3", .bookEvaluation,
            base: [
                "onset": "sudden", "swelling": "none", "swelling_trend": "same", "both_calves": "no",
                "rest_pain_new": "no", "onset_days": 3, "cramp_minutes": "no"
            ],
            fires: [
                ["swelling": "local"], ["swelling": "local", "swelling_trend": "unsure"],
                ["swelling": "calf", "swelling_trend": "better"], ["swelling": "unsure"],
                ["onset": "unsure"], ["onset": "gradual"], ["onset": "no_injury"],
                ["onset": "after_unusual_exercise"],
                ["onset": "after_unusual_exercise", "both_calves": "yes", "onset_days": 7.5],
                ["onset": "after_unusual_exercise", "both_calves": "yes", "rest_pain_new": "yes"],
                ["onset": "after_unusual_exercise", "both_calves": "yes", "rest_pain_new": "unsure"],
                ["onset": "no_injury", "cramp_minutes": "yes", "swelling": "local"],
                ["onset": "no_injury", "cramp_minutes": "yes", "rest_pain_new": "yes"],
                ["onset": "no_injury", "cramp_minutes": "unsure"]
            ],
            holdsBack: [
                ["swelling": "local", "swelling_trend": "better"],
                ["onset": "after_unusual_exercise", "both_calves": "yes", "onset_days": 7],
                ["onset": "no_injury", "cramp_minutes": "yes"]
            ])
    ]

    private static let atRisk = [
        RuleRow(
            "T-DVT-3r", .bookEvaluation, base: noRisk, fires: eachRisk,
            unsettled: risks.map { Answers([$0: "unsure"]) }),
        RuleRow(
            "T-DVT-4", .sameDay, unknown: .sameDay,
            base: noRisk.updated(with: ["swelling": "local", "swelling_trend": "same"]),
            fires: eachRisk + [
                ["cancer_active": "yes", "swelling_trend": "unsure"],
                ["previous_clot": "yes", "swelling": "calf", "swelling_trend": "worse"],
                ["oestrogen": "yes", "swelling": "whole_leg"]
            ],
            holdsBack: [
                ["cancer_active": "yes", "swelling_trend": "better"],
                ["cancer_active": "yes", "swelling": "none"]
            ],
            unsettled: [["cancer_active": "unsure"], ["cancer_active": "yes", "swelling": "unsure"]]),
        RuleRow(
            "T-DVT-4c", .sameDay, unknown: .sameDay,
            base: noRisk.updated(with: ["swelling": "local", "swelling_trend": "worse"]),
            fires: eachRisk + [
                ["cancer_active": "yes", "swelling_trend": "unsure"],
                ["oestrogen": "yes", "swelling": "whole_leg"], ["oestrogen": "yes", "swelling": "calf"]
            ],
            holdsBack: [
                ["cancer_active": "yes", "swelling_trend": "better"],
                ["cancer_active": "yes", "swelling_trend": "same"],
                ["cancer_active": "yes", "swelling": "none"]
            ],
            unsettled: [["long_travel": "unsure"], ["long_travel": "yes", "swelling": "unsure"]]),
        RuleRow(
            "T-DVT-4a", .sameDay, unknown: .bookEvaluation,
            base: ["pregnant_or_postpartum": "no", "sex": "female"],
            fires: [["pregnant_or_postpartum": "yes"], ["pregnant_or_postpartum": "yes", "sex": "other"]],
            holdsBack: [
                ["pregnant_or_postpartum": "unsure", "sex": "male"],
                // Whoever slips on this question is not sent to a midwife.
                ["pregnant_or_postpartum": "yes", "sex": "male"]
            ],
            unsettled: [["pregnant_or_postpartum": "unsure"]])
    ]

    private static let lateClots = [
        anyYes("T-DVT-5", .sameDay, unknown: .bookEvaluation, of: "worse_after_improving"),
        RuleRow(
            "T-DVT-5c", .sameDay, unknown: .sameDay,
            base: ["swelling_trend": "same", "swelling": "calf", "rest_pain_new": "no"],
            fires: [["swelling_trend": "worse"], ["swelling": "whole_leg"], ["rest_pain_new": "yes"]],
            holdsBack: [["swelling_trend": "better"]],
            unsettled: [["swelling_trend": "unsure"], ["swelling": "unsure"], ["rest_pain_new": "unsure"]]),
        RuleRow(
            "T-DVT-6", .sameDay, base: ["swelling": "calf", "swelling_trend": "same"],
            fires: [["swelling_trend": "worse"], ["swelling": "whole_leg", "swelling_trend": "worse"]],
            holdsBack: [["swelling": "local", "swelling_trend": "worse"], ["swelling_trend": "better"]],
            unsettled: [["swelling_trend": "unsure"], ["swelling": "unsure", "swelling_trend": "worse"]]),
        RuleRow(
            "T-DVT-7", .sameDay,
            base: [
                "swelling": "calf", "onset_days": 13.9, "swelling_trend": "same", "both_calves": "no"
            ],
            fires: [
                ["onset_days": 14], ["onset_days": 28, "swelling_trend": "unsure"],
                ["onset_days": 28, "swelling": "whole_leg", "both_calves": "unsure"]
            ],
            holdsBack: [
                ["onset_days": 28, "swelling_trend": "better"], ["onset_days": 28, "swelling": "local"],
                ["onset_days": 90, "both_calves": "yes"]
            ],
            unsettled: [["onset_days": 28, "swelling": "unsure"]])
    ]
}
