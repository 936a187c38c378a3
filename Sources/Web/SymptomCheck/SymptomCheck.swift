// SPDX-License-Identifier: Apache-2.0
import Clinical
import Foundation
import HTTPTypes
import Hummingbird
import Store

/// The symptom check, without an account: one page a question, then how soon to be examined, and why.
///
/// The answers travel in the form from page to page. Nothing is kept before the person asks for an evaluation.
struct SymptomCheck: Feature {
    let site: Site
    private var questionnaire: Questionnaire { site.questionnaire }

    var routes: [Route] {
        [
            .get("/check", .everyone) { try $0.page(CheckStartPage($0)) },
            .post("/check", .everyone, answer),
            .post("/check/request", .everyone, request),
            .get("/check/sent", .everyone) { try $0.page(CheckSentPage($0)) }
        ]
    }

    /// What a form of the check carries.
    private struct Carried {
        let given: Answers
        let page: QuestionPage
        let goesOn: Bool
    }

    private func carried(_ form: Form) throws -> Carried {
        let given = try HiddenAnswers.answers(form["answers"], of: questionnaire, site.pathway.vocabulary)
        guard let page = questionnaire.page(form["page"]) else { throw Failure.badForm }
        return Carried(given: given, page: page, goesOn: form["rest"] == "yes")
    }

    @Sendable private func answer(_ visit: Visit) async throws -> Response {
        let form = visit.form
        guard form.has("page") else { return try start(visit) }
        let carried = try carried(form)
        let course = questionnaire.course(carried.given)
        // A page that is not asked of this person is passed over.
        guard let step = course.step(carried.page.id) else { return try goOn(visit, carried, carried.given) }
        switch form["go"] {
        case "change": return try ask(visit, step, carried.given, goesOn: carried.goesOn)
        case "rest":
            let next = questionnaire.next(after: step.page.id, in: course) ?? step
            return try ask(visit, next, carried.given, goesOn: true)
        case "back": return try goBack(visit, carried, step)
        case "no": return try take(visit, carried, step, rest: .no)
        default: return try take(visit, carried, step, rest: .unsure)
        }
    }

    private func start(_ visit: Visit) throws -> Response {
        guard let step = questionnaire.course(Answers()).steps.first else { throw Failure.notFound }
        return try ask(visit, step, Answers(), goesOn: false)
    }

    private func take(_ visit: Visit, _ carried: Carried, _ step: Questionnaire.Step, rest: PageReading.Rest)
        throws -> Response
    {
        let reading = PageReading(
            visit.form, step: step, given: carried.given, vocabulary: site.pathway.vocabulary, rest: rest)
        guard reading.faults.isEmpty else {
            let page = CheckQuestionPage(
                visit, questionnaire, step: step, given: carried.given, goesOn: carried.goesOn,
                form: visit.form, faults: reading.faults)
            return try visit.page(page, status: .unprocessableContent)
        }
        return try goOn(visit, carried, reading.answers)
    }

    /// The next page; the result after the last one, or at once where an answer is an emergency.
    private func goOn(_ visit: Visit, _ carried: Carried, _ answers: Answers) throws -> Response {
        let course = questionnaire.course(answers)
        let isEmergency = site.pathway.screen(course.answers).isEmergency
        let goesOn = carried.goesOn && isEmergency
        guard goesOn || !isEmergency, let next = questionnaire.next(after: carried.page.id, in: course) else {
            let result = CheckResult(answers, at: carried.page.id, questionnaire, site.pathway)
            return try visit.page(
                CheckResultPage(visit, result, request: EvaluationForm(id: site.ids.make())))
        }
        return try ask(visit, next, answers, goesOn: goesOn)
    }

    /// Keeps what this page says, whole or not, and shows the one before.
    private func goBack(_ visit: Visit, _ carried: Carried, _ step: Questionnaire.Step) throws -> Response {
        let answers = PageReading(
            visit.form, step: step, given: carried.given, vocabulary: site.pathway.vocabulary, rest: .open
        ).answers
        let course = questionnaire.course(answers)
        guard let previous = questionnaire.previous(before: step.page.id, in: course) else {
            return visit.redirect(to: "/check")
        }
        return try ask(visit, previous, answers, goesOn: carried.goesOn)
    }

    private func ask(_ visit: Visit, _ step: Questionnaire.Step, _ given: Answers, goesOn: Bool) throws
        -> Response
    {
        try visit.page(CheckQuestionPage(visit, questionnaire, step: step, given: given, goesOn: goesOn))
    }

    /// Keeps the request of somebody who wants to be evaluated, once per form.
    @Sendable private func request(_ visit: Visit) async throws -> Response {
        let carried = try carried(visit.form)
        var form = try EvaluationForm(visit)
        let result = CheckResult(carried.given, at: carried.page.id, questionnaire, site.pathway)
        guard form.faults.isEmpty else {
            return try visit.page(
                CheckResultPage(visit, result, request: form), status: .unprocessableContent)
        }
        // Counted apart from signing in: many requests must not lock the staff of the same house out.
        let keys = [Throttle.Key.address("check:" + visit.address)]
        guard try await site.throttle.attempt(keys, now: visit.now) == .go else {
            form.faults = [.tooMany]
            return try visit.page(CheckResultPage(visit, result, request: form), status: .tooManyRequests)
        }
        let request = try form.request(result, id: site.ids.make(), language: visit.language, now: visit.now)
        _ = try await site.requests.add(
            request, as: Act(actor: "visitor", part: .visitor, kind: .requestSent, detail: "check"))
        return visit.redirect(to: "/check/sent")
    }
}

/// What the check is, before the first question.
struct CheckStartPage: PublicPage {
    static let template = "check-start"
    let title: String
    let summary: String
    let emergency: String
    let emergencyCall: String
    let emergencyLink: String
    let emergencySigns: [String]
    var place: String? { "/check" }
    var path: String { "/check" }

    init(_ visit: Visit) {
        let clinic = visit.site.clinic
        title = visit.words["check.start.title"]
        summary = visit.words["check.start.text"]
        emergency = visit.words("check.start.emergency", ["emergency": clinic.emergency])
        emergencyCall = visit.words("check.call", ["number": clinic.emergency])
        emergencyLink = clinic.emergencyLink
        emergencySigns = visit.medicine.lines("guide.emergency.text")
    }
}

/// What happens next, after a request was sent.
struct CheckSentPage: Page {
    static let template = "check-sent"
    let title: String
    let emergency: String
    let hours: [String]
    var place: String? { "/check" }

    init(_ visit: Visit) {
        title = visit.words["check.sent.title"]
        emergency = visit.words("check.sent.emergency", ["emergency": visit.site.clinic.emergency])
        hours = visit.site.clinic.hourLines(visit.words)
    }
}
