// SPDX-License-Identifier: Apache-2.0
package import Foundation
import GRDB

/// The clinic's memory in one SQLite file.
///
/// Readers never wait for the writer (WAL), and a commit returns once the disk has it
/// (`synchronous = FULL`).
package struct SQLiteDatabase: Database {
    package let path: String
    let pool: DatabasePool
    private let readers: SQLiteReaders

    /// Opens the file and brings its schema up to date.
    ///
    /// A file that is damaged, of another kind or of a newer version is refused before it is touched.
    /// - Parameters:
    ///   - path: Where the file is.
    ///   - create: Whether a file may be made where there is none.
    ///   - now: When the schema is brought up to date.
    /// - Throws: ``StoreError`` with the reason.
    package init(path: String, create: Bool, now: Date) async throws {
        try SQLiteFile(path: path).inspect(create: create)
        self.path = path
        pool = try await Self.patiently { try Self.pool(path) }
        readers = SQLiteReaders(path: path, configuration: Self.configuration)
        let database = self
        try await Self.patiently {
            try await Migration.apply(Migration.all, to: database, dialect: .sqlite, now: now)
        }
    }

    // On the thread that asks, without a queue between.
    package func read<T: Sendable>(_ body: @Sendable (any Connection) throws -> T) async throws -> T {
        try StoreError.translating(path) {
            try readers.read { try body(SQLiteConnection(database: $0)) }
        }
    }

    package func snapshot<T: Sendable>(_ body: @Sendable (any Connection) throws -> T) async throws -> T {
        try await StoreError.translatingLater(path) {
            try await pool.read { try body(SQLiteConnection(database: $0)) }
        }
    }

    package func write<T: Sendable>(_ body: @Sendable (any Connection) throws -> T) async throws -> T {
        try await StoreError.translatingLater(path) {
            try await pool.write { try body(SQLiteConnection(database: $0)) }
        }
    }

    package func close() throws {
        try StoreError.translating(path) {
            // The writer last: only it can bring the log into the file.
            try readers.close()
            try pool.close()
        }
    }

    /// Does what may be begun again, until the file is free for it or a minute is over.
    ///
    /// Of two processes that make one new file, each can hold what the other needs to turn it to WAL; SQLite then refuses
    /// one at once and lets it not wait, whatever its `busy_timeout`.
    private static func patiently<T>(_ work: () async throws -> T) async throws -> T {
        let end = ContinuousClock.now + .seconds(60)
        while true {
            do {
                return try await work()
            } catch StoreError.busy where ContinuousClock.now < end {
                try await Task.sleep(for: .milliseconds(Double.random(in: 5...50)))
            }
        }
    }

    private static func pool(_ path: String) throws -> DatabasePool {
        try StoreError.translating(path) {
            let pool = try DatabasePool(path: path, configuration: configuration)
            try pool.writeWithoutTransaction(makeDurable)
            return pool
        }
    }

    static var configuration: Configuration {
        var configuration = Configuration()
        configuration.busyMode = .timeout(10)
        configuration.maximumReaderCount = 4
        configuration.persistentReadOnlyConnections = true
        configuration.prepareDatabase { database in
            try database.execute(sql: "PRAGMA trusted_schema = OFF")
            // So that a row replaced is a row deleted, and the triggers see it.
            try database.execute(sql: "PRAGMA recursive_triggers = ON")
        }
        return configuration
    }

    /// Sets what the pool's own set-up does not leave as we promise it, and reads it back.
    ///
    /// GRDB sets `synchronous = NORMAL` on the writer after `prepareDatabase`; a power cut then loses
    /// acknowledged commits.
    private static func makeDurable(_ database: GRDB.Database) throws {
        try database.execute(sql: "PRAGMA synchronous = FULL")
        guard try Int.fetchOne(database, sql: "PRAGMA synchronous") == 2 else {
            throw StoreError.unsafeSetting("synchronous = FULL")
        }
        guard try String.fetchOne(database, sql: "PRAGMA journal_mode") == "wal" else {
            throw StoreError.unsafeSetting("journal_mode = WAL")
        }
        guard try Int.fetchOne(database, sql: "PRAGMA foreign_keys") == 1 else {
            throw StoreError.unsafeSetting("foreign_keys = ON")
        }
    }
}
