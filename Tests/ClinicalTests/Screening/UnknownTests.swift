// SPDX-License-Identifier: Apache-2.0
import Testing

@testable import Clinical

@Suite("Unknown is never no") struct UnknownTests {
    private func unsure(_ finding: Finding) -> Answer? {
        finding.words.first(where: Answers.unknownWords.contains).map(Answer.word)
    }

    @Test("Who answers nothing is asked to have it examined")
    func nothing() throws {
        let screening = try calfTear().screen(Answers())
        #expect(screening.disposition >= .bookEvaluation, "\(screening.reasons)")
        #expect(!screening.unknown.isEmpty)
    }

    @Test("Who is not sure of anything is seen the same day")
    func allUnsure() throws {
        let pathway = try calfTear()
        var answers: Answers = ["age_years": 40, "sex": "male"]
        for finding in pathway.vocabulary.findings {
            answers[finding.id] = answers[finding.id] ?? unsure(finding)
        }
        #expect(pathway.screen(answers).disposition == .sameDay)
        #expect(pathway.screen(pathway.answers(givenOnPages: unsure)).disposition >= .sameDay)
    }

    @Test("'Unsure' and 'not tried' give exactly what no answer at all gives")
    func unsureIsAbsent() throws {
        let pathway = try calfTear()
        var unsureOfAll = Answers()
        for finding in pathway.vocabulary.findings { unsureOfAll[finding.id] = unsure(finding) }
        #expect(pathway.screen(unsureOfAll) == pathway.screen(Answers()))
    }

    @Test("Taking an answer away never makes an emergency of the table less than a same-day visit")
    func forgetting() throws {
        let pathway = try calfTear()
        for row in RuleRow.all where row.gives == .emergencyNow && row.unknownGives != nil {
            let rule = try pathway.rule(row.rule)
            for change in row.fires {
                let answers = row.base.updated(with: change)
                for id in answers.values.keys where rule.when.facts.contains(id) {
                    var less = answers
                    less[id] = nil
                    let verdict = rule.when.verdict(on: less)
                    guard verdict.isUnknown else { continue }
                    let screening = Screening(of: less, rules: pathway.screening, at: [.symptomCheck])
                    #expect(screening.disposition >= .sameDay, "\(row.rule) without \(id)")
                }
            }
        }
    }

    @Test("No page skips a question whose answer could still be an emergency")
    func pagesAskEveryEmergency() throws {
        let pathway = try calfTear()
        let skippable = Set(pathway.questions.filter { $0.askUnless != nil }.flatMap(\.findings))
        let always = Set(pathway.questions.filter { $0.askUnless == nil }.flatMap(\.findings))
        for rule in pathway.screening
        where rule.asked.contains(.symptomCheck) && rule.disposition == .emergencyNow {
            let asked = rule.when.facts.filter {
                pathway.vocabulary.finding($0)?.asked.contains(.symptomCheck) == true
            }
            // Growing swelling and bleeding on a thinner are the only ones behind another answer.
            let behind = asked.intersection(skippable)
            #expect(behind.isSubset(of: ["swelling_trend", "bruise_or_lump_on_blood_thinner"]), "\(rule.id)")
            #expect(
                asked.isSubset(of: always.union(skippable).union(["temperature_c", "pain_trend"])),
                "\(rule.id)")
        }
    }

    @Test("Who fills in the pages and denies every red flag may stay at home", arguments: ["male", "female"])
    func harmlessThroughThePages(sex: String) throws {
        let pathway = try calfTear()
        let calm = PlausibleCase.calm.updated(
            with: ["sex": .word(sex), "pregnant_or_postpartum": "no", "squeeze_moves_foot": "yes"])
        let answers = pathway.answers(givenOnPages: { finding in
            if let answer = calm[finding.id] { return answer }
            if case .number = finding.values { return .number(2) }
            return finding.words.contains("no") ? .word("no") : nil
        })
        let screening = pathway.screen(answers)
        #expect(screening.disposition == .selfCareMonitor, "\(screening.reasons)")
    }

    @Test("The daily check asks all that its rules look at, or knows it already")
    func checkInAsksItsRules() throws {
        let pathway = try calfTear()
        let asked = Set(pathway.checkIn.findings)
        let firstCheck = Set(pathway.questions.flatMap(\.findings))
        // Measured at the clinic, if at all.
        let measured: Set<FactID> = ["temperature_c", "pulse_bpm", "pain_trend"]
        for rule in pathway.screening where rule.asked.contains(.checkIn) {
            let lasting = rule.when.facts.filter {
                pathway.vocabulary.finding($0)?.asked.contains(.checkIn) == false && firstCheck.contains($0)
            }
            let open = rule.when.facts.subtracting(asked).subtracting(lasting).subtracting(measured)
            #expect(open == [], "\(rule.id)")
        }
    }
}
