// SPDX-License-Identifier: Apache-2.0
import Clinical
import Foundation
import HTTPTypes
import Store
import Testing

@testable import Web

/// What the tests of booking share: the clinic's Tuesday, November 24, 2026, in New York.
enum Tuesday {
    static let nine = "2026-11-24T14:00:00.000Z"
    static let quarterPast = "2026-11-24T14:15:00.000Z"
    static let ten = "2026-11-24T15:00:00.000Z"
    static let formID = "0123456789abcdef0123456789abcdef"

    static func id() -> String { IDSource.random.make() }
}

@Suite("A visitor books") struct BookingTests {
    private static func hold(
        _ browser: TestBrowser, _ starts: String = Tuesday.nine, form: String = Tuesday.id(),
        service: String = "treatment", headers: HTTPFields = [:]
    ) async throws -> Answered {
        try await browser.post(
            "/book/hold", ["form": form, "service": service, "therapist": "", "starts": starts],
            headers: headers)
    }

    private static func book(_ site: TestSite, _ starts: String = Tuesday.nine, phone: String = "555 0101 99")
        async throws -> String
    {
        let browser = TestBrowser(site)
        let path = try #require(try await hold(browser, starts).location)
        let done = try await browser.post(
            path + "/confirm", ["form": Tuesday.id(), "name": "Vera Lind", "phone": phone, "email": ""])
        #expect(done.location == path + "?done=booked")
        return path
    }

    @Test("From the service to the free time, the name and the calendar file, without an account")
    func journey() async throws {
        let site = try await TestSite()
        let browser = TestBrowser(site)
        let start = try await browser.get("/book")
        #expect(start.body.contains("First evaluation"))
        #expect(!start.body.contains("Running test"), "the desk's own service is shown to the public")
        let times = try await browser.get("/book?service=treatment&from=2026-11-24")
        #expect(times.body.contains("value=\"\(Tuesday.nine)\""))
        #expect(!times.body.contains("2026-11-24T17:00:00.000Z\""), "noon is a break")
        let held = try await Self.hold(browser)
        #expect(held.status == 303)
        let path = try #require(held.location)
        #expect(path.hasPrefix("/book/manage/"))
        #expect(try await browser.get(path).body.contains("Tuesday, November 24, 9:00 am"))
        let faulty = try await browser.post(
            path + "/confirm", ["form": Tuesday.id(), "name": "", "phone": "1", "email": "no"])
        #expect(faulty.status == 422)
        #expect(faulty.body.contains("Type your name") && faulty.body.contains("Type a phone number"))
        let done = try await browser.post(
            path + "/confirm",
            ["form": Tuesday.id(), "name": "Vera Lind", "phone": "555 0101 99", "email": "vera@example.org"])
        #expect(done.location == path + "?done=booked")
        let file = try await browser.get(path + "/appointment.ics")
        #expect(file.headers[.contentType]?.hasPrefix("text/calendar") == true)
        #expect(file.body.contains("DTSTART;TZID=America/New_York:20261124T090000"))
        #expect(file.body.contains("BEGIN:VTIMEZONE"))
        #expect(
            !(try await browser.get("/book?service=treatment&therapist=person-tess&from=2026-11-24")).body
                .contains("value=\"\(Tuesday.nine)\""))
    }

    @Test("Who comes second gets 409 with the nearest free times, as a page and as JSON")
    func loser() async throws {
        let site = try await TestSite()
        let first = try await Self.hold(TestBrowser(site), headers: [.accept: "application/json"])
        #expect(first.status == 201)
        #expect(first.body.contains("\"status\":\"held\""))
        let second = try await Self.hold(TestBrowser(site), Tuesday.quarterPast)
        #expect(second.status == 409)
        #expect(second.body.contains("value=\"2026-11-24T14:30:00.000Z\""))
        let third = try await Self.hold(TestBrowser(site), headers: [.accept: "application/json"])
        #expect(third.status == 409)
        #expect(third.body.contains("\"error\":\"taken\""))
        #expect(third.body.contains("2026-11-24T14:30:00.000Z"))
    }

    @Test("The same form sent three times is one hold with one address")
    func idempotent() async throws {
        let site = try await TestSite()
        let browser = TestBrowser(site)
        var places: Set<String?> = []
        for _ in 0..<3 { places.insert(try await Self.hold(browser, form: Tuesday.formID).location) }
        #expect(places.count == 1)
        let rows = try await site.database.read { try $0.rows("SELECT id FROM appointment").count }
        #expect(rows == 1)
    }

    @Test("A visitor moves, cancels and sees it, until it is too late for that")
    func manage() async throws {
        let site = try await TestSite()
        let path = try await Self.book(site)
        let browser = TestBrowser(site)
        #expect(
            try await browser.get(path + "/move?from=2026-11-24").body.contains("value=\"\(Tuesday.ten)\""))
        let moved = try await browser.post(path + "/move", ["form": Tuesday.id(), "starts": Tuesday.ten])
        #expect(moved.location == path + "?done=moved")
        #expect(try await browser.get(path).body.contains("10:00 am"))
        site.wait(days: 1.9)
        let late = try await browser.post(path + "/cancel", ["form": Tuesday.id()])
        #expect(late.status == 422)
        #expect(late.body.contains("Less than 24 hours"))
        site.wait(days: 1)
        #expect(try await browser.get(path).status == 422, "the link ends when the appointment starts")
        let other = try await Self.book(site, "2026-12-01T14:00:00.000Z", phone: "555 0101 22")
        let gone = try await browser.post(other + "/cancel", ["form": Tuesday.id()])
        #expect(gone.location == other + "?done=cancelled")
        #expect(try await browser.get(other).body.contains("Cancelled: "))
    }

    @Test(
        "What is not offered is refused, whatever the page shows",
        arguments: [
            ("2026-11-20T14:00:00.000Z", 422), ("2026-11-24T14:05:00.000Z", 422),
            ("2026-11-24T17:00:00.000Z", 422), ("2026-11-26T14:00:00.000Z", 422),
            ("2031-11-24T14:00:00.000Z", 422),
            ("tomorrow", 400), ("", 400)
        ])
    func refused(starts: String, status: Int) async throws {
        let site = try await TestSite()
        #expect(try await Self.hold(TestBrowser(site), starts).status == status)
    }

    @Test("The public sees free times and nobody's names; a link opens its own appointment only")
    func secrets() async throws {
        let site = try await TestSite()
        let path = try await Self.book(site)
        let visitor = TestBrowser(site)
        for page in ["/book", "/book?service=treatment&from=2026-11-24"] {
            #expect(!(try await visitor.get(page)).body.contains("Vera"))
        }
        #expect(try await visitor.get(path + "x").status == 422)
        #expect(try await visitor.get("/book/manage/\(Tuesday.formID)").status == 422)
        let plain = try await visitor.get("/book?service=treatment&from=2026-11-24").body
        let more = try await visitor.get("/book?service=treatment&from=2026-11-24&patient=person-rosa&id=1")
            .body
        // The identity of the form, and the address that the choice of language goes back to.
        let form = /value="[0-9a-f]{32}"|name="back" value="[^"]*"/
        #expect(plain.replacing(form, with: "") == more.replacing(form, with: ""))
        let token = path.split(separator: "/").last.map(String.init) ?? ""
        let kept = try await site.database.read {
            try $0.rows("SELECT hash FROM appointment_link").first?.text("hash")
        }
        #expect(kept != token)
    }

    @Test("An address that holds and holds is asked to wait")
    func hoarding() async throws {
        let site = try await TestSite()
        var statuses: [Int] = []
        for number in 0..<12 {
            let starts = Instant("2026-11-24T14:00:00.000Z").map {
                Instant($0.date.addingTimeInterval(Double(number) * 1800)).description
            }
            statuses.append(try await Self.hold(TestBrowser(site), starts ?? "").status)
        }
        #expect(statuses.last == 429)
        #expect(statuses.first == 303)
    }
}

@Suite("A patient's own appointments") struct OwnAppointmentTests {
    @Test("A patient books at once, sees it on the clinic's page, moves it and cancels it")
    func own() async throws {
        let site = try await TestSite()
        let rosa = try await site.browser(.patient)
        let booked = try await rosa.post(
            "/book/hold",
            ["form": Tuesday.id(), "service": "treatment", "therapist": "person-tess", "starts": Tuesday.nine]
        )
        #expect(booked.location == "/clinic?done=booked")
        let page = try await rosa.get("/clinic?done=booked")
        #expect(page.body.contains("Tuesday, November 24, 9:00 am"))
        let path = "/clinic/appointments/" + (page.text(between: "/clinic/appointments/", and: "/") ?? "")
        let moved = try await rosa.post(path + "/move", ["form": Tuesday.id(), "starts": Tuesday.ten])
        #expect(moved.location == "/clinic?done=moved")
        #expect(try await rosa.get(path + "/appointment.ics").body.contains("SEQUENCE:1"))
        let gone = try await rosa.post(path + "/cancel", ["form": Tuesday.id()])
        #expect(gone.location == "/clinic?done=cancelled")
        #expect(try await rosa.get("/clinic").body.contains("You have none at the moment"))
    }

    @Test("Another patient's appointment is not there, whatever is asked of it")
    func others() async throws {
        let site = try await TestSite()
        try await site.site.people.add(
            Account(id: "person-paul", role: .patient, name: "Paul", language: "en"), now: site.now)
        let made = try await site.site.diary.book(
            BookingWish(
                service: "treatment", therapist: nil, starts: try #require(Instant(Tuesday.nine)).date,
                language: "en"), for: .patient("person-paul"), by: .staff("person-dora"),
            form: Diary.FormKey(Tuesday.id(), asked: ""), now: site.now)
        let path = "/clinic/appointments/\(try #require(made.appointments.first).id)"
        let rosa = try await site.browser(.patient)
        for page in ["/move", "/appointment.ics"] { #expect(try await rosa.get(path + page).status == 404) }
        for act in ["/move", "/cancel"] {
            let answer = try await rosa.post(path + act, ["form": Tuesday.id(), "starts": Tuesday.ten])
            #expect(answer.status == 404)
        }
        let kept = try await site.site.diary.find(try #require(made.appointments.first).id)
        #expect(kept?.appointment == made.appointments.first)
    }
}
