// SPDX-License-Identifier: Apache-2.0
import Clinical
import Foundation
import HTTPTypes
import Hummingbird
import HummingbirdTesting
import Store
import Testing

@testable import Web

@Suite("The chart")
struct ChartTests {
    private func visit(
        _ clinic: ChartSite, as person: Person.ID? = "therapist",
        _ body: @Sendable (ChartBrowser) async throws -> Void
    ) async throws {
        try await Application(router: clinic.site.router()).test(.router) { client async throws in
            try await body(ChartBrowser(client, clinic, as: person))
        }
    }

    private func steadyClinic(restPain: Double = 1) async throws -> ChartSite {
        let clinic = try await ChartSite()
        try await clinic.steady("rosa", "Test, Rosa", restPain: restPain)
        return clinic
    }

    @Test("The page says who it is, what is concluded, and every criterion with its value and source")
    func page() async throws {
        let clinic = try await steadyClinic()
        try await clinic.log("rosa", at: clinic.before(days: 3))
        try await visit(clinic) { tess async throws in
            let html = try await tess.get("/charts/rosa").html
            #expect(html.contains("Test, Rosa"))
            #expect(html.contains("46 years · left, grade II, day 21 · Gastrocnemius · phase 0, Protect"))
            #expect(html.contains("<h1>Ready for phase 1</h1>"))
            #expect(html.contains("2 of 2 criteria met"))
            #expect(html.contains("Rest pain at most 2 of 10"))
            #expect(html.contains("need at most 2 of 10 · from Nov 22"))
            #expect(html.contains("Proposal of this project"))
            #expect(html.contains("Sign phase 0 → 1"))
            #expect(html.contains("36 % of the other leg"))
            #expect(html.contains("Logged: Ankle pumps"))
            for form in ["evaluate", "plan", "treat", "measure"] {
                #expect(html.contains("href=\"/charts/rosa/\(form)\""))
            }
        }
    }

    @Test("The newest of each measure stands first, both legs of a day in one row, the older behind a fold")
    func measurements() async throws {
        let clinic = try await steadyClinic()
        func raises(_ side: String, _ count: Double, days: Double) async throws {
            let fact = FactID("single_heel_raise_\(side)")
            try await clinic.write(
                .measured(Measured(values: [fact: count])), in: "rosa", at: clinic.before(days: days))
        }
        try await raises("right", 20, days: 3)
        try await raises("left", 9, days: 3.01)
        try await raises("left", 7, days: 3.02)
        try await visit(clinic) { tess async throws in
            let html = try await tess.get("/charts/rosa").html
            let card = try #require(html.components(separatedBy: "id=\"measurements\"").last)
            let parts = card.components(separatedBy: "<details>")
            #expect(parts[0].contains("9 times") && parts[0].contains("20 times"))
            #expect(parts[0].contains("45 % of the other leg"))
            #expect(!parts[0].contains("7 times") && !parts[0].contains("8 times"))
            // The second try of that day, and what the evaluation found.
            #expect(parts[1].hasPrefix("<summary>2 earlier values</summary>"))
            #expect(parts[1].contains("7 times") && parts[1].contains("8 times"))
        }
    }

    @Test("Signing writes the phase with its criteria, and a plan that keeps the person's own limits")
    func sign() async throws {
        let clinic = try await steadyClinic()
        var plan = try #require(try await clinic.episode("rosa").plan)
        plan.limits = ["walks_10_minutes": 15]
        try await clinic.write(.planWritten(plan), in: "rosa", at: clinic.before(minutes: 30))
        try await visit(clinic) { tess async throws in
            let form = ["to": "foundation", "sign_note": "Walks well", "form": "the-same-form-sent-twice"]
            #expect(try await tess.post("/charts/rosa/sign", form).status == .seeOther)
            #expect(try await tess.post("/charts/rosa/sign", form).status == .seeOther)
        }
        let episode = try await clinic.episode("rosa")
        #expect(episode.phaseChanges.count == 1)
        let change = try #require(episode.phaseChanges.first?.content)
        #expect(change.from == "protect" && change.to == "foundation" && change.note == "Walks well")
        #expect(change.criteria.first == "Met: Rest pain at most 2 of 10 (1 of 10, Nov 22)")
        #expect(episode.plan?.phase == "foundation")
        #expect(episode.plan?.step == 0)
        #expect(episode.plan?.limits == ["walks_10_minutes": 15])
        let acts = try await AuditTrail(clinic.site.database).recent(limit: 9, episode: "rosa").map(\.act)
        #expect(acts.filter { $0.kind == .wrote }.map(\.detail) == ["signed phase"])
    }

    @Test("Signing is refused while a criterion is unknown, and nothing is written")
    func signUnknown() async throws {
        let clinic = try await ChartSite()
        try await clinic.steady("rosa", "Test, Rosa", restPain: 1, heard: clinic.before(hours: 1))
        try await clinic.checkIn("rosa", at: clinic.before(minutes: 5), ["stand_both_feet": .word("unsure")])
        let before = try await clinic.entries("rosa")
        try await visit(clinic) { tess async throws in
            let html = try await tess.get("/charts/rosa").html
            #expect(html.contains("missing: Standing on both feet"))
            #expect(!html.contains("/charts/rosa/sign\""))
            let refused = try await tess.post("/charts/rosa/sign", ["to": "foundation"])
            #expect(refused.status == .unprocessableContent)
            #expect(refused.html.contains("The criteria no longer hold"))
            #expect(try await tess.post("/charts/rosa/discharge").status == .unprocessableContent)
        }
        #expect(try await clinic.entries("rosa") == before)
    }

    @Test("Only the very next phase can be signed")
    func signOther() async throws {
        let clinic = try await steadyClinic()
        try await visit(clinic) { tess async throws in
            #expect(try await tess.post("/charts/rosa/sign", ["to": "sport"]).status == .unprocessableContent)
        }
        #expect(try await clinic.episode("rosa").plan?.phase == "protect")
    }

    @Test("An open flag shows its rules and answers, and resuming is refused until it is acknowledged")
    func flag() async throws {
        let clinic = try await steadyClinic()
        try await clinic.checkIn("rosa", at: clinic.before(minutes: 48), ["swelling_trend": .word("worse")])
        let flag = try #require(try await clinic.episode("rosa").openFlags.first)
        try await visit(clinic) { tess async throws in
            let html = try await tess.get("/charts/rosa").html
            #expect(html.contains("<h1>A red flag is open</h1>"))
            #expect(html.contains("Red flag, waiting 48 min: be examined today"))
            #expect(html.contains("<dt>Swelling against the last days</dt><dd>More</dd>"))
            #expect(html.contains("Acknowledge the open red flag first"))

            let entries = try await clinic.entries("rosa").count
            let early = try await tess.post("/charts/rosa/resume", ["resume_reason": "It is fine"])
            #expect(early.status == .unprocessableContent)
            #expect(early.html.contains("A red flag is still open"))
            let closing = ["close_reason": "referred", "close_note": "To the hospital"]
            #expect(try await tess.post("/charts/rosa/close", closing).status == .unprocessableContent)
            #expect(try await clinic.entries("rosa").count == entries)

            let empty = try await tess.post(
                "/charts/rosa/acknowledge", ["flag": flag.id.rawValue, "action": "  "])
            #expect(empty.status == .unprocessableContent)
            #expect(empty.html.contains("<a href=\"#action\">Say what was done about the flag</a>"))
            let done = ["flag": flag.id.rawValue, "action": "Doppler today: no clot"]
            #expect(try await tess.post("/charts/rosa/acknowledge", done).status == .seeOther)
            #expect(try await tess.post("/charts/rosa/acknowledge", done).status == .unprocessableContent)
            #expect(try await clinic.episode("rosa").hold != nil)
            let go = try await tess.post("/charts/rosa/resume", ["resume_reason": "No clot, less swelling"])
            #expect(go.status == .seeOther)
        }
        let episode = try await clinic.episode("rosa")
        #expect(episode.openFlags.isEmpty && episode.hold == nil)
        #expect(episode.flags.first?.acknowledged?.content.action == "Doppler today: no clot")
    }

    @Test("The therapist holds, writes to the patient, and closes; a closed chart takes nothing more")
    func acts() async throws {
        let clinic = try await steadyClinic(restPain: 4)
        try await visit(clinic) { tess async throws in
            let wrong = try await tess.post("/charts/rosa/close", ["close_reason": "", "close_note": "Moved"])
            #expect(wrong.status == .unprocessableContent)
            #expect(wrong.html.contains(">Moved</textarea>"))
            #expect(try await tess.post("/charts/rosa/hold", ["hold_note": "Ill"]).status == .seeOther)
            #expect(
                try await tess.post("/charts/rosa/hold", ["hold_note": "Ill"]).status == .unprocessableContent
            )
            #expect(
                try await tess.post("/charts/rosa/message", ["message_text": "Rest & <wait>"]).status
                    == .seeOther)
            #expect(try await tess.get("/charts/rosa").html.contains("Rest &amp; &lt;wait&gt;"))
            let close = ["close_reason": "left_care", "close_note": "Moved away"]
            #expect(try await tess.post("/charts/rosa/close", close).status == .seeOther)
            #expect(try await tess.get("/charts/rosa").html.contains("This episode is closed"))
            let late = try await tess.post("/charts/rosa/message", ["message_text": "Hello"])
            #expect(late.status == .unprocessableContent)
        }
        let episode = try await clinic.episode("rosa")
        #expect(episode.hold?.content == Held(reason: .therapist, note: "Ill"))
        #expect(episode.closed?.content == Closed(reason: .leftCare, note: "Moved away"))
    }

    @Test("An entry made by mistake is taken back with a reason, and stays in the timeline")
    func amend() async throws {
        let clinic = try await steadyClinic()
        try await clinic.log("rosa", at: clinic.before(days: 2))
        let log = try #require(try await clinic.episode("rosa").logs.first)
        let path = "/charts/rosa/amend/\(log.entry)"
        try await visit(clinic) { tess async throws in
            #expect(try await tess.get("/charts/rosa").html.contains(path))
            #expect(try await tess.get(path).html.contains("Take this entry back?"))
            #expect(try await tess.post(path).status == .unprocessableContent)
            #expect(try await tess.post(path, ["amend_reason": "Wrong phone"]).status == .seeOther)
            #expect(
                try await tess.post(path, ["amend_reason": "Wrong phone"]).status == .unprocessableContent)
            let html = try await tess.get("/charts/rosa").html
            #expect(html.contains("It counts for nothing: Wrong phone"))
            #expect(html.contains("Logged: Ankle pumps"))
            let plan = try #require(try await clinic.episode("rosa").plans.first)
            #expect(try await tess.get("/charts/rosa/amend/\(plan.entry)").status == .notFound)
        }
        #expect(try await clinic.episode("rosa").logs.isEmpty)
    }

    @Test("A sign-in link is shown once, works, and every phone can be signed out")
    func phone() async throws {
        let clinic = try await steadyClinic()
        try await visit(clinic) { tess async throws in
            let html = try await tess.post("/charts/rosa/link").html
            let found = try #require(html.firstMatch(of: /\/enter\/([A-Za-z0-9_-]+)/))
            let person = try await clinic.site.links.redeem(Token(String(found.1)), now: clinic.now)
            #expect(person?.id == "rosa")
            let phone = try await clinic.site.sessions.start("rosa", policy: .patient, now: clinic.now)
            #expect(try await tess.post("/charts/rosa/sign-out").status == .seeOther)
            #expect(try await clinic.site.sessions.session(phone, now: clinic.now) == nil)
        }
        let acts = try await AuditTrail(clinic.site.database).recent(limit: 9, episode: "rosa").map(
            \.act.kind)
        #expect(acts == [.signedOut, .linkMade])
    }

    @Test("A long timeline comes fifty at a time")
    func pages() async throws {
        let clinic = try await steadyClinic()
        for hour in 0..<60 { try await clinic.log("rosa", at: clinic.before(hours: Double(100 - hour))) }
        try await visit(clinic) { tess async throws in
            let html = try await tess.get("/charts/rosa").html
            #expect(html.components(separatedBy: "datetime=").count - 1 == 50)
            let older = try #require(html.firstMatch(of: /\?before=(\d+)#timeline/))
            let rest = try await tess.get("/charts/rosa?before=\(older.1)").html
            #expect(rest.components(separatedBy: "datetime=").count - 1 == Int(older.1).map { $0 - 1 })
            #expect(rest.contains("Newest entries"))
        }
    }

    @Test("Only therapists open a chart, and what they read and write is on record")
    func access() async throws {
        let clinic = try await steadyClinic()
        let paths = ["/charts/rosa", "/charts/rosa/amend/x"]
        let forms = [
            "acknowledge", "hold", "resume", "sign", "discharge", "close", "message", "amend/x", "link",
            "sign-out"
        ]
        for person in ["rosa", "desk", "admin"] as [Person.ID] {
            try await visit(clinic, as: person) { browser async throws in
                for path in paths { #expect(try await browser.get(path).status == .forbidden) }
                for form in forms {
                    #expect(try await browser.post("/charts/rosa/\(form)").status == .forbidden)
                }
            }
        }
        try await visit(clinic, as: nil) { visitor async throws in
            let sent = try await visitor.get("/charts/rosa")
            #expect(sent.status == .seeOther)
            #expect(sent.headers[.location] == "/sign-in")
            for form in forms {
                #expect(try await visitor.post("/charts/rosa/\(form)").status == .unauthorized)
            }
        }
        try await visit(clinic) { _ = try await $0.get("/charts/rosa") }
        let acts = try await AuditTrail(clinic.site.database).recent(limit: 30).map(\.act)
            .filter { $0.kind == .read }
        #expect(
            acts == [
                Act(actor: "therapist", part: .therapist, kind: .read, episode: "rosa", detail: "chart")
            ])
    }

    @Test("A chart that is not there looks like any page that is not there")
    func unknown() async throws {
        let clinic = try await steadyClinic()
        try await visit(clinic) { tess async throws in
            func body(_ response: TestResponse) -> String {
                response.html.replacing(/Request [A-Za-z0-9_-]+/, with: "Request")
            }
            let missing = try await tess.get("/charts/nobody")
            let anything = try await tess.get("/nothing-here")
            #expect(missing.status == .notFound && anything.status == .notFound)
            #expect(body(missing) == body(anything))
            #expect(try await tess.post("/charts/nobody/hold", ["hold_note": "x"]).status == .notFound)
        }
    }
}
