// SPDX-License-Identifier: Apache-2.0
package import Clinical
package import Foundation

/// The patients' reviews: none is shown without a living authorization and the clinic's release.
package struct Reviews: Sendable {
    private let database: any Database

    package init(_ database: any Database) { self.database = database }

    /// Keeps what a patient wrote, for themselves until they sign.
    ///
    /// The same form a second time keeps the first. A new one takes the place of a draft, and follows one that
    /// was declined, withdrawn or has expired.
    /// - Throws: ``StoreError/refused(_:)`` while another of the same occasion waits or is shown.
    package func write(_ review: Review, now: Date) async throws -> ReviewFile {
        try await database.write { connection in
            try connection.serialize("reviews of \(review.episode)")
            if let known = try connection.row(
                "SELECT \(Review.columns) FROM review r WHERE r.form = \(review.form)")
            {
                return try ReviewFile.read(Review(known), on: connection)
            }
            let last = try connection.row(
                """
                SELECT \(Review.columns), r.number FROM review r
                WHERE r.episode = \(review.episode) AND r.occasion = \(review.occasion.rawValue)
                ORDER BY r.number DESC LIMIT 1
                """)
            var number = 1
            if let last {
                number = try last.integer("number")
                switch try ReviewFile.read(Review(last), on: connection).state(at: now) {
                case .waiting, .shown: throw StoreError.refused("review: there is one")
                case .draft: try connection.execute("DELETE FROM review WHERE id = \(try last.text("id"))")
                case .declined, .withdrawn, .expired: number += 1
                }
            }
            try connection.execute(
                """
                INSERT INTO review (id, person, episode, occasion, number, at, language, content, rating,
                    shown_name, scope, months, form)
                VALUES (\(review.id), \(review.person), \(review.episode), \(review.occasion.rawValue),
                    \(number), \(review.at), \(review.language), \(review.text), \(review.rating),
                    \(review.shownName), \(review.scope.rawValue), \(review.months), \(review.form))
                """)
            let act = Act(
                actor: review.person, role: .patient, kind: .reviewWritten, episode: review.episode,
                detail: review.id.rawValue)
            try AuditTrail.append([(act, now)], on: connection)
            return ReviewFile(review: review, authorization: nil, decisions: [])
        }
    }

    /// Throws a draft away; what was signed is kept.
    ///
    /// - Returns: false where it is not this patient's draft.
    package func discard(_ id: Review.ID, of person: Person.ID) async throws -> Bool {
        try await database.write { connection in
            try connection.execute(
                """
                DELETE FROM review WHERE id = \(id) AND person = \(person)
                    AND NOT EXISTS (SELECT 1 FROM review_authorization a WHERE a.review = \(id))
                """) == 1
        }
    }

    /// Keeps what the patient signed; from now on the clinic may look at the review.
    ///
    /// - Throws: ``StoreError/notFound`` where it is not theirs; ``StoreError/refused(_:)`` where it is signed already.
    package func authorize(
        _ id: Review.ID, _ authorization: ReviewAuthorization, by person: Person.ID, now: Date
    ) async throws {
        try await database.write { connection in
            try connection.serialize("review \(id)")
            if try connection.row(
                "SELECT id FROM review_authorization WHERE form = \(authorization.form)") != nil
            {
                return
            }
            let file = try Self.file(id, on: connection)
            guard file.review.person == person else { throw StoreError.notFound }
            switch file.state(at: now) {
            case .draft, .expired: break
            case .waiting, .shown, .declined, .withdrawn: throw StoreError.refused("review: signed already")
            }
            try connection.execute(
                """
                INSERT INTO review_authorization (id, review, number, at, version, content, signature, scope,
                    expires_at, form)
                VALUES (\(authorization.id), \(id),
                    1 + (SELECT COUNT(*) FROM review_authorization o WHERE o.review = \(id)),
                    \(authorization.at), \(authorization.version), \(authorization.text),
                    \(authorization.signature), \(authorization.scope.rawValue),
                    \(authorization.expiresAt), \(authorization.form))
                """)
            let act = Act(
                actor: person, role: .patient, kind: .reviewAuthorized, episode: file.review.episode,
                detail: id.rawValue)
            try AuditTrail.append([(act, now)], on: connection)
        }
    }

    /// Decides on the authorization that the person had in view.
    ///
    /// - Parameters:
    ///   - id: Which review.
    ///   - authorization: Which; a newer one must be looked at first. A withdrawal means the newest, whichever
    ///     was in view.
    ///   - decision: What.
    ///   - reason: Why; needed to decline.
    ///   - person: Who decides; a patient may only withdraw, and only their own.
    ///   - role: As what.
    ///   - now: When.
    /// - Throws: ``StoreError/notFound``; ``StoreError/refused(_:)`` where it was withdrawn, has expired or is not
    ///   the newest. Withdrawing what is withdrawn is no error.
    package func decide(
        _ id: Review.ID, authorization: ReviewAuthorization.ID? = nil, _ decision: ReviewDecision.Kind,
        reason: String? = nil, by person: Person.ID, as role: Role, now: Date
    ) async throws {
        try await database.write { connection in
            try connection.serialize("review \(id)")
            let file = try Self.file(id, on: connection)
            guard role != .patient || (file.review.person == person && decision == .withdrawn) else {
                throw StoreError.notFound
            }
            guard let newest = file.authorization else { throw StoreError.notFound }
            guard decision == .withdrawn || newest.id == authorization else {
                throw StoreError.refused("review: another authorization")
            }
            switch (file.state(at: now), decision) {
            case (.withdrawn, .withdrawn): return
            case (.withdrawn, _): throw StoreError.refused("review: withdrawn")
            case (.expired, .released): throw StoreError.refused("review: expired")
            default: break
            }
            try connection.execute(
                """
                INSERT INTO review_decision (authorization_id, number, at, person, kind, reason)
                VALUES (\(newest.id), \(file.decisions.count + 1), \(now), \(person),
                    \(decision.rawValue), \(reason))
                """)
            let kind: Act.Kind =
                switch decision {
                case .released: .reviewReleased
                case .declined: .reviewDeclined
                case .withdrawn: .reviewWithdrawn
                }
            let act = Act(
                actor: person, role: role, kind: kind, episode: file.review.episode, detail: id.rawValue)
            try AuditTrail.append([(act, now)], on: connection)
        }
    }

    package func find(_ id: Review.ID) async throws -> ReviewFile? {
        try await database.snapshot { connection in
            try connection.row("SELECT \(Review.columns) FROM review r WHERE r.id = \(id)")
                .map { try ReviewFile.read(Review($0), on: connection) }
        }
    }

    /// All that a patient wrote, newest first.
    package func written(by person: Person.ID) async throws -> [ReviewFile] {
        try await database.snapshot { connection in
            try connection.rows(
                "SELECT \(Review.columns) FROM review r WHERE r.person = \(person) ORDER BY r.at DESC, r.id"
            ).map { try ReviewFile.read(Review($0), on: connection) }
        }
    }

    /// All that was ever signed for, newest first; drafts are nobody's business.
    package func signed() async throws -> [ReviewFile] {
        try await database.snapshot { connection in
            try connection.rows(
                """
                SELECT \(Review.columns) FROM review r
                WHERE EXISTS (SELECT 1 FROM review_authorization a WHERE a.review = r.id)
                ORDER BY r.at DESC, r.id
                """
            ).map { try ReviewFile.read(Review($0), on: connection) }
        }
    }

    /// Those that the public may see at this moment, newest release first.
    ///
    /// One statement over what is committed: nothing keeps an answer, so a withdrawal counts from its commit on.
    package func shown(at now: Date, limit: Int) async throws -> [ShownReview] {
        try await database.read { connection in
            try connection.rows(
                """
                SELECT r.content, r.language, r.rating, r.shown_name, r.at FROM review r
                JOIN review_authorization a ON a.review = r.id
                JOIN review_decision d ON d.authorization_id = a.id
                WHERE d.kind = 'released' AND a.expires_at > \(now)
                    AND a.number = (SELECT MAX(n.number) FROM review_authorization n WHERE n.review = r.id)
                    AND d.number = (SELECT MAX(m.number) FROM review_decision m
                        WHERE m.authorization_id = a.id)
                    AND NOT EXISTS (SELECT 1 FROM review_decision w
                        WHERE w.authorization_id = a.id AND w.kind = 'withdrawn')
                ORDER BY d.at DESC, r.id LIMIT \(limit)
                """
            ).map { row in
                ShownReview(
                    text: try row.text("content"), language: try row.text("language"),
                    rating: try row.integerIfPresent("rating"), name: try row.textIfPresent("shown_name"),
                    writtenAt: try row.date("at"))
            }
        }
    }

    private static func file(_ id: Review.ID, on connection: any Connection) throws -> ReviewFile {
        guard let row = try connection.row("SELECT \(Review.columns) FROM review r WHERE r.id = \(id)") else {
            throw StoreError.notFound
        }
        return try ReviewFile.read(Review(row), on: connection)
    }
}
