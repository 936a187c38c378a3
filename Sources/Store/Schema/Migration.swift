// SPDX-License-Identifier: Apache-2.0
import Foundation

/// One step of the schema, frozen once released.
///
/// Add a step, never change one: a clinic's file has gone through the old text.
struct Migration: Sendable {
    /// What each product needs beside the shared dialect.
    enum Dialect: Sendable, CaseIterable {
        case sqlite
        case postgres
    }

    let number: Int
    let name: String
    /// `CREATE TABLE` statements in the shared dialect; SQLite's are made STRICT.
    let tables: [String]
    /// `CREATE INDEX` and whatever else all products share.
    var statements: [String] = []
    /// Triggers in SQLite's own words.
    var sqlite: [String] = []
    /// Functions, triggers and constraints in PostgreSQL's own words, one statement each.
    ///
    /// Names without a schema: the session's search path decides where a clinic lives. An extension, such as
    /// `btree_gist`, goes `WITH SCHEMA public` and `IF NOT EXISTS`: it is there once per database.
    var postgres: [String] = []

    func statements(for dialect: Dialect) -> [String] {
        switch dialect {
        case .sqlite: tables.map { $0 + " STRICT" } + statements + sqlite
        case .postgres: tables + statements + postgres
        }
    }

    static let all = [
        Migration.clinic, .bookings, .reviews, .outbox, .leases, .recordings, .frontDesk
    ]

    /// The newest step that this version knows.
    static var known: Int { all.last?.number ?? 0 }

    private static let lock = "schema_migration"

    /// Runs the steps that the database has not seen, each in a transaction of its own.
    static func apply(_ migrations: [Migration], to database: some Database, dialect: Dialect, now: Date)
        async throws
    {
        try await database.write { connection in
            try connection.serialize(lock)
            let table = """
                CREATE TABLE IF NOT EXISTS schema_migration (
                    number INTEGER NOT NULL PRIMARY KEY,
                    name TEXT NOT NULL,
                    applied_at TEXT NOT NULL
                )
                """
            try connection.define(dialect == .sqlite ? table + " STRICT" : table)
        }
        for migration in migrations {
            try await database.write { connection in
                // Inside the transaction: another process may be starting at the same time.
                try connection.serialize(lock)
                let seen = try connection.row(
                    "SELECT number FROM schema_migration WHERE number = \(migration.number)")
                guard seen == nil else { return }
                for statement in migration.statements(for: dialect) { try connection.define(statement) }
                try connection.execute(
                    """
                    INSERT INTO schema_migration (number, name, applied_at)
                    VALUES (\(migration.number), \(migration.name), \(now))
                    """)
            }
        }
    }
}
