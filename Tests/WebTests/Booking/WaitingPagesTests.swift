// SPDX-License-Identifier: Apache-2.0
import Clinical
import Foundation
import HTTPTypes
import Store
import Testing

@testable import Web

/// A clinic in which one half hour is left, Tuesday at nine with Tess, and somebody has it.
struct FullTuesday {
    let site: TestSite
    let desk: TestBrowser
    let booked: Appointment

    init() async throws {
        site = try await TestSite()
        desk = try await site.browser(.desk)
        let starts = try #require(Instant(Tuesday.nine)).date
        let outcome = try await site.site.diary.book(
            BookingWish(service: "treatment", therapist: "person-tess", starts: starts, language: "en"),
            for: .visitor(Visitor(name: "Vera Lind", phone: "555 0101 77")), by: .staff("person-dora"),
            form: Diary.FormKey(Tuesday.id(), asked: ""), now: site.now)
        booked = try #require(outcome.appointments.first)
        for (from, to) in [(site.now, starts), (booked.ends, starts.addingTimeInterval(10 * 3600))] {
            _ = try await site.site.diary.add(
                DiaryChange(
                    id: DiaryChange.ID(Tuesday.id()), kind: .closed, therapist: nil, starts: from, ends: to),
                by: "person-dora", now: site.now)
        }
    }

    func free() async throws {
        _ = try await site.site.diary.cancel(
            booked.id, reason: "", by: .staff("person-dora"), form: Diary.FormKey(Tuesday.id(), asked: ""),
            now: site.now)
        try await site.site.waiting.offer(now: site.now)
    }

    /// A visitor puts themselves on the list until Tuesday.
    ///
    /// - Returns: The page that is theirs.
    @discardableResult
    func wait(_ name: String, phone: String, adding more: (String, String)...) async throws -> String {
        let fields = [
            ("form", Tuesday.id()), ("service", "treatment"), ("therapist", ""), ("name", name),
            ("phone", phone), ("email", ""), ("latest", "2026-11-24")
        ]
        let answer = try await TestBrowser(site).send("/book/waiting", fields + more)
        // Who comes later has waited less long.
        site.wait(seconds: 1)
        return try #require(answer.location)
    }

    func entry(_ name: String) async throws -> WaitingList.Entry {
        try #require(try await site.site.waiting.list().first { $0.name == name })
    }

    /// What the symptom check's last page sends along: nothing happened, and yet it hurts.
    static let check = [("answers", "{\"onset\":\"no_injury\"}"), ("page", "pop")]
}

@Suite("The waiting list, for those who wait and for the desk") struct WaitingPagesTests {
    @Test("A name, a phone and a day are asked for; the page of one's place says what is kept")
    func place() async throws {
        let full = try await FullTuesday()
        let path = try await full.wait("Wanda Wait", phone: "555 0101 88")
        let visitor = TestBrowser(full.site)
        #expect(try await visitor.get(path).body.contains("You are on the waiting list"))
        #expect(try await full.desk.get("/diary/waiting").body.contains("Wanda Wait"))
        try await full.free()
        let page = try await visitor.get(path)
        #expect(page.body.contains("Tuesday, November 24, 9:00 am, kept for you until 9:00 am"))
        let look = try await visitor.post(path + "/look")
        let offer = try #require(look.location)
        #expect(offer.hasPrefix("/book/manage/"))
        #expect(try await visitor.get(offer).body.contains("I do not want this time"))
        let yes = try await visitor.post(
            offer + "/confirm", ["form": Tuesday.id(), "name": "Wanda Wait", "phone": "555 0101 88"])
        #expect(yes.location == offer + "?done=booked")
        #expect(try await visitor.get(path).body.contains("You have an appointment"))
        #expect(try await visitor.post(path + "/look").location == path, "nothing is kept any more")
        let bad = try await visitor.post(
            "/book/waiting",
            ["form": Tuesday.id(), "service": "treatment", "name": "", "latest": "2026-11-30"])
        #expect(bad.status == 422)
        #expect(try await visitor.get("/book/waiting/\(Tuesday.formID)").status == 422, "a guessed link")
    }

    @Test("The first declines, and the second is asked; who leaves the list is asked nothing")
    func declines() async throws {
        let full = try await FullTuesday()
        let first = try await full.wait("First", phone: "555 0101 81")
        try await full.wait("Second", phone: "555 0101 82")
        try await full.free()
        let visitor = TestBrowser(full.site)
        let offer = try #require(try await visitor.post(first + "/look").location)
        let no = try await visitor.post(offer + "/cancel", ["form": Tuesday.id()])
        #expect(no.location == offer + "?done=cancelled")
        let page = try await visitor.get(offer)
        #expect(page.body.contains("You do not take Tuesday, November 24, 9:00 am"))
        #expect(page.body.contains("You stay on the waiting list"))
        #expect(try await full.entry("Second").waiting.status == .offered)
        #expect(try await full.entry("First").waiting.status == .waiting)
        #expect(
            try await full.desk.get("/diary?day=2026-11-24").body.contains("Offered, not wanted"),
            "the desk reads that somebody cancelled")
        _ = try await visitor.post(first + "/leave")
        #expect(try await visitor.get(first).body.contains("not on the waiting list any more"))
        #expect(try await full.site.site.waiting.list().map(\.name) == ["Second"])
    }

    @Test("An offer that ran out is no cancellation, and goes to the next")
    func expires() async throws {
        let full = try await FullTuesday()
        try await full.wait("First", phone: "555 0101 81")
        try await full.wait("Second", phone: "555 0101 82")
        try await full.free()
        full.site.wait(minutes: 121)
        // By then a desk that did nothing is signed out.
        let desk = try await full.site.browser(.desk)
        let list = try await desk.get("/diary/waiting")
        #expect(list.body.contains("Kept for them"))
        #expect(try await full.entry("Second").waiting.status == .offered)
        let day = try await desk.get("/diary?day=2026-11-24")
        #expect(day.body.contains("Offered, ran out"))
        #expect(day.body.contains("2 that do not take place"))
        let over = try #require(
            try await full.site.site.diary.entries(
                from: full.booked.starts, to: full.booked.ends, now: full.site.now
            ).first { $0.appointment.holdEnd == .expired })
        let page = try await desk.get("/diary/\(over.appointment.id)")
        #expect(page.body.contains("Offered, ran out") && !page.body.contains(">Cancelled<"))
    }

    @Test("The symptom check's answers put an urgent finding first, only with agreement; taken back, unknown")
    func need() async throws {
        let full = try await FullTuesday()
        try await full.wait("Early", phone: "555 0101 81")
        try await full.wait(
            "Silent", phone: "555 0101 82", adding: FullTuesday.check[0], FullTuesday.check[1])
        #expect(try await full.site.site.requests.list().isEmpty, "kept without agreement")
        let path = try await full.wait(
            "Urgent", phone: "555 0101 83", adding: FullTuesday.check[0], FullTuesday.check[1],
            ("consent", "yes"))
        let urgent = try await full.entry("Urgent").waiting
        #expect(urgent.need.basis == .check)
        #expect((urgent.need.finding ?? .selfCareMonitor) >= .sameDay)
        #expect(try await full.site.site.waiting.list().map(\.name) == ["Urgent", "Early", "Silent"])
        let list = try await full.desk.get("/diary/waiting").body
        #expect(list.contains("From their symptom check") && list.contains("Nobody has said"))
        #expect(list.contains("Not known is not “not urgent”"), "the desk is not told why")
        let visitor = TestBrowser(full.site)
        #expect(try await visitor.get(path).body.contains("Your symptom check goes with it"))
        #expect(try await visitor.post(path + "/detach").location == path + "?done=detached")
        #expect(try await full.entry("Urgent").waiting.need == .unknown)
        #expect(try await full.site.site.requests.list().isEmpty, "the answers are still kept")
        #expect(try await full.site.site.waiting.list().map(\.name) == ["Early", "Silent", "Urgent"])
        #expect(!(try await visitor.get(path).body.contains("Your symptom check goes with it")))
    }

    @Test("A patient waits without typing who they are, and nobody of the staff waits as a visitor")
    func patient() async throws {
        let full = try await FullTuesday()
        let rosa = try await full.site.browser(.patient)
        let page = try await rosa.get("/book?service=treatment&from=2026-11-24").body
        #expect(page.contains("Put me on the list") && !page.contains("name=\"phone\""))
        let fields: KeyValuePairs = [
            "form": Tuesday.id(), "service": "treatment", "therapist": "", "latest": "2026-11-24"
        ]
        let path = try #require(try await rosa.post("/book/waiting", fields).location)
        #expect(try await rosa.get(path).body.contains("You are on the waiting list"))
        #expect(try await full.entry("Rosa Quill").waiting.patient == "person-rosa")
        #expect(try await full.desk.post("/book/waiting", fields).status == 403)
    }

    @Test("With the booking the answers go along only with agreement, and are taken back")
    func booking() async throws {
        let site = try await TestSite()
        let browser = TestBrowser(site)
        for (consent, starts) in [("", Tuesday.ten), ("yes", Tuesday.nine)] {
            let held = try await browser.send(
                "/book/hold",
                [("form", Tuesday.id()), ("service", "treatment"), ("therapist", ""), ("starts", starts)]
                    + FullTuesday.check)
            let path = try #require(held.text(between: "action=\"/book/manage/", and: "/confirm"))
            let done = try await browser.send(
                "/book/manage/\(path)/confirm",
                [("form", Tuesday.id()), ("name", "Vera Lind"), ("phone", "555 0101 99"), ("email", "")]
                    + FullTuesday.check + [("consent", consent)])
            #expect(done.status == 303)
            let page = try await browser.get("/book/manage/\(path)")
            #expect(page.body.contains("Take my answers back") == (consent == "yes"))
            #expect(try await site.site.requests.list().count == (consent == "yes" ? 1 : 0))
            if consent == "yes" {
                let back = try await browser.post("/book/manage/\(path)/detach", ["form": Tuesday.id()])
                #expect(back.location == "/book/manage/\(path)?done=detached")
                #expect(try await site.site.requests.list().isEmpty, "the therapist still reads them")
            }
        }
    }

    @Test("The desk puts a patient or a caller on the list, and says what they say about an offer")
    func desk() async throws {
        let full = try await FullTuesday()
        let dora = full.desk
        #expect(try await dora.get("/diary/waiting/new?find=ros").body.contains("patient=person-rosa"))
        #expect(
            try await dora.get("/diary/waiting/new?patient=person-rosa").body.contains(
                "Put Rosa Quill on the waiting list"))
        func join(_ fields: (String, String)...) async throws -> Answered {
            try await dora.send(
                "/diary/waiting/new",
                [
                    ("form", Tuesday.id()), ("service", "treatment"), ("therapist", ""),
                    ("latest", "2026-11-24")
                ]
                    + fields)
        }
        #expect(try await join(("patient", "person-rosa")).location == "/diary/waiting?done=joined")
        full.site.wait(seconds: 1)
        #expect(
            try await join(("patient", ""), ("name", "Carl Call"), ("phone", "555 0101 84")).location
                == "/diary/waiting?done=joined")
        #expect(try await join(("patient", ""), ("name", ""), ("phone", "")).status == 422)
        #expect(try await full.site.site.waiting.list().map(\.name) == ["Rosa Quill", "Carl Call"])
        try await full.free()
        let rosa = try await full.entry("Rosa Quill").waiting
        let offer = try #require(rosa.offer)
        let no = try await dora.post(
            "/diary/waiting/\(rosa.id)/decline", ["form": Tuesday.id(), "offer": offer.rawValue])
        #expect(no.location == "/diary/waiting?done=decline")
        let carl = try await full.entry("Carl Call").waiting
        let his = try #require(carl.offer)
        // What stood on the screen for Rosa is not Carl's to take.
        let wrong = try await dora.post(
            "/diary/waiting/\(carl.id)/accept", ["form": Tuesday.id(), "offer": offer.rawValue])
        #expect(wrong.status == 404)
        let yes = try await dora.post(
            "/diary/waiting/\(carl.id)/accept", ["form": Tuesday.id(), "offer": his.rawValue])
        #expect(yes.location == "/diary/waiting?done=accept")
        #expect(try await full.site.site.diary.find(his)?.appointment.status == .booked)
        #expect(try await full.site.site.waiting.list().map(\.name) == ["Rosa Quill"])
        let late = try await dora.post(
            "/diary/waiting/\(rosa.id)/accept", ["form": Tuesday.id(), "offer": offer.rawValue])
        #expect(late.status == 409, "an offer that was declined is not there any more")
        let kinds = try await full.site.site.auditTrail.recent(limit: 20).map(\.act.kind)
        #expect(kinds.contains(.waitingChanged))
    }

    @Test(
        "The order's file says what each finding counts for, the graver the more, and unknown is not “no”",
        arguments: [
            ("", "is empty"),
            ("order: []", "needs a line for each of"),
            ("order: [{ finding: nothing, rank: 1, reason: x, tag: S }]", "unknown word 'nothing'"),
            ("order: [{ finding: unknown, rank: 7, reason: x, tag: S }]", "from 0 to 3"),
            ("order: [{ finding: unknown, rank: 1, reason: x, tag: M }]", "expected F, F2 or S"),
            (lines(unknown: 0), "'unknown' must count more"),
            (lines(sameDay: 1), "'same_day' must count more than 'book_evaluation'")
        ])
    func order(text: String, says: String) throws {
        do {
            _ = try WaitingOrder(yaml: text)
            Issue.record("it loaded: \(text)")
        } catch {
            #expect("\(error)".contains(says), "\(error)")
        }
    }

    private static func lines(unknown: Int = 1, sameDay: Int = 2) -> String {
        "order:\n"
            + [
                ("emergency_now", 3), ("same_day", sameDay), ("book_evaluation", 1), ("unknown", unknown),
                ("self_care_monitor", 0)
            ].map { "  - { finding: \($0), rank: \($1), reason: x, tag: S }\n" }.joined()
    }

    @Test("Every reason has its words") func reasons() async throws {
        let site = try await TestSite().site
        for line in site.waiting.order.lines {
            #expect(site.pages.words(in: "en").has("waiting.reason.\(line.reason)"))
        }
    }
}
