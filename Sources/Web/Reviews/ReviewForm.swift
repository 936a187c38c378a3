// SPDX-License-Identifier: Apache-2.0
import Clinical
import Store

/// What the patient entered about their care, and how it shall be shown.
struct ReviewForm: Sendable {
    let text: String
    /// 1–5; nil for none.
    let rating: Int?
    let isNamed: Bool
    let scope: Review.Scope
    let months: Int
    let problems: [Problem]

    /// As it is first shown: nothing chosen for the patient but the least that they would give away.
    init(blankFor visit: Visit) {
        text = ""
        rating = nil
        isNamed = false
        scope = .site
        months = Self.months(visit).first ?? 1
        problems = []
    }

    /// What an earlier draft says.
    init(_ review: Review) {
        text = review.text
        rating = review.rating
        isNamed = review.shownName != nil
        scope = review.scope
        months = review.months
        problems = []
    }

    init(_ visit: Visit) {
        let words = visit.words
        let form = visit.form
        var problems: [Problem] = []
        text = form["text"]
        let length = text.unicodeScalars.count
        if text.isEmpty {
            problems.append(Problem(href: "#text", text: words["review.problem.empty"]))
        } else if length > Review.longest {
            problems.append(
                Problem(
                    href: "#text",
                    text: words(
                        "review.problem.long",
                        ["count": String(length), "limit": String(Review.longest)])))
        }
        rating = Int(form["rating"]).flatMap { (1...5).contains($0) ? $0 : nil }
        if rating == nil, !form["rating"].isEmpty {
            problems.append(Problem(href: "#rating", text: words["review.problem.rating"]))
        }
        isNamed = form["name"] == "initial"
        if !isNamed, form["name"] != "none" {
            problems.append(Problem(href: "#name", text: words["review.problem.name"]))
        }
        let scope = Review.Scope(rawValue: form["scope"])
        self.scope = scope ?? .site
        if scope == nil {
            problems.append(Problem(href: "#scope", text: words["review.problem.scope"]))
        }
        let months = Int(form["months"]).flatMap { Self.months(visit).contains($0) ? $0 : nil }
        self.months = months ?? 1
        if months == nil {
            problems.append(
                Problem(
                    href: "#months",
                    text: words(
                        "review.problem.months", ["limit": String(visit.site.clinic.reviewMonthsMax)])))
        }
        self.problems = problems
    }

    /// For how long a review can be shown: the usual spans up to the clinic's limit, and the limit itself.
    static func months(_ visit: Visit) -> [Int] {
        let limit = visit.site.clinic.reviewMonthsMax
        return [3, 6, 12, 24].filter { $0 < limit } + [limit]
    }
}
