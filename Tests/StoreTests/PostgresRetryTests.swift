// SPDX-License-Identifier: Apache-2.0
import Foundation
import Synchronization
import Testing

@testable import Store

/// Refusals that the real server raises, by triggers of the test's own; a sequence counts the attempts, because a
/// rollback does not take its numbers back.
@Suite(
    "A transaction that PostgreSQL refuses for another one's sake",
    .enabled(if: Backend.postgresAddress != nil, Backend.withoutPostgres))
struct PostgresRetryTests {
    enum Place: String, CaseIterable { case firstStatement, lastStatement, commit }

    private func clinic(refusing attempts: Int, with state: String, at place: Place) async throws
        -> TestClinic
    {
        let clinic = try await TestClinic(.postgres)
        let table = place == .firstStatement ? "session" : "throttle"
        let trigger =
            place == .commit
            ? "CREATE CONSTRAINT TRIGGER refusal AFTER INSERT ON \(table) DEFERRABLE INITIALLY DEFERRED"
            : "CREATE TRIGGER refusal BEFORE INSERT ON \(table)"
        try clinic.tamper(
            "CREATE SEQUENCE attempt",
            """
            CREATE FUNCTION refuse_some() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
                IF nextval('attempt') <= \(attempts) THEN RAISE EXCEPTION 'again' USING ERRCODE = '\(state)'; END IF;
                RETURN NEW;
            END $$
            """,
            "\(trigger) FOR EACH ROW EXECUTE FUNCTION refuse_some()")
        return clinic
    }

    /// Two statements in one transaction; the second keeps the number of the attempt, which is returned.
    private func write(_ clinic: TestClinic, runs: borrowing Mutex<Int>) async throws -> Int {
        try await clinic.database.write { connection in
            let run = runs.withLock { runs in
                runs += 1
                return runs
            }
            let hash = Token("token \(run)").hash
            try connection.execute(
                """
                INSERT INTO session (hash, person, created_at, seen_at, idle_seconds, expires_at, csrf)
                VALUES (\(hash), 'tom', \(time()), \(time()), 60, \(time()), 'c')
                """)
            try connection.execute(
                "INSERT INTO throttle (key, failures, consecutive, window_start) VALUES ('k', \(run), 0, \(time()))"
            )
            return run
        }
    }

    private func kept(_ clinic: TestClinic) async throws -> (attempts: [Int], sessions: Int) {
        try await clinic.database.read { connection in
            (
                try connection.rows("SELECT failures FROM throttle").map { try $0.integer("failures") },
                try connection.rows("SELECT hash FROM session").count
            )
        }
    }

    @Test(
        "It is run again from its start, and what is returned is of the attempt that committed",
        arguments: Place.allCases, [("40001", 0), ("40001", 1), ("40001", 5), ("40P01", 2)])
    func runsAgain(at place: Place, refusal: (state: String, attempts: Int)) async throws {
        let clinic = try await clinic(refusing: refusal.attempts, with: refusal.state, at: place)
        let runs = Mutex(0)
        let returned = try await write(clinic, runs: runs)
        #expect(returned == refusal.attempts + 1)
        #expect(runs.withLock { $0 } == refusal.attempts + 1)
        let kept = try await kept(clinic)
        #expect(kept.attempts == [returned] && kept.sessions == 1)
    }

    @Test("After five times it is refused as too busy, and nothing is left", arguments: Place.allCases)
    func givesUp(at place: Place) async throws {
        let clinic = try await clinic(refusing: 100, with: "40001", at: place)
        let runs = Mutex(0)
        await #expect(throws: StoreError.busy) { _ = try await write(clinic, runs: runs) }
        #expect(runs.withLock { $0 } == 6)
        let kept = try await kept(clinic)
        #expect(kept.attempts.isEmpty && kept.sessions == 0)
    }

    @Test("A body that goes on past the refusal is run again too, and never reported as written")
    func swallowed() async throws {
        let clinic = try await clinic(refusing: 1, with: "40001", at: .firstStatement)
        let runs = Mutex(0)
        let returned = try await clinic.database.write { connection in
            let run = runs.withLock { runs in
                runs += 1
                return runs
            }
            _ = try? connection.execute(
                """
                INSERT INTO session (hash, person, created_at, seen_at, idle_seconds, expires_at, csrf)
                VALUES (\(Token("x").hash), 'tom', \(time()), \(time()), 60, \(time()), 'c')
                """)
            return run
        }
        #expect(returned == 2)
        #expect(try await kept(clinic).sessions == 1)
    }

    @Test(
        "Another refusal is not tried again, and is named by its kind",
        arguments: [
            ("23505", StoreError.duplicate("throttle")), ("23P01", .overlap("throttle")),
            ("P0001", .refused("again")),
            ("23514", .refused("throttle")), ("55P03", .busy), ("57014", .busy), ("53100", .full),
            ("53300", .busy),
            ("25006", .readOnly)
        ], [Place.lastStatement, .commit])
    func kinds(refusal: (state: String, error: StoreError), at place: Place) async throws {
        let clinic = try await clinic(refusing: 1, with: refusal.state, at: place)
        let runs = Mutex(0)
        do {
            _ = try await write(clinic, runs: runs)
            Issue.record("The refusal was passed over")
        } catch let error as StoreError {
            switch (error, refusal.error) {
            // A refusal that no constraint stands behind has no name.
            case (.duplicate, .duplicate), (.overlap, .overlap): break
            case (.refused, .refused) where refusal.state != "P0001": break
            default: #expect(error == refusal.error)
            }
        }
        #expect(runs.withLock { $0 } == 1)
        #expect(try await kept(clinic).attempts.isEmpty)
        #expect(try await write(clinic, runs: runs) == 2)
    }

    @Test("A commit whose answer is lost is reported as uncertain and not tried again")
    func uncertain() async throws {
        let clinic = try await TestClinic(.postgres)
        try clinic.tamper(
            """
            CREATE FUNCTION cut() RETURNS trigger LANGUAGE plpgsql AS
            $$ BEGIN PERFORM pg_terminate_backend(pg_backend_pid()); PERFORM pg_sleep(1); RETURN NEW; END $$
            """,
            """
            CREATE CONSTRAINT TRIGGER cut AFTER INSERT ON throttle DEFERRABLE INITIALLY DEFERRED
            FOR EACH ROW EXECUTE FUNCTION cut()
            """)
        let runs = Mutex(0)
        await #expect(throws: StoreError.uncertain) { _ = try await write(clinic, runs: runs) }
        #expect(runs.withLock { $0 } == 1)
        #expect(try await kept(clinic).attempts.isEmpty)
    }
}
