// SPDX-License-Identifier: Apache-2.0
import Testing

@testable import Clinical

/// A case as it could have been told before anybody knew what it was, and the least that is safe.
struct PlausibleCase: CustomTestStringConvertible, Sendable {
    let testDescription: String
    let atLeast: Disposition
    /// What differs from a person who denies every red flag.
    let story: Answers

    init(_ title: String, _ atLeast: Disposition, _ story: Answers) {
        testDescription = title
        self.atLeast = atLeast
        self.story = story
    }

    /// Everything denied, a sudden mild pain: alone this stays at home, so the story decides.
    static let calm: Answers = [
        "age_years": 44, "sex": "male", "onset": "sudden", "onset_days": 2, "open_wound": "no",
        "pe_breathless": "no", "pe_chest_pain": "no", "pe_cough_blood": "no", "pe_collapse": "no",
        "pe_racing_heart": "no", "pain_out_of_proportion": "no", "foot_numb": "no", "foot_weak": "no",
        "foot_pale_cold": "no", "calf_hard": "no", "pain_on_toe_movement": "no", "tight_cast_or_wrap": "no",
        "anticoagulant": "no", "fever": "no", "confused_or_collapsing": "no", "redness_spreading": "no",
        "pain_beyond_redness": "no", "dark_urine": "no", "bruise_or_lump_on_blood_thinner": "no",
        "swelling": "none", "pitting": "no", "deep_vein_tender": "no", "new_surface_veins": "no",
        "cancer_active": "no", "leg_immobilised": "no", "bedridden_or_surgery": "no", "previous_clot": "no",
        "clotting_disorder": "no", "long_travel": "no", "oestrogen": "no", "worse_after_improving": "no",
        "rest_pain_new": "no", "red_tender_cord": "none", "pop": "none", "single_heel_raise": "painful",
        "double_heel_raise": "easy", "gap": "none", "tendon_risk_medicine": "no", "four_steps": "yes",
        "bruise": "none", "both_calves": "no", "leg_weakness_progressing": "no", "saddle_or_bladder": "no",
        "exertion_only": "no", "smoker_or_diabetes": "no", "artery_or_heart_disease": "no",
        "foot_wound_or_rest_pain": "no", "growing_lump": "no", "back_or_buttock_pain": "no",
        "line_of_tingling": "no", "knee_cyst_or_arthritis": "no", "pain_behind_knee": "no",
        "cramp_minutes": "no"
    ]
}

@Suite("Cases like the published ones") struct PlausibleCaseTests {
    static let cases = [
        PlausibleCase(
            "A clot at four weeks, the strain had been 80 % better (Theiss 2011)", .sameDay,
            ["onset_days": 28, "worse_after_improving": "yes"]),
        PlausibleCase(
            "A clot on day 14 of a tennis leg that stayed swollen (Calvo Gonell 2020)", .sameDay,
            ["onset_days": 14, "swelling": "calf", "swelling_trend": "same"]),
        PlausibleCase(
            "A clot three weeks after, and nobody watched whether it swells", .sameDay,
            ["onset_days": 21, "swelling": "calf", "swelling_trend": "unsure"]),
        PlausibleCase(
            "A tear with a clot under it on the third day, the swelling still grows", .sameDay,
            ["onset_days": 3, "swelling": "calf", "swelling_trend": "worse"]),
        PlausibleCase(
            "A clot after the pill and a sudden calf pain, swelling no less today", .sameDay,
            [
                "sex": "female", "pregnant_or_postpartum": "no", "oestrogen": "yes", "swelling": "local",
                "swelling_trend": "same"
            ]),
        PlausibleCase(
            "A calf 4 cm bigger that its owner calls locally swollen, with one vein sign", .sameDay,
            ["swelling": "local", "swelling_trend": "better", "calf_bigger_cm": 4, "deep_vein_tender": "yes"]),
        PlausibleCase(
            "A calf 4 cm bigger that its owner calls not swollen", .bookEvaluation, ["calf_bigger_cm": 4]),
        PlausibleCase(
            "A clot that began as a night cramp that would not go", .sameDay,
            ["onset": "no_injury", "cramp_minutes": "no", "rest_pain_new": "yes"]),
        PlausibleCase(
            "Clots in both legs with cancer, swelling unchanged", .sameDay,
            [
                "onset": "no_injury", "both_calves": "yes", "side": "both", "swelling": "calf",
                "swelling_trend": "same", "cancer_active": "yes"
            ]),
        PlausibleCase(
            "Clots in both legs without a known risk, pain growing", .sameDay,
            [
                "onset": "gradual", "both_calves": "yes", "swelling": "calf", "swelling_trend": "same",
                "pain_trend": "worse"
            ]),
        PlausibleCase(
            "A clot in the lung felt between the shoulder blades (Landesberg 2012)", .emergencyNow,
            ["pe_chest_pain": "yes"]),
        PlausibleCase(
            "A clot in the lung told as back pain, with a swollen calf", .sameDay,
            ["back_or_buttock_pain": "yes", "swelling": "calf", "swelling_trend": "better"]),
        PlausibleCase(
            "A clot in the lung of an athlete, only the pulse is odd (Chill 2020)", .emergencyNow,
            ["pe_racing_heart": "yes"]),
        PlausibleCase(
            "Pressure on day 20, toes can be bent without much pain (Fletcher 2001, Sit 2015)", .emergencyNow,
            ["onset_days": 20, "calf_hard": "yes", "worse_after_improving": "yes"]),
        PlausibleCase(
            "Pressure with only pain that outgrows the injury", .emergencyNow,
            ["pain_out_of_proportion": "yes"]),
        PlausibleCase(
            "Bleeding into the calf on a blood thinner after a small tear", .sameDay,
            ["anticoagulant": "yes", "swelling": "calf", "swelling_trend": "same"]),
        PlausibleCase(
            "Bleeding on a blood thinner that still grows", .emergencyNow,
            ["anticoagulant": "yes", "swelling": "calf", "swelling_trend": "worse"]),
        PlausibleCase(
            "A blocked artery: only the walking distance shrank last week, known heart rhythm trouble",
            .sameDay,
            ["onset": "gradual", "onset_days": 6, "exertion_only": "yes", "artery_or_heart_disease": "yes"]),
        PlausibleCase(
            "A blocked artery: only the walking distance shrank last week, smoker", .sameDay,
            ["onset": "gradual", "onset_days": 6, "exertion_only": "yes", "smoker_or_diabetes": "yes"]),
        PlausibleCase(
            "A blocked artery: a cold foot without much pain", .emergencyNow, ["foot_pale_cold": "yes"]),
        PlausibleCase(
            "An Achilles rupture that walks and rises on the toes, felt as a kick", .sameDay,
            ["pop": "low_calf_or_ankle", "single_heel_raise": "painful", "four_steps": "yes"]),
        PlausibleCase(
            "An Achilles rupture that walks and rises on the toes, no pop, sore low", .sameDay,
            ["pop": "none", "site": "low", "single_heel_raise": "painful"]),
        PlausibleCase(
            "An Achilles rupture that cannot rise, pop not noticed, squeeze not tried", .sameDay,
            ["pop": "unsure", "single_heel_raise": "unable", "squeeze_moves_foot": "not_tried"]),
        PlausibleCase(
            "Pus in the muscle: soreness after exercise on day 9, diabetes, fever not noticed", .sameDay,
            ["onset": "after_unusual_exercise", "onset_days": 9, "smoker_or_diabetes": "yes"]),
        PlausibleCase(
            "Pus in the muscle: feels no fever, the thermometer says 38.4", .sameDay,
            ["onset": "after_unusual_exercise", "onset_days": 4, "temperature_c": 38.4]),
        PlausibleCase(
            "Flesh-eating infection: pain far beyond a small red patch", .emergencyNow,
            ["onset": "no_injury", "redness_spreading": "yes", "pain_beyond_redness": "yes"]),
        PlausibleCase(
            "Flesh-eating infection before the skin shows it", .emergencyNow,
            ["onset": "no_injury", "fever": "yes", "pain_out_of_proportion": "yes"]),
        PlausibleCase(
            "Muscle breakdown with clear urine: pain at rest 8 after a new workout", .emergencyNow,
            ["onset": "after_unusual_exercise", "both_calves": "yes", "pain_rest": 8]),
        PlausibleCase(
            "A burst knee cyst with the half-moon bruise and little swelling", .sameDay,
            ["bruise": "inner_ankle", "swelling": "local", "swelling_trend": "better"]),
        PlausibleCase(
            "A burst knee cyst felt behind the knee before it swells", .sameDay, ["pain_behind_knee": "yes"]),
        PlausibleCase(
            "A young runner whose calf cramps at the same distance for months", .bookEvaluation,
            ["age_years": 24, "onset": "gradual", "onset_days": 200, "exertion_only": "yes"]),
        PlausibleCase(
            "A trapped artery that makes the foot numb on running", .emergencyNow,
            ["age_years": 24, "onset": "gradual", "exertion_only": "yes", "foot_numb": "yes"]),
        PlausibleCase(
            "A short red cord near the knee", .sameDay, ["red_tender_cord": "near_groin_or_knee"]),
        PlausibleCase(
            "A short red cord after an earlier clot", .sameDay,
            ["red_tender_cord": "short", "previous_clot": "yes"]),
        PlausibleCase(
            "A sudden calf pain in pregnancy without any swelling", .sameDay,
            ["sex": "female", "pregnant_or_postpartum": "yes"]),
        PlausibleCase(
            "Nerves pressed on both sides", .emergencyNow,
            ["onset": "gradual", "both_calves": "yes", "line_of_tingling": "yes"]),
        PlausibleCase("A child", .bookEvaluation, ["age_years": 12])
    ]

    @Test("are never sent home, nor later than is safe", arguments: cases)
    func safe(plausible: PlausibleCase) throws {
        let pathway = try calfTear()
        let answers = PlausibleCase.calm.updated(with: plausible.story)
        let told = Dictionary(uniqueKeysWithValues: answers.values.map { ($0.key.rawValue, $0.value) })
        let screening = pathway.screen(try pathway.vocabulary.checked(told))
        #expect(screening.disposition >= plausible.atLeast, "\(screening.reasons)")
    }

    @Test("would stay at home without their story: the calm person does")
    func calm() throws {
        let screening = try calfTear().screen(PlausibleCase.calm)
        #expect(screening.disposition == .selfCareMonitor, "\(screening.reasons)")
    }

    @Test(
        "would not all be the same without one answer: no single unsure answer makes the calm person calmer")
    func oneUnsure() throws {
        let pathway = try calfTear()
        for id in PlausibleCase.calm.values.keys {
            guard let finding = pathway.vocabulary.finding(id), finding.words.contains("unsure") else {
                continue
            }
            let answers = PlausibleCase.calm.updated(with: [id: "unsure"])
            let emergencies = pathway.screening.filter {
                $0.disposition == .emergencyNow && $0.whenUnknown != nil
            }
            let needed = emergencies.contains { $0.when.verdict(on: answers).missing.contains(id) }
            #expect(pathway.screen(answers).disposition >= (needed ? .sameDay : .selfCareMonitor), "\(id)")
        }
    }
}
