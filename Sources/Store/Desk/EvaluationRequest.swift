// SPDX-License-Identifier: Apache-2.0
package import Clinical
package import Foundation

/// A visitor asks to be evaluated after the symptom check.
package struct EvaluationRequest: Hashable, Sendable, Identifiable {
    package typealias ID = Identifier<EvaluationRequest>

    package enum Status: String, Hashable, Sendable, CaseIterable {
        case new, taken, closed
    }

    package let id: ID
    package let at: Date
    package let name: String
    package let phone: String
    package let language: String
    /// The answers, JSON.
    package let answers: String
    package let disposition: String
    /// The rules that led to the disposition, JSON.
    package let rules: String
    package let status: Status
    package let takenBy: Person.ID?
    package let episode: Episode.ID?
    /// The identity of the form that was sent.
    package let form: String

    package init(
        id: ID, at: Date, name: String, phone: String, language: String, answers: String, disposition: String,
        rules: String, form: String
    ) {
        self.id = id
        self.at = Instant(at).date
        self.name = name
        self.phone = phone
        self.language = language
        self.answers = answers
        self.disposition = disposition
        self.rules = rules
        status = .new
        takenBy = nil
        episode = nil
        self.form = form
    }

    static let columns: SQL = """
        id, at, name, phone, language, answers, disposition, rules, status, taken_by, episode, form
        """

    init(_ row: Row) throws {
        id = ID(try row.text("id"))
        at = try row.date("at")
        name = try row.text("name")
        phone = try row.text("phone")
        language = try row.text("language")
        answers = try row.text("answers")
        disposition = try row.text("disposition")
        rules = try row.text("rules")
        status = try row.one("status")
        takenBy = try row.textIfPresent("taken_by").map { Person.ID($0) }
        episode = try row.textIfPresent("episode").map { Episode.ID($0) }
        form = try row.text("form")
    }
}
