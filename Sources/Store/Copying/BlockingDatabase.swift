// SPDX-License-Identifier: Apache-2.0
import GRDB

/// A database whose transactions can stand within each other's, for a copy from one to the other.
///
/// Blocks the thread that asks; for the command line, not for a server.
protocol BlockingDatabase: Database {
    var name: String { get }
    func snapshotNow<T>(_ body: (any Connection) throws -> T) throws -> T
    func writeNow<T>(_ body: (any Connection) throws -> T) throws -> T
}

extension SQLiteDatabase: BlockingDatabase {
    var name: String { path }

    func snapshotNow<T>(_ body: (any Connection) throws -> T) throws -> T {
        try StoreError.translating(path) { try pool.read { try body(SQLiteConnection(database: $0)) } }
    }

    func writeNow<T>(_ body: (any Connection) throws -> T) throws -> T {
        try StoreError.translating(path) { try pool.write { try body(SQLiteConnection(database: $0)) } }
    }
}

extension PostgresDatabase: BlockingDatabase {
    func snapshotNow<T>(_ body: (any Connection) throws -> T) throws -> T {
        try within("BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY", body)
    }

    func writeNow<T>(_ body: (any Connection) throws -> T) throws -> T {
        try within("BEGIN ISOLATION LEVEL READ COMMITTED READ WRITE", body)
    }

    /// On a connection of its own, which ends with it: what was not committed is rolled back.
    private func within<T>(_ begin: String, _ body: (any Connection) throws -> T) throws -> T {
        do {
            let connection = try PostgresConnection(address, limits: .unhurried)
            try connection.setUp(.unhurried, database: name)
            try connection.begin(begin)
            let value = try body(connection)
            if let failure = connection.lastFailure { throw failure }
            guard try connection.command("COMMIT") == "COMMIT" else { throw PostgresFailure(state: "25P02") }
            return value
        } catch let failure as PostgresFailure {
            throw StoreError(failure, database: name, keys: [:])
        }
    }
}
