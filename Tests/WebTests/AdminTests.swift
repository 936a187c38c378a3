// SPDX-License-Identifier: Apache-2.0
import Clinical
import Foundation
import HTTPTypes
import Store
import Testing

@testable import Web

@Suite("The administrator") struct AdminTests {
    static let newcomer: KeyValuePairs = [
        "name": "Noor Byte", "email": "Noor@clinic.example", "role": "therapist"
    ]

    @Test("Somebody is added once, and comes in by the link") func add() async throws {
        let site = try await TestSite()
        let admin = try await site.browser(.admin)
        let form = try #require(try await admin.get("/staff/new").hidden("form"))
        let page = try await admin.post("/staff/new", Self.newcomer, adding: ("form", form))
        let token = try #require(page.text(between: "http://localhost/enter/", and: "<"))
        #expect(
            try await admin.post("/staff/new", Self.newcomer, adding: ("form", form)).location == "/staff")
        #expect(try await site.browser(nil).post("/enter/\(token)").location == "/account")
        #expect(try await site.site.people.staff().count == 4)
    }

    @Test(
        "What cannot be right is asked again",
        arguments: [
            ("", "a@b.example", "desk"), ("Noor", "noor", "desk"), ("Noor", "a@b.example", ""),
            ("Noor", "a@b.example", "patient"), ("Noor", "TESS@clinic.example", "desk")
        ])
    func problems(name: String, email: String, role: String) async throws {
        let site = try await TestSite()
        let admin = try await site.browser(.admin)
        let form = try #require(try await admin.get("/staff/new").hidden("form"))
        let answer = try await admin.post(
            "/staff/new", ["name": name, "email": email, "role": role], adding: ("form", form))
        #expect(answer.status == 422)
        #expect(answer.body.contains("value=\"\(email)\"") && answer.body.contains("role=\"alert\""))
        #expect(try await site.site.people.staff().count == 3)
    }

    @Test("Shutting somebody out ends their session at once; letting them in lets them in") func disable()
        async throws
    {
        let site = try await TestSite()
        let (admin, therapist) = (try await site.browser(.admin), try await site.browser(.therapist))
        #expect(try await admin.post("/staff/person-tess/disable").status == 303)
        #expect(try await therapist.get("/account").status == 303)
        #expect(try await admin.post("/staff/person-tess/link").status == 422)
        #expect(try await admin.post("/staff/person-tess/enable").status == 303)
        #expect(try await admin.post("/staff/person-tess/link").status == 200)
    }

    @Test("The last administrator cannot be shut out, even by two at once") func lastAdmin() async throws {
        let site = try await TestSite()
        let admin = try await site.browser(.admin)
        let refused = try await admin.post("/staff/person-ada/disable")
        #expect(refused.status == 422)
        #expect(refused.body.contains("last administrator"))
        try await site.site.people.add(
            Account(id: "person-max", role: .admin, name: "Max", email: "max@clinic.example", language: "en"),
            now: site.now)
        let other = try await site.browser(of: "person-max", policy: .staff)
        async let first = admin.post("/staff/person-max/disable")
        async let second = other.post("/staff/person-ada/disable")
        _ = try await (first, second)
        let enabled = try await site.site.people.list(role: .admin).filter { $0.disabledAt == nil }
        #expect(enabled.count == 1)
    }

    @Test("A new link takes the old password's place, except one's own") func newLink() async throws {
        let site = try await TestSite()
        let admin = try await site.browser(.admin)
        let therapist = try await site.browser(.therapist)
        try await site.site.people.setPassword(PasswordHash("$argon2id$"), of: "person-tess")
        #expect(try await admin.post("/staff/person-tess/link").status == 200)
        #expect(try await site.site.people.staffMember("person-tess")?.hasPassword == false)
        #expect(try await therapist.get("/account").status == 303)
        #expect(try await admin.post("/staff/person-ada/link").status == 422)
        #expect(try await admin.get("/account").status == 200)
    }

    @Test("A waiting account is unlocked") func unlock() async throws {
        let site = try await TestSite()
        let admin = try await site.browser(.admin)
        let key = Throttle.Key.account("tess@clinic.example")
        for _ in 1...10 { _ = try await site.site.throttle.attempt([key], now: site.now) }
        #expect(try await admin.get("/staff").body.contains("/staff/person-tess/unlock"))
        #expect(try await admin.post("/staff/person-tess/unlock").status == 303)
        #expect(try await site.site.throttle.answer(key, now: site.now) == .go)
        #expect(try await !admin.get("/staff").body.contains("/unlock"))
    }

    @Test("A patient is not staff", arguments: ["link", "disable", "enable", "unlock"])
    func patients(act: String) async throws {
        let admin = try await TestSite().browser(.admin)
        #expect(try await admin.post("/staff/person-rosa/\(act)").status == 404)
    }

    @Test("The record says who read whose chart, by page and by person") func audit() async throws {
        let site = try await TestSite()
        _ = try await site.browser(.desk).get("/people/person-rosa")
        _ = try await site.browser(.therapist).get("/people")
        let admin = try await site.browser(.admin)
        let page = try await admin.get("/audit")
        for text in ["Dora Lamp", "Tess Stone", "Rosa Quill", "Front desk"] {
            #expect(page.body.contains(text))
        }
        let one = try await admin.get("/audit?person=person-tess")
        #expect(one.body.contains("Tess Stone") && !one.body.contains("Dora Lamp"))
        let rosa = try await admin.get("/audit?person=person-rosa")
        #expect(rosa.body.contains("Dora Lamp") && !rosa.body.contains(">Tess Stone<"))
        #expect(try await admin.get("/audit?person=nobody").status == 404)
    }

    @Test("Pages of the record follow each other without a gap") func paging() async throws {
        let site = try await TestSite()
        for number in 1...130 {
            try await site.site.audit.record(
                Act(actor: "command-line", part: .system, kind: .exported, detail: "act-\(number)-"),
                at: site.now)
        }
        let admin = try await site.browser(.admin)
        let first = try await admin.get("/audit")
        #expect(first.body.contains("act-130-") && !first.body.contains("act-20-"))
        let older = try #require(first.text(between: "href=\"/audit?before=", and: "\""))
        let second = try await admin.get("/audit?before=\(older)")
        #expect(second.body.contains("act-1-"))
        for number in 1...130 {
            let name = "act-\(number)-"
            #expect(first.body.contains(name) != second.body.contains(name), "\(name)")
        }
        for bad in ["x", "-1", "99999999999999999999", "0"] {
            #expect(try await admin.get("/audit?before=\(bad)").status == 200)
        }
    }

    @Test("The chain is walked on request, and a change is told") func verify() async throws {
        let site = try await TestSite()
        let admin = try await site.browser(.admin)
        _ = try await site.browser(.desk).get("/people/person-rosa")
        #expect(try await admin.get("/audit?verify=1").body.contains("class=\"success\""))
        try await site.tamper(
            "DROP TRIGGER audit_no_update", "UPDATE audit SET actor = 'person-tess' WHERE sequence = 1")
        let page = try await admin.get("/audit?verify=1")
        #expect(page.body.contains("class=\"flag\"") && page.body.contains("Row 1 "))
    }
}
