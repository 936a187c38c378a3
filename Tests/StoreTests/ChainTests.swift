// SPDX-License-Identifier: Apache-2.0
import Clinical
import Foundation
import Testing

@testable import Store

@Suite("The chain of a chart", .onEveryBackend) struct ChainTests {
    @Test(
        "Whatever is done to a chart behind our back is named",
        arguments: [
            ("UPDATE entry SET content = replace(content, '3', '8') WHERE sequence = 3", .altered(3)),
            ("UPDATE entry SET at = '2026-11-22T12:00:09.000Z' WHERE sequence = 1", .altered(1)),
            ("UPDATE entry SET author = 'tom' WHERE sequence = 5", .altered(5)),
            ("UPDATE entry SET form = 'f' WHERE sequence = 2", .altered(2)),
            ("UPDATE entry SET episode = 'e2' WHERE sequence = 2", .missing(2)),
            ("DELETE FROM entry WHERE sequence = 1", .missing(1)),
            ("DELETE FROM entry WHERE sequence = 3", .missing(3)),
            ("DELETE FROM entry WHERE sequence >= 4", .missing(4)), ("DELETE FROM entry", .missing(1)),
            (
                "UPDATE entry SET sequence = CASE sequence WHEN 2 THEN 14 ELSE 12 END WHERE sequence IN (2, 4)",
                .missing(2)
            ),
            ("UPDATE standing SET sequence = 3", .unaccounted(4)), ("DELETE FROM standing", .unaccounted(1))
        ] as [(String, ChainFault)])
    func tampered(statement: String, fault: ChainFault) async throws {
        let clinic = try await TestClinic()
        try await clinic.charts.open("e2", for: "anna", now: time())
        try await clinic.fill(count: 5)
        #expect(try await clinic.charts.verify("e1") == nil)
        try clinic.tamper(statement)
        #expect(try await clinic.charts.verify("e1") == fault)
        #expect(try await clinic.charts.verifyAll()["e1"] == fault)
    }

    @Test("Two entries that changed places are named")
    func reordered() async throws {
        let clinic = try await TestClinic()
        try await clinic.fill(count: 5)
        try clinic.tamper(
            "UPDATE entry SET sequence = 99 WHERE sequence = 2",
            "UPDATE entry SET sequence = 2 WHERE sequence = 4",
            "UPDATE entry SET sequence = 4 WHERE sequence = 99")
        #expect(try await clinic.charts.verify("e1") == .reordered(2))
    }

    @Test("An entry rewritten together with its own hash is named by its successor")
    func rehashed() async throws {
        let clinic = try await TestClinic()
        try await clinic.fill(count: 5)
        let forged = try await clinic.database.read { connection in
            let entry = try #require(
                try connection.row("SELECT \(EntryRow.columns) FROM entry WHERE sequence = 3"))
            var columns = try EntryRow.link(entry).columns
            columns[4] = .text("tom")
            return Chain.hash(previous: try entry.text("previous_hash"), columns: columns)
        }
        try clinic.tamper("UPDATE entry SET author = 'tom', hash = '\(forged)' WHERE sequence = 3")
        #expect(try await clinic.charts.verify("e1") == .altered(3))
    }

    @Test("The hash of a row is fixed for ever, and text cannot move between columns")
    func encoding() {
        let columns: [Value] = [.text("ab"), .null, .integer(7)]
        #expect(
            Chain.hash(previous: Chain.start, columns: columns)
                == "4326b2bf8ed840d32550dcfcb9cfd7843b514bb7aff5e042a586d7ed60e713dc")
        let hashes = [
            columns, [.text("a"), .text("b"), .null, .integer(7)], [.text("ab"), .text(""), .integer(7)],
            [.text("ab"), .null, .text("7")]
        ].map { Chain.hash(previous: Chain.start, columns: $0) }
        #expect(Set(hashes).count == hashes.count)
    }
}
