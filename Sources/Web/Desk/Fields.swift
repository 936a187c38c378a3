// SPDX-License-Identifier: Apache-2.0
import Clinical
import Foundation

/// One field of a form as it stands: what was typed, and what is wrong with it.
struct Field: Sendable, Hashable {
    var value = ""
    var error: String?
}

/// One of the answers to choose from.
struct Choice: Sendable, Hashable {
    let value: String
    let label: String
    let isChosen: Bool
}

/// A line of the box that says what to correct, with the place to go to.
struct Problem: Sendable, Hashable {
    let href: String
    let text: String
}

/// Days and times as the clinic reads them.
struct ClinicTime: Sendable {
    let language: String
    let zone: TimeZone

    init(_ visit: Visit) {
        language = visit.language
        zone = visit.site.clinic.zone
    }

    func text(_ instant: Date) -> String {
        instant.formatted(
            Date.FormatStyle(
                date: .abbreviated, time: .shortened, locale: Locale(identifier: language), timeZone: zone))
    }

    func text(_ day: Day) -> String {
        let noon = Date(timeIntervalSince1970: Double(day.number) * 86_400 + 43_200)
        return noon.formatted(
            Date.FormatStyle(
                date: .abbreviated, time: .omitted, locale: Locale(identifier: language), timeZone: .gmt))
    }
}

extension String {
    /// What to dial, where this is a phone number.
    var dialled: String {
        let digits = filter(\.isNumber)
        if trimmingCharacters(in: .whitespaces).hasPrefix("+") { return "tel:+\(digits)" }
        return digits.count == 10 ? "tel:+1\(digits)" : "tel:\(digits)"
    }
}

extension Visit {
    /// The identity of what this form makes: the same form makes it once.
    func madeID() throws -> String {
        let id = try formID()
        // As this site makes them; nobody chooses an identity that means something elsewhere.
        guard id.count == 32, id.allSatisfy(\.isHexDigit) else { throw Failure.badForm }
        return id
    }
}
