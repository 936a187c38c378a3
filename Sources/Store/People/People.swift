// SPDX-License-Identifier: Apache-2.0
package import Clinical
package import Foundation

/// Everybody the clinic knows.
package struct People: Sendable {
    let database: any Database

    package init(_ database: any Database) { self.database = database }

    /// - Throws: ``StoreError/duplicate(_:)`` where the id or the email is taken.
    package func add(_ account: Account, password: PasswordHash? = nil, now: Date) async throws {
        try await database.write { try Self.add(account, password: password, now: now, on: $0) }
    }

    /// As ``add(_:password:now:)``, as part of a larger transaction.
    package static func add(
        _ account: Account, password: PasswordHash? = nil, now: Date, on connection: any Connection
    ) throws {
        try connection.execute(
            """
            INSERT INTO person (id, role, name, name_key, email, phone, born, sex, language, password,
                created_at, disabled_at)
            VALUES (\(account.id), \(account.role.rawValue), \(account.name),
                \(Account.key(name: account.name)), \(account.email.map(Account.folded(email:))),
                \(account.phone), \(account.born), \(account.sex?.rawValue), \(account.language),
                \(password?.text), \(now), \(account.disabledAt))
            """)
    }

    package func find(_ id: Person.ID) async throws -> Account? {
        try await database.read { connection in
            try connection.row("SELECT \(Account.columns) FROM person WHERE id = \(id)").map(Account.init)
        }
    }

    package func list(role: Role) async throws -> [Account] {
        try await database.read { connection in
            try connection.rows(
                """
                SELECT \(Account.columns) FROM person WHERE role = \(role.rawValue) ORDER BY name_key, id
                """
            ).map(Account.init)
        }
    }

    /// The account that signs in with an email, and what its password is checked against.
    package func find(email: String) async throws -> (account: Account, password: PasswordHash?)? {
        let email = Account.folded(email: email)
        return try await database.read { connection in
            guard
                let row = try connection.row(
                    "SELECT \(Account.columns), password FROM person WHERE email = \(email)")
            else { return nil }
            return (try Account(row), try row.textIfPresent("password").map(PasswordHash.init))
        }
    }

    /// People of a role with a word of their name that starts so, whatever the accents and the case.
    ///
    /// - Parameters:
    ///   - start: One or more words; all of it must follow on in the name.
    ///   - role: Whom to look among.
    ///   - limit: How many are returned at most.
    /// - Returns: In the order of their names.
    /// - Throws: ``StoreError``.
    package func search(name start: String, role: Role, limit: Int = 50) async throws -> [Account] {
        let pattern = Self.pattern(name: start)
        return try await database.read { connection in
            try connection.rows(
                """
                SELECT \(Account.columns) FROM person
                WHERE role = \(role.rawValue) AND name_key LIKE \(pattern) ESCAPE '\\'
                ORDER BY name_key, id LIMIT \(limit)
                """
            ).map(Account.init)
        }
    }

    static func pattern(name start: String) -> String {
        let literal = Account.key(name: start).map { "\\%_".contains($0) ? "\\\($0)" : "\($0)" }.joined()
        return "%\(literal)%"
    }

    package func rename(_ id: Person.ID, to name: String) async throws {
        try await change(id) { connection in
            try connection.execute(
                """
                UPDATE person SET name = \(name), name_key = \(Account.key(name: name)) WHERE id = \(id)
                """)
        }
    }

    /// Sets or takes away a password; every session of the person ends.
    package func setPassword(_ password: PasswordHash?, of id: Person.ID) async throws {
        try await change(id) { connection in
            try Sessions.endAll(id, on: connection)
            return try connection.execute(
                "UPDATE person SET password = \(password?.text) WHERE id = \(id)")
        }
    }

    /// Writes the same password's hash anew, with today's cost; sessions go on.
    package func rehash(_ password: PasswordHash, of id: Person.ID) async throws {
        try await change(id) {
            try $0.execute("UPDATE person SET password = \(password.text) WHERE id = \(id)")
        }
    }

    /// Shuts somebody out at once: sessions and links end with it.
    package func disable(_ id: Person.ID, now: Date) async throws {
        try await change(id) { try Self.disable(id, now: now, on: $0) }
    }

    @discardableResult
    static func disable(_ id: Person.ID, now: Date, on connection: any Connection) throws -> Int {
        try Sessions.endAll(id, on: connection)
        try SignInLinks.revoke(of: id, on: connection)
        return try connection.execute(
            "UPDATE person SET disabled_at = COALESCE(disabled_at, \(now)) WHERE id = \(id)")
    }

    package func enable(_ id: Person.ID) async throws {
        try await change(id) {
            try $0.execute("UPDATE person SET disabled_at = NULL WHERE id = \(id)")
        }
    }

    private func change(_ id: Person.ID, _ body: @Sendable (any Connection) throws -> Int) async throws {
        try await database.write { connection in
            guard try body(connection) == 1 else { throw StoreError.notFound }
        }
    }
}
