// SPDX-License-Identifier: Apache-2.0
import Clinical
import Foundation
import Store

/// The form that asks for an evaluation: as it was typed, and what is wrong with it.
struct EvaluationForm: Sendable {
    enum Fault: String, Sendable {
        case name, phone
        case tooMany = "too_many"
    }

    /// The same form is kept once, however often it is sent.
    let id: String
    var name = ""
    var phone = ""
    /// The answers may go to the clinic with it.
    var sendsAnswers = false
    var faults: [Fault] = []

    init(id: String) { self.id = id }

    init(_ visit: Visit) throws {
        id = try visit.formID()
        name = visit.form["name"]
        phone = visit.form["phone"]
        sendsAnswers = visit.form["consent"] == "yes"
        if !(1...100).contains(name.count) { faults.append(.name) }
        // Country code included, a number has up to 15 digits (E.164).
        if phone.count > 30 || !(7...15).contains(phone.count(where: \.isNumber)) { faults.append(.phone) }
    }

    /// Without consent only the name, the phone and how soon go to the clinic.
    func request(_ result: CheckResult, id requestID: String, language: String, now: Date) throws
        -> EvaluationRequest
    {
        let rules = try JSONEncoder().encode(result.reasons.map(\.rule.id))
        return EvaluationRequest(
            id: EvaluationRequest.ID(requestID), at: now, name: name, phone: phone, language: language,
            answers: sendsAnswers ? HiddenAnswers.text(result.answers) : "{}",
            disposition: result.screening.disposition.rawValue,
            rules: sendsAnswers ? String(decoding: rules, as: UTF8.self) : "[]", form: id)
    }
}
