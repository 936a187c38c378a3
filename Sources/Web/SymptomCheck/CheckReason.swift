// SPDX-License-Identifier: Apache-2.0
import Clinical

/// One reason as the person reads it: the rule in words, what was answered, and where the rule comes from.
struct CheckReason: Sendable {
    let level: String
    /// The tag's class: stop or wait.
    let levelClass: String
    let sentence: String
    let factsLabel: String
    let factLines: [String]
    let hasFacts: Bool
    /// How far the source was read.
    let sourceTitle: String
    let sources: [Reference]
}

/// A citation with its address, where it has one.
struct Reference: Sendable {
    let text: String
    let href: String?

    init(_ citation: Citation) {
        text = citation.text
        href = citation.link.map { $0.hasPrefix("doi:") ? "https://doi.org/\($0.dropFirst(4))" : $0 }
    }
}

struct ReasonTeller {
    let words: Words
    let medicine: Words
    let pathway: Pathway
    let answers: Answers

    func reason(_ reason: Screening.Reason) -> CheckReason {
        let rule = reason.rule
        let isUrgent = reason.disposition >= .sameDay
        let lines = lines(reason)
        return CheckReason(
            level: words["check.level.\(reason.disposition.rawValue)"],
            levelClass: isUrgent ? "stop" : "wait",
            sentence: medicine["rule.\(rule.id)"],
            factsLabel: words[reason.fired ? "check.you_answered" : "check.not_known_yet"],
            factLines: lines, hasFacts: !lines.isEmpty,
            sourceTitle: words("check.source", ["read": words["check.read.\(rule.basis.tag.rawValue)"]]),
            sources: rule.basis.sources.compactMap { pathway.citations[$0] }.map { Reference($0) })
    }

    private func lines(_ reason: Screening.Reason) -> [String] {
        guard reason.fired else {
            return reason.missing.filter(isAsked).map { medicine["finding.\($0).label"] }
        }
        // A rule that fires on what is missing has nothing that supports it: then all it looked at is told.
        let facts = reason.because.isEmpty ? reason.rule.when.facts.sorted() : reason.because
        return facts.compactMap { id in
            spoken(id).map { words("check.fact", ["fact": medicine["finding.\(id).label"], "answer": $0]) }
        }
    }

    private func isAsked(_ id: FactID) -> Bool {
        pathway.vocabulary.finding(id)?.asked.contains(.symptomCheck) ?? false
    }

    /// What was answered, in words; nil where nothing was.
    func spoken(_ id: FactID) -> String? {
        guard let finding = pathway.vocabulary.finding(id) else { return nil }
        switch answers[id] {
        case nil: return nil
        case .word(let word): return medicine.answer(word, to: finding)
        case .number(let number):
            guard case .number(_, _, let unit, _) = finding.values,
                let unit = words.ifPresent("check.unit.\(unit)")
            else { return plain(number) }
            return words("check.measured", ["number": plain(number), "unit": unit])
        }
    }
}
