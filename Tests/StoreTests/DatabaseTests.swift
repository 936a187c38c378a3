// SPDX-License-Identifier: Apache-2.0
import Clinical
import Foundation
import Testing

@testable import Store

@Suite("The database, whichever product keeps it", .onEveryBackend) struct DatabaseTests {
    @Test("An error names the rule and never the value")
    func errorsWithoutValues() async throws {
        let clinic = try await TestClinic()
        let again = Account(id: "anna", role: .patient, name: "Marker-Name", language: "en")
        await #expect(throws: StoreError.duplicate("person.id")) {
            try await clinic.people.add(again, now: time())
        }
        await #expect(throws: StoreError.refused("FOREIGN KEY constraint failed")) {
            try await clinic.charts.open("e9", for: "nobody", now: time())
        }
        do {
            _ = try await clinic.database.write {
                try $0.execute("INSERT INTO person (id, role) VALUES (\("x"), \("Marker-Role"))")
            }
            Issue.record("The schema let the row pass")
        } catch { #expect(!"\(error)".contains("Marker")) }
    }

    @Test("A body that throws leaves nothing behind")
    func rollsBack() async throws {
        let clinic = try await TestClinic()
        struct Stop: Error {}
        await #expect(throws: Stop.self) {
            _ = try await clinic.database.write { connection in
                try Charts.open("e2", for: "anna", now: time(), on: connection)
                throw Stop()
            }
        }
        let episodes = try await clinic.database.read { try $0.rows("SELECT id FROM episode").count }
        #expect(episodes == 1)
    }

    @Test("What was written is there after closing and opening, and the schema is applied once")
    func reopens() async throws {
        let clinic = try await TestClinic()
        try await clinic.fill(count: 3)
        try clinic.database.close()
        let again = try await clinic.anotherProcess()
        #expect(texts(try await Charts(again).entries(of: "e1")) == ["1", "2", "3"])
        #expect(try await Charts(again).verifyAll() == [:])
        let applied = try await again.read { try $0.rows("SELECT * FROM schema_migration").count }
        #expect(applied == Migration.all.count)
        await #expect(throws: StoreError.self) { _ = try await clinic.charts.head(of: "e1") }
        await #expect(throws: StoreError.self) {
            try await clinic.charts.open("e2", for: "anna", now: time())
        }
    }

    @Test("A reading cannot write")
    func readsOnly() async throws {
        let clinic = try await TestClinic()
        await #expect(throws: StoreError.readOnly) {
            _ = try await clinic.database.read { try $0.execute("DELETE FROM episode") }
        }
        await #expect(throws: StoreError.readOnly) {
            _ = try await clinic.database.snapshot { try $0.execute("DELETE FROM episode") }
        }
        #expect(try await clinic.people.patients().count == 1)
    }

    @Test("A snapshot stays at its moment while others write; a reading sees what was committed before it")
    func snapshots() async throws {
        let clinic = try await TestClinic()
        try await clinic.fill(count: 1)
        let (first, second) = try await clinic.database.snapshot { connection in
            let first = try connection.rows("SELECT id FROM entry").count
            try clinic.place.tamper(
                [
                    """
                    INSERT INTO entry SELECT 'n', episode, 2, at, author, author_part, pathway, kind, content,
                    NULL, previous_hash, hash FROM entry WHERE sequence = 1
                    """
                ])
            return (first, try connection.rows("SELECT id FROM entry").count)
        }
        #expect((first, second) == (1, 1))
        #expect(try await clinic.database.read { try $0.rows("SELECT id FROM entry").count } == 2)
    }

    @Test("Texts sort by their bytes, so that a list has one order wherever it is kept")
    func sorts() async throws {
        let clinic = try await TestClinic()
        let names = ["a b", "ab", "A", "a", "Z", "_", "é", "z", "Ä", "-a", "10", "9"]
        for name in names {
            try await clinic.database.write {
                try $0.execute(
                    """
                    INSERT INTO throttle (key, failures, consecutive, window_start)
                    VALUES (\(name), 0, 0, \(time()))
                    """)
            }
        }
        let sorted = try await clinic.database.read {
            try $0.rows("SELECT key FROM throttle ORDER BY key").map { try $0.text("key") }
        }
        #expect(sorted == names.sorted { Array($0.utf8).lexicographicallyPrecedes(Array($1.utf8)) })
    }

    @Test("Processes that start at the same time bring the schema up to date once")
    func startsTogether() async throws {
        // A file that is turned to WAL by two refuses one of them now and then only.
        for _ in 0..<(Backend.current == .sqlite ? 12 : 1) {
            let place = try TestPlace.make(.current)
            defer { place.remove() }
            let counts = try await withThrowingTaskGroup(of: Int.self) { group in
                for _ in 0..<6 {
                    group.addTask {
                        let database = try await place.open(create: true)
                        defer { try? database.close() }
                        return try await database.read {
                            try $0.rows("SELECT number FROM schema_migration").count
                        }
                    }
                }
                return try await group.reduce(into: []) { $0.append($1) }
            }
            #expect(counts == [Int](repeating: Migration.all.count, count: 6))
        }
    }

    @Test("A database of a newer version or of another program is refused and left as it is")
    func refused() async throws {
        let clinic = try await TestClinic()
        try clinic.tamper("INSERT INTO schema_migration VALUES (99, 'later', '2030-01-01T00:00:00.000Z')")
        await #expect(throws: StoreError.newerSchema(found: 99, known: Migration.known)) {
            _ = try await clinic.anotherProcess()
        }
        try clinic.tamper("DROP TABLE schema_migration")
        do {
            _ = try await clinic.anotherProcess()
            Issue.record("Another program's tables were taken for ours")
        } catch StoreError.foreign(let name) { #expect(!name.isEmpty) }
        await #expect(throws: StoreError.self) {
            _ = try await clinic.database.read { try $0.rows("SELECT number FROM schema_migration") }
        }
    }
}
