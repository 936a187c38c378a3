// SPDX-License-Identifier: Apache-2.0
import Clinical
import Foundation
import Store

/// An open red flag: what fired, the answers behind it, and the form that says what was done.
struct ChartFlagBox: Sendable {
    let flagID: String
    let number: String
    let flagTitle: String
    let raisedLine: String
    let rules: [String]
    let unsettled: [String]
    let hasUnsettled: Bool
    let because: [ChartFactLine]
    let hasBecause: Bool
    let typed: String
    let fault: String?
    let isWrong: Bool

    init(
        _ flag: Episode.Flag, number: Int, _ chart: OpenChart, _ wording: ChartWording, _ visit: Visit,
        _ problem: ChartProblem?
    ) {
        let words = wording.words
        flagID = flag.id.rawValue
        self.number = "\(number + 1)"
        flagTitle = words(
            "chart.flag.title",
            [
                "disposition": words["chart.flag.\(flag.raised.disposition.rawValue)"],
                "span": wording.span(wording.moment.instant.timeIntervalSince(flag.at))
            ])
        raisedLine = words("chart.flag.raised", ["when": wording.when(flag.at)])
        let reasons = chart.reasons(behind: flag, wording)
        let open = Set(reasons.filter { !$0.fired }.map(\.rule.id))
        rules = flag.raised.rules.filter { !open.contains($0) }.map(wording.rule)
        unsettled = flag.raised.rules.filter(open.contains).map(wording.rule)
        hasUnsettled = !unsettled.isEmpty
        because = chart.answers(to: reasons, behind: flag, wording)
        hasBecause = !because.isEmpty
        let isSent = visit.form["flag"] == flag.id.rawValue
        typed = isSent ? visit.form["action"] : ""
        fault = isSent && problem?.field == "action" ? problem?.text : nil
        isWrong = fault != nil
    }
}

extension OpenChart {
    /// How a flag's rules stood on the answers that raised it.
    fileprivate func reasons(behind flag: Episode.Flag, _ wording: ChartWording) -> [Screening.Reason] {
        let pathway = wording.pathway
        let screening: Screening
        switch cause(of: flag)?.event {
        case .checkedIn(let checkIn): screening = pathway.rescreen(checkIn.answers, in: episode)
        case .screened(let screened): screening = pathway.screen(screened.answers)
        case .evaluated(let found): screening = pathway.screen(found.answers)
        default: return []
        }
        return screening.reasons.filter { flag.raised.rules.contains($0.rule.id) }
    }

    /// The answers that made the rules fire, and "not sure" where it left one unsettled.
    fileprivate func answers(
        to reasons: [Screening.Reason], behind flag: Episode.Flag, _ wording: ChartWording
    ) -> [ChartFactLine] {
        let given: Answers
        switch cause(of: flag)?.event {
        case .checkedIn(let checkIn):
            let earlier = [episode.screened?.content.answers, episode.evaluation?.answers].compactMap { $0 }
            given = (earlier + [checkIn.answers]).reduce(Answers()) { $0.updated(with: $1) }
        case .screened(let screened): given = screened.answers
        case .evaluated(let found): given = found.answers
        default: return []
        }
        return wording.answers(given, of: reasons.reduce(into: []) { $0.formUnion($1.because + $1.missing) })
    }

    private func cause(of flag: Episode.Flag) -> Entry? { entries.first { $0.id == flag.raised.cause } }
}

/// Why the programme is on hold, and whether it can go on.
struct ChartHoldBox: Sendable {
    let holdReason: String
    let heldLine: String
    let holdNote: String?
    let mayResume: Bool

    init(_ held: Episode.Dated<Held>, _ chart: OpenChart, _ wording: ChartWording) {
        let words = wording.words
        holdReason = words["chart.held.\(held.content.reason.rawValue)"]
        heldLine = words(
            "chart.held.since", ["when": wording.when(held.at), "who": chart.who(held.author, words)])
        holdNote = held.content.note.isEmpty ? nil : held.content.note
        mayResume = chart.episode.openFlags.isEmpty
    }
}

/// What the pathway decides, with every criterion it rests on.
struct ChartDecisionBox: Sendable {
    struct Source: Sendable {
        let citation: String
        let sourceHref: String?
    }

    struct Criterion: Sendable {
        let mark: String
        let markWord: String
        let criterionText: String
        let reading: String
        let detail: String
        let sources: [Source]
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
    let signature: Signature?
    let isDischarge: Bool

    init(_ chart: OpenChart, _ wording: ChartWording) {
        let words = wording.words
        let decision = chart.decision
        let key = decision.outcome.key
        let isOurs = !wording.medicine.has("decision.\(key).title")
        decisionTitle = isOurs ? words["chart.decision.\(key).title"] : wording.medicine["decision.\(key).title"]
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
        criteriaTitle = decision.criteria.isEmpty || chart.episode.closed != nil
            ? nil : words("chart.criteria.title", ["met": "\(met)", "of": "\(decision.criteria.count)"])
        criteria = criteriaTitle == nil ? [] : decision.criteria.map { Criterion($0, wording) }
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
        sources = standing.criterion.basis.sources.compactMap { wording.pathway.citations[$0] }.map {
            ChartDecisionBox.Source(citation: $0.text, sourceHref: $0.address)
        }
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
        return value(fact, reading.value)
    }

    /// The need and the day of the value; where there is none, what would settle it.
    fileprivate func detail(_ standing: Decision.Standing) -> String {
        var parts: [String] = []
        if let limit = standing.criterion.limit {
            let unit = pathway.vocabulary.measure(limit.fact)?.unit ?? ""
            parts.append(
                words("chart.need.\(limit.comparison.rawValue)", ["value": number(limit.value, unit: unit)]))
        }
        if let at = standing.reading?.at { parts.append(words("chart.criteria.measured", ["when": date(at)])) }
        if case .unknown(let missing) = standing.verdict {
            let names = missing.sorted().map(measureName).joined(separator: ", ")
            parts.append(words("chart.criteria.missing", ["what": names]))
            if let days = missing.compactMap(freshDays).min() {
                parts.append(words("chart.criteria.fresh", ["n": days.plain]))
            }
        }
        return parts.joined(separator: " · ")
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
