// SPDX-License-Identifier: Apache-2.0
@testable import Clinical

extension RuleRow {
    static let lungsAndPressure = [
        anyYes(
            "T-PE-1", .emergencyNow, unknown: .sameDay, of: "pe_breathless", "pe_chest_pain",
            "pe_cough_blood", "pe_collapse", "pe_racing_heart"),
        RuleRow(
            "T-PE-2", .emergencyNow, base: ["pulse_bpm": 100], fires: [["pulse_bpm": 101]],
            holdsBack: [["pulse_bpm": 60]]),
        RuleRow(
            "T-PE-3", .sameDay, base: ["back_or_buttock_pain": "no", "swelling": "calf"],
            fires: [
                ["back_or_buttock_pain": "yes"], ["back_or_buttock_pain": "yes", "swelling": "whole_leg"]
            ],
            holdsBack: [["back_or_buttock_pain": "yes", "swelling": "local"]],
            unsettled: [
                ["back_or_buttock_pain": "unsure"], ["back_or_buttock_pain": "yes", "swelling": "unsure"]
            ]),
        anyYes(
            "T-ACS-1", .emergencyNow, unknown: .sameDay, of: "pain_out_of_proportion", "foot_numb",
            "foot_weak", "foot_pale_cold"),
        RuleRow(
            "T-ACS-2", .emergencyNow, unknown: .sameDay,
            base: ["calf_hard": "no", "pain_on_toe_movement": "no"],
            fires: [["calf_hard": "yes", "pain_on_toe_movement": "yes"]],
            holdsBack: [
                ["calf_hard": "yes"], ["pain_on_toe_movement": "yes"],
                ["calf_hard": "unsure", "pain_on_toe_movement": "no"]
            ],
            unsettled: [
                ["calf_hard": "yes", "pain_on_toe_movement": "unsure"],
                ["calf_hard": "unsure", "pain_on_toe_movement": "yes"],
                ["calf_hard": "unsure", "pain_on_toe_movement": "unsure"]
            ]),
        anyYes(
            "T-ACS-3", .sameDay, unknown: .sameDay, of: "calf_hard", "pain_on_toe_movement",
            "tight_cast_or_wrap"),
        RuleRow(
            "T-ACS-4", .emergencyNow, unknown: .sameDay,
            base: [
                "anticoagulant": "yes", "calf_hard": "no", "pain_on_toe_movement": "no",
                "tight_cast_or_wrap": "no", "swelling_trend": "same", "bruise_or_lump_on_blood_thinner": "no"
            ],
            fires: [
                ["calf_hard": "yes"], ["pain_on_toe_movement": "yes"], ["tight_cast_or_wrap": "yes"],
                ["swelling_trend": "worse"], ["bruise_or_lump_on_blood_thinner": "yes"]
            ],
            holdsBack: [["swelling_trend": "better"], ["anticoagulant": "no", "calf_hard": "yes"]],
            unsettled: [
                ["calf_hard": "unsure"], ["swelling_trend": "unsure"],
                ["anticoagulant": "unsure", "calf_hard": "yes"],
                ["bruise_or_lump_on_blood_thinner": "unsure"]
            ]),
        RuleRow(
            "T-ACS-5", .emergencyNow,
            base: [
                "calf_hard": "yes", "pain_trend": "same", "swelling_trend": "same",
                "worse_after_improving": "no", "rest_pain_new": "no"
            ],
            fires: [
                ["pain_trend": "worse"], ["swelling_trend": "worse"], ["worse_after_improving": "yes"],
                ["rest_pain_new": "yes"]
            ],
            holdsBack: [
                ["pain_trend": "better", "swelling_trend": "better"],
                ["calf_hard": "no", "pain_trend": "worse"]
            ],
            unsettled: [["calf_hard": "unsure", "pain_trend": "worse"], ["pain_trend": "unsure"]])
    ]

    static let infectionAndBleeding = [
        RuleRow(
            "T-INF-1", .emergencyNow, unknown: .sameDay,
            base: [
                "confused_or_collapsing": "no", "pain_beyond_redness": "no", "redness_spreading": "yes",
                "fever": "no", "temperature_c": 37.9, "pe_racing_heart": "no", "pulse_bpm": 90
            ],
            fires: [
                ["confused_or_collapsing": "yes"], ["pain_beyond_redness": "yes"], ["fever": "yes"],
                ["temperature_c": 38], ["pe_racing_heart": "yes"], ["pulse_bpm": 91],
                ["confused_or_collapsing": "yes", "redness_spreading": "no"]
            ],
            holdsBack: [["redness_spreading": "no", "fever": "yes", "temperature_c": 40]],
            unsettled: [
                ["confused_or_collapsing": "unsure"], ["pain_beyond_redness": "unsure"], ["fever": "unsure"],
                ["redness_spreading": "unsure", "fever": "yes"]
            ]),
        anyYes("T-INF-2", .sameDay, unknown: .bookEvaluation, of: "redness_spreading", "fever"),
        RuleRow(
            "T-INF-3", .sameDay, base: ["temperature_c": 37.9], fires: [["temperature_c": 38]],
            holdsBack: [["temperature_c": 36.5]]),
        RuleRow(
            "T-INF-4", .sameDay,
            base: [
                "onset": "after_unusual_exercise", "onset_days": 7, "smoker_or_diabetes": "yes",
                "both_calves": "no"
            ],
            fires: [["onset_days": 7.5], ["onset_days": 8, "both_calves": "unsure"]],
            holdsBack: [
                ["onset_days": 8, "both_calves": "yes"], ["onset_days": 8, "smoker_or_diabetes": "no"],
                ["onset_days": 8, "onset": "gradual"]
            ],
            unsettled: [["onset_days": 8, "smoker_or_diabetes": "unsure"]]),
        anyYes("T-RHA-1", .emergencyNow, unknown: .sameDay, of: "dark_urine"),
        RuleRow(
            "T-RHA-2", .emergencyNow,
            base: [
                "onset": "after_unusual_exercise", "pain_rest": 6, "leg_weakness_progressing": "no",
                "swelling": "calf"
            ],
            fires: [["pain_rest": 7], ["leg_weakness_progressing": "yes"], ["swelling": "whole_leg"]],
            holdsBack: [["onset": "sudden", "pain_rest": 9]],
            unsettled: [["leg_weakness_progressing": "unsure"], ["onset": "unsure", "pain_rest": 9]]),
        anyYes("T-BLEED-1", .sameDay, of: "bruise_or_lump_on_blood_thinner"),
        RuleRow(
            "T-BLEED-2", .sameDay, base: ["anticoagulant": "yes", "swelling": "local", "bruise": "none"],
            fires: [
                ["swelling": "calf"], ["swelling": "whole_leg"], ["bruise": "calf"],
                ["bruise": "inner_ankle"]
            ],
            holdsBack: [["swelling": "none"], ["anticoagulant": "no", "swelling": "calf"]],
            unsettled: [["anticoagulant": "unsure", "swelling": "calf"], ["swelling": "unsure"]]),
        anyYes("T-ACH-2", .emergencyNow, unknown: .sameDay, of: "open_wound")
    ]

    static let nerves = [
        anyYes("T-CES-1", .emergencyNow, unknown: .sameDay, of: "saddle_or_bladder"),
        RuleRow(
            "T-CES-2", .emergencyNow,
            base: ["both_calves": "yes", "line_of_tingling": "no", "leg_weakness_progressing": "no"],
            fires: [["line_of_tingling": "yes"], ["leg_weakness_progressing": "yes"]],
            holdsBack: [["both_calves": "no", "line_of_tingling": "yes"]],
            unsettled: [["line_of_tingling": "unsure"], ["both_calves": "unsure", "line_of_tingling": "yes"]]),
        anyYes("T-NRV-1", .sameDay, unknown: .bookEvaluation, of: "leg_weakness_progressing"),
        anyYes("T-NRV-2", .bookEvaluation, of: "line_of_tingling", "back_or_buttock_pain")
    ]
}
