// SPDX-License-Identifier: Apache-2.0
import Clinical

/// One criterion as the patient and the therapist read it: what must hold, how it stands, on which value.
struct CriterionRow: Sendable {
    /// Class of the list item, which draws the mark.
    let mark: String
    /// The mark in words, for who does not see it.
    let markWords: String
    let text: String
    let value: String
    let source: String
    let isUnknown: Bool
    let isUnlike: Bool

    init(_ standing: Decision.Standing, _ visit: Visit) {
        let words = visit.words
        let criterion = standing.criterion
        text = criterion.text(visit.medicine)
        switch standing.verdict {
        case .met: (mark, markWords, isUnknown) = ("met", words["mark.met"], false)
        case .notMet: (mark, markWords, isUnknown) = ("notyet", words["mark.notyet"], false)
        case .unknown: (mark, markWords, isUnknown) = ("unknown", words["mark.unknown"], true)
        }
        isUnlike = standing.isUnlike
        value = Self.value(standing, visit)
        source = criterion.basis.sources.compactMap { visit.site.pathway.citations[$0]?.text }
            .joined(separator: "; ")
    }

    /// What the list of criteria says as a whole; nil where the phase has none.
    static func heading(_ decision: Decision, in episode: Episode, _ visit: Visit) -> String? {
        guard !decision.criteria.isEmpty else { return nil }
        let next = episode.plan.flatMap { visit.site.pathway.phase(after: $0.phase) }
        let key = decision.criteria.allSatisfy { $0.verdict == .met } ? "why_met" : "why"
        guard let next else { return visit.words["today.\(key)_end"] }
        return visit.words("today.\(key)", ["number": String(next.number)])
    }

    private static func value(_ standing: Decision.Standing, _ visit: Visit) -> String {
        guard let reading = standing.reading else { return "" }
        let words = visit.words
        switch reading.value {
        case .word(let word):
            let answer = visit.medicine["answer.\(word)"]
            guard let fact = standing.criterion.condition.facts.first else { return answer }
            return words("criterion.said", ["what": visit.medicine["measure.\(fact)"], "answer": answer])
        case .number(let number):
            guard let limit = standing.criterion.limit else { return number.plain }
            let unit = visit.site.pathway.vocabulary.measure(limit.fact)?.unit ?? ""
            // Rounded down, so that a share just short of its goal never looks as if it had reached it.
            let number = unit == "%" ? number.rounded(.down) : number
            let value = words.has("unit.\(unit)") ? "\(number.plain) \(words["unit.\(unit)"])" : number.plain
            guard standing.verdict == .notMet else { return value }
            let key =
                limit.comparison == .atLeast || limit.comparison == .above
                ? "criterion.need_at_least" : "criterion.need_at_most"
            return words(key, ["value": value, "limit": limit.value.plain])
        }
    }
}
