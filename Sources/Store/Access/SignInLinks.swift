// SPDX-License-Identifier: Apache-2.0
package import Clinical
package import Foundation

/// Links that sign somebody in once.
package struct SignInLinks: Sendable {
    private let database: any Database
    private let makeToken: @Sendable () -> Token

    package init(_ database: any Database, makeToken: @escaping @Sendable () -> Token = { .random() }) {
        self.database = database
        self.makeToken = makeToken
    }

    /// Makes a link; older ones of the same person that were not used stop working.
    ///
    /// - Parameters:
    ///   - person: Whom it signs in.
    ///   - seconds: How long it can be used.
    ///   - maker: The member of staff who made it; nil on the command line.
    ///   - now: When.
    /// - Returns: The link's secret, which is kept nowhere.
    /// - Throws: ``StoreError``.
    package func make(for person: Person.ID, validFor seconds: Int, madeBy maker: Person.ID?, now: Date)
        async throws -> Token
    {
        let token = makeToken()
        let expires = now.addingTimeInterval(Double(seconds))
        try await database.write { connection in
            try connection.serialize("sign-in link \(person)")
            try Self.revoke(of: person, on: connection)
            try connection.execute(
                """
                INSERT INTO sign_in_link (hash, person, made_by, created_at, expires_at, used_at)
                VALUES (\(token.hash), \(person), \(maker), \(now), \(expires), NULL)
                """)
        }
        return token
    }

    /// Ends the links of somebody that were not used, as when the phone they were sent to is lost.
    package func revoke(of person: Person.ID) async throws {
        try await database.write { try Self.revoke(of: person, on: $0) }
    }

    static func revoke(of person: Person.ID, on connection: any Connection) throws {
        try connection.execute("DELETE FROM sign_in_link WHERE person = \(person) AND used_at IS NULL")
    }

    /// Uses a link up.
    ///
    /// - Returns: Whom it signs in; nil where it is unknown, used, too old, or of somebody disabled. Of two who
    ///   use it at once, one gets the person.
    package func redeem(_ token: Token, now: Date) async throws -> Account? {
        let hash = token.hash
        return try await database.write { connection in
            let used = try connection.execute(
                """
                UPDATE sign_in_link SET used_at = \(now)
                WHERE hash = \(hash) AND used_at IS NULL AND expires_at > \(now)
                """)
            guard used == 1 else { return nil }
            return try connection.row(
                """
                SELECT \(Account.columns) FROM person
                WHERE disabled_at IS NULL AND id = (SELECT person FROM sign_in_link WHERE hash = \(hash))
                """
            ).map(Account.init)
        }
    }
}
