// SPDX-License-Identifier: Apache-2.0
import Clinical
import Foundation
import Store

/// What an entry says, in words: a headline, the gist, and the rest.
struct ChartEventWords: Sendable {
    /// `go`, `wait`, `stop`, or nothing.
    var look = ""
    var headline: String
    var summary: String?
    var lines: [ChartFactLine] = []
    var texts: [String] = []

    init(_ entry: Entry, _ chart: OpenChart, _ wording: ChartWording) {
        let words = wording.words
        headline = words["chart.event.\(entry.event.key)"]
        switch entry.event {
        case .screened(let screened):
            summary = words["chart.flag.\(screened.disposition.rawValue)"]
            texts = screened.rules.map(wording.rule)
            lines = wording.answers(screened.answers)
        case .evaluated(let found): tell(found, wording)
        case .planWritten(let plan), .planChanged(let plan):
            summary = [wording.phase(plan.phase), wording.planReason(plan.reason)].filter { !$0.isEmpty }
                .joined(separator: " · ")
            lines = plan.prescriptions.map {
                ChartFactLine(
                    label: wording.exercise($0.exercise), value: wording.dose($0.dose(step: plan.step)))
            }
        case .sessionLogged(let log): tell(log, wording)
        case .checkedIn(let checkIn):
            summary = wording.gist(checkIn)
            lines = wording.answers(checkIn.answers)
        case .treated(let treated):
            summary = treated.items.map { wording.medicine["treatment.\($0.treatment).name"] }
                .joined(separator: ", ")
            lines = wording.lines(treated)
            texts = [treated.note].filter { !$0.isEmpty }
        case .measured(let measured):
            lines = wording.values(measured.values)
            summary =
                lines.count == 1
                ? "\(lines[0].label): \(lines[0].value)"
                : words(
                    "chart.event.values", count: lines.count)
            texts = [LabCues.readable(measured.note)].filter { !$0.isEmpty }
        case .flagRaised(let flag):
            look = "stop"
            summary = words["chart.flag.\(flag.disposition.rawValue)"]
            texts = flag.rules.map(wording.rule)
        case .flagAcknowledged(let done): (look, summary) = ("go", done.action)
        case .phaseChanged(let change):
            look = "go"
            summary = words(
                "chart.event.phase_way",
                ["from": wording.phaseNumber(change.from), "to": wording.phase(change.to)])
            texts = change.criteria + [change.note].filter { !$0.isEmpty }
        case .held(let held):
            look = "wait"
            summary = words["chart.held.\(held.reason.rawValue)"]
            texts = [held.note].filter { !$0.isEmpty }
        case .resumed(let resumed): (look, summary) = ("go", resumed.reason)
        case .messageSent(let message): summary = message.text
        case .amended(let amended):
            look = "wait"
            summary = chart.headline(of: amended.entry, wording) + ": " + amended.reason
        case .closed(let closed):
            summary = words["chart.close.reason.\(closed.reason.rawValue)"]
            texts = [closed.note].filter { !$0.isEmpty }
        }
    }

    private mutating func tell(_ log: SessionLog, _ wording: ChartWording) {
        let words = wording.words
        headline = words("chart.event.logged", ["exercise": wording.exercise(log.exercise)])
        let pain = log.painLoadingNRS.map { words("chart.event.pain", ["n": "\($0)"]) }
        summary = [
            wording.dose(log.done.once), log.asPrescribed ? nil : words["chart.event.differently"], pain,
            log.sharpStab == true ? words["chart.event.stab"] : nil
        ].compactMap { $0 }.joined(separator: " · ")
        if log.sharpStab == true { look = "wait" }
        if !log.asPrescribed {
            lines = [
                ChartFactLine(
                    label: words["chart.event.prescribed"], value: wording.dose(log.prescribed.once)),
                ChartFactLine(label: words["chart.event.done"], value: wording.dose(log.done.once))
            ]
        }
        texts = [log.note].compactMap { $0 }.filter { !$0.isEmpty }
    }

    private mutating func tell(_ found: Evaluated, _ wording: ChartWording) {
        let (words, medicine) = (wording.words, wording.medicine)
        summary = [
            wording.about(
                side: found.injuredSide, grade: found.grade, injuredOn: nil, on: wording.moment.today),
            medicine["muscle.\(found.muscle.rawValue)"]
        ].joined(separator: ", ")
        func line(_ key: String, _ value: String?) -> ChartFactLine? {
            guard let value, !value.isEmpty else { return nil }
            return ChartFactLine(label: words["chart.evaluated.\(key)"], value: value)
        }
        let clot = found.clotExcluded.map { medicine[$0 ? "answer.yes" : "answer.no"] }
        let suspects = found.differential.map { medicine["differential.\($0)"] }.joined(separator: ", ")
        lines = [
            line("injured_on", found.injuredOn.map(wording.day)),
            line("clot_excluded", clot ?? words["chart.evaluated.not_judged"]),
            line("proposed", found.proposedGrade.map { medicine["grade.\($0.rawValue).name"] }),
            line("override", found.overrideReason), line("differential", suspects),
            line("imaging", found.imagingRequest), line("gait", found.gait),
            line("cleared", found.clearedRedFlags), line("note", found.note)
        ].compactMap { $0 }
        lines += wording.values(found.values) + wording.answers(found.answers)
    }
}

extension OpenChart {
    /// What an entry was and when, for the line that takes it back.
    fileprivate func headline(of id: Entry.ID, _ wording: ChartWording) -> String {
        guard let entry = entries.first(where: { $0.id == id }) else { return "" }
        return ChartEventWords(entry, self, wording).headline + ", " + wording.when(entry.at)
    }
}

extension ChartWording {
    /// A check-in in a few numbers.
    fileprivate func gist(_ checkIn: CheckIn) -> String {
        [
            checkIn.answers.number("pain_rest").map { words("chart.event.rest", ["n": $0.plain]) },
            checkIn.answers.number("pain_worst_24h").map { words("chart.event.worst", ["n": $0.plain]) },
            checkIn.answers.number("pain_morning_change").map {
                words("chart.event.morning", ["change": change($0)])
            }
        ].compactMap { $0 }.joined(separator: " · ")
    }

    /// One line per treatment: minutes, side, dose and how the leg answered.
    func lines(_ treated: Treated) -> [ChartFactLine] {
        treated.items.map { item in
            let value = [
                words("chart.dose.minutes", ["n": "\(item.minutes)"]), side(item.side), item.dose,
                item.response
            ].filter { !$0.isEmpty }.joined(separator: ", ")
            return ChartFactLine(label: medicine["treatment.\(item.treatment).name"], value: value)
        }
    }
}

extension Dose {
    /// What is done at one time.
    fileprivate var once: Dose {
        var once = self
        (once.timesPerDay, once.timesPerWeek) = (nil, nil)
        return once
    }
}

extension Event {
    /// Names the words of its headline.
    fileprivate var key: String {
        switch self {
        case .screened: "screened"
        case .evaluated: "evaluated"
        case .planWritten: "plan_written"
        case .planChanged: "plan_changed"
        case .sessionLogged: "logged"
        case .checkedIn: "checked_in"
        case .treated: "treated"
        case .measured: "measured"
        case .flagRaised: "flag_raised"
        case .flagAcknowledged: "flag_acknowledged"
        case .phaseChanged: "phase_changed"
        case .held: "held"
        case .resumed: "resumed"
        case .messageSent: "message"
        case .amended: "amended"
        case .closed: "closed"
        }
    }
}
