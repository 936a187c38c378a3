// SPDX-License-Identifier: Apache-2.0
import Clinical
import Foundation
import Hummingbird
import Store

/// The patient's own reviews: writing, signing, withdrawing.
struct ReviewWriting: Sendable {
    let site: Site

    var routes: [Route] {
        let patient = Allow.only([.patient])
        return [
            .get("/review", patient) { try await show($0) },
            .post("/review", patient, write),
            .post("/review/{review}/sign", patient, sign),
            .post("/review/{review}/discard", patient, discard),
            .post("/review/{review}/withdraw", patient, withdraw)
        ]
    }

    private func show(_ visit: Visit, entered: ReviewForm? = nil, problem: String? = nil) async throws
        -> Response
    {
        let session = try visit.signedIn()
        let place = try await site.people.place(of: session.person)
        try await site.audit.recordRead(of: "review", episode: place?.episode, by: session, at: visit.now)
        let files = try await site.reviews.written(by: session.person)
        let page = ReviewPage(
            visit, files, occasion: try await occasion(place), episode: place?.episode, entered: entered,
            problem: problem)
        let isRefused = entered?.problems.isEmpty == false || problem != nil
        return try visit.page(page, status: isRefused ? .unprocessableContent : .ok).withoutCopies()
    }

    /// What there is to write about; nil before somebody of the clinic has seen the patient.
    private func occasion(_ place: PatientPlace?) async throws -> Review.Occasion? {
        guard let place else { return nil }
        let episode = try await site.scribe.episode(place.episode)
        if episode.closed != nil { return .discharge }
        return episode.evaluations.isEmpty && episode.treatments.isEmpty ? nil : .visit
    }

    @Sendable private func write(_ visit: Visit) async throws -> Response {
        let session = try visit.signedIn()
        let place = try await site.people.place(of: session.person)
        guard let place, let occasion = try await occasion(place) else {
            throw Failure.refused("review_too_early")
        }
        let entered = ReviewForm(visit)
        guard entered.problems.isEmpty else { return try await show(visit, entered: entered) }
        let review = Review(
            id: site.ids.make(), person: session.person, episode: place.episode, occasion: occasion,
            at: visit.now, language: visit.language, text: entered.text, rating: entered.rating,
            shownName: entered.isNamed ? ReviewName.shown(of: session.name) : nil, scope: entered.scope,
            months: entered.months, form: try visit.formID())
        do { _ = try await site.reviews.write(review, now: visit.now) } catch let error as StoreError {
            throw error.ofReview()
        }
        return visit.redirect(to: "/review")
    }

    @Sendable private func sign(_ visit: Visit) async throws -> Response {
        let session = try visit.signedIn()
        let file = try await own(visit)
        let permission = ReviewPermission(file.review, visit, person: session.name)
        // What is kept as signed is what was on the screen, or nothing.
        guard visit.form["shown"] == permission.digest else {
            return try await show(visit, problem: visit.words["review.problem.changed"])
        }
        let signature = visit.form["signature"]
        guard visit.form["agree"] == "yes", (2...100).contains(signature.count) else {
            return try await show(visit, problem: visit.words["review.problem.unsigned"])
        }
        let authorization = ReviewAuthorization(
            id: site.ids.make(), at: visit.now, version: permission.version, text: permission.text,
            signature: signature, scope: file.review.scope, expiresAt: permission.expiresAt,
            form: try visit.formID())
        do {
            try await site.reviews.authorize(file.id, authorization, by: session.person, now: visit.now)
        } catch let error as StoreError { throw error.ofReview() }
        return visit.redirect(to: "/review")
    }

    @Sendable private func discard(_ visit: Visit) async throws -> Response {
        let file = try await own(visit)
        guard try await site.reviews.discard(file.id, of: visit.signedIn().person) else {
            throw Failure.refused("review_moved_on")
        }
        return visit.redirect(to: "/review")
    }

    /// One button, at any time.
    @Sendable private func withdraw(_ visit: Visit) async throws -> Response {
        let file = try await own(visit)
        try await site.reviews.decide(
            file.id, .withdrawn, by: visit.signedIn().person, as: .patient, now: visit.now)
        return visit.redirect(to: "/review")
    }

    /// Somebody else's review is as if it were not there.
    private func own(_ visit: Visit) async throws -> ReviewFile {
        let file = try await site.reviews.find(Review.ID(visit.parameter("review")))
        guard let file, file.review.person == (try visit.signedIn().person) else { throw Failure.notFound }
        return file
    }
}
