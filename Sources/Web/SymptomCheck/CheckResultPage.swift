// SPDX-License-Identifier: Apache-2.0
import Clinical

/// How soon to be examined, why, what to do until then, and the request for an evaluation.
struct CheckResultPage: Page {
    static let template = "check-result"

    struct Section: Sendable {
        let heading: String
        let lines: [String]
    }

    struct Fact: Sendable {
        let label: String
        let answer: String
    }

    struct Problem: Sendable {
        let href: String?
        let text: String
    }

    let title: String
    let text: String
    /// flag, notice or success: stop, wait, go.
    let tone: String
    let emergencyCall: String?
    let emergencyLink: String
    let isToday: Bool
    let stopText: String?
    let canGoOn: Bool
    let dos: [String]
    let donts: [String]
    let hasDonts: Bool
    let reasons: [CheckReason]
    let moreReasons: [CheckReason]
    let hasMoreReasons: Bool
    let moreTitle: String
    /// When to be examined sooner than this says.
    let changes: Section?
    let moreChanges: [Section]
    let unknown: [String]
    /// nil where all is known.
    let unknownTitle: String?
    let facts: [Fact]

    let answers: String
    let pageID: String
    let formID: String
    let name: String
    let phoneTyped: String
    let sendsAnswers: Bool
    let nameFault: String?
    let phoneFault: String?
    let problemTitle: String?
    let problems: [Problem]
    var place: String? { "/check" }

    init(_ visit: Visit, _ result: CheckResult, request: EvaluationForm) {
        let words = visit.words
        let medicine = visit.medicine
        let clinic = visit.site.clinic
        let disposition = result.screening.disposition
        let key = disposition.rawValue
        func filled(_ key: String) -> String { medicine(key, ["emergency": clinic.emergency]) }

        title = filled("disposition.\(key).title")
        text = filled("disposition.\(key).text")
        tone = Self.tone(disposition)
        emergencyCall =
            disposition == .emergencyNow ? words("check.call", ["number": clinic.emergency]) : nil
        emergencyLink = clinic.emergencyLink
        isToday = disposition == .sameDay
        stopText = result.stop.map { words["check.stop.\($0.rawValue)"] }
        canGoOn = result.stop == .emergency

        let isCalm = result.reasons.isEmpty
        dos = isCalm ? medicine.lines("guide.do_now.text") : result.dos.map { filled("advice.do.\($0)") }
        donts =
            isCalm ? medicine.lines("guide.do_not.text") : result.donts.map { filled("advice.do_not.\($0)") }

        hasDonts = !donts.isEmpty

        let teller = ReasonTeller(
            words: words, medicine: medicine, pathway: visit.site.pathway, answers: result.answers)
        let top = result.reasons.filter { $0.disposition == disposition }
        let fired = top.filter(\.fired)
        // Where the check ended early, what was not asked can be more urgent than any reason that is told.
        let told = top.isEmpty ? result.reasons : fired
        let leading = told.isEmpty ? Array(top.prefix(Self.unsettledShown)) : told
        reasons = leading.map(teller.reason)
        let more = result.reasons.filter { !leading.contains($0) }
        moreReasons = more.map(teller.reason)
        hasMoreReasons = !more.isEmpty
        moreTitle = words("check.more_reasons", count: more.count)

        let sections = Self.laterSigns(disposition).map { id in
            Section(heading: medicine["guide.\(id).title"], lines: medicine.lines("guide.\(id).text"))
        }
        changes = sections.first
        moreChanges = Array(sections.dropFirst())
        unknown = result.stop == nil ? result.unknown.map { medicine["finding.\($0).label"] } : []
        unknownTitle = unknown.isEmpty ? nil : words("check.unknown", count: unknown.count)
        facts = result.course.steps.flatMap(\.findings).compactMap { id in
            teller.spoken(id).map { Fact(label: medicine["finding.\(id).label"], answer: $0) }
        }

        answers = HiddenAnswers.text(result.given)
        pageID = result.page
        formID = request.id
        name = request.name
        phoneTyped = request.phone
        sendsAnswers = request.sendsAnswers
        func fault(_ fault: EvaluationForm.Fault) -> String? {
            request.faults.contains(fault) ? words["check.request.problem.\(fault.rawValue)"] : nil
        }
        nameFault = fault(.name)
        phoneFault = fault(.phone)
        problems = request.faults.map {
            Problem(href: $0 == .tooMany ? nil : "#\($0.rawValue)", text: fault($0) ?? "")
        }
        problemTitle = problems.isEmpty ? nil : words["check.request.problem.title"]
    }

    /// Where nothing fired and much is not known, a few reasons say it.
    private static let unsettledShown = 3

    private static func tone(_ disposition: Disposition) -> String {
        switch disposition {
        case .emergencyNow, .sameDay: "flag"
        case .bookEvaluation: "notice"
        case .selfCareMonitor: "success"
        }
    }

    /// The parts of the guide that say when to be examined sooner.
    private static func laterSigns(_ disposition: Disposition) -> [String] {
        switch disposition {
        case .emergencyNow: []
        case .sameDay: ["emergency"]
        case .bookEvaluation: ["today", "emergency"]
        case .selfCareMonitor: ["care", "today", "emergency"]
        }
    }
}
