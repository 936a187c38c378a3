// SPDX-License-Identifier: Apache-2.0
package import Clinical
package import Foundation

/// What a patient wrote about the clinic, and how it may be shown once they sign for it.
package struct Review: Hashable, Sendable, Identifiable {
    package typealias ID = Identifier<Review>

    /// After which part of the care; each has one review of its own.
    package enum Occasion: String, Hashable, Sendable, CaseIterable {
        case visit, discharge
    }

    /// Where it may be shown.
    package enum Scope: String, Hashable, Sendable, CaseIterable {
        case site
        case siteAndPrint = "site_and_print"
    }

    /// Characters.
    package static let longest = 1000

    package let id: ID
    package let person: Person.ID
    package let episode: Episode.ID
    package let occasion: Occasion
    package let at: Date
    package let language: String
    package let text: String
    /// 1–5; nil where the patient gave none.
    package let rating: Int?
    /// First name and initial; nil shows "a patient".
    package let shownName: String?
    package let scope: Scope
    /// For how long the patient wants it shown.
    package let months: Int
    /// The identity of the form that was sent.
    package let form: String

    package init(
        id: ID, person: Person.ID, episode: Episode.ID, occasion: Occasion, at: Date, language: String,
        text: String, rating: Int?, shownName: String?, scope: Scope, months: Int, form: String
    ) {
        self.id = id
        self.person = person
        self.episode = episode
        self.occasion = occasion
        self.at = Instant(at).date
        self.language = language
        self.text = text
        self.rating = rating
        self.shownName = shownName
        self.scope = scope
        self.months = months
        self.form = form
    }

    static let columns: SQL = """
        r.id, r.person, r.episode, r.occasion, r.at, r.language, r.content, r.rating, r.shown_name, r.scope,
        r.months, r.form
        """

    init(_ row: Row) throws {
        id = ID(try row.text("id"))
        person = Person.ID(try row.text("person"))
        episode = Episode.ID(try row.text("episode"))
        occasion = try row.one("occasion")
        at = try row.date("at")
        language = try row.text("language")
        text = try row.text("content")
        rating = try row.integerIfPresent("rating")
        shownName = try row.textIfPresent("shown_name")
        scope = try row.one("scope")
        months = try row.integer("months")
        form = try row.text("form")
    }
}

/// What the patient signed: the text as they saw it.
package struct ReviewAuthorization: Hashable, Sendable, Identifiable {
    package typealias ID = Identifier<ReviewAuthorization>

    package let id: ID
    package let at: Date
    /// Which edition of the clinic's wording.
    package let version: String
    /// Every word that stood above the signature.
    package let text: String
    /// The name as the patient typed it.
    package let signature: String
    package let scope: Review.Scope
    /// From here on it counts for nothing.
    package let expiresAt: Date
    package let form: String

    package init(
        id: ID, at: Date, version: String, text: String, signature: String, scope: Review.Scope,
        expiresAt: Date, form: String
    ) {
        self.id = id
        self.at = Instant(at).date
        self.version = version
        self.text = text
        self.signature = signature
        self.scope = scope
        self.expiresAt = Instant(expiresAt).date
        self.form = form
    }

    static let columns: SQL = "id, at, version, content, signature, scope, expires_at, form"

    init(_ row: Row) throws {
        id = ID(try row.text("id"))
        at = try row.date("at")
        version = try row.text("version")
        text = try row.text("content")
        signature = try row.text("signature")
        scope = try row.one("scope")
        expiresAt = try row.date("expires_at")
        form = try row.text("form")
    }
}

/// What was decided on an authorization, and by whom.
package struct ReviewDecision: Hashable, Sendable {
    package enum Kind: String, Hashable, Sendable, CaseIterable {
        case released, declined, withdrawn
    }

    package let at: Date
    package let person: Person.ID
    package let kind: Kind
    /// Why it was declined, or how a withdrawal reached the desk.
    package let reason: String?
}
