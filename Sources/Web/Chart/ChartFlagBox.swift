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
