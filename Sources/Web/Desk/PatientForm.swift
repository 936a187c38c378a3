// SPDX-License-Identifier: Apache-2.0
import Clinical
import Foundation
import Store

/// The fields that say who a patient is.
struct PatientForm: Sendable {
    var name = Field()
    var phone = Field()
    var born = Field()
    var sexes: [Choice] = []
    var languages: [Choice] = []
    /// The latest day that somebody can be born on.
    var today = ""

    /// As it was sent, or empty.
    init(_ visit: Visit) {
        name.value = visit.form["name"]
        phone.value = visit.form["phone"]
        born.value = visit.form["born"]
        choose(sex: visit.form["sex"], language: visit.form["language"], visit)
    }

    /// With what a visitor has already said.
    init(_ visit: Visit, request: EvaluationRequest, sex: String?) {
        name.value = request.name
        phone.value = request.phone
        choose(sex: sex ?? "", language: request.language, visit)
    }

    private mutating func choose(sex: String, language: String, _ visit: Visit) {
        today = visit.moment.today.description
        let chosen = visit.site.pages.language(language)
        sexes = (Account.Sex.allCases.map(\.rawValue) + [""]).map { value in
            Choice(
                value: value, label: visit.words["people.sexes.\(value.isEmpty ? "unsaid" : value)"],
                isChosen: value == sex)
        }
        languages = visit.site.languages.map { code in
            Choice(value: code, label: visit.words["people.languages.\(code)"], isChosen: code == chosen)
        }
    }

    var problems: [Problem] {
        [("name", name), ("phone", phone), ("born", born)].compactMap { id, field in
            field.error.map { Problem(href: "#\(id)", text: $0) }
        }
    }

    /// The patient; nil where a field says what is wrong with it.
    mutating func account(id: Person.ID, _ visit: Visit) -> Account? {
        checkNameAndPhone(visit.words)
        let day = Day(born.value)
        let oldest = visit.moment.today.advanced(by: -45_000)
        if let day {
            if day > visit.moment.today || day < oldest {
                born.error = visit.words["people.problem.born_range"]
            }
        } else {
            born.error = visit.words["people.problem.born"]
        }
        guard problems.isEmpty else { return nil }
        return Account(
            id: id, role: .patient, name: name.value, phone: phone.value, born: day,
            sex: sexes.first(where: \.isChosen).flatMap { Account.Sex(rawValue: $0.value) },
            language: languages.first(where: \.isChosen)?.value ?? visit.language)
    }

    mutating func checkNameAndPhone(_ words: Words) {
        name.value = name.value.split(whereSeparator: \.isWhitespace).joined(separator: " ")
        if !(1...100).contains(name.value.count) { name.error = words["people.problem.name"] }
        phone.value = phone.value.split(whereSeparator: \.isWhitespace).joined(separator: " ")
        if phone.value.count > 40 || phone.value.filter(\.isNumber).count < 5 {
            phone.error = words["people.problem.phone"]
        }
    }
}
