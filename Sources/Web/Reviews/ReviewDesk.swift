// SPDX-License-Identifier: Apache-2.0
import Clinical
import Foundation
import Hummingbird
import Store

/// The clinic's side of a review: released or declined, with the permission in view; withdrawn for who calls.
struct ReviewDesk: Sendable {
    let site: Site

    private static let longestReason = 300

    var routes: [Route] {
        let desk = Allow.only([.desk, .admin])
        return [
            .get("/reviews/desk", desk, list),
            .get("/reviews/desk/{review}", desk) { try await show($0) },
            .post("/reviews/desk/{review}/release", desk) { try await decide($0, .released) },
            .post("/reviews/desk/{review}/decline", desk) { try await decide($0, .declined) },
            .post("/reviews/desk/{review}/withdraw", desk) { try await decide($0, .withdrawn) }
        ]
    }

    @Sendable private func list(_ visit: Visit) async throws -> Response {
        try await site.audit.recordRead(of: "reviews", episode: nil, by: visit.signedIn(), at: visit.now)
        let files = try await site.reviews.signed()
        return try visit.page(ReviewListPage(visit, files, names: await names(of: files)))
    }

    private func show(_ visit: Visit, problem: String? = nil) async throws -> Response {
        let file = try await file(visit)
        try await site.audit.recordRead(
            of: "review", episode: file.review.episode, by: visit.signedIn(), at: visit.now)
        let page = ReviewFilePage(visit, file, names: try await names(of: [file]), problem: problem)
        return try visit.page(page, status: problem == nil ? .ok : .unprocessableContent)
    }

    private func decide(_ visit: Visit, _ kind: ReviewDecision.Kind) async throws -> Response {
        let file = try await file(visit)
        let session = try visit.signedIn()
        let reason = visit.form["reason"]
        if kind != .released, !(3...Self.longestReason).contains(reason.count) {
            return try await show(visit, problem: visit.words["review_desk.problem.\(kind.rawValue)"])
        }
        do {
            try await site.reviews.decide(
                file.id, authorization: ReviewAuthorization.ID(visit.form["authorization"]), kind,
                reason: kind == .released ? nil : reason, by: session.person, as: session.role, now: visit.now
            )
        } catch let error as StoreError { throw error.ofReview() }
        return visit.redirect(to: "/reviews/desk/\(file.id)")
    }

    /// A draft is the patient's own: here it is not.
    private func file(_ visit: Visit) async throws -> ReviewFile {
        let file = try await site.reviews.find(Review.ID(visit.parameter("review")))
        guard let file, file.authorization != nil else { throw Failure.notFound }
        return file
    }

    private func names(of files: [ReviewFile]) async throws -> [Person.ID: String] {
        var names: [Person.ID: String] = [:]
        for id in Set(files.flatMap { [$0.review.person] + $0.decisions.map(\.person) }) {
            names[id] = try await site.people.find(id)?.name
        }
        return names
    }
}

/// All signed reviews, those that wait first.
struct ReviewListPage: Page {
    static let template = "review-list"

    struct Line: Sendable {
        let href: String
        let name: String
        let state: String
        let mark: String
        let signed: String
        let until: String
        let scope: String
    }

    let title: String
    let lines: [Line]
    let hasLines: Bool
    var place: String? { "/reviews/desk" }
    var width: PageWidth { .wide }

    init(_ visit: Visit, _ files: [ReviewFile], names: [Person.ID: String]) {
        let words = visit.words
        let states = files.map { ($0, $0.state(at: visit.now)) }
        let waiting = states.filter { $0.1 == .waiting }
        title = words("review_desk.title", count: waiting.count)
        lines = (waiting + states.filter { $0.1 != .waiting }).map { file, state in
            Line(
                href: "/reviews/desk/\(file.id)", name: names[file.review.person] ?? "",
                state: words["review.state.\(state.rawValue)"],
                mark: state == .shown ? "go" : state == .waiting ? "wait" : "",
                signed: file.authorization.map { visit.dated($0.at) } ?? "",
                until: file.authorization.map { visit.dated($0.expiresAt) } ?? "",
                scope: words["review_desk.scope.\(file.review.scope.rawValue)"])
        }
        hasLines = !lines.isEmpty
    }
}

/// One review with its permission, and what can be done about it.
struct ReviewFilePage: Page {
    static let template = "review-file"

    struct Decision: Sendable {
        let what: String
        let who: String
        let when: String
        let reason: String?
    }

    let title: String
    let problem: String?
    let action: String
    let person: String
    let state: String
    let mark: String
    let card: ReviewCard
    let authorization: String
    let permission: [String]
    let version: String
    let signature: String
    let signedAt: String
    let until: String
    let scope: String
    let decisions: [Decision]
    let hasDecisions: Bool
    let canRelease: Bool
    let canDecline: Bool
    let canWithdraw: Bool
    var place: String? { "/reviews/desk" }

    init(_ visit: Visit, _ file: ReviewFile, names: [Person.ID: String], problem: String?) {
        let words = visit.words
        let state = file.state(at: visit.now)
        let signed = file.authorization
        self.problem = problem
        person = names[file.review.person] ?? ""
        title = words("review_desk.of", ["name": person])
        action = "/reviews/desk/\(file.id)"
        self.state = words["review.state.\(state.rawValue)"]
        mark = state == .shown ? "go" : state == .waiting ? "wait" : ""
        card = ReviewCard(file.review, visit)
        authorization = signed?.id.rawValue ?? ""
        permission = (signed?.text ?? "").split(separator: "\n").map(String.init)
        version = signed?.version ?? ""
        signature = signed?.signature ?? ""
        signedAt = signed.map { visit.dated($0.at) } ?? ""
        until = signed.map { visit.dated($0.expiresAt) } ?? ""
        scope = words["review_desk.scope.\(file.review.scope.rawValue)"]
        decisions = file.decisions.reversed().map {
            Decision(
                what: words["review_desk.did.\($0.kind.rawValue)"], who: names[$0.person] ?? "",
                when: visit.dated($0.at), reason: $0.reason)
        }
        hasDecisions = !decisions.isEmpty
        canRelease = state == .waiting || state == .declined
        canDecline = state == .waiting || state == .shown
        canWithdraw = state == .waiting || state == .shown || state == .declined
    }
}
