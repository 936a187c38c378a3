// SPDX-License-Identifier: Apache-2.0
import Clinical
import Foundation
import Store

/// The symptom check's result, sent along with a booking or a place on the waiting list.
///
/// Without the person's agreement nothing of it is kept.
struct AttachedCheck: Sendable {
    let site: Site
    private var questionnaire: Questionnaire { site.questionnaire }

    /// - Returns: What is kept; nil where they did not agree, or did no check.
    func keep(_ visit: Visit, for form: DetailsForm) async throws -> EvaluationRequest? {
        guard form.consents, visit.form.has("answers") else { return nil }
        let given = try HiddenAnswers.answers(
            visit.form["answers"], of: questionnaire, site.pathway.vocabulary)
        guard let page = questionnaire.page(visit.form["page"]) else { throw Failure.badForm }
        let result = CheckResult(given, at: page.id, questionnaire, site.pathway)
        let rules = try JSONEncoder().encode(result.reasons.map(\.rule.id))
        let request = EvaluationRequest(
            id: site.ids.make(), at: visit.now, name: form.name, phone: form.phone, language: visit.language,
            answers: HiddenAnswers.text(result.answers), disposition: result.screening.disposition.rawValue,
            rules: String(decoding: rules, as: UTF8.self), form: "booking-\(try visit.madeID())")
        return try await site.requests.add(request)
    }
}

extension EvaluationRequest {
    /// What it says of somebody's turn on the waiting list.
    var need: WaitingNeed { Disposition(rawValue: disposition).map(WaitingNeed.check) ?? .unknown }
}
