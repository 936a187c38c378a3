// SPDX-License-Identifier: Apache-2.0
import Clinical
import Foundation
import Store

/// What the pathway decides, with every criterion it rests on.
struct ChartDecisionBox: Sendable {
    struct Source: Sendable {
        let sourceFor: String
        let citation: String
        let sourceHref: String?
    }

    struct Criterion: Sendable {
        let mark: String
        let markWord: String
        let criterionText: String
        let reading: String
        let detail: String
    }

    struct Signature: Sendable {
        let signButton: String
        let signTo: String
    }

    let decisionTitle: String
    let decisionText: String
    let answerText: String?
    let criteriaTitle: String?
    let criteria: [Criterion]
    let sources: [Source]
    let signature: Signature?
    let isDischarge: Bool

    init(_ chart: OpenChart, _ wording: ChartWording) {
        let words = wording.words
        let decision = chart.decision
        let key = decision.outcome.key
        let isOurs = !wording.medicine.has("decision.\(key).title")
        decisionTitle =
            isOurs ? words["chart.decision.\(key).title"] : wording.medicine["decision.\(key).title"]
        switch decision.outcome {
        case .closed: decisionText = Self.closedText(chart, wording)
        case .hold(let reason): decisionText = wording.medicine["held.\(reason.rawValue)"]
        case _ where isOurs: decisionText = words["chart.decision.\(key).text"]
        default: decisionText = wording.medicine["decision.\(key).text"]
        }
        let answer = decision.answer
        if chart.episode.plan == nil || chart.episode.closed != nil {
            answerText = nil
        } else {
            answerText =
                answer == .noLoad
                ? words["chart.answer.no_load"] : wording.medicine["response.\(answer.rawValue)"]
        }
        let met = decision.criteria.count { $0.verdict == .met }
        criteriaTitle =
            decision.criteria.isEmpty || chart.episode.closed != nil
            ? nil : words("chart.criteria.title", ["met": "\(met)", "of": "\(decision.criteria.count)"])
        criteria = criteriaTitle == nil ? [] : decision.criteria.map { Criterion($0, wording) }
        sources = criteriaTitle == nil ? [] : Self.sources(of: decision, wording)
        isDischarge = decision.outcome == .discharge
        if case .progressPhase(let next) = decision.outcome {
            let numbers = [wording.phaseNumber(decision.phase), wording.phaseNumber(next)]
            signature = Signature(
                signButton: words(
                    "chart.sign.button", ["from": numbers[0], "to": numbers[1]]), signTo: next.rawValue)
        } else {
            signature = nil
        }
    }

    /// Where each criterion comes from, one line per criterion and citation.
    private static func sources(of decision: Decision, _ wording: ChartWording) -> [Source] {
        decision.criteria.flatMap { standing in
            standing.criterion.basis.sources.compactMap { wording.pathway.citations[$0] }.map {
                Source(
                    sourceFor: standing.criterion.text(wording.medicine), citation: $0.text,
                    sourceHref: $0.address)
            }
        }
    }

    private static func closedText(_ chart: OpenChart, _ wording: ChartWording) -> String {
        guard let closed = chart.episode.closed else { return "" }
        return wording.words(
            "chart.decision.closed.text",
            [
                "reason": wording.words["chart.close.reason.\(closed.content.reason.rawValue)"],
                "when": wording.date(closed.at), "who": chart.who(closed.author, wording.words)
            ])
    }
}

extension ChartDecisionBox.Criterion {
    init(_ standing: Decision.Standing, _ wording: ChartWording) {
        mark = standing.mark
        markWord = wording.words["mark.\(standing.mark)"]
        criterionText = standing.criterion.text(wording.medicine)
        reading = wording.reading(standing)
        detail = wording.detail(standing)
    }
}

extension Citation {
    /// The link as a browser opens it.
    fileprivate var address: String? {
        guard let link else { return nil }
        return link.hasPrefix("doi:") ? "https://doi.org/" + link.dropFirst("doi:".count) : link
    }
}

extension Decision.Standing {
    /// The class and the word of how it stands.
    fileprivate var mark: String {
        switch verdict {
        case .met: "met"
        case .notMet: "notyet"
        case .unknown: "unknown"
        }
    }
}

extension Decision.Outcome {
    /// Names the words of the outcome.
    fileprivate var key: String {
        switch self {
        case .progressPhase: "progress_phase"
        case .progressStep: "progress_step"
        case .repeat: "repeat"
        case .stepBack: "step_back"
        case .hold: "hold"
        case .refer: "refer"
        case .discharge: "discharge"
        case .awaitingPlan: "awaiting_plan"
        case .closed: "closed"
        }
    }
}

extension ChartWording {
    /// A criterion as it stands, in one line that can be kept.
    func sentence(_ standing: Decision.Standing) -> String {
        let date = standing.reading?.at.map { ", \(self.date($0))" } ?? ""
        return words["mark.\(standing.mark)"] + " " + standing.criterion.text(medicine)
            + " (\(reading(standing))\(date))"
    }

    fileprivate func reading(_ standing: Decision.Standing) -> String {
        guard let reading = standing.reading, let fact = standing.criterion.condition.facts.first else {
            return words["chart.criteria.unknown"]
        }
        let text = value(fact, reading.value)
        // A bare "No" beside "Walk without a limp" says nothing: the measure's name makes it an answer.
        if case .word = reading.value { return "\(measureName(fact)): \(text)" }
        return text
    }

    /// The need and the day of the value; where there is none, what would settle it.
    fileprivate func detail(_ standing: Decision.Standing) -> String {
        var parts: [String] = []
        if let limit = standing.criterion.limit {
            let unit = pathway.vocabulary.measure(limit.fact)?.unit ?? ""
            parts.append(
                words("chart.need.\(limit.comparison.rawValue)", ["value": number(limit.value, unit: unit)]))
        }
        if let at = standing.reading?.at {
            parts.append(words("chart.criteria.measured", ["when": date(at)]))
        }
        if case .unknown(let missing) = standing.verdict {
            let names = missing.sorted().map(measureName).joined(separator: ", ")
            parts.append(words("chart.criteria.missing", ["what": names]))
            if let days = missing.compactMap(freshDays).min() {
                parts.append(words("chart.criteria.fresh", ["n": days.plain]))
            }
            if standing.isUnlike { parts.append(words["chart.measures.unlike"]) }
        }
        if !standing.criterion.aids.isEmpty { parts.append(aids(standing)) }
        return parts.joined(separator: " · ")
    }

    /// What recordings say beside a criterion, for whoever decides.
    private func aids(_ standing: Decision.Standing) -> String {
        guard !standing.aids.isEmpty else { return words["chart.criteria.aids.none"] }
        let values = standing.aids.map { aid in
            let date = aid.reading.at.map { " (\(self.date($0)))" } ?? ""
            return "\(measureName(aid.measure)) \(value(aid.measure, aid.reading.value))\(date)"
        }
        return words("chart.criteria.aids.known", ["what": values.joined(separator: ", ")])
    }

    /// For how many days a measure's value counts, or that of the one it is made from.
    private func freshDays(_ id: FactID) -> Double? {
        guard let measure = pathway.vocabulary.measure(id) else { return nil }
        switch measure.origin {
        case .injuredSide(let base), .symmetry(let base), .difference(let base):
            return pathway.vocabulary.measure(base)?.freshDays
        default: return measure.freshDays
        }
    }
}
