// SPDX-License-Identifier: Apache-2.0
package import Clinical
package import Foundation

/// Who is signed in.
///
/// A session is a row that the server can end at once; its token is kept as a hash only.
package struct Sessions: Sendable {
    private let database: any Database
    private let makeToken: @Sendable () -> Token

    package init(_ database: any Database, makeToken: @escaping @Sendable () -> Token = { .random() }) {
        self.database = database
        self.makeToken = makeToken
    }

    /// Starts a session under a token of its own, so that nobody can prepare one for somebody else.
    package func start(_ person: Person.ID, policy: SessionPolicy, now: Date) async throws -> Token {
        let token = makeToken()
        let csrf = makeToken().text
        let expires = now.addingTimeInterval(Double(policy.absoluteSeconds))
        try await database.write { connection in
            try connection.execute(
                """
                INSERT INTO session (hash, person, created_at, seen_at, idle_seconds, expires_at, csrf)
                VALUES (\(token.hash), \(person), \(now), \(now), \(policy.idleSeconds), \(expires), \(csrf))
                """)
        }
        return token
    }

    /// Who holds the token.
    ///
    /// - Returns: nil for a token that is unknown, idle for too long, too old, ended, or of somebody who was
    ///   disabled.
    package func session(_ token: Token, now: Date) async throws -> Session? {
        let hash = token.hash
        let found = try await database.read { connection in
            try connection.row(
                """
                SELECT s.person, s.csrf, s.seen_at, s.idle_seconds, p.role, p.name, p.language
                FROM session s JOIN person p ON p.id = s.person
                WHERE s.hash = \(hash) AND s.expires_at > \(now) AND p.disabled_at IS NULL
                """)
        }
        guard let row = found else { return nil }
        let seen = try row.date("seen_at")
        guard now.timeIntervalSince(seen) < Double(try row.integer("idle_seconds")) else { return nil }
        if now.timeIntervalSince(seen) >= Self.secondsBetweenTouches { await touch(hash, now: now) }
        return Session(
            hash: hash, person: Person.ID(try row.text("person")), role: try row.one("role"),
            name: try row.text("name"), language: try row.text("language"), csrf: try row.text("csrf"))
    }

    package func end(_ token: Token) async throws {
        let hash = token.hash
        try await database.write { try $0.execute("DELETE FROM session WHERE hash = \(hash)") }
    }

    package func endAll(_ person: Person.ID) async throws {
        try await database.write { try Self.endAll(person, on: $0) }
    }

    package static func endAll(_ person: Person.ID, on connection: any Connection) throws {
        try connection.execute("DELETE FROM session WHERE person = \(person)")
    }

    /// Removes the rows of sessions that are over.
    package func sweep(now: Date) async throws {
        try await database.write { try $0.execute("DELETE FROM session WHERE expires_at <= \(now)") }
    }

    private static let secondsBetweenTouches = 60.0

    // A failure is passed over on purpose: with a full disk people still read, and a session that could not
    // be touched only ends earlier.
    private func touch(_ hash: String, now: Date) async {
        _ = try? await database.write {
            try $0.execute("UPDATE session SET seen_at = \(now) WHERE hash = \(hash) AND seen_at < \(now)")
        }
    }
}
