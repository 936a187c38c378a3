// SPDX-License-Identifier: Apache-2.0
import Clinical
import Store

/// The patient's page about their reviews: one to write, one to sign, and those there are.
struct ReviewPage: Page {
    static let template = "review"

    /// The form to write in.
    struct Writing: Sendable {
        let formID: String
        let text: String
        let limit: String
        let hint: String
        let ratings: [Choice]
        let names: [Choice]
        let scopes: [Choice]
        let months: [Choice]
        let problems: [Problem]
        let hasProblems: Bool
        let isChange: Bool
    }

    /// The preview with the permission to sign.
    struct Signing: Sendable {
        let id: String
        let formID: String
        let card: ReviewCard
        let lines: [String]
        let digest: String
        let isDraft: Bool
        let person: String
    }

    struct Line: Sendable {
        let id: String
        let card: ReviewCard
        let state: String
        let mark: String
        let text: String
        let reason: String?
        let canWithdraw: Bool
    }

    let title: String
    let problem: String?
    let isTooEarly: Bool
    let writing: Writing?
    let signing: Signing?
    let lines: [Line]
    let hasLines: Bool
    var place: String? { "/clinic" }

    init(
        _ visit: Visit, _ files: [ReviewFile], occasion: Review.Occasion?, episode: Episode.ID?,
        entered: ReviewForm?, problem: String?
    ) {
        let now = visit.now
        self.problem = problem
        let current = files.first { $0.review.episode == episode && $0.review.occasion == occasion }
        let state = current?.state(at: now)
        let toSign = state == .draft || state == .expired ? current : nil
        signing = toSign.map { Self.signing($0, visit, isDraft: state == .draft) }
        let mayWrite = occasion != nil && state != .waiting && state != .shown
        writing =
            mayWrite
            ? Self.writing(
                entered ?? toSign.map { ReviewForm($0.review) } ?? ReviewForm(blankFor: visit), visit,
                isChange: toSign != nil)
            : nil
        isTooEarly = occasion == nil
        lines = files.filter { $0.id != toSign?.id && $0.authorization != nil }.map { Self.line($0, visit) }
        hasLines = !lines.isEmpty
        let key =
            isTooEarly && files.isEmpty
            ? "early" : toSign != nil ? "sign" : mayWrite ? "write" : state == .shown ? "shown" : "waiting"
        title = visit.words["review.title.\(key)"]
    }

    private static func signing(_ file: ReviewFile, _ visit: Visit, isDraft: Bool) -> Signing {
        let person = visit.session?.name ?? ""
        let permission = ReviewPermission(file.review, visit, person: person)
        return Signing(
            id: file.id.rawValue, formID: visit.site.ids.make(), card: ReviewCard(file.review, visit),
            lines: permission.lines, digest: permission.digest, isDraft: isDraft, person: person)
    }

    private static func writing(_ form: ReviewForm, _ visit: Visit, isChange: Bool) -> Writing {
        let words = visit.words
        let name = ReviewName.shown(of: visit.session?.name ?? "")
        return Writing(
            formID: visit.site.ids.make(), text: form.text, limit: String(Review.longest),
            hint: words("review.text_hint", ["limit": String(Review.longest)]),
            ratings: [Choice(value: "", label: words["review.no_rating"], isChosen: form.rating == nil)]
                + (1...5).map {
                    Choice(
                        value: String($0), label: words["review.rating.\($0)"], isChosen: form.rating == $0)
                },
            names: [
                Choice(value: "none", label: words["review.a_patient"], isChosen: !form.isNamed),
                Choice(value: "initial", label: name, isChosen: form.isNamed)
            ],
            scopes: Review.Scope.allCases.map {
                Choice(
                    value: $0.rawValue, label: words["review.scope.\($0.rawValue)"],
                    isChosen: form.scope == $0)
            },
            months: ReviewForm.months(visit).map {
                Choice(
                    value: String($0), label: words("review.months", count: $0), isChosen: form.months == $0)
            },
            problems: form.problems, hasProblems: !form.problems.isEmpty, isChange: isChange)
    }

    private static func line(_ file: ReviewFile, _ visit: Visit) -> Line {
        let words = visit.words
        let state = file.state(at: visit.now)
        let until = file.authorization.map { visit.dated($0.expiresAt) } ?? ""
        return Line(
            id: file.id.rawValue, card: ReviewCard(file.review, visit),
            state: words["review.state.\(state.rawValue)"],
            mark: state == .shown ? "go" : state == .waiting ? "wait" : "",
            text: words("review.state_text.\(state.rawValue)", ["until": until]),
            reason: state == .declined
                ? file.decisions.last?.reason.map { words("review.reason", ["reason": $0]) } : nil,
            canWithdraw: state == .waiting || state == .shown || state == .declined)
    }
}
