// SPDX-License-Identifier: Apache-2.0
import Clinical
import Foundation
import Store
import Testing

@Suite("Sessions and links", .onEveryBackend) struct AccessTests {
    @Test("A token opens its session, and the file holds only its hash")
    func opens() async throws {
        let clinic = try await TestClinic()
        let sessions = Sessions(clinic.database)
        let token = try await sessions.start("tom", policy: .staff, now: time())
        let session = try #require(try await sessions.session(token, now: time(1)))
        #expect(session.person == "tom")
        #expect(session.role == .therapist)
        #expect(session.csrf.count == 43)
        #expect(token.text.count == 43)
        #expect(token.text.allSatisfy { $0.isLetter || $0.isNumber || "-_".contains($0) })
        let kept = try await clinic.database.read { try $0.row("SELECT hash FROM session")?.text("hash") }
        #expect(kept == token.hash && kept != token.text)
        #expect(try await sessions.session(Token("guess"), now: time(1)) == nil)
        #expect(try await sessions.session(Token(token.hash), now: time(1)) == nil)
    }

    @Test(
        "A session ends when it was idle for too long or is too old; each request keeps it from being idle",
        arguments: [
            (SessionPolicy.staff, [899], true), (.staff, [900], false), (.staff, [600, 600, 600], true),
            (.staff, [600, 901], false), (.staff, [Double](repeating: 800, count: 54), false),
            (.staff, [Double](repeating: 800, count: 53), true), (.sharedPhone, [1799], true),
            (.sharedPhone, [900, 899], true), (.sharedPhone, [900, 900], false),
            (.patient, [29 * 86_400], true), (.patient, [30 * 86_400], false),
            (.patient, [29 * 86_400, 86_400], false)
        ] as [(SessionPolicy, [Double], Bool)])
    func ends(policy: SessionPolicy, pauses: [Double], isOpen: Bool) async throws {
        let clinic = try await TestClinic()
        let sessions = Sessions(clinic.database)
        let token = try await sessions.start("tom", policy: policy, now: time())
        var now = 0.0
        var session: Session?
        for pause in pauses {
            now += pause
            session = try await sessions.session(token, now: time(now))
        }
        #expect((session != nil) == isOpen)
    }

    @Test("A session is touched once a minute at most")
    func touches() async throws {
        let clinic = try await TestClinic()
        let sessions = Sessions(clinic.database)
        let token = try await sessions.start("tom", policy: .staff, now: time())
        for (second, seen) in [(1, 0), (59, 0), (60, 60), (119, 60), (121, 121)] {
            _ = try await sessions.session(token, now: time(Double(second)))
            let found = try await clinic.database.read {
                try $0.row("SELECT seen_at FROM session")?.date("seen_at")
            }
            #expect(found == time(Double(seen)))
        }
    }

    @Test(
        "A session ends at once by signing out, disabling, a new password and ending all",
        arguments: ["out", "disable", "password", "all"])
    func ended(by act: String) async throws {
        let clinic = try await TestClinic()
        let sessions = Sessions(clinic.database)
        let token = try await sessions.start("tom", policy: .staff, now: time())
        let other = try await sessions.start("tom", policy: .staff, now: time())
        switch act {
        case "out": try await sessions.end(token)
        case "disable": try await clinic.people.disable("tom", now: time())
        case "password": try await clinic.people.setPassword(PasswordHash("x"), of: "tom")
        default: try await sessions.endAll("tom")
        }
        #expect(try await sessions.session(token, now: time(1)) == nil)
        #expect((try await sessions.session(other, now: time(1)) != nil) == (act == "out"))
        try await clinic.people.enable("tom")
        #expect(try await sessions.session(token, now: time(1)) == nil)
    }

    @Test("Somebody who was disabled past the store's own functions has no session either")
    func disabledElsewhere() async throws {
        let clinic = try await TestClinic()
        let sessions = Sessions(clinic.database)
        let token = try await sessions.start("tom", policy: .staff, now: time())
        try clinic.tamper("UPDATE person SET disabled_at = '2026-11-22T12:00:00.000Z' WHERE id = 'tom'")
        #expect(try await sessions.session(token, now: time(1)) == nil)
    }

    @Test("Sessions that are over are swept, others stay")
    func sweeps() async throws {
        let clinic = try await TestClinic()
        let sessions = Sessions(clinic.database)
        _ = try await sessions.start("tom", policy: .sharedPhone, now: time())
        let token = try await sessions.start("tom", policy: .patient, now: time())
        try await sessions.sweep(now: time(3600))
        let count = try await clinic.database.read { try $0.rows("SELECT hash FROM session").count }
        #expect(count == 1)
        #expect(try await sessions.session(token, now: time(3600)) != nil)
    }

    @Test("Of many who use a link at once, one gets in")
    func linkRace() async throws {
        let clinic = try await TestClinic()
        let other = try await clinic.anotherProcess()
        let links = [SignInLinks(clinic.database), SignInLinks(other)]
        let token = try await links[0].make(for: "anna", validFor: 600, madeBy: "tom", now: time())
        let winners = try await withThrowingTaskGroup(of: Account?.self) { group in
            for racer in 0..<16 { group.addTask { try await links[racer % 2].redeem(token, now: time(1)) } }
            return try await group.reduce(into: [Account]()) { if let account = $1 { $0.append(account) } }
        }
        #expect(winners.map(\.id) == ["anna"])
        #expect(try await links[0].redeem(token, now: time(2)) == nil)
    }

    @Test("A link ends by time, by a newer link and with the person")
    func linkEnds() async throws {
        let clinic = try await TestClinic()
        let links = SignInLinks(clinic.database)
        let late = try await links.make(for: "anna", validFor: 600, madeBy: "tom", now: time())
        #expect(try await links.redeem(late, now: time(600)) == nil)
        let old = try await links.make(for: "anna", validFor: 600, madeBy: nil, now: time())
        let new = try await links.make(for: "anna", validFor: 600, madeBy: nil, now: time())
        #expect(try await links.redeem(old, now: time(1)) == nil)
        #expect(try await links.redeem(new, now: time(599))?.id == "anna")
        let last = try await links.make(for: "anna", validFor: 600, madeBy: nil, now: time())
        try await clinic.people.disable("anna", now: time())
        #expect(try await links.redeem(last, now: time(1)) == nil)
        let disabled = try await links.make(for: "anna", validFor: 600, madeBy: nil, now: time())
        #expect(try await links.redeem(disabled, now: time(1)) == nil)
    }
}
