// SPDX-License-Identifier: Apache-2.0
import Clinical
import Foundation
import Store

/// A review as everybody reads it.
struct ReviewCard: Sendable {
    let text: String
    let name: String
    /// "4 of 5"; nil where the patient gave none.
    let rating: String?
    let month: String
    let language: String

    init(_ review: ShownReview, _ visit: Visit) {
        self.init(
            text: review.text, name: review.name, rating: review.rating, at: review.writtenAt,
            language: review.language, visit)
    }

    init(_ review: Review, _ visit: Visit) {
        self.init(
            text: review.text, name: review.shownName, rating: review.rating, at: review.at,
            language: review.language, visit)
    }

    private init(text: String, name: String?, rating: Int?, at: Date, language: String, _ visit: Visit) {
        let words = visit.words
        self.text = text
        self.name = name ?? words["review.a_patient"]
        self.rating = rating.map { words("review.rated", ["count": String($0)]) }
        self.language = language
        // The month is enough for a reader; the day could lead to the person.
        let day = Day(at, in: visit.site.clinic.zone)
        month = words(
            "review.month", ["month": words["date.month.\(day.month)"], "year": String(day.year)])
    }
}

/// The name as it is shown: the first name and the initial of the last.
package enum ReviewName {
    /// "Quill, Rosa" as people say it: "Rosa Quill".
    package static func spoken(_ name: String) -> String {
        let parts = name.split(separator: ",", maxSplits: 1).map {
            $0.split(whereSeparator: \.isWhitespace).joined(separator: " ")
        }
        return parts.count == 2 ? "\(parts[1]) \(parts[0])" : name
    }

    /// "Rosa Quill" and "Quill, Rosa" give "Rosa Q."; a single name stands as it is.
    package static func shown(of name: String) -> String {
        let parts = name.split(separator: ",", maxSplits: 1).map { $0.split(whereSeparator: \.isWhitespace) }
        let first: Substring?
        let last: Substring?
        if parts.count == 2 {
            (first, last) = (parts[1].first, parts[0].last)
        } else {
            let words = parts.first ?? []
            (first, last) = (words.first, words.count > 1 ? words.last : nil)
        }
        guard let first else { return name }
        guard let initial = last?.first else { return String(first) }
        return "\(first) \(initial)."
    }
}
