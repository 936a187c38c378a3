// SPDX-License-Identifier: Apache-2.0
import Clinical
import Foundation
import HTTPTypes
import Store
import Testing

@testable import Web

@Suite("The week of several therapists") struct DiaryWeekTests {
    private static let week = "/diary?day=2026-11-24&view=week"

    private func site() async throws -> (site: TestSite, desk: TestBrowser) {
        let site = try await TestSite()
        try await site.site.people.add(
            Account(
                id: "person-tom", role: .therapist, name: "Tom Reed", email: "tom@clinic.example",
                language: "en"), now: site.now)
        for (therapist, name, starts) in [
            ("person-tess", "Vera Lind", Tuesday.nine), ("person-tom", "Nils Berg", Tuesday.ten)
        ] {
            _ = try await site.site.diary.book(
                BookingWish(
                    service: "treatment", therapist: Person.ID(therapist),
                    starts: try #require(Instant(starts)).date, language: "en"),
                for: .visitor(Visitor(name: name, phone: "555 01 \(name.count)99")),
                by: .staff("person-dora"),
                form: Diary.FormKey(Tuesday.id(), asked: ""), now: site.now)
        }
        return (site, try await site.browser(.desk))
    }

    @Test("The desk sees everybody's week, each therapist a row, and chooses one without losing the week")
    func everybody() async throws {
        let (_, desk) = try await site()
        let page = try await desk.get(Self.week).body
        #expect(page.contains("Everybody · Nov 23 to Nov 29: 2 appointments"))
        #expect(page.contains("Vera Lind") && page.contains("Nils Berg"))
        #expect(page.contains("aria-label=\"The week of Tom Reed, hour by hour\""))
        #expect(page.contains("Book somebody on Tuesday, November 24 with Tess Stone"))
        let tom = "\(Self.week)&amp;therapist=person-tom"
        #expect(page.contains("href=\"\(tom.replacing("&view", with: "&amp;view"))\""))
        let one = try await desk.get("\(Self.week)&therapist=person-tom").body
        #expect(one.contains("Tom Reed · Nov 23 to Nov 29: one appointment"))
        #expect(!one.contains("Vera Lind"))
        #expect(one.contains("name=\"view\" value=\"week\""), "going to a day loses the week")
        #expect(one.contains("name=\"therapist\" value=\"person-tom\""), "going to a day loses the therapist")
        #expect(one.contains("day=2026-12-01&amp;view=week&amp;therapist=person-tom"))
    }

    @Test("A therapist has their own week and nobody else's to choose") func own() async throws {
        let (site, _) = try await site()
        let page = try await site.browser(.therapist).get("\(Self.week)&therapist=person-tom").body
        #expect(page.contains("Vera Lind") && !page.contains("Nils Berg") && !page.contains("Everybody"))
    }

    @Test("Booking from the week comes with the day and the therapist") func booking() async throws {
        let (_, desk) = try await site()
        let page = try await desk.get("/diary/new?day=2026-11-25&therapist=person-tom").body
        #expect(page.contains("name=\"day\" type=\"date\" required value=\"2026-11-25\""))
        #expect(page.contains("<option value=\"person-tom\" selected>"))
    }
}

@Suite("Agreed times at the desk") struct AgreedPagesTests {
    @Test(
        "The desk is told which appointments new rules moved, keeps the agreed times, and people are written to"
    )
    func keep() async throws {
        let site = try await TestSite()
        let desk = try await site.browser(.desk)
        let starts = try #require(Instant(Tuesday.nine)).date
        let made = try #require(
            try await site.site.diary.book(
                BookingWish(
                    service: "treatment", therapist: "person-tess", starts: starts, language: "en"),
                for: .visitor(Visitor(name: "Vera Lind", phone: "555 0101", email: "vera@example.org")),
                by: .staff("person-dora"), form: Diary.FormKey(Tuesday.id(), asked: ""), now: site.now
            ).appointments.first)
        #expect(try await !desk.get("/diary").body.contains("not at the time that was agreed"))
        // As it would stand if it had been kept by other rules of the zone.
        try await site.tamper(
            "DELETE FROM appointment_claim",
            """
            UPDATE appointment SET starts_at = '2026-11-24T13:00:00.000Z', ends_at = '2026-11-24T13:30:00.000Z',
                busy_until = '2026-11-24T13:30:00.000Z'
            """)
        #expect(
            try await desk.get("/diary").body.contains(
                "One appointment is not at the time that was agreed"))
        let page = try await desk.get("/diary/agreed").body
        #expect(page.contains("Vera Lind"))
        #expect(
            page.contains("Tuesday, November 24, 9:00 am") && page.contains("Tuesday, November 24, 8:00 am"))
        #expect(
            try await desk.get("/diary/\(made.id)").body.contains("Tuesday, November 24, 9:00 am"),
            "the page of the appointment gives another time than was agreed")
        let kept = try await desk.post("/diary/agreed", ["form": Tuesday.id()])
        #expect(kept.location == "/diary/agreed?done=kept")
        #expect(
            try await desk.get("/diary/agreed?done=kept").body.contains(
                "Every appointment is at the time that was agreed"))
        let now = try #require(try await site.site.diary.find(made.id)?.appointment)
        #expect(now.starts == made.starts && now.wall == made.wall && now.sequence == 1)
        let messages = try await site.site.outboxDesk.lines([.waiting], limit: 20).map(\.message)
        #expect(messages.contains { $0.kind == .confirmation && $0.starts == made.starts })
        #expect(try await site.browser(.therapist).get("/diary/agreed").status == 403)
    }
}

@Suite("Who wants no text messages says so") struct TextChoiceTests {
    private static let texting =
        ClinicDetails.demoYAML + """

            messages:
              text:
                url: http://127.0.0.1:9/send
                header: Authorization
                secret_file: /nowhere
                fields: { to: number, text: words }
            """

    @Test("Where the clinic sends none, nobody is asked") func none() async throws {
        let rosa = try await TestSite().browser(.patient)
        #expect(try await !rosa.get("/clinic").body.contains("No text messages"))
    }

    @Test("A patient on their page, the desk for them, and a visitor by their link") func choices()
        async throws
    {
        let site = try await TestSite(clinic: Self.texting)
        let rosa = try await site.browser(.patient)
        let refusals = site.site.textRefusals
        #expect(try await rosa.get("/clinic").body.contains("No text messages"))
        #expect(try await rosa.post("/clinic/texts", ["texts": "no"]).location == "/clinic?done=texts")
        #expect(try await refusals.has(.patient("person-rosa")))
        #expect(try await rosa.get("/clinic").body.contains("We send you no text messages"))
        let desk = try await site.browser(.desk)
        #expect(try await desk.get("/people/person-rosa").body.contains("This person wants no text messages"))
        let back = try await desk.post("/people/person-rosa/texts", ["texts": "yes"])
        #expect(back.location == "/people/person-rosa?done=texts")
        #expect(try await !refusals.has(.patient("person-rosa")))
        #expect(try await desk.post("/people/person-dora/texts", ["texts": "no"]).status == 404)
        let visitor = TestBrowser(site)
        let path = try #require(
            try await visitor.post(
                "/book/hold",
                ["form": Tuesday.id(), "service": "treatment", "therapist": "", "starts": Tuesday.nine]
            ).location)
        _ = try await visitor.post(
            path + "/confirm", ["form": Tuesday.id(), "name": "Vera Lind", "phone": "555 0101 99"])
        #expect(try await visitor.post(path + "/texts", ["texts": "no"]).location == path + "?done=texts")
        #expect(try await visitor.get(path).body.contains("We send you no text messages"))
        #expect(try await refusals.has(.visitor(Visitor(name: "", phone: "555-010199"))))
    }
}

@Suite("The public pages say when the door is shut") struct SpecialHoursTests {
    private func change(
        _ site: TestSite, _ kind: DiaryChange.Kind, _ from: String, _ to: String,
        of therapist: Person.ID? = nil
    ) async throws {
        _ = try await site.site.diary.add(
            DiaryChange(
                id: DiaryChange.ID(Tuesday.id()), kind: kind, therapist: therapist,
                starts: try #require(Instant("\(from):00.000Z")).date,
                ends: try #require(Instant("\(to):00.000Z")).date, note: "Water in the cellar"),
            by: "person-dora", now: site.now)
    }

    @Test("A closure of the clinic is on the pages and in the data block; a therapist's is nobody's business")
    func closure() async throws {
        let site = try await TestSite()
        // Monday from 10:00, all of Tuesday and Wednesday, by New York's clock; Sunday is open for two hours.
        try await change(site, .closed, "2026-11-23T15:00", "2026-11-26T05:00")
        try await change(site, .open, "2026-11-29T15:00", "2026-11-29T17:00")
        try await change(site, .closed, "2026-11-27T05:00", "2026-11-28T05:00", of: "person-tess")
        let visitor = TestBrowser(site)
        for path in ["/", "/contact"] {
            let page = try await visitor.get(path).body
            #expect(page.contains("Monday, November 23: 8:00 am to 10:00 am"), "\(path)")
            #expect(page.contains("Tuesday, November 24 to Wednesday, November 25: closed"), "\(path)")
            #expect(page.contains("Thursday, November 26: closed for Thanksgiving"), "\(path)")
            #expect(page.contains("Sunday, November 29: 10:00 am to 12:00 pm"), "\(path)")
            #expect(!page.contains("November 27"), "\(path)")
            #expect(!page.contains("Water"), "\(path): the desk's note is shown")
            let json = try #require(page.ranges(of: "ld+json\">").first)
            let rest = page[json.upperBound...]
            let end = try #require(rest.firstRange(of: "</script>")).lowerBound
            let data = try #require(
                try JSONSerialization.jsonObject(with: Data(rest[..<end].utf8)) as? [String: Any])
            let special = try #require(data["specialOpeningHoursSpecification"] as? [[String: Any]])
            let said = special.compactMap { day in
                (day["validFrom"] as? String).map { "\($0) \(day["opens"] ?? "")-\(day["closes"] ?? "")" }
            }
            #expect(
                said.prefix(5) == [
                    "2026-11-23 08:00-10:00", "2026-11-24 00:00-00:00", "2026-11-25 00:00-00:00",
                    "2026-11-26 00:00-00:00", "2026-11-29 10:00-12:00"
                ])
        }
    }

    @Test(
        "Open now follows the door, not the weekday",
        arguments: [
            // From 07:00 on a Sunday; the door is shut on Monday from 10:00 and all of Tuesday.
            (26.0, "Open now, until 10:00 am", "Today, Monday: 8:00 am to 10:00 am"),
            (28.0, "Closed now. Opens Wednesday, November 25, at 8:00 am", "Today, Monday"),
            (52.0, "Closed now. Opens tomorrow at 8:00 am", "Today, Tuesday: closed")
        ])
    func openNow(hours: Double, now: String, today: String) async throws {
        let site = try await TestSite()
        try await change(site, .closed, "2026-11-23T15:00", "2026-11-25T05:00")
        site.wait(hours: hours)
        let page = try await TestBrowser(site).get("/contact").body
        #expect(page.contains(now))
        #expect(page.contains(today))
    }
}

@Suite("The choice of a language leads back to a page") struct LanguageWayBackTests {
    @Test(
        "An address that only takes forms leads to the page above it",
        arguments: [
            ("/book/hold", "/book"), ("/book/manage/abc/confirm", "/book/manage/abc"),
            ("/book/waiting/abc/leave", "/book/waiting/abc"), ("/book/waiting", "/book"),
            ("/check", "/check"), ("/book?service=treatment", "/book?service=treatment"),
            ("/check/request", "/check"), ("/language", "/"), ("/no-such-page", "/no-such-page"),
            ("/diary/abc/step?done=x", "/diary/abc"), ("/", "/")
        ])
    func readable(target: String, expected: String) async throws {
        let site = try await TestSite()
        #expect(site.site.readable(target) == expected)
        let answer = try await TestBrowser(site).post("/language", ["language": "es", "back": target])
        #expect(answer.location == expected, "a person is sent to \(answer.location ?? "nowhere")")
    }

    @Test("A faulty form's page, read in another language, is still there") func form() async throws {
        let site = try await TestSite()
        let browser = TestBrowser(site)
        let path = try #require(
            try await browser.post(
                "/book/hold",
                ["form": Tuesday.id(), "service": "treatment", "therapist": "", "starts": Tuesday.nine]
            ).location)
        let faulty = try await browser.post(
            path + "/confirm", ["form": Tuesday.id(), "name": "", "phone": ""])
        let back = try #require(faulty.hidden("back"))
        let chosen = try await browser.post("/language", ["language": "es", "back": back])
        #expect(chosen.location == path)
        #expect(try await browser.get(path).status == 200)
    }
}
