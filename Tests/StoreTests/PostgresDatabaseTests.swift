// SPDX-License-Identifier: Apache-2.0
import Clinical
import Foundation
import Testing

@testable import Store

@Suite(
    "The PostgreSQL database", .enabled(if: Backend.postgresAddress != nil, Backend.withoutPostgres))
struct PostgresDatabaseTests {
    @Test("A session is what the store rests on, whatever the address asks for")
    func settings() async throws {
        let place = try TestPlace.make(.postgres)
        defer { place.remove() }
        let text = try #require(Backend.postgresAddress)
        let options = "-csearch_path%3D\(place.path)%20-csynchronous_commit%3Doff%20-ctimezone%3DAsia/Tokyo"
        let database = try await PostgresDatabase(PostgresAddress(text + "&options=" + options), now: time())
        let row = try await database.write { connection in
            try connection.row(
                """
                SELECT current_setting('synchronous_commit') AS commits, current_setting('TimeZone') AS zone,
                    current_setting('statement_timeout') AS statements, current_setting('lock_timeout') AS locks,
                    current_setting('transaction_isolation') AS isolation
                """)
        }
        let found = try #require(row)
        #expect(try found.text("commits") == "on")
        #expect(try found.text("zone") == "UTC")
        #expect(try found.text("statements") == "5s" && found.text("locks") == "4s")
        #expect(try found.text("isolation") == "read committed")
        try database.close()
    }

    @Test(
        "A database that would sort or keep texts otherwise is refused with the command that makes a right one",
        arguments: [
            "ENCODING 'LATIN1' LOCALE 'C'", "ENCODING 'UTF8' LOCALE_PROVIDER icu ICU_LOCALE 'en' LOCALE 'C'"
        ])
    func otherTexts(making: String) async throws {
        let name = "t" + IDSource.random.make()
        try TestPostgres.run("CREATE DATABASE \(name) TEMPLATE template0 \(making)")
        defer { try? TestPostgres.run("DROP DATABASE \(name)") }
        let text = try #require(Backend.postgresAddress).replacing("/soleus?", with: "/\(name)?")
        do {
            _ = try await PostgresDatabase(PostgresAddress(text), now: time())
            Issue.record("The database was taken")
        } catch let error as StoreError {
            #expect(error.message.contains("TEMPLATE template0 ENCODING 'UTF8' LOCALE 'C'"))
        }
    }

    private func backends(_ clinic: TestClinic) async throws -> Int {
        let other = try await clinic.anotherProcess()
        defer { try? other.close() }
        return try await other.read { connection in
            try connection.row(
                """
                SELECT count(*) AS number FROM pg_stat_activity
                WHERE application_name = \(clinic.path) AND pid <> pg_backend_pid()
                """)?.integer("number") ?? 0
        }
    }

    /// A pool whose connections can be told from others' by their application name.
    private func named(_ clinic: TestClinic, limits: PostgresLimits) async throws -> PostgresDatabase {
        let text = try #require(Backend.postgresAddress)
        return try await PostgresDatabase(
            PostgresAddress(text + "&options=-csearch_path%3D\(clinic.path)&application_name=\(clinic.path)"),
            limits: limits, now: time())
    }

    @Test(
        "There are never more connections than allowed; who waits too long or in too long a line is refused")
    func bounded() async throws {
        let clinic = try await TestClinic(.postgres)
        var limits = PostgresLimits()
        // On a busy machine nobody of those who may wait has waited too long.
        (limits.connections, limits.waiting, limits.waitSeconds) = (3, 5, 300)
        limits.idleInTransactionSeconds = 600
        let database = try await named(clinic, limits: limits)
        // Nobody goes on before as many are refused as must be; the limit only ends a test that fails.
        let door = DispatchSemaphore(value: 0)
        let answers = await withTaskGroup(of: StoreError?.self) { group in
            for _ in 0..<20 {
                group.addTask {
                    do {
                        _ = try await database.read { connection in
                            _ = door.wait(timeout: .now() + 300)
                            door.signal()
                            return try connection.rows("SELECT 1 AS one")
                        }
                        return nil
                    } catch { return error as? StoreError }
                }
            }
            var answers: [StoreError?] = []
            for await answer in group {
                answers.append(answer)
                if answers.count == 12 { door.signal() }
            }
            return answers
        }
        #expect(try await backends(clinic) == 3)
        #expect(answers.count { $0 == nil } == 8)
        #expect(answers.count { $0 == .busy } == 12)
        limits.waitSeconds = 0.1
        limits.connections = 1
        let narrow = try await named(clinic, limits: limits)
        let end = DispatchSemaphore(value: 0)
        let (begun, beginning) = AsyncStream.makeStream(of: Void.self)
        async let slow = narrow.read { connection in
            beginning.yield()
            _ = end.wait(timeout: .now() + 30)
            return try connection.rows("SELECT 1 AS one").count
        }
        for await _ in begun { break }
        await #expect(throws: StoreError.busy) {
            _ = try await narrow.read { try $0.rows("SELECT 1 AS one") }
        }
        end.signal()
        #expect(try await slow == 1)
        #expect(try await narrow.read { try $0.rows("SELECT 1 AS one").count } == 1)
    }

    @Test("Connections that the server ended are replaced before anybody notices")
    func replaces() async throws {
        let clinic = try await TestClinic(.postgres)
        let database = try await named(clinic, limits: PostgresLimits())
        for round in 1...3 {
            try TestPostgres.run(
                "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name = '\(clinic.path)'"
            )
            try await Task.sleep(for: .milliseconds(50))
            try await Charts(database).open(Episode.ID("again \(round)"), for: "anna", now: time())
        }
        #expect(try await clinic.database.read { try $0.rows("SELECT id FROM episode").count } == 4)
    }

    @Test("A connection that ends in the middle leaves nothing written, and the next one works")
    func endsInTheMiddle() async throws {
        let clinic = try await TestClinic(.postgres)
        do {
            try await clinic.database.write { connection in
                try Charts.open("e2", for: "anna", now: time(), on: connection)
                _ = try connection.rows("SELECT pg_terminate_backend(pg_backend_pid())::text")
                try Charts.open("e3", for: "anna", now: time(), on: connection)
            }
            Issue.record("A transaction without its connection was committed")
        } catch StoreError.unreachable(_, let reason) { #expect(!reason.isEmpty) }
        #expect(try await clinic.database.read { try $0.rows("SELECT id FROM episode").count } == 1)
    }

    @Test("A statement that takes too long and a lock that nobody lets go end as too busy")
    func timeouts() async throws {
        let clinic = try await TestClinic(.postgres)
        var limits = PostgresLimits()
        (limits.statementSeconds, limits.lockSeconds) = (1, 1)
        let database = try await clinic.place.open(limits: limits)
        await #expect(throws: StoreError.busy) {
            _ = try await database.read { try $0.rows("SELECT pg_sleep(30)::text") }
        }
        try await clinic.database.write { connection in
            try connection.serialize("k")
            let holder = PostgresHolder(place: clinic.place)
            #expect(holder.failure(waitingFor: "k") == "55P03")
        }
        try database.close()
    }

    @Test("A server that stands still counts as gone after a while, and its connection is replaced")
    func standsStill() async throws {
        let clinic = try await TestClinic(.postgres)
        var limits = PostgresLimits()
        (limits.connections, limits.statementSeconds, limits.graceSeconds) = (1, 1, 1)
        let database = try await clinic.place.open(limits: limits)
        let pid = try await database.read { try $0.row("SELECT pg_backend_pid() AS pid")?.integer("pid") }
        let process = try #require(pid.flatMap { pid_t(exactly: $0) })
        #expect(kill(process, SIGSTOP) == 0)
        defer { kill(process, SIGCONT) }
        await #expect(throws: StoreError.self) {
            _ = try await database.read { try $0.rows("SELECT 1 AS one") }
        }
        #expect(try await database.read { try $0.rows("SELECT 1 AS one").count } == 1)
        try database.close()
    }

    @Test("A text that looks like a statement is a text")
    func binds() async throws {
        let clinic = try await TestClinic(.postgres)
        let name = "'; DROP TABLE person; --"
        try await clinic.people.rename("anna", to: name)
        #expect(try await clinic.people.find("anna")?.name == name)
    }

    @Test("Nobody empties an append-only table at one stroke", arguments: ["entry", "audit"])
    func truncates(table: String) async throws {
        let clinic = try await TestClinic(.postgres)
        await #expect(throws: StoreError.refused("\(table) is append-only")) {
            try await clinic.database.write { try $0.define("TRUNCATE \(table)") }
        }
    }
}

/// A second connection that wants a lock which the test holds.
struct PostgresHolder {
    let place: TestPlace

    func failure(waitingFor key: String) -> String? {
        var limits = PostgresLimits.unhurried
        limits.lockSeconds = 1
        do {
            let connection = try PostgresConnection(TestPostgres.address(schema: place.path), limits: limits)
            try connection.setUp(limits, database: "")
            try connection.serialize(key)
            return nil
        } catch { return (error as? PostgresFailure)?.state }
    }
}
