// SPDX-License-Identifier: Apache-2.0
import Clinical
import Foundation
import Store
import Testing

@Suite("Charts", .onEveryBackend) struct ChartsTests {
    @Test("Entries come back as they were written, from the cache and without it")
    func roundTrip() async throws {
        let clinic = try await TestClinic()
        let drafts = [
            message("Hello"),
            Draft(
                id: "m", author: .engine, pathway: "calf-tear 1.0.0",
                event: .held(Held(reason: .sharpStab, note: "sharp, “sudden”")))
        ]
        let appended = try await clinic.charts.append(
            drafts, to: "e1", expecting: 0, form: "f", standing: "{}", now: time(0.12345))
        guard case .written(let entries) = appended else {
            Issue.record("not written")
            return
        }
        #expect(entries.map(\.sequence) == [1, 2])
        #expect(try await clinic.charts.entries(of: "e1") == entries)
        #expect(try await Charts(clinic.database).entries(of: "e1") == entries)
        #expect(try await clinic.charts.head(of: "e1") == 2)
        #expect(try await clinic.charts.entries(of: "none").isEmpty)
        #expect(try await clinic.charts.head(of: "none") == 0)
    }

    @Test("A second writer on the same sequence gets a conflict and writes nothing")
    func conflict() async throws {
        let clinic = try await TestClinic()
        try await clinic.fill(count: 2)
        await #expect(throws: StoreError.conflict(episode: "e1", expected: 1, found: 2)) {
            try await clinic.charts.append(
                [message("late")], to: "e1", expecting: 1, form: nil, standing: "{}", now: time())
        }
        #expect(texts(try await clinic.charts.entries(of: "e1")) == ["1", "2"])
        await #expect(throws: StoreError.notFound) {
            try await clinic.charts.append(
                [message("lost")], to: "none", expecting: 0, form: nil, standing: "{}", now: time())
        }
    }

    @Test("Of writers who race, exactly one wins each sequence", arguments: [2, 8])
    func race(writers: Int) async throws {
        let clinic = try await TestClinic()
        // A second process has a connection and a cache of its own.
        let other = try await clinic.anotherProcess()
        let charts = [clinic.charts, Charts(other)]
        let rounds = 20
        let won = try await withThrowingTaskGroup(of: Int.self) { group in
            for writer in 0..<writers {
                group.addTask {
                    var won = 0
                    for sequence in 0..<rounds {
                        do {
                            _ = try await charts[writer % 2].append(
                                [message("\(writer)")], to: "e1", expecting: sequence, form: nil,
                                standing: "{}", now: time())
                            won += 1
                        } catch StoreError.conflict {
                            while try await charts[writer % 2].head(of: "e1") <= sequence {
                                await Task.yield()
                            }
                        }
                    }
                    return won
                }
            }
            return try await group.reduce(0, +)
        }
        #expect(won == rounds)
        #expect(try await clinic.charts.entries(of: "e1").map(\.sequence) == Array(1...rounds))
        #expect(try await clinic.charts.verify("e1") == nil)
    }

    @Test("Updates that race all happen, one after the other, each on what it read")
    func updatesRace() async throws {
        let clinic = try await TestClinic()
        let charts = clinic.charts
        try await withThrowingTaskGroup(of: Void.self) { group in
            for _ in 0..<40 {
                group.addTask {
                    _ = try await charts.update("e1", form: nil, now: time()) { entries in
                        Change(drafts: [message("\(entries.count + 1)")], standing: "\(entries.count + 1)")
                    }
                }
            }
            try await group.waitForAll()
        }
        #expect(texts(try await charts.entries(of: "e1")) == (1...40).map(String.init))
        #expect(try await Standings(clinic.database).line(of: "e1")?.content == "40")
    }

    @Test("The same form twice is logged once, also at the same time")
    func formTwice() async throws {
        let clinic = try await TestClinic()
        let charts = clinic.charts
        let results = try await withThrowingTaskGroup(of: Appended.self) { group in
            for _ in 0..<8 {
                group.addTask {
                    try await charts.update("e1", form: "form-1", now: time()) { entries in
                        Change(drafts: [message("a"), message("b")], standing: "{}")
                    }
                }
            }
            return try await group.reduce(into: []) { $0.append($1) }
        }
        let entries = try await charts.entries(of: "e1")
        #expect(texts(entries) == ["a", "b"])
        #expect(results.count { $0 == .written(entries) } == 1)
        #expect(results.count { $0 == .alreadyWritten(entries[0]) } == 7)
    }

    @Test("All or nothing: a failure in the last of several entries leaves none, in the file and in memory")
    func allOrNothing() async throws {
        let clinic = try await TestClinic()
        try await clinic.fill(count: 1)
        await #expect(throws: StoreError.duplicate("entry.id")) {
            try await clinic.charts.append(
                [message("x", id: "twice"), message("y", id: "twice")], to: "e1", expecting: 1, form: "f",
                standing: "never", now: time())
        }
        #expect(texts(try await clinic.charts.entries(of: "e1")) == ["1"])
        #expect(try await Standings(clinic.database).line(of: "e1")?.content == "{}")
        #expect(try await clinic.charts.verify("e1") == nil)
        struct Stop: Error {}
        await #expect(throws: Stop.self) {
            try await clinic.database.write { connection in
                for text in ["p", "q"] {
                    _ = try clinic.charts.update("e1", form: nil, now: time(), on: connection) { _ in
                        Change(drafts: [message(text)], standing: nil)
                    }
                }
                throw Stop()
            }
        }
        #expect(texts(try await clinic.charts.entries(of: "e1")) == ["1"])
        try await clinic.fillOne("2", after: 1)
        #expect(texts(try await clinic.charts.entries(of: "e1")) == ["1", "2"])
    }

    @Test(
        "The schema itself refuses to change, to delete and to leave a gap",
        arguments: [
            ("UPDATE entry SET content = '{}'", "entry is append-only"),
            ("DELETE FROM entry", "entry is append-only"),
            ("DELETE FROM audit", "audit is append-only"),
            ("UPDATE audit SET detail = ''", "audit is append-only"),
            (
                """
                INSERT INTO entry SELECT 'n', episode, sequence + 2, at, author, author_part, pathway, kind, content,
                NULL, previous_hash, hash FROM entry WHERE sequence = 2
                """, "entry is not the next of its episode"
            ),
            (
                "INSERT INTO audit SELECT 7, at, actor, part, action, episode, detail, hash, hash FROM audit",
                "audit row is not the next"
            )
        ])
    func refuses(statement: String, rule: String) async throws {
        let clinic = try await TestClinic()
        try await clinic.fill(count: 2)
        try await Audit(clinic.database).record(Act(actor: "tom", role: .therapist, kind: .read), at: time())
        await #expect(throws: StoreError.refused(rule)) {
            try await clinic.database.write { try $0.define(statement) }
        }
        #expect(try await clinic.charts.verify("e1") == nil)
    }

    @Test("A chart is decoded once; another process's entries are seen at once; memory is bounded")
    func caches() async throws {
        let clinic = try await TestClinic()
        let other = Charts(clinic.database)
        let small = Charts(clinic.database, cachedEntries: 1)
        try await clinic.fill(count: 3)
        #expect(texts(try await other.entries(of: "e1")) == ["1", "2", "3"])
        try await clinic.fillOne("4", after: 3)
        for charts in [other, small, small, clinic.charts] {
            #expect(texts(try await charts.entries(of: "e1")) == ["1", "2", "3", "4"])
        }
    }

    @Test("A chart that was restored to another state is read as it now is")
    func cacheAfterRestore() async throws {
        let clinic = try await TestClinic()
        try await clinic.fill(count: 3)
        #expect(try await clinic.charts.entries(of: "e1").count == 3)
        try clinic.tamper("DELETE FROM entry WHERE sequence > 1", "UPDATE standing SET sequence = 1")
        #expect(texts(try await clinic.charts.entries(of: "e1")) == ["1"])
        try await clinic.fillOne("other", after: 1)
        #expect(texts(try await clinic.charts.entries(of: "e1")) == ["1", "other"])
    }

    @Test("A kind from a newer version is an error, not a hole in the chart")
    func unknownKind() async throws {
        let clinic = try await TestClinic()
        try await clinic.fill(count: 1)
        try clinic.tamper("UPDATE entry SET kind = 'teleported'")
        await #expect(throws: StoreError.unreadable("entry.kind teleported")) {
            try await Charts(clinic.database).entries(of: "e1")
        }
    }

    @Test("The board shows every standing with its patient")
    func standings() async throws {
        let clinic = try await TestClinic()
        try await clinic.people.add(
            Account(id: "ada", role: .patient, name: "Ada Acker", language: "en"), now: time())
        try await clinic.charts.open("e2", for: "ada", now: time(5))
        _ = try await clinic.charts.update("e2", form: nil, now: time()) { _ in
            Change(drafts: [], standing: #"{"phase":"load"}"#)
        }
        try await clinic.fill(count: 2)
        let lines = try await Standings(clinic.database).all()
        #expect(lines.map(\.name) == ["Ada Acker", "Anna Berg"])
        #expect(lines.map(\.sequence) == [0, 2])
        #expect(lines[0].content == #"{"phase":"load"}"#)
        #expect(lines[0].openedAt == time(5))
        #expect(try await clinic.charts.verifyAll() == [:])
    }
}

extension TestClinic {
    func fillOne(_ text: String, after sequence: Int) async throws {
        _ = try await charts.append(
            [message(text)], to: "e1", expecting: sequence, form: nil, standing: "{}", now: time())
    }
}
