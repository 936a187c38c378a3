// SPDX-License-Identifier: Apache-2.0
import Clinical
import Foundation
import HTTPTypes
import Store
import Testing

@testable import Web

@Suite("The front desk") struct DeskTests {
    static let newcomer: KeyValuePairs = [
        "name": "Iris  Fenn", "phone": "555-0123", "born": "1991-05-06", "sex": "female", "language": "en"
    ]

    @Test("The list shows names, phones and birthdays; only therapists get to the chart") func list()
        async throws
    {
        let site = try await TestSite()
        let desk = try await site.browser(.desk).get("/people")
        #expect(
            desk.body.contains("Rosa Quill") && desk.body.contains("555-0100") && desk.body.contains("1980"))
        #expect(!desk.body.contains("/charts/"))
        let therapist = try await site.browser(.therapist).get("/people")
        #expect(therapist.body.contains("/charts/rosa"))
    }

    @Test(
        "A search finds by the start of any part of the name",
        arguments: [("qu", true), ("ROSA", true), ("uill", false), ("%", false), ("rosa  quill", true)])
    func search(name: String, isFound: Bool) async throws {
        let desk = try await TestSite().browser(.desk)
        let query = try #require(name.addingPercentEncoding(withAllowedCharacters: .alphanumerics))
        let page = try await desk.get("/people?name=\(query)")
        #expect(page.status == 200)
        #expect(page.body.contains("Rosa Quill") == isFound)
    }

    @Test("Adding a patient opens a chart, once for one form") func add() async throws {
        let site = try await TestSite()
        let desk = try await site.browser(.desk)
        let answer = try await send("/people/new", Self.newcomer, desk)
        let again = try await send("/people/new", Self.newcomer, desk, form: answer.form)
        #expect(answer.page.status == 303)
        #expect(again.page.location == answer.page.location)
        let found = try await site.site.people.patients(named: "Iris Fenn", limit: 5)
        #expect(found.map(\.account.name) == ["Iris Fenn"])
        #expect(found.first?.account.born == Day("1991-05-06"))
        let episode = try #require(found.first?.episode)
        #expect(try await site.site.standings.line(of: episode)?.sequence == 0, "the board knows it")
        #expect(try await desk.get(#require(answer.page.location)).body.contains("Iris Fenn"))
    }

    @Test("Somebody of the same name and birth day is added only when that is said") func namesake()
        async throws
    {
        let site = try await TestSite()
        let desk = try await site.browser(.desk)
        let fields: KeyValuePairs = ["name": "rósa quill", "phone": "555-0199", "born": "1980-02-03"]
        let asked = try await send("/people/new", fields, desk)
        #expect(asked.page.status == 422)
        #expect(asked.page.body.contains("/people/person-rosa") && asked.page.body.contains("555-0199"))
        #expect(try await site.site.people.list(role: .patient).count == 1)
        let said = try await send(
            "/people/new",
            ["name": "rósa quill", "phone": "555-0199", "born": "1980-02-03", "another": "yes"], desk,
            form: asked.page.hidden("form"))
        #expect(said.page.status == 303)
        #expect(try await site.site.people.list(role: .patient).count == 2)
    }

    @Test(
        "What cannot be right is asked again, with everything still in its field",
        arguments: [
            ("", "555-0123", "1991-05-06"), ("Iris", "none", "1991-05-06"),
            ("Iris", "555-0123", "1991-02-30"),
            ("Iris", "555-0123", "2026-11-23"), ("Iris", "555-0123", "0001-01-01"), ("Iris", "555-0123", "")
        ])
    func problems(name: String, phone: String, born: String) async throws {
        let site = try await TestSite()
        let desk = try await site.browser(.desk)
        let answer = try await send("/people/new", ["name": name, "phone": phone, "born": born], desk)
        #expect(answer.page.status == 422)
        #expect(answer.page.body.contains("aria-invalid") && answer.page.body.contains("value=\"\(phone)\""))
        #expect(answer.page.hidden("form") == answer.form)
        #expect(try await site.site.people.list(role: .patient).count == 1)
    }

    @Test("What a person types stays text") func escaping() async throws {
        let site = try await TestSite()
        let desk = try await site.browser(.desk)
        let answer = try await send(
            "/people/new", ["name": "<b onx=1>\"'{{shell.csrf}}", "phone": "55501", "born": "1991-05-06"],
            desk)
        let page = try await desk.get(#require(answer.page.location))
        #expect(!page.body.contains("<b onx"))
        #expect(page.body.contains("{{shell.csrf}}") || page.body.contains("&#"))
    }

    @Test("A sign-in link is shown once, works, and is kept") func link() async throws {
        let site = try await TestSite()
        let desk = try await site.browser(.desk)
        let page = try await desk.post("/people/person-rosa/link")
        #expect(page.status == 200)
        let token = try #require(page.text(between: "http://localhost/enter/", and: "<"))
        #expect(try await site.browser(nil).post("/enter/\(token)").status == 303)
        let acts = try await site.site.auditTrail.recent(limit: 5).map(\.act)
        let made = try #require(acts.first { $0.kind == .linkMade })
        #expect(made.actor == "person-dora" && made.detail == "person-rosa" && made.episode == "rosa")
        #expect(!acts.contains { $0.detail.contains(token) })
    }

    @Test(
        "The desk makes no link for staff", arguments: ["person-ada", "person-tess", "person-dora", "nobody"])
    func noStaffLinks(person: String) async throws {
        let desk = try await TestSite().browser(.desk)
        for path in ["", "/link", "/sign-out"] {
            let answer = try await desk.post("/people/\(person)\(path)", ["name": "X Y", "phone": "555-0199"])
            #expect(answer.status == 404)
        }
        #expect(try await desk.get("/people/\(person)").status == 404)
    }

    @Test("A lost phone is signed out at once, and a link on it signs nobody in") func lostPhone()
        async throws
    {
        let site = try await TestSite()
        let phone = try await site.browser(.patient)
        let waiting = try await site.site.links.make(
            for: "person-rosa", validFor: 3600, madeBy: nil, now: site.now)
        #expect(try await phone.get("/").location == "/today")
        let answer = try await site.browser(.desk).post("/people/person-rosa/sign-out")
        #expect(answer.status == 303)
        #expect(try await phone.get("/").location == nil)
        #expect(try await site.browser(nil).post("/enter/\(waiting.text)").status == 410)
    }

    @Test("Name and phone are corrected") func correct() async throws {
        let site = try await TestSite()
        let desk = try await site.browser(.desk)
        #expect(try await desk.post("/people/person-rosa", ["name": "", "phone": "555-0100"]).status == 422)
        let saved = try await desk.post("/people/person-rosa", ["name": "Rosa Quillon", "phone": "555-0177"])
        #expect(saved.status == 303)
        let account = try #require(try await site.site.people.find("person-rosa"))
        #expect(
            account.name == "Rosa Quillon" && account.phone == "555-0177" && account.born == Day("1980-02-03")
        )
        #expect(try await desk.get("/people?name=quillon").body.contains("Rosa Quillon"))
    }

    private func send(
        _ path: String, _ fields: KeyValuePairs<String, String>, _ browser: TestBrowser, form: String? = nil
    ) async throws -> (page: Answered, form: String) {
        var sent = form
        if sent == nil { sent = try await browser.get(path).hidden("form") }
        let form = try #require(sent)
        return (try await browser.post(path, fields, adding: ("form", form)), form)
    }
}
