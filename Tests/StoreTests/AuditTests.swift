// SPDX-License-Identifier: Apache-2.0
import Clinical
import Foundation
import GRDB
import Testing

@testable import Store

@Suite("The audit", .onEveryBackend) struct AuditTests {
    private func act(_ number: Int) -> Act {
        Act(actor: "tom", role: .therapist, kind: .read, episode: "e1", detail: "page \(number)")
    }

    private func session(_ hash: String = "s1", person: Clinical.Person.ID = "tom") -> Session {
        Session(hash: hash, person: person, role: .therapist, name: "Tom", language: "en", csrf: "c")
    }

    @Test("Acts of one moment are all kept, chained, in few commits")
    func groups() async throws {
        let clinic = try await TestClinic()
        let counted = CommitCounter(clinic.database)
        let audit = Audit(counted)
        try await withThrowingTaskGroup(of: Void.self) { group in
            for number in 0..<500 { group.addTask { try await audit.record(act(number), at: time()) } }
            try await group.waitForAll()
        }
        let trail = AuditTrail(clinic.database)
        let acts = try await trail.recent(limit: 1000)
        #expect(Set(acts.map(\.act.detail)).count == 500)
        #expect(acts.map(\.sequence) == (1...500).reversed())
        #expect(try await trail.verify() == nil)
        #expect(counted.commits < 250)
    }

    @Test("A row is there when its caller goes on")
    func committedFirst() async throws {
        let clinic = try await TestClinic()
        let audit = Audit(clinic.database)
        let trail = AuditTrail(clinic.database)
        for number in 1...20 {
            try await audit.record(act(number), at: time(Double(number)))
            let last = try #require(try await trail.recent(limit: 1).first)
            #expect(last.act == act(number))
            #expect(last.at == time(Double(number)))
        }
    }

    @Test("A row that cannot be written is an error for everybody who waits, and the next one works again")
    func failsClosed() async throws {
        let clinic = try await TestClinic()
        let audit = Audit(clinic.database)
        try await clinic.stop("INSERT", on: "audit")
        let failures = await withTaskGroup(of: Bool.self) { group in
            for number in 0..<20 {
                group.addTask {
                    do {
                        try await audit.recordRead(
                            of: "page \(number % 3)", episode: "e1", by: session(), at: time())
                        return false
                    } catch { return true }
                }
            }
            return await group.reduce(0) { $0 + ($1 ? 1 : 0) }
        }
        #expect(failures == 20)
        try await clinic.letGo("audit")
        try await audit.recordRead(of: "page 1", episode: "e1", by: session(), at: time())
        #expect(try await AuditTrail(clinic.database).recent(limit: 9).map(\.act.detail) == ["page 1"])
    }

    @Test(
        "A page read again within the clock minute is covered; another minute, page, chart or session is not")
    func coalesces() async throws {
        let clinic = try await TestClinic()
        let audit = Audit(clinic.database)
        let trail = AuditTrail(clinic.database)
        let reads: [(second: Double, page: String, episode: Episode.ID?, session: String, rows: Int)] = [
            (0, "today", "e1", "s1", 1), (1, "today", "e1", "s1", 1), (59.9, "today", "e1", "s1", 1),
            (59.9, "chart", "e1", "s1", 2), (59.9, "today", "e2", "s1", 3), (59.9, "today", "e1", "s2", 4),
            (59.9, "board", nil, "s1", 5), (60, "today", "e1", "s1", 6), (61, "today", "e1", "s1", 6)
        ]
        for read in reads {
            try await audit.recordRead(
                of: read.page, episode: read.episode, by: session(read.session), at: time(read.second))
            #expect(try await trail.recent(limit: 100).count == read.rows)
        }
        #expect(try await trail.recent(limit: 1, episode: "e2").first?.sequence == 3)
    }

    @Test("Reads at the same time share one row")
    func coalescesInParallel() async throws {
        let clinic = try await TestClinic()
        let audit = Audit(clinic.database)
        try await withThrowingTaskGroup(of: Void.self) { group in
            for _ in 0..<200 {
                group.addTask {
                    try await audit.recordRead(of: "today", episode: "e1", by: session(), at: time())
                }
            }
            try await group.waitForAll()
        }
        #expect(try await AuditTrail(clinic.database).recent(limit: 500).count == 1)
    }

    @Test("An act is written together with what it is about, or not at all")
    func inTransaction() async throws {
        let clinic = try await TestClinic()
        struct Stop: Error {}
        await #expect(throws: Stop.self) {
            try await clinic.database.write { connection in
                try AuditTrail.append([(act: act(1), at: time())], on: connection)
                throw Stop()
            }
        }
        #expect(try await AuditTrail(clinic.database).recent(limit: 9).isEmpty)
    }

    @Test(
        "Whatever is done to the audit behind our back is named",
        arguments: [
            ("UPDATE audit SET detail = 'x' WHERE sequence = 3", ChainFault.altered(3)),
            ("UPDATE audit SET actor = 'anna' WHERE sequence = 6", .altered(6)),
            ("DELETE FROM audit WHERE sequence = 1", .missing(1)),
            ("DELETE FROM audit WHERE sequence = 4", .missing(4))
        ])
    func tampered(statement: String, fault: ChainFault) async throws {
        let clinic = try await TestClinic()
        let audit = Audit(clinic.database)
        for number in 1...6 { try await audit.record(act(number), at: time()) }
        try clinic.tamper(statement)
        #expect(try await AuditTrail(clinic.database).verify() == fault)
    }

    @Test("A tail that was cut off shows against a hash that was kept elsewhere")
    func anchor() async throws {
        let clinic = try await TestClinic()
        let audit = Audit(clinic.database)
        let trail = AuditTrail(clinic.database)
        for number in 1...6 { try await audit.record(act(number), at: time()) }
        let anchor = try #require(try await trail.recent(limit: 1).first)
        #expect(try await trail.verify(through: anchor.sequence, hash: anchor.hash) == nil)
        try await audit.record(act(7), at: time())
        #expect(try await trail.verify(through: anchor.sequence, hash: anchor.hash) == nil)
        try clinic.tamper("DELETE FROM audit WHERE sequence >= 6")
        #expect(try await trail.verify() == nil)
        #expect(try await trail.verify(through: anchor.sequence, hash: anchor.hash) == .missing(6))
        try await audit.record(act(8), at: time())
        #expect(try await trail.verify(through: anchor.sequence, hash: anchor.hash) == .altered(6))
    }
}
