// SPDX-License-Identifier: Apache-2.0
import Testing

@testable import Clinical

/// One screening rule with its edges: each list holds changes to `base`, in which the rule does not fire.
struct RuleRow: CustomTestStringConvertible, Sendable {
    let rule: String
    let gives: Disposition
    /// What the rule gives while it is unsettled; nil: nothing.
    let unknownGives: Disposition?
    let base: Answers
    let fires: [Answers]
    let holdsBack: [Answers]
    let unsettled: [Answers]

    init(
        _ rule: String, _ gives: Disposition, unknown: Disposition? = nil, base: Answers,
        fires: [Answers], holdsBack: [Answers] = [], unsettled: [Answers] = []
    ) {
        self.rule = rule
        self.gives = gives
        unknownGives = unknown
        self.base = base
        self.fires = fires
        self.holdsBack = holdsBack
        self.unsettled = unsettled
    }

    /// A rule over yes-or-no questions that fires on any one "yes".
    static func anyYes(
        _ rule: String, _ gives: Disposition, unknown: Disposition? = nil, of findings: FactID...
    ) -> RuleRow {
        func changing(to word: String) -> [Answers] { findings.map { Answers([$0: .word(word)]) } }
        let no = Answers(Dictionary(uniqueKeysWithValues: findings.map { ($0, Answer.word("no")) }))
        return RuleRow(
            rule, gives, unknown: unknown, base: no, fires: changing(to: "yes"),
            unsettled: changing(to: "unsure"))
    }

    var testDescription: String { rule }

    static let all =
        lungsAndPressure + infectionAndBleeding + nerves + clots + veinsAndTendon + bonesAndArteries + tears

    var mentioned: Set<FactID> {
        Set(([base] + fires + holdsBack + unsettled).flatMap(\.values.keys))
    }
}
