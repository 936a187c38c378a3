// SPDX-License-Identifier: Apache-2.0
import Testing

@testable import Clinical

@Suite("Every screening rule") struct RuleTests {
    private func screen(_ rule: ScreeningRule, _ answers: Answers) -> Screening {
        Screening(of: answers, rules: [rule], at: rule.asked)
    }

    @Test("has its row of edges, and every fact it looks at stands in it")
    func hasARow() throws {
        let pathway = try calfTear()
        #expect(RuleRow.all.map(\.rule).sorted() == pathway.screening.map(\.id).sorted())
        for row in RuleRow.all {
            #expect(try pathway.rule(row.rule).when.facts.subtracting(row.mentioned) == [], "\(row.rule)")
        }
    }

    @Test("has rows only with answers that the vocabulary knows", arguments: RuleRow.all)
    func rowsAreReal(row: RuleRow) throws {
        let vocabulary = try calfTear().vocabulary
        for answers in [row.base] + row.fires + row.holdsBack + row.unsettled {
            for (id, answer) in answers.values { _ = try vocabulary.finding(id)?.checked(answer) }
        }
    }

    @Test("fires on each of its triggers alone", arguments: RuleRow.all)
    func fires(row: RuleRow) throws {
        let rule = try calfTear().rule(row.rule)
        #expect(rule.disposition == row.gives)
        for change in row.fires {
            let screening = screen(rule, row.base.updated(with: change))
            #expect(screening.disposition == row.gives, "not fired by \(change.values)")
            #expect(screening.reasons.first?.fired == true, "no reason said for \(change.values)")
        }
    }

    @Test("does not fire just on the other side", arguments: RuleRow.all)
    func holdsBack(row: RuleRow) throws {
        let rule = try calfTear().rule(row.rule)
        for change in [[:]] + row.holdsBack {
            let screening = screen(rule, row.base.updated(with: change))
            #expect(screening.reasons == [], "fired by \(change.values)")
            #expect(screening.disposition == .selfCareMonitor)
        }
    }

    @Test("gives its careful answer where one is not sure", arguments: RuleRow.all)
    func unsettled(row: RuleRow) throws {
        let rule = try calfTear().rule(row.rule)
        #expect(rule.whenUnknown == row.unknownGives)
        for change in row.unsettled {
            let screening = screen(rule, row.base.updated(with: change))
            #expect(!screening.unknown.isEmpty, "settled by \(change.values)")
            #expect(screening.disposition == row.unknownGives ?? .selfCareMonitor, "\(change.values)")
            #expect(screening.reasons.allSatisfy { !$0.fired && !$0.missing.isEmpty })
        }
    }

    @Test("gives no less where nothing was answered than its careful answer", arguments: RuleRow.all)
    func nothingAnswered(row: RuleRow) throws {
        let rule = try calfTear().rule(row.rule)
        #expect(screen(rule, [:]).disposition >= row.unknownGives ?? .selfCareMonitor)
    }

    @Test("of the lungs, the foot, the urine, the saddle and the wound is same-day while it is unknown")
    func emergenciesAreNeverUnknownAndFree() throws {
        for rule in try calfTear().screening
        where rule.disposition == .emergencyNow && rule.when.facts.count == 1
            && rule.asked.contains(.symptomCheck)
        {
            #expect(rule.whenUnknown == .sameDay, "\(rule.id)")
        }
    }

    @Test("gives no more while unknown than once it fires")
    func unknownIsNotWorse() throws {
        for rule in try calfTear().screening {
            #expect(rule.whenUnknown ?? .selfCareMonitor <= rule.disposition, "\(rule.id)")
        }
    }
}
