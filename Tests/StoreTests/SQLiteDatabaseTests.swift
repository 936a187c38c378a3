// SPDX-License-Identifier: Apache-2.0
import Clinical
import Foundation
import GRDB
import Testing

@testable import Store

@Suite("The SQLite file") struct SQLiteDatabaseTests {
    @Test("The writer waits for the disk, and readers never wait for the writer")
    func settings() async throws {
        let clinic = try await TestClinic(.sqlite)
        let pragmas = try await clinic.database.write { connection in
            try [
                connection.row("PRAGMA synchronous")?.integer("synchronous"),
                connection.row("PRAGMA foreign_keys")?.integer("foreign_keys"),
                connection.row("PRAGMA trusted_schema")?.integer("trusted_schema"),
                connection.row("PRAGMA recursive_triggers")?.integer("recursive_triggers"),
                connection.row("PRAGMA busy_timeout")?.integer("timeout")
            ]
        }
        #expect(pragmas == [2, 1, 0, 1, 10_000])
        let mode = try await clinic.database.read { try $0.row("PRAGMA journal_mode")?.text("journal_mode") }
        #expect(mode == "wal")
    }

    @Test("What was committed survives a process that stops without closing")
    func survivesWithoutClosing() async throws {
        let clinic = try await TestClinic(.sqlite)
        try await clinic.fill(count: 5)
        // The file and its log as a dead process leaves them.
        let copy = try TestClinic.newFolder()
        defer { try? FileManager.default.removeItem(at: copy) }
        for name in ["clinic.sqlite", "clinic.sqlite-wal"] {
            try FileManager.default.copyItem(
                at: URL(fileURLWithPath: clinic.path).deletingLastPathComponent().appending(path: name),
                to: copy.appending(path: name))
        }
        let again = try await SQLiteDatabase(
            path: copy.appending(path: "clinic.sqlite").path, create: false, now: time())
        #expect(texts(try await Charts(again).entries(of: "e1")) == ["1", "2", "3", "4", "5"])
        #expect(try await Charts(again).verifyAll() == [:])
    }

    @Test("A missing file is refused and not made")
    func missing() async throws {
        let folder = try TestClinic.newFolder()
        defer { try? FileManager.default.removeItem(at: folder) }
        let path = folder.appending(path: "none.sqlite").path
        await #expect(throws: StoreError.missing(path: path)) {
            try await SQLiteDatabase(path: path, create: false, now: time())
        }
        #expect(!FileManager.default.fileExists(atPath: path))
        let nowhere = folder.appending(path: "no/folder/a.sqlite").path
        await #expect(throws: StoreError.self) {
            try await SQLiteDatabase(path: nowhere, create: true, now: time())
        }
    }

    @Test("A file of another kind is refused and left as it is", arguments: ["text", "damaged", "foreign"])
    func otherKind(kind: String) async throws {
        let clinic = try await TestClinic(.sqlite)
        try await clinic.fill(count: 40)
        try clinic.database.close()
        let path = clinic.path
        let expected: StoreError
        switch kind {
        case "text":
            try Data("This is a letter, and no database at all.".utf8).write(to: URL(fileURLWithPath: path))
            expected = .notADatabase(path: path)
        case "damaged":
            var bytes = try Data(contentsOf: URL(fileURLWithPath: path))
            for index in 4096..<bytes.count where index % 4096 < 600 { bytes[index] = 0xA5 }
            try bytes.write(to: URL(fileURLWithPath: path))
            expected = .corrupt(path: path)
        default:
            try FileManager.default.removeItem(atPath: path)
            let queue = try DatabaseQueue(path: path)
            try await queue.write { try $0.execute(sql: "CREATE TABLE song (title TEXT)") }
            try queue.close()
            expected = .foreign(path: path)
        }
        let before = try Data(contentsOf: URL(fileURLWithPath: path))
        await #expect(throws: expected) { try await SQLiteDatabase(path: path, create: true, now: time()) }
        #expect(try Data(contentsOf: URL(fileURLWithPath: path)) == before)
        #expect(expected.message.contains("left as it is"))
    }

    @Test("A file of a newer version is refused and left as it is")
    func newer() async throws {
        let clinic = try await TestClinic(.sqlite)
        try clinic.database.close()
        try clinic.tamper("INSERT INTO schema_migration VALUES (99, 'later', '2030-01-01T00:00:00.000Z')")
        let before = try Data(contentsOf: URL(fileURLWithPath: clinic.path))
        let error = StoreError.newerSchema(found: 99, known: Migration.known)
        await #expect(throws: error) {
            try await SQLiteDatabase(path: clinic.path, create: false, now: time())
        }
        #expect(error.message.contains("made by a newer Soleus"))
        #expect(try Data(contentsOf: URL(fileURLWithPath: clinic.path)) == before)
    }

    @Test("A row replaced is a row deleted, and the chart refuses it")
    func replaces() async throws {
        let clinic = try await TestClinic(.sqlite)
        try await clinic.fill(count: 2)
        await #expect(throws: StoreError.refused("entry is append-only")) {
            try await clinic.database.write {
                try $0.define(
                    """
                    INSERT OR REPLACE INTO entry SELECT id, episode, 3, at, author, author_part, pathway, kind,
                    content, NULL, previous_hash, hash FROM entry WHERE sequence = 1
                    """)
            }
        }
        #expect(try await clinic.charts.verify("e1") == nil)
    }
}
