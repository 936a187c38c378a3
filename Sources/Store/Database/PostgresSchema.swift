// SPDX-License-Identifier: Apache-2.0
import Foundation

/// The tables of a PostgreSQL database: whose they are, and whether they are of this version.
struct PostgresSchema {
    let database: PostgresDatabase

    /// Looks before anything is written, then runs the steps that are missing.
    func update(now: Date) async throws {
        defer { try? database.close() }
        try await inspect()
        try await Migration.apply(Migration.all, to: database, dialect: .postgres, now: now)
    }

    private func inspect() async throws {
        let name = database.name
        try await database.snapshot { connection in
            let tables = try connection.rows(
                """
                SELECT c.relname AS name FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
                WHERE n.nspname = current_schema() AND c.relkind IN ('r', 'p')
                """
            ).map { try $0.text("name") }
            guard !tables.isEmpty else { return }
            guard tables.contains("schema_migration") else { throw StoreError.foreign(path: name) }
            let found =
                try connection.row("SELECT MAX(number) AS number FROM schema_migration")?
                .integerIfPresent("number") ?? 0
            guard found <= Migration.known else {
                throw StoreError.newerSchema(found: found, known: Migration.known)
            }
        }
    }

    /// The columns of each unique index as SQLite names them, `entry.episode, entry.sequence`, by the index's name.
    ///
    /// An error names the index only, or else the values with it.
    func keys() async throws -> [String: String] {
        try await database.read { connection in
            try connection.rows(
                """
                SELECT i.relname AS key, t.relname AS tab, a.attname AS col
                FROM pg_index x JOIN pg_class i ON i.oid = x.indexrelid JOIN pg_class t ON t.oid = x.indrelid
                JOIN pg_namespace n ON n.oid = t.relnamespace
                CROSS JOIN LATERAL unnest(x.indkey) WITH ORDINALITY AS k (number, place)
                JOIN pg_attribute a ON a.attrelid = t.oid AND a.attnum = k.number
                WHERE x.indisunique AND n.nspname = current_schema() ORDER BY i.relname, k.place
                """
            ).reduce(into: [:]) { keys, row in
                let column = "\(try row.text("tab")).\(try row.text("col"))"
                let key = try row.text("key")
                keys[key] = keys[key].map { "\($0), \(column)" } ?? column
            }
        }
    }
}
