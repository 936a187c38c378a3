// SPDX-License-Identifier: Apache-2.0
import Clinical
package import Foundation

/// A review with the newest authorization and all that was decided on it.
package struct ReviewFile: Hashable, Sendable, Identifiable {
    /// Where a review stands; only `shown` is ever seen by others.
    package enum State: String, Hashable, Sendable, CaseIterable {
        /// Written, not signed for: the patient's own.
        case draft
        /// Signed; the clinic has not looked yet.
        case waiting
        case shown
        case declined
        case withdrawn
        /// The time that the patient chose is over.
        case expired
    }

    package let review: Review
    package let authorization: ReviewAuthorization?
    /// On the newest authorization, in order.
    package let decisions: [ReviewDecision]

    package var id: Review.ID { review.id }

    package func state(at now: Date) -> State {
        guard let authorization else { return .draft }
        // A withdrawal stands, whatever the clock says.
        if decisions.contains(where: { $0.kind == .withdrawn }) { return .withdrawn }
        if authorization.expiresAt <= now { return .expired }
        switch decisions.last?.kind {
        case .released: return .shown
        case .declined: return .declined
        case .withdrawn: return .withdrawn
        case nil: return .waiting
        }
    }

    static func read(_ review: Review, on connection: any Connection) throws -> ReviewFile {
        let authorization = try connection.row(
            """
            SELECT \(ReviewAuthorization.columns) FROM review_authorization
            WHERE review = \(review.id) ORDER BY number DESC LIMIT 1
            """
        ).map(ReviewAuthorization.init)
        var decisions: [ReviewDecision] = []
        if let authorization {
            decisions = try connection.rows(
                """
                SELECT at, person, kind, reason FROM review_decision
                WHERE authorization_id = \(authorization.id) ORDER BY number
                """
            ).map { row in
                ReviewDecision(
                    at: try row.date("at"), person: Person.ID(try row.text("person")),
                    kind: try row.one("kind"), reason: try row.textIfPresent("reason"))
            }
        }
        return ReviewFile(review: review, authorization: authorization, decisions: decisions)
    }
}

/// A review as the public sees it: nothing in it leads to the person.
package struct ShownReview: Hashable, Sendable {
    package let text: String
    package let language: String
    package let rating: Int?
    /// nil: "a patient".
    package let name: String?
    package let writtenAt: Date
}
