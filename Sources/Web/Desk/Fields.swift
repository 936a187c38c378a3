// SPDX-License-Identifier: Apache-2.0
import Clinical
import Foundation
import Store

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

extension String {
    /// What to dial, where this is a phone number.
    var dialled: String {
        let digits = filter(\.isNumber)
        if trimmingCharacters(in: .whitespaces).hasPrefix("+") { return "tel:+\(digits)" }
        return digits.count == 10 ? "tel:+1\(digits)" : "tel:\(digits)"
    }
}

extension Visit {
    /// What was done just before, as the address says it; nil where it says nothing that there are words for.
    func done(_ prefix: String) -> String? {
        let key = "\(prefix).done.\(query("done"))"
        return words.has(key) ? words[key] : nil
    }

    /// The identity of the next form: that of the one before where it is shown once more, else a new one.
    func nextFormID(isAgain: Bool = true) -> String {
        isAgain && form.has("form") ? form["form"] : site.ids.make()
    }

    /// Writes down who did something, to what.
    func record(_ kind: Act.Kind, _ detail: String) async throws {
        let session = try signedIn()
        try await site.audit.record(
            Act(actor: session.person, role: session.role, kind: kind, detail: detail), at: now)
    }

    /// The identity of what this form makes: the same form makes it once.
    func madeID() throws -> String {
        let id = try formID()
        // As this site makes them; nobody chooses an identity that means something elsewhere.
        guard id.count == 32, id.allSatisfy(\.isHexDigit) else { throw Failure.badForm }
        return id
    }
}
