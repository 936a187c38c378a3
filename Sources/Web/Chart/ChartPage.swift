// SPDX-License-Identifier: Apache-2.0
import Clinical
import Foundation
import Store

/// One patient on one page.
struct ChartPage: Page {
    /// A way to one of the forms about the patient.
    struct Way: Sendable {
        let label: String
        let wayHref: String
        let wayClass: String
    }

    struct Message: Sendable {
        let who: String
        let at: String
        let text: String
    }

    static let template = "chart"
    let title: String
    let person: String
    let about: String
    let heading: String
    let chartPath: String
    let notice: String?
    let errors: [ChartProblem]
    let hasErrors: Bool
    let isOpen: Bool
    let formID: String
    let fields: ChartFields
    let ways: [Way]
    let flags: [ChartFlagBox]
    let hasFlags: Bool
    let holdBox: ChartHoldBox?
    let canHold: Bool
    let decisionBox: ChartDecisionBox
    let painFigure: ChartPainFigure?
    let loadFigure: ChartLoadFigure?
    let plans: [ChartPlanVersion]
    let hasPlans: Bool
    let measures: ChartMeasures
    /// nil where no phone has measured anything.
    let phone: PhoneResults?
    let treatments: [ChartTreatment]
    let hasTreatments: Bool
    let messages: [Message]
    let mayClose: Bool
    let timeline: ChartTimeline
    var place: String? { "/board" }
    var width: PageWidth { .wide }

    init(_ visit: Visit, _ chart: OpenChart, problem: ChartProblem?) {
        let wording = ChartWording(visit)
        let words = visit.words
        let episode = chart.episode
        person = chart.patient.account.name
        heading = Self.heading(chart, wording)
        title = "\(person): \(heading)"
        about = Self.about(chart, wording)
        chartPath = "/charts/\(chart.patient.episode)"
        notice = visit.query("done") == "signed_out" ? words["chart.phone.signed_out"] : nil
        errors = problem.map { [$0] } ?? []
        hasErrors = problem != nil
        isOpen = episode.closed == nil
        formID = visit.site.ids.make()
        fields = ChartFields(visit, problem)
        ways = isOpen ? Self.ways(chart, words) : []
        flags = episode.openFlags.enumerated().map { index, flag in
            ChartFlagBox(flag, number: index, chart, wording, visit, problem)
        }
        hasFlags = !flags.isEmpty
        holdBox = episode.closed == nil ? episode.hold.map { ChartHoldBox($0, chart, wording) } : nil
        canHold = isOpen && episode.hold == nil && episode.plan != nil
        decisionBox = ChartDecisionBox(chart, wording)
        let span = ChartSpan(chart, visit.moment)
        painFigure = span.flatMap { ChartPainFigure(chart, $0, wording) }
        loadFigure = span.flatMap { ChartLoadFigure(chart, $0, wording) }
        plans = ChartPlanVersion.all(of: chart, wording)
        hasPlans = !plans.isEmpty
        measures = ChartMeasures(chart, wording)
        let phone = PhoneResults(episode, path: "/charts/\(chart.patient.episode)/lab/", visit)
        self.phone = phone.hasRows ? phone : nil
        treatments = episode.treatments.reversed().map { ChartTreatment($0, chart, wording) }
        hasTreatments = !treatments.isEmpty
        messages = episode.messages.suffix(5).reversed().map {
            Message(who: chart.who($0.author, words), at: wording.when($0.at), text: $0.content.text)
        }
        mayClose = isOpen && episode.openFlags.isEmpty
        timeline = ChartTimeline(chart, before: Int(visit.query("before")), wording)
    }

    private static func about(_ chart: OpenChart, _ wording: ChartWording) -> String {
        let episode = chart.episode
        let today = wording.moment.today
        let leg = wording.about(
            side: episode.injuredSide, grade: episode.evaluation?.grade,
            injuredOn: episode.evaluation?.injuredOn, on: today)
        return [
            wording.age(born: chart.patient.account.born, on: today), leg.isEmpty ? nil : leg,
            episode.evaluation.map { wording.medicine["muscle.\($0.muscle.rawValue)"] },
            episode.plan.map { wording.phase($0.phase) }
        ].compactMap { $0 }.joined(separator: " · ")
    }

    /// What the page concludes, in a few words.
    private static func heading(_ chart: OpenChart, _ wording: ChartWording) -> String {
        let words = wording.words
        switch chart.decision.outcome {
        case .closed: return words["chart.heading.closed"]
        case .refer: return words("chart.heading.flags", count: chart.episode.openFlags.count)
        case .hold where chart.episode.hold == nil: return words["chart.heading.must_hold"]
        case .hold: return words["chart.heading.held"]
        case .progressPhase(let next):
            return words("chart.heading.sign", ["number": wording.phaseNumber(next)])
        case .discharge: return words["chart.heading.discharge"]
        case .awaitingPlan:
            return words[
                chart.episode.evaluation == nil ? "chart.heading.unevaluated" : "chart.heading.unplanned"]
        case .repeat, .progressStep, .stepBack:
            let met = chart.decision.criteria.count { $0.verdict == .met }
            return words(
                "chart.heading.on_course",
                ["met": "\(met)", "of": "\(chart.decision.criteria.count)"])
        }
    }

    private static func ways(_ chart: OpenChart, _ words: Words) -> [Way] {
        let path = "/charts/\(chart.patient.episode)"
        let first = chart.episode.evaluation == nil ? "evaluate" : chart.episode.plan == nil ? "plan" : ""
        return ["evaluate", "plan", "treat", "measure"].map {
            Way(
                label: words["chart.way.\($0)"], wayHref: "\(path)/\($0)",
                wayClass: $0 == first ? "" : "quiet")
        }
    }
}

extension OpenChart {
    /// Who wrote something, with their part where the name is not known.
    func who(_ author: Author, _ words: Words) -> String {
        let part = words["chart.part.\(author.part.rawValue)"]
        return names[author.id].map { "\($0) (\(part))" } ?? part
    }
}

/// What was typed into the chart's forms, and what is wrong with it.
struct ChartFields: Sendable {
    struct Field: Sendable {
        let typed: String
        let fault: String?
        let isWrong: Bool
    }

    struct Choice: Sendable {
        let choiceValue: String
        let label: String
        let isChosen: Bool
    }

    let hold: Field
    let resume: Field
    let sign: Field
    let discharge: Field
    let close: Field
    let closeReason: Field
    let closeReasons: [Choice]
    let isClosing: Bool
    let message: Field

    init(_ visit: Visit, _ problem: ChartProblem?) {
        func field(_ name: String) -> Field {
            let fault = problem?.field == name ? problem?.text : nil
            return Field(typed: visit.form[name], fault: fault, isWrong: fault != nil)
        }
        hold = field("hold_note")
        resume = field("resume_reason")
        sign = field("sign_note")
        discharge = field("discharge_note")
        close = field("close_note")
        closeReason = field("close_reason")
        closeReasons = ChartPages.closingReasons.map {
            Choice(
                choiceValue: $0.rawValue, label: visit.words["chart.close.reason.\($0.rawValue)"],
                isChosen: visit.form["close_reason"] == $0.rawValue)
        }
        isClosing = close.isWrong || closeReason.isWrong
        message = field("message_text")
    }
}
