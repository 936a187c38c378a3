// SPDX-License-Identifier: Apache-2.0
import Foundation
import GRDB

/// A file that may be ours, looked at before anything writes to it.
struct SQLiteFile {
    let path: String

    /// - Throws: Why the file must not be opened, or not be made.
    func inspect(create: Bool) throws {
        let folder = URL(fileURLWithPath: path).deletingLastPathComponent().path
        guard FileManager.default.fileExists(atPath: path) else {
            guard create else { throw StoreError.missing(path: path) }
            guard FileManager.default.isWritableFile(atPath: folder) else {
                throw StoreError.unwritable(path: folder)
            }
            return
        }
        // The folder too: the write-ahead log lies beside the file.
        for place in [folder, path] where !FileManager.default.isWritableFile(atPath: place) {
            throw StoreError.unwritable(path: place)
        }
        guard try !isEmpty else { return }
        guard try startsAsSQLite else { throw StoreError.notADatabase(path: path) }
        try StoreError.translating(path) { try inspectContent() }
    }

    private var isEmpty: Bool { get throws { try header.isEmpty } }

    private var startsAsSQLite: Bool {
        get throws { try header == Data("SQLite format 3\0".utf8) }
    }

    private var header: Data {
        get throws {
            guard let file = FileHandle(forReadingAtPath: path) else {
                throw StoreError.unwritable(path: path)
            }
            defer { try? file.close() }
            return try file.read(upToCount: 16) ?? Data()
        }
    }

    private func inspectContent() throws {
        var configuration = Configuration()
        configuration.readonly = true
        configuration.busyMode = .timeout(10)
        let queue = try DatabaseQueue(path: path, configuration: configuration)
        defer { try? queue.close() }
        try queue.read { database in
            guard try String.fetchOne(database, sql: "PRAGMA quick_check(1)") == "ok" else {
                throw StoreError.corrupt(path: path)
            }
            let tables = try String.fetchAll(
                database, sql: "SELECT name FROM sqlite_master WHERE type = 'table'")
            guard tables.isEmpty || tables.contains("schema_migration") else {
                throw StoreError.foreign(path: path)
            }
            guard !tables.isEmpty else { return }
            let found = try Int.fetchOne(database, sql: "SELECT MAX(number) FROM schema_migration") ?? 0
            guard found <= Migration.known else {
                throw StoreError.newerSchema(found: found, known: Migration.known)
            }
        }
    }
}
