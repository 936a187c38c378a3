// SPDX-License-Identifier: Apache-2.0
package import Clinical
import Crypto
package import Foundation
package import Store

/// The permission that stands above a signature, word for word.
///
/// It has the parts that 45 CFR 164.508(c) asks of an authorization: what is told, by whom, to whom, what for,
/// until when, that it can be revoked and how, that treatment does not depend on it, and that what is told may be
/// passed on.
package struct ReviewPermission: Sendable {
    package let version: String
    let lines: [String]
    package let expiresAt: Date

    init(_ review: Review, _ visit: Visit, person: String) {
        self.init(review, clinic: visit.site.clinic, words: visit.words, now: visit.now, person: person)
    }

    /// - Parameters:
    ///   - review: What is to be shown.
    ///   - clinic: By whom.
    ///   - words: The site's, in the patient's language.
    ///   - now: When it is signed.
    ///   - person: Who signs.
    package init(_ review: Review, clinic: ClinicDetails, words: Words, now: Date, person: String) {
        let until = Day(now, in: clinic.zone).adding(months: review.months)
        // The last day counts in full, by the clinic's own clock.
        let after = Day(number: until.number + 1)
        expiresAt =
            WallTime(after, minute: 0).instants(in: clinic.zone).first
            ?? WallTime(after, minute: 60).instants(in: clinic.zone).first
            ?? now.addingTimeInterval(86_400)
        version = words["permission.version"]
        let scope = words["permission.scope.\(review.scope.rawValue)"]
        let name = review.shownName ?? words["review.a_patient"]
        let rating =
            review.rating.map { words("permission.with_rating", ["count": String($0)]) } ?? ""
        lines = (1...7).map { number in
            words(
                "permission.line.\(number)",
                [
                    "person": person, "clinic": clinic.name, "phone": clinic.phone, "scope": scope,
                    "rating": rating, "name": name,
                    "until": words("permission.day", ["day": until.text(words), "year": String(until.year)])
                ])
        }
        text = (lines + [words("permission.review", ["text": review.text])]).joined(separator: "\n")
    }

    /// All of it, the review included.
    package let text: String

    /// Tells whether the text on the screen is this one.
    var digest: String {
        SHA256.hash(data: Data(text.utf8)).map { String($0 >> 4, radix: 16) + String($0 & 15, radix: 16) }
            .joined()
    }
}

extension Day {
    /// The same day so many months later, or the last one of that month.
    func adding(months: Int) -> Day {
        let count = year * 12 + month - 1 + months
        func two(_ number: Int) -> String { number < 10 ? "0\(number)" : "\(number)" }
        for day in stride(from: day, through: 28, by: -1) {
            if let later = Day("\(count / 12)-\(two(count % 12 + 1))-\(two(day))") { return later }
        }
        return Day("\(count / 12)-\(two(count % 12 + 1))-\(two(day))") ?? self
    }
}
