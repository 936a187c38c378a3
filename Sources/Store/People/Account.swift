// SPDX-License-Identifier: Apache-2.0
package import Clinical
package import Foundation

/// Somebody the clinic knows: a patient or a member of staff.
package struct Account: Hashable, Sendable, Identifiable {
    package enum Sex: String, Hashable, Sendable, CaseIterable {
        case female, male, other
    }

    package let id: Person.ID
    package var role: Role
    package var name: String
    /// What staff sign in with; kept in lower case.
    package var email: String?
    package var phone: String?
    package var born: Day?
    package var sex: Sex?
    /// The language of the pages, such as `en`.
    package var language: String
    package var disabledAt: Date?

    package init(
        id: Person.ID, role: Role, name: String, email: String? = nil, phone: String? = nil, born: Day? = nil,
        sex: Sex? = nil, language: String, disabledAt: Date? = nil
    ) {
        self.id = id
        self.role = role
        self.name = name
        self.email = email.map(Self.folded(email:))
        self.phone = phone
        self.born = born
        self.sex = sex
        self.language = language
        self.disabledAt = disabledAt
    }

    static func folded(email: String) -> String {
        email.trimmingCharacters(in: .whitespaces).precomposedStringWithCanonicalMapping.lowercased()
    }

    /// A name as it is searched: lower case, no accents, a space before every word.
    static func key(name: String) -> String {
        name.folding(options: [.diacriticInsensitive, .caseInsensitive], locale: Locale(identifier: "en"))
            .split(whereSeparator: \.isWhitespace).map { " " + $0 }.joined()
    }

    static let columns: SQL = "id, role, name, email, phone, born, sex, language, disabled_at"

    init(_ row: Row) throws {
        id = Person.ID(try row.text("id"))
        role = try row.one("role")
        name = try row.text("name")
        email = try row.textIfPresent("email")
        phone = try row.textIfPresent("phone")
        born = try row.textIfPresent("born").flatMap { Day($0) }
        sex = try row.textIfPresent("sex").flatMap { Sex(rawValue: $0) }
        language = try row.text("language")
        disabledAt = try row.dateIfPresent("disabled_at")
    }
}
