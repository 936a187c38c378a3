// SPDX-License-Identifier: Apache-2.0
import Clinical
import Foundation
import Testing

@testable import Store

/// From the running test's backend into each backend.
@Suite("Copying a clinic", .onEveryBackend) struct CopyTests {
    /// A clinic with a row in most tables, texts that are easily spoilt among them.
    private func filled() async throws -> OutboxClinic {
        let clinic = try await OutboxClinic()
        let store = clinic.clinic
        try await store.people.add(
            Account(
                id: "zoë", role: .admin, name: "Zoë “O'Brien” 😀\n\\N \\. \t|", email: "zoe@clinic.example",
                born: Day("1990-02-28"), language: "fr"), password: PasswordHash("$argon2id$x"), now: time())
        try await store.charts.open("e2", for: "zoë", now: time(7))
        try await store.fill(count: 12)
        try await store.fill("e2", count: 3)
        _ = try await Sessions(store.database).start("tom", policy: .staff, now: time())
        _ = try await SignInLinks(store.database).make(for: "anna", validFor: 60, madeBy: nil, now: time())
        _ = try await Throttle(store.database).attempt([.account("tom"), .address("::1")], now: time())
        for number in 0..<5 {
            try await Audit(store.database).record(
                Act(actor: "tom", role: .therapist, kind: .read, episode: number == 3 ? nil : "e1"),
                at: time())
        }
        _ = try await JobLease(store.database).take("sweep", for: 9, now: time())
        try await clinic.book("a1", in: 30)
        return clinic
    }

    private func content(_ database: any Store.Database) async throws -> [String: [[Value]]] {
        try await database.snapshot { connection in
            try ClinicTable.names.reduce(into: [:]) { content, name in
                let table = try ClinicTable.read(name, on: connection)
                var rows: [[Value]] = []
                try table.forEach(on: connection) { row in rows.append(try table.columns.map(row.value)) }
                content[name] = rows
            }
        }
    }

    @Test("There and back gives the same rows in every table, and whole chains")
    func thereAndBack() async throws {
        let clinic = try await filled()
        let before = try await content(clinic.database)
        for backend in Backend.available {
            let there = try TestPlace.make(backend)
            let back = try TestPlace.make(.current)
            defer {
                there.remove()
                back.remove()
            }
            let (other, again) = (try await there.open(create: true), try await back.open(create: true))
            let counts = try await ClinicCopy(from: clinic.database, to: other).run()
            #expect(counts.map(\.table) == ClinicTable.names)
            #expect(counts.allSatisfy { $0.rows == before[$0.table]?.count })
            _ = try await ClinicCopy(from: other, to: again).run()
            for database in [other, again] {
                #expect(try await content(database) == before)
                #expect(try await Charts(database).verifyAll() == [:])
                #expect(try await AuditTrail(database).verify() == nil)
                try database.close()
            }
        }
        #expect(before.values.count { !$0.isEmpty } >= 10)
    }

    @Test("Every table that the database has is copied, all but the list of the schema's own steps")
    func everyTable() async throws {
        let clinic = try await TestClinic()
        let made = try await clinic.database.read { connection in
            let names: SQL =
                Backend.current == .sqlite
                ? "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%'"
                : "SELECT tablename AS name FROM pg_tables WHERE schemaname = current_schema()"
            return try Set(connection.rows(names).map { try $0.text("name") })
        }
        #expect(made.subtracting(["schema_migration"]) == Set(ClinicTable.names))
        #expect(ClinicTable.names.count == Set(ClinicTable.names).count)
    }

    @Test("A copy is written on: the next entry and the next act follow on those that were copied")
    func goesOn() async throws {
        let clinic = try await filled()
        let place = try TestPlace.make(.current)
        defer { place.remove() }
        let copy = try await place.open(create: true)
        _ = try await ClinicCopy(from: clinic.database, to: copy).run()
        _ = try await Charts(copy).append(
            [message("13")], to: "e1", expecting: 12, form: nil, standing: "{}", now: time(99))
        try await Audit(copy).record(Act(actor: "tom", role: .therapist, kind: .read), at: time(99))
        #expect(try await Charts(copy).verifyAll() == [:])
        #expect(try await AuditTrail(copy).verify() == nil)
        try copy.close()
    }

    @Test("A target that holds anything is refused and left as it is")
    func refusesFull() async throws {
        let clinic = try await filled()
        for backend in Backend.available {
            let target = try await TestClinic(backend)
            let before = try await content(target.database)
            do {
                _ = try await ClinicCopy(from: clinic.database, to: target.database).run()
                Issue.record("Two clinics were mixed")
            } catch let error as StoreError { #expect(error.message.contains("holds rows already")) }
            #expect(try await content(target.database) == before)
        }
    }

    @Test(
        "A clinic whose chain is broken, and a copy that stops in the middle, leave the target empty",
        arguments: [
            "UPDATE entry SET author = 'x' WHERE sequence = 2",
            "UPDATE audit SET actor = 'x' WHERE sequence = 2"
        ])
    func nothingHalfCopied(statement: String) async throws {
        let clinic = try await filled()
        try clinic.clinic.tamper(statement)
        for backend in Backend.available {
            let place = try TestPlace.make(backend)
            defer { place.remove() }
            let target = try await place.open(create: true)
            do {
                _ = try await ClinicCopy(from: clinic.database, to: target).run()
                Issue.record("A broken chain was copied")
            } catch let error as StoreError { #expect(error.message.contains("altered(2)")) }
            #expect(try await content(target).values.allSatisfy(\.isEmpty))
            try await target.write { try $0.define(place.stop("INSERT", on: "throttle")) }
            await #expect(throws: StoreError.self) {
                _ = try await ClinicCopy(from: clinic.database, to: target).run()
            }
            #expect(try await content(target).values.allSatisfy(\.isEmpty))
            try target.close()
        }
    }
}
