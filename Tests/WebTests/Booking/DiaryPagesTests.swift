// SPDX-License-Identifier: Apache-2.0
import Clinical
import Foundation
import HTTPTypes
import Store
import Testing

@testable import Web

@Suite("The desk's diary") struct DiaryPagesTests {
    private static func book(
        _ browser: TestBrowser, _ starts: String = Tuesday.nine, patient: String = "person-rosa",
        weeks: String = "1"
    ) async throws -> Answered {
        try await browser.post(
            "/diary/new",
            [
                "form": Tuesday.id(), "service": "treatment", "therapist": "person-tess", "starts": starts,
                "patient": patient, "weeks": weeks, "name": "", "phone": "", "email": ""
            ])
    }

    private static func path(_ browser: TestBrowser, day: String = "2026-11-24") async throws -> String {
        let page = try await browser.get("/diary?day=\(day)")
        let id = page.text(between: "class=\"entry \" href=\"/diary/", and: "\"")
        return "/diary/" + (id ?? "none")
    }

    private static func act(
        _ browser: TestBrowser, _ path: String, _ act: String, _ more: (String, String)...
    )
        async throws -> Answered
    {
        let version = try await browser.get(path).hidden("version") ?? ""
        var fields = [("form", Tuesday.id()), ("version", version)] + more
        if !browser.csrf.isEmpty { fields.append(("csrf", browser.csrf)) }
        let body = fields.map { "\($0.0)=\($0.1.replacing(" ", with: "+"))" }.joined(separator: "&")
        return try await browser.site.send(
            .post, "\(path)/\(act)",
            headers: [
                .cookie: browser.cookie ?? "", .contentType: "application/x-www-form-urlencoded"
            ], body: body)
    }

    @Test("A morning: book by name, check in, done; the record of it is kept")
    func morning() async throws {
        let site = try await TestSite()
        let dora = try await site.browser(.desk)
        #expect(try await dora.get("/diary/new?find=ros").body.contains("Rosa Quill"))
        #expect(try await Self.book(dora).location == "/diary?day=2026-11-24&done=booked")
        let path = try await Self.path(dora)
        let page = try await dora.get("/diary?day=2026-11-24")
        #expect(page.body.contains("Rosa Quill") && page.body.contains("Table 1"))
        #expect(try await Self.act(dora, path, "step", ("step", "check_in")).location == path + "?done=step")
        #expect(try await Self.act(dora, path, "step", ("step", "done")).location == path + "?done=step")
        #expect(try await Self.act(dora, path, "step", ("step", "check_in")).status == 409)
        let kinds = try await site.site.auditTrail.recent(limit: 20).map(\.act.kind)
        #expect(kinds.contains(.booked) && kinds.contains(.bookingChanged))
    }

    @Test("Cancelled, taken up again, moved, given to another table, a change of places")
    func changes() async throws {
        let site = try await TestSite()
        let dora = try await site.browser(.desk)
        _ = try await Self.book(dora)
        let path = try await Self.path(dora)
        #expect(try await Self.act(dora, path, "cancel", ("reason", "ill")).location == path + "?done=cancel")
        #expect(try await dora.get("/diary?day=2026-11-24").body.contains("One that does not take place"))
        #expect(try await Self.act(dora, path, "restore").location == path + "?done=restore")
        #expect(
            try await Self.act(dora, path, "reassign", ("therapist", "person-tess"), ("place", "table-3"))
                .location
                == path + "?done=reassign")
        #expect(try await dora.get(path).body.contains("Table 3"))
        #expect(
            try await Self.act(dora, path, "move", ("starts", Tuesday.ten)).location == path + "?done=move")
        let other = try await site.site.diary.book(
            BookingWish(
                service: "evaluation", therapist: nil, starts: try #require(Instant(Tuesday.nine)).date,
                language: "en"), for: .visitor(Visitor(name: "Vera", phone: "5550101")),
            by: .staff("person-dora"), form: Diary.FormKey(Tuesday.id(), asked: ""), now: site.now)
        let theirs = try #require(other.appointments.first)
        #expect(
            try await Self.act(dora, path, "swap", ("other", "\(theirs.id) \(theirs.version)")).location
                == path + "?done=swap")
        #expect(try await dora.get(path).body.contains("9:00 am"))
    }

    @Test("A form of before somebody else's change is refused, and nothing of it is kept")
    func stale() async throws {
        let site = try await TestSite()
        let dora = try await site.browser(.desk)
        _ = try await Self.book(dora)
        let path = try await Self.path(dora)
        _ = try await Self.act(dora, path, "move", ("starts", Tuesday.ten))
        let stale = try await dora.post(
            path + "/cancel", ["form": Tuesday.id(), "version": "1", "reason": "x"])
        #expect(stale.status == 409)
        #expect(try await dora.get(path).body.contains("10:00 am"))
    }

    @Test("A series is booked whole; one of its weeks taken, none of it is")
    func series() async throws {
        let site = try await TestSite()
        let dora = try await site.browser(.desk)
        _ = try await Self.book(dora, "2026-12-08T14:00:00.000Z", patient: "person-rosa")
        #expect(try await Self.book(dora, weeks: "4").status == 409)
        #expect(try await Self.book(dora, "2026-11-24T20:00:00.000Z", weeks: "4").status == 303)
        let rows = try await site.database.read { try $0.rows("SELECT id FROM appointment").count }
        #expect(rows == 5)
        #expect(try await Self.book(dora, "2026-11-24T21:00:00.000Z", weeks: "13").status == 422)
    }

    @Test("A therapist sees and changes their own day, and nobody else's")
    func ownDay() async throws {
        let site = try await TestSite()
        try await site.site.people.add(
            Account(
                id: "person-tom", role: .therapist, name: "Tom Reed", email: "tom@clinic.example",
                language: "en"),
            now: site.now)
        let dora = try await site.browser(.desk)
        _ = try await Self.book(dora)
        let path = try await Self.path(dora)
        let tom = try await site.browser(of: "person-tom", policy: .staff)
        let day = try await tom.get("/diary?day=2026-11-24&therapist=person-tess")
        #expect(!day.body.contains("Rosa") && !day.body.contains("Tess"))
        #expect(try await tom.get(path).status == 404)
        for act in ["step", "cancel", "restore", "move"] {
            let answer = try await tom.post(
                path + "/" + act,
                ["form": Tuesday.id(), "version": "1", "step": "check_in", "starts": Tuesday.ten])
            #expect(answer.status == 404, "\(act)")
        }
        #expect(try await Self.book(tom).status == 404, "books into another's day")
        #expect(try await site.browser(.therapist).get("/diary?day=2026-11-24").body.contains("Rosa"))
    }

    @Test("A closure takes the times away and names who is booked then; taken back, they are there again")
    func hours() async throws {
        let site = try await TestSite()
        let dora = try await site.browser(.desk)
        _ = try await Self.book(dora)
        let shut = try await dora.post(
            "/diary/hours",
            [
                "form": Tuesday.formID, "kind": "closed", "therapist": "", "day": "2026-11-24", "from": "",
                "to": "", "last": "", "note": "Paint"
            ])
        #expect(shut.status == 200)
        #expect(shut.body.contains("Rosa Quill"))
        let times = "/book?service=treatment&from=2026-11-24"
        #expect(!(try await TestBrowser(site).get(times)).body.contains(Tuesday.ten))
        let back = try await dora.post("/diary/hours/\(Tuesday.formID)/remove")
        #expect(back.location == "/diary/hours?done=removed")
        #expect(try await TestBrowser(site).get(times).body.contains(Tuesday.ten))
        let bad = try await dora.post(
            "/diary/hours", ["form": Tuesday.id(), "kind": "closed", "therapist": "", "day": "2026-02-30"])
        #expect(bad.status == 422)
        let tess = try await site.browser(.therapist)
        let notHers = try await tess.post(
            "/diary/hours", ["form": Tuesday.id(), "kind": "closed", "therapist": "", "day": "2026-11-25"])
        #expect(notHers.status == 404)
    }

    @Test("A week of one therapist has seven days, and rows by the clock")
    func week() async throws {
        let site = try await TestSite()
        let dora = try await site.browser(.desk)
        _ = try await Self.book(dora)
        let page = try await dora.get("/diary?day=2026-11-24&view=week&therapist=person-tess")
        #expect(page.body.contains("Rosa Quill"))
        #expect(page.body.contains("Sunday, Nov 29"))
        #expect(page.body.components(separatedBy: "<th scope=\"col\">").count == 9)
    }
}
