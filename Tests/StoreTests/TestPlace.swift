// SPDX-License-Identifier: Apache-2.0
import Foundation
import GRDB
import Testing

@testable import Store

/// Where one test's clinic is kept: a file or a schema of its own, which goes when the test is over.
enum TestPlace: Sendable {
    case sqlite(folder: URL)
    case postgres(schema: String)

    static func make(_ backend: Backend) throws -> TestPlace {
        switch backend {
        case .sqlite: return .sqlite(folder: try TestClinic.newFolder())
        case .postgres:
            let schema = "t" + IDSource.random.make()
            try TestPostgres.run("CREATE SCHEMA \(schema)")
            return .postgres(schema: schema)
        }
    }

    var path: String {
        switch self {
        case .sqlite(let folder): folder.appending(path: "clinic.sqlite").path
        case .postgres(let schema): schema
        }
    }

    func open(create: Bool = false, limits: PostgresLimits = .patient) async throws -> any Store
        .Database
    {
        switch self {
        case .sqlite: try await SQLiteDatabase(path: path, create: create, now: time())
        case .postgres(let schema):
            try await PostgresDatabase(TestPostgres.address(schema: schema), limits: limits, now: time())
        }
    }

    func remove() {
        switch self {
        case .sqlite(let folder): try? FileManager.default.removeItem(at: folder)
        case .postgres(let schema): try? TestPostgres.run("DROP SCHEMA \(schema) CASCADE")
        }
    }

    /// Makes the database refuse an act on a table, by a trigger of the test's own.
    func stop(_ act: String, on table: String) -> String {
        switch self {
        case .sqlite:
            "CREATE TRIGGER stop BEFORE \(act) ON \(table) BEGIN SELECT RAISE(ABORT, 'stopped'); END"
        case .postgres:
            """
            CREATE TRIGGER stop BEFORE \(act) ON \(table)
            FOR EACH STATEMENT EXECUTE FUNCTION refuse_as_append_only()
            """
        }
    }

    func letGo(_ table: String) -> String {
        switch self {
        case .sqlite: "DROP TRIGGER stop"
        case .postgres: "DROP TRIGGER stop ON \(table)"
        }
    }

    /// Another program at the rows, past everything that the store promises.
    func tamper(_ statements: [String]) throws {
        switch self {
        case .sqlite:
            let queue = try DatabaseQueue(path: path)
            try queue.writeWithoutTransaction { database in
                try database.execute(sql: "PRAGMA foreign_keys = OFF")
                for table in ["entry", "audit"] {
                    for act in ["update", "delete"] {
                        try database.execute(sql: "DROP TRIGGER IF EXISTS \(table)_no_\(act)")
                    }
                }
                for statement in statements { try database.execute(sql: statement) }
            }
            try queue.close()
        case .postgres(let schema):
            // Neither triggers nor foreign keys, as for a replica.
            try TestPostgres.run(["SET session_replication_role = replica"] + statements, schema: schema)
        }
    }
}

/// The PostgreSQL that `scripts/postgres` started.
enum TestPostgres {
    static func address(schema: String? = nil) throws -> PostgresAddress {
        let text = try #require(Backend.postgresAddress, Backend.withoutPostgres)
        return try PostgresAddress(text + (schema.map { "&options=-csearch_path%3D\($0),public" } ?? ""))
    }

    /// Runs statements on a connection of their own, as a database administrator would.
    static func run(_ statements: String..., schema: String? = nil) throws {
        try run(statements, schema: schema)
    }

    static func run(_ statements: [String], schema: String? = nil) throws {
        let connection = try PostgresConnection(address(schema: schema), limits: .unhurried)
        for statement in statements { try connection.define(statement) }
    }
}

extension PostgresLimits {
    /// For tests that are not about waiting: hundreds run beside one another, and while a transaction's next step waits
    /// for its turn among them, its locks are held.
    static let patient: PostgresLimits = {
        var limits = PostgresLimits.unhurried
        limits.connections = PostgresLimits().connections
        limits.waitSeconds = 300
        limits.lockSeconds = 300
        return limits
    }()
}
