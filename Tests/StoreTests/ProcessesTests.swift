// SPDX-License-Identifier: Apache-2.0
import Clinical
import Foundation
import Testing

@testable import Store

@Suite("Several processes on one database are one system", .onEveryBackend) struct ProcessesTests {
    /// Runs work on both processes at once, several times each.
    private func race<T: Sendable>(
        _ clinic: TestClinic, times: Int = 8,
        _ work: @escaping @Sendable (any Database, Int) async throws -> T
    ) async throws -> [T] {
        let other = try await clinic.anotherProcess()
        defer { try? other.close() }
        let databases: [any Database] = [clinic.database, other]
        return try await withThrowingTaskGroup(of: T.self) { group in
            for number in 0..<times { group.addTask { try await work(databases[number % 2], number) } }
            return try await group.reduce(into: []) { $0.append($1) }
        }
    }

    @Test("Their acts make one audit without gap or fork")
    func audit() async throws {
        let clinic = try await TestClinic()
        _ = try await race(clinic, times: 100) { database, number in
            try await Audit(database).record(
                Act(actor: "tom", role: .therapist, kind: .read, detail: "page \(number)"), at: time())
        }
        let trail = AuditTrail(clinic.database)
        #expect(Set(try await trail.recent(limit: 200).map(\.act.detail)).count == 100)
        #expect(try await trail.verify() == nil)
    }

    @Test("Who locks the same keys in another order waits, and is not waited for by the one it waits for")
    func keys() async throws {
        let clinic = try await TestClinic()
        _ = try await race(clinic, times: 60) { database, number in
            let keys = ["a", "b", "c"]
            try await database.write { connection in
                try connection.serialize(number.isMultiple(of: 2) ? keys : keys.reversed())
                let row = try connection.row("SELECT name FROM person WHERE id = 'anna'")
                let count = row.flatMap { try? Int($0.text("name")) } ?? 0
                try connection.execute("UPDATE person SET name = \(String(count + 1)) WHERE id = 'anna'")
            }
        }
        #expect(try await clinic.people.find("anna")?.name == "60")
    }

    @Test("Attempts at one account are counted together")
    func throttle() async throws {
        let clinic = try await TestClinic()
        let passed = try await race(clinic, times: 40) { database, number in
            try await Throttle(database).attempt(
                [.address("192.0.2.\(number)"), .account("tom")], now: time()) == .go
        }
        #expect(passed.count { $0 } == 10)
    }

    @Test("Two admins who shut each other out leave one")
    func lastAdmin() async throws {
        let clinic = try await TestClinic()
        for round in 0..<10 {
            let ids = (0..<2).map { Clinical.Person.ID("admin-\(round)-\($0)") }
            for id in ids {
                try await clinic.people.add(
                    Account(id: id, role: .admin, name: "Admin", language: "en"), now: time())
            }
            let done = try await race(clinic, times: 2) { database, number in
                try await People(database).disableKeepingAnAdmin(ids[number], now: time())
            }
            #expect(done.count { $0 } == 1)
            try clinic.tamper("UPDATE person SET disabled_at = created_at WHERE role = 'admin'")
        }
    }

    @Test("Of links that are made at once for one person, one works")
    func links() async throws {
        let clinic = try await TestClinic()
        let tokens = try await race(clinic) { database, _ in
            try await SignInLinks(database).make(for: "anna", validFor: 600, madeBy: "tom", now: time())
        }
        var redeemed = 0
        for token in tokens where try await SignInLinks(clinic.database).redeem(token, now: time(1)) != nil {
            redeemed += 1
        }
        #expect(redeemed == 1)
    }

    @Test("A session that one ends is over in the other")
    func sessions() async throws {
        let clinic = try await TestClinic()
        let other = try await clinic.anotherProcess()
        let token = try await Sessions(clinic.database).start("tom", policy: .staff, now: time())
        #expect(try await Sessions(other).session(token, now: time(1))?.person == "tom")
        try await Sessions(other).end(token)
        #expect(try await Sessions(clinic.database).session(token, now: time(2)) == nil)
        try other.close()
    }

    @Test("A chart that one has in memory is read on from where the other wrote")
    func charts() async throws {
        let clinic = try await TestClinic()
        let other = try await clinic.anotherProcess()
        let charts = [clinic.charts, Charts(other)]
        for number in 0..<6 {
            _ = try await charts[number % 2].append(
                [message("\(number)")], to: "e1", expecting: number, form: nil, standing: "{}", now: time())
            let place = try await People(charts[0].database).place(of: "anna")
            #expect(place?.sequence == number + 1)
            for each in charts { #expect(texts(try await each.entries(of: "e1")).count == number + 1) }
        }
        try other.close()
    }

    @Test("A form that reaches both writes once")
    func forms() async throws {
        let clinic = try await TestClinic()
        let kept = try await race(clinic) { database, number in
            let written = try await Charts(database).update("e1", form: "form-1", now: time()) { _ in
                Change(drafts: [message("a")], standing: "{}")
            }
            let request = try await Requests(database).add(
                EvaluationRequest(
                    id: EvaluationRequest.ID("r\(number)"), at: time(), name: "Visitor", phone: "1",
                    language: "en",
                    answers: "{}", disposition: "soon", rules: "[]", form: "form-1"))
            guard case .written = written else { return (request.id, false) }
            return (request.id, true)
        }
        #expect(kept.count { $0.1 } == 1)
        #expect(Set(kept.map(\.0)).count == 1)
        #expect(texts(try await clinic.charts.entries(of: "e1")) == ["a"])
    }

    @Test("A job is run by one of them, and again when its time is over")
    func jobs() async throws {
        let clinic = try await TestClinic()
        for (second, expected) in [(0.0, 1), (59, 0), (60, 1), (119.9, 0), (500, 1)] {
            let taken = try await race(clinic) { database, _ in
                try await JobLease(database).take("sweep", for: 60, now: time(second))
            }
            #expect(taken.count { $0 } == expected)
        }
    }
}
