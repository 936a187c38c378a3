// SPDX-License-Identifier: Apache-2.0
import Clinical
import Foundation
import Store
import Testing

@Suite("SQL", .onEveryBackend) struct SQLTests {
    @Test("A value becomes a parameter, never text")
    func binds() throws {
        let name = "'; DROP TABLE person; --"
        let born: String? = nil
        let order: SQL = "ORDER BY \(3)"
        let sql: SQL = "SELECT \(name), \(born), \(true), \(time()) FROM t WHERE a = \(7) \(order)"
        let (text, values) = try sql.rendered { "$\($0)" }
        #expect(text == "SELECT $1, $2, $3, $4 FROM t WHERE a = $5 ORDER BY $6")
        #expect(
            values == [
                .text(name), .null, .integer(1), .text("2026-11-22T12:00:00.000Z"), .integer(7), .integer(3)
            ])
    }

    @Test(
        "A list finds what is in it; nothing is in an empty one", arguments: [[], ["anna"], ["tom", "anna"]])
    func lists(ids: [String]) async throws {
        let clinic = try await TestClinic()
        let found = try await clinic.database.read { connection in
            try connection.rows("SELECT id FROM person WHERE id IN (\(SQL.list(ids))) ORDER BY id")
                .map { try $0.text("id") }
        }
        #expect(found == ids.sorted())
    }

    @Test("What goes in comes out", arguments: ["", "O'Brien", "Zoë 😀", "100%", "cafe\u{301}"])
    func roundTrip(text: String) async throws {
        let clinic = try await TestClinic()
        let row = try await clinic.database.read {
            try $0.row("SELECT \(text) AS text, \(-5) AS number, \(nil as String?) AS absent")
        }
        let found = try #require(row)
        #expect(try found.text("text") == text)
        #expect(try found.integer("number") == -5)
        #expect(try found.textIfPresent("absent") == nil)
        #expect(throws: StoreError.unreadable("absent")) { try found.text("absent") }
        #expect(throws: StoreError.unreadable("missing")) { try found.text("missing") }
        #expect(throws: StoreError.unreadable("number")) { try found.text("number") }
    }

    @Test(
        "What one product would cut and another refuse is refused",
        arguments: [Value.text("a\u{0}b"), .integer(1 << 31)])
    func refuses(value: Value) async throws {
        let clinic = try await TestClinic()
        await #expect(throws: StoreError.refused("a value that cannot be kept")) {
            try await clinic.database.read { try $0.rows("SELECT \(value) AS value") }
        }
        let act = Act(actor: "anna", role: .patient, kind: .read, detail: "a\u{0}b")
        await #expect(throws: StoreError.self) { try await Audit(clinic.database).record(act, at: time()) }
        #expect(try await AuditTrail(clinic.database).verify() == nil)
    }
}
