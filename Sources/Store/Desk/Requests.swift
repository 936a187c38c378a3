// SPDX-License-Identifier: Apache-2.0
package import Clinical

/// The visitors who asked to be evaluated.
package struct Requests: Sendable {
    private let database: any Database

    package init(_ database: any Database) { self.database = database }

    /// Keeps a request; the same form a second time keeps the first.
    ///
    /// - Parameters:
    ///   - request: What was asked.
    ///   - act: What is written into the audit with it, where it is kept for the first time.
    /// - Returns: What is kept under the form.
    /// - Throws: ``StoreError``.
    package func add(_ request: EvaluationRequest, as act: Act? = nil) async throws -> EvaluationRequest {
        try await database.write { connection in
            let added = try connection.execute(
                """
                INSERT INTO evaluation_request (\(EvaluationRequest.columns))
                VALUES (\(request.id), \(request.at), \(request.name), \(request.phone),
                    \(request.language), \(request.answers), \(request.disposition), \(request.rules),
                    \(request.status.rawValue), NULL, NULL, \(request.form))
                ON CONFLICT (form) DO NOTHING
                """)
            if added == 1, let act { try AuditTrail.append([(act, request.at)], on: connection) }
            let kept = try connection.row(
                "SELECT \(EvaluationRequest.columns) FROM evaluation_request WHERE form = \(request.form)")
            guard let kept else { throw StoreError.notFound }
            return try EvaluationRequest(kept)
        }
    }

    package func find(_ id: EvaluationRequest.ID) async throws -> EvaluationRequest? {
        try await database.read { connection in
            try connection.row(
                "SELECT \(EvaluationRequest.columns) FROM evaluation_request WHERE id = \(id)"
            ).map(EvaluationRequest.init)
        }
    }

    /// The requests of a status, oldest first.
    package func list(_ status: EvaluationRequest.Status = .new) async throws -> [EvaluationRequest] {
        try await database.read { connection in
            try connection.rows(
                """
                SELECT \(EvaluationRequest.columns) FROM evaluation_request
                WHERE status = \(status.rawValue) ORDER BY at, id
                """
            ).map(EvaluationRequest.init)
        }
    }

    /// Takes a new request.
    ///
    /// - Returns: false where somebody else took it first, or there is none.
    package func take(_ id: EvaluationRequest.ID, by person: Person.ID) async throws -> Bool {
        try await database.write { connection in
            try connection.execute(
                """
                UPDATE evaluation_request SET status = 'taken', taken_by = \(person)
                WHERE id = \(id) AND status = 'new'
                """) == 1
        }
    }

    /// Closes a taken request, with the episode that came of it or without one.
    ///
    /// - Throws: ``StoreError/notFound`` where it is not taken.
    package func close(_ id: EvaluationRequest.ID, episode: Episode.ID?) async throws {
        try await database.write { try Self.close(id, episode: episode, on: $0) }
    }

    /// As ``close(_:episode:)``, as part of a larger transaction.
    package static func close(_ id: EvaluationRequest.ID, episode: Episode.ID?, on connection: any Connection)
        throws
    {
        let closed = try connection.execute(
            """
            UPDATE evaluation_request SET status = 'closed', episode = \(episode)
            WHERE id = \(id) AND status = 'taken'
            """)
        guard closed == 1 else { throw StoreError.notFound }
    }

    /// Takes an agreement back: nothing refers to the answers any more, and they go unless they stand in a chart.
    static func withdraw(_ id: EvaluationRequest.ID, on connection: any Connection) throws {
        try connection.execute("UPDATE appointment SET request = NULL WHERE request = \(id)")
        try connection.execute(
            """
            UPDATE waiting SET request = NULL,
                finding = CASE WHEN basis = 'check' THEN NULL ELSE finding END,
                basis = CASE WHEN basis = 'check' THEN 'unknown' ELSE basis END
            WHERE request = \(id)
            """)
        try connection.execute("DELETE FROM evaluation_request WHERE id = \(id) AND status <> 'closed'")
    }
}
