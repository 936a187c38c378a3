// SPDX-License-Identifier: Apache-2.0
import Clinical
import Foundation
import HTTPTypes
import Hummingbird
import Store

/// Reviews: the patient writes and signs, the clinic releases, everybody reads, and a withdrawal ends it at once.
struct Reviewing: Feature {
    let site: Site

    private static let shownAtMost = 50

    var routes: [Route] {
        [.get("/reviews", .everyone, everybody)] + ReviewWriting(site: site).routes
            + ReviewDesk(site: site).routes
    }

    @Sendable private func everybody(_ visit: Visit) async throws -> Response {
        let shown = try await site.reviews.shown(at: visit.now, limit: Self.shownAtMost)
        return try visit.page(ReviewsPage(visit, shown)).withoutCopies()
    }
}

/// What patients allowed the clinic to show.
struct ReviewsPage: PublicPage {
    static let template = "reviews"
    let title: String
    let summary: String
    let reviews: [ReviewCard]
    let hasReviews: Bool
    var place: String? { "/reviews" }
    var path: String { "/reviews" }

    init(_ visit: Visit, _ shown: [ShownReview]) {
        title = visit.words["reviews.title"]
        summary = visit.words("reviews.summary", ["clinic": visit.site.clinic.name])
        reviews = shown.map { ReviewCard($0, visit) }
        hasReviews = !reviews.isEmpty
    }
}

extension Response {
    /// A page with reviews: kept by nobody, so that what is withdrawn is gone.
    func withoutCopies() -> Response {
        var response = self
        response.headers[.cacheControl] = "no-store"
        response.headers[.xRobotsTag] = "noarchive, nosnippet"
        return response
    }
}

extension HTTPField.Name {
    static let xRobotsTag: Self = {
        guard let name = Self("X-Robots-Tag") else { preconditionFailure("X-Robots-Tag is no header name") }
        return name
    }()
}

extension StoreError {
    /// A decision on a review that came too late, as what it means to the person.
    func ofReview() -> any Error {
        if case .refused = self { return Failure.refused("review_moved_on") }
        return self
    }
}
