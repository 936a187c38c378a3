// SPDX-License-Identifier: Apache-2.0
import Foundation

@testable import Clinical

/// One event of every kind, with everything filled in that can be.
enum Samples {
    static let log = SessionLog(
        exercise: "double_heel_raise", prescribed: Dose(sets: 3, reps: 10, timesPerDay: 1),
        done: Dose(sets: 2, reps: 8, timesPerDay: 1), asPrescribed: false, painLoadingNRS: 3,
        sharpStab: false, note: "Ziehen, \"links\" / 2 % — naïve ☕️")
    static let checkIn = CheckIn(answers: ["pain_rest": 1, "limp": "no", "fever": "unsure"])
    static let treated = Treated(
        items: [
            .init(
                treatment: "soft_tissue_mobilisation", minutes: 10, side: .left, dose: "2 × 5 min",
                response: "softer")
        ], note: "")
    static let measured = Measured(values: ["knee_to_wall_left": 8.5, "knee_to_wall_right": 11], note: "warm")
    static let result = MeasuredValue(
        fact: "knee_to_wall_angle_left", value: 38.5, unit: "deg", side: .left, placement: "shin",
        method: "ankle", methodVersion: "1", rateHz: 59.8, gaps: 1,
        error: PublishedNumber(
            value: 1.65, unit: "deg", statistic: .standardError, sources: ["angle-meter-2025"], tag: .primary),
        detectableChange: PublishedNumber(
            value: 4.7, unit: "deg", statistic: .detectableChange, sources: ["powden-2015"], tag: .primary),
        norm: PublishedNumber(
            value: 44.9, unit: "deg", statistic: .norm, sources: ["hall-2017"], tag: .primary),
        recording: String(repeating: "ab", count: 32))
    static let evaluated = Evaluated(
        injuredSide: .left, injuredOn: Day("2026-02-28"), answers: ["gap": "calf"],
        values: ["girth_left": 38, "girth_right": 36.5], alternativeAsLikely: true, clotExcluded: false,
        proposedGrade: .severe, grade: .moderate, muscle: .gastrocnemius, overrideReason: "ultrasound",
        differential: ["achilles_rupture"], imagingRequest: "doppler_ultrasound", gait: "short step",
        note: "seen with Dr. B", clearedRedFlags: "squeeze normal")
    static let plan = Plan(
        phase: "foundation", step: 1,
        prescriptions: [
            .init(exercise: "double_heel_raise", ladder: [Dose(sets: 2, reps: 10), Dose(sets: 3, reps: 10)]),
            .init(
                exercise: "walk_run",
                ladder: [
                    Dose(
                        eachWay: true, holdS: 30, minutes: 3.5, walkMinutes: 2, runMinutes: 3, restS: 60,
                        loadBodyWeight: 0.5, timesPerDay: 2, timesPerWeek: 3)
                ])
        ],
        limits: ["walks_10_minutes": 15, "double_raises_calm": 1, "rest_pain_settled": 0, "zzz": 2],
        painCeilingNRS: 2, reason: "first week")

    static let all: [Event] = [
        .screened(Screened(answers: checkIn.answers, disposition: .sameDay, rules: ["T-DVT-1"])),
        .evaluated(evaluated), .planWritten(plan), .planChanged(plan), .sessionLogged(log),
        .checkedIn(checkIn), .treated(treated), .measured(measured),
        .measured(Measured([result], note: "second try")),
        .flagRaised(FlagRaised(disposition: .emergencyNow, rules: ["T-PE-1", "T-ACS-1"], cause: "e7")),
        .flagRaised(FlagRaised(disposition: .sameDay, rules: [], cause: nil)),
        .flagAcknowledged(FlagAcknowledged(flag: "e8", action: "called, sent to the ED")),
        .phaseChanged(PhaseChanged(from: "protect", to: "foundation", criteria: ["calm"], note: "")),
        .held(Held(reason: .notSettled, note: "")), .resumed(Resumed(reason: "scan clear")),
        .messageSent(MessageSent(text: "See you on Monday.\nBring shoes.")),
        .amended(Amended(entry: "e3", replacement: .nothing, reason: "logged twice")),
        .amended(Amended(entry: "e3", replacement: .sessionLogged(log), reason: "")),
        .amended(Amended(entry: "e3", replacement: .checkedIn(checkIn), reason: "")),
        .amended(Amended(entry: "e3", replacement: .treated(treated), reason: "")),
        .amended(Amended(entry: "e3", replacement: .measured(measured), reason: "")),
        .closed(Closed(reason: .leftCare, note: "moved away"))
    ]
}
