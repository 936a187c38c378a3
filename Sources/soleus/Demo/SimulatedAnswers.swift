// SPDX-License-Identifier: Apache-2.0
import Clinical
import Foundation
import Store

/// What the simulated person says of the leg.
extension SimulatedCourse {
    /// The symptom check on the evening of the injury.
    func screened() -> Event {
        var answers = allNo()
        let isTendon = person.twists.contains(.screenedOnly)
        answers["age_years"] = .number(44)
        answers["sex"] = .word(person.sex)
        answers["side"] = .word(person.leg.side.rawValue)
        answers["onset"] = .word("sudden")
        answers["onset_days"] = .number(0)
        answers["pop"] = .word(isTendon ? "low_calf_or_ankle" : "calf")
        answers["gap"] = .word(isTendon ? "above_heel" : "none")
        answers["four_steps"] = .word(person.leg.grade == .mild ? "yes" : "limping")
        answers["double_heel_raise"] = .word("painful")
        answers["single_heel_raise"] = .word(isTendon ? "unable" : "painful")
        answers["squeeze_moves_foot"] = .word(isTendon ? "no" : "yes")
        answers["swelling"] = .word("local")
        answers["swelling_trend"] = .word("same")
        answers["bruise"] = .word(person.leg.grade == .mild ? "none" : "calf")
        let screening = scribe.pathway.screen(answers)
        return .screened(
            Screened(
                answers: answers, disposition: screening.disposition, rules: screening.reasons.map(\.rule.id))
        )
    }

    func evaluated() -> Evaluated {
        var answers = allNo()
        answers["age_years"] = .number(44)
        answers["sex"] = .word(person.sex)
        answers["onset"] = .word("sudden")
        answers["pop"] = .word("calf")
        answers["gap"] = .word(person.leg.grade == .severe ? "calf" : "none")
        answers["site"] = .word("inner_upper")
        answers["provoked_by"] = .word("straight_knee")
        answers["squeeze_moves_foot"] = .word("yes")
        answers["matles_positive"] = .word("no")
        answers["four_steps"] = .word(person.leg.grade == .mild ? "yes" : "limping")
        answers["limp"] = .word(person.leg.grade == .mild ? "no" : "yes")
        answers["double_heel_raise"] = .word("painful")
        answers["single_heel_raise"] = .word("painful")
        answers["swelling"] = .word("local")
        answers["swelling_trend"] = .word("better")
        answers["stand_both_feet"] = .word("yes")
        let proposal = scribe.pathway.proposal(for: answers, alternativeAsLikely: true)
        return Evaluated(
            injuredSide: person.leg.side,
            injuredOn: Moment(now, zone: scribe.zone).today.advanced(by: -person.daysAgo),
            answers: answers, values: person.leg.measures(day: 1), alternativeAsLikely: true,
            clotExcluded: true,
            proposedGrade: proposal.grade, grade: person.leg.grade, muscle: .gastrocnemius,
            overrideReason: proposal.grade == person.leg.grade
                ? "" : "Judged by palpation and the way it walks.",
            differential: proposal.differential.map(\.id), imagingRequest: "",
            gait: "Short late stance on the injured side.",
            note: "",
            clearedRedFlags: "Examined: clear injury, calm foot, squeeze moves the foot. No sign of a clot.")
    }

    /// The daily check of a morning.
    func morningAnswers(day: Int, swells: Bool) -> Answers {
        let leg = person.leg
        var answers = Answers()
        for id in scribe.pathway.checkIn.redFlags { answers[id] = .word("no") }
        answers["pain_rest"] = .number(Double(leg.restPain(day: day)))
        answers["pain_worst_24h"] = .number(Double(leg.worstPain(day: day)))
        answers["pain_morning_change"] = .number(0)
        answers["swelling"] = .word(leg.healed(day: day) < 0.4 ? "local" : "none")
        answers["swelling_trend"] = .word(leg.healed(day: day) < 0.4 ? "better" : "same")
        answers["four_steps"] = .word(leg.limps(day: day) ? "limping" : "yes")
        answers["limp"] = .word(leg.limps(day: day) ? "yes" : "no")
        answers["stand_both_feet"] = .word("yes")
        answers["red_tender_cord"] = .word("none")
        for twist in person.twists {
            switch twist {
            case .flares(day): answers["pain_morning_change"] = .number(2)
            case .doesNotSettle(let from) where day >= from: answers["pain_morning_change"] = .number(1)
            default: break
            }
        }
        if swells {
            answers["swelling"] = .word("calf")
            answers["swelling_trend"] = .word("worse")
            answers["worse_after_improving"] = .word("yes")
            answers["pain_worst_24h"] = .number(5)
        }
        return answers
    }

    /// "No" to everything that can be answered so.
    private func allNo() -> Answers {
        var answers = Answers()
        for finding in scribe.pathway.vocabulary.findings {
            if finding.words.contains("no"), finding.words.contains("unsure") {
                answers[finding.id] = .word("no")
            }
            if finding.id == "red_tender_cord" { answers[finding.id] = .word("none") }
        }
        return answers
    }
}
