// SPDX-License-Identifier: Apache-2.0
import Clinical
import Foundation
import Hummingbird
import Store
import Testing

@testable import Web

/// A site whose clinic has an appointment of Rosa's, tomorrow at 09:00, and one of a visitor's.
struct BookedSite {
    let site: TestSite

    init() async throws {
        site = try await TestSite()
        let rules = site.site.clinic.diary
        let diary = Diary(
            site.database, rules: rules, follow: Outbox(rules: site.site.clinic.messages.rules).follower)
        let day = Day(site.now, in: rules.zone)
        for (days, person) in [
            (1, BookedPerson.patient("person-rosa")),
            (2, .visitor(Visitor(name: "Vera <b>Holm</b>", phone: "555-0101", email: "vera@example.org")))
        ] {
            let start = try #require(
                WallTime(day.advanced(by: days), minute: 540).instants(in: rules.zone).first)
            let wish = BookingWish(
                service: "evaluation", therapist: "person-tess", starts: start, language: "en")
            _ = try await diary.book(
                wish, for: person, by: .staff("person-dora"), form: Diary.FormKey("form-\(days)"),
                now: site.now)
        }
    }

    func message(_ kind: Message.Kind, of channel: Message.Channel) async throws -> Message {
        let lines = try await site.site.outboxDesk.lines([.waiting], limit: 20)
        return try #require(lines.map(\.message).first { $0.kind == kind && $0.channel == channel })
    }
}

@Suite("The desk's page of messages") struct OutboxPageTests {
    @Test("It lists what waits, with whom it is for, and says that nothing is sent") func page() async throws
    {
        let booked = try await BookedSite()
        let answer = try await booked.site.browser(.desk).get("/outbox")
        #expect(answer.status == 200)
        #expect(answer.body.contains("Rosa Quill") && answer.body.contains("vera@example.org"))
        #expect(answer.body.contains("No e-mail is sent") && answer.body.contains("No text message is sent"))
        #expect(!answer.body.contains("<b>Holm"), "a name is shown as it is written")
        #expect(answer.body.contains("Vera &lt;b&gt;Holm"))
    }

    @Test("The desk stops a message and sends it again") func acts() async throws {
        let booked = try await BookedSite()
        let desk = try await booked.site.browser(.desk)
        let id = try await booked.message(.reminder, of: .email).id
        #expect(try await desk.post("/outbox/\(id)/stop").location == "/outbox?done=stopped")
        #expect(try await booked.site.site.outboxDesk.find(id)?.state == .stopped)
        #expect(try await desk.post("/outbox/\(id)/stop").location == "/outbox?done=too_late")
        #expect(try await desk.post("/outbox/\(id)/send").location == "/outbox?done=sent_again")
        #expect(try await booked.site.site.outboxDesk.find(id)?.state == .waiting)
        #expect(try await desk.post("/outbox/none/stop").status == 404)
    }

    @Test("A message says clinic, time, place, telephone and link, and nothing else of the person")
    func words() async throws {
        let booked = try await BookedSite()
        let site = booked.site.site
        let dispatch = Dispatch(booked.site.database, rules: site.clinic.messages.rules)
        let taken = try await dispatch.take(
            9, by: [.email, .text], lease: "x", links: (0..<9).map { _ in .random() }, now: booked.site.now)
        #expect(taken.count == 2)
        for one in taken {
            let text = MessageText(
                one, clinic: site.clinic, words: site.pages.words(in: "en"), address: "https://rehab.example")
            let link = "https://rehab.example/book/manage/\(one.link.text)"
            for said in [text.body, text.short] {
                #expect(said.contains("Clifton Physical Therapy") && said.contains("(973)-241-1338"))
                #expect(said.contains(link) && said.contains("9:00 am"))
                for secret in ["Rosa", "Quill", "Vera", "Holm", "valuation", "calf", "Tess", "{"] {
                    #expect(!said.contains(secret), "\(secret) in: \(said)")
                }
            }
            #expect(!text.subject.contains("{") && text.subject.contains("Clifton Physical Therapy"))
        }
    }

    @Test("Every kind of message has its words", arguments: Message.Kind.allCases)
    func everyKind(kind: Message.Kind) async throws {
        let words = try await TestSite().site.pages.words(in: "en")
        for part in ["subject", "body", "short"] { #expect(words.has("messages.\(kind.rawValue).\(part)")) }
        #expect(words.has("outbox.kind.\(kind.rawValue)"))
        for problem in Message.Problem.allCases { #expect(words.has("outbox.problem.\(problem.rawValue)")) }
        for state in Message.State.allCases { #expect(words.has("outbox.state.\(state.rawValue)")) }
        for problem in CalendarImporter.Problem.allCases {
            #expect(words.has("feeds.problem.\(problem.rawValue)"))
        }
        for notice in BusyTimes.Notice.allCases where notice != .tooMany {
            #expect(words.has("feeds.notice.\(notice.rawValue)"))
        }
    }
}

@Suite("Calendar feeds") struct FeedTests {
    /// The path of the address that a page shows once.
    func path(_ answer: Answered) throws -> String {
        let address = try #require(answer.text(between: "dir=\"ltr\">http", and: "</textarea>"))
        return "/" + address.split(separator: "/").dropFirst(2).joined(separator: "/")
    }

    @Test("A patient's feed shows clinic and time, and nothing of their health") func patient() async throws {
        let booked = try await BookedSite()
        let rosa = try await booked.site.browser(.patient)
        let path = try path(try await rosa.post("/calendar/renew"))
        let feed = try await booked.site.send(.get, path)
        #expect(feed.status == 200)
        #expect(feed.headers[.contentType]?.hasPrefix("text/calendar") == true)
        #expect(feed.body.contains("SUMMARY:Physical therapy at Clifton Physical Therapy\r\n"))
        #expect(feed.body.contains("DTSTART;TZID=America/New_York:20261123T090000\r\n"))
        #expect(feed.body.components(separatedBy: "BEGIN:VEVENT").count == 2)
        for secret in ["Rosa", "Quill", "Tess", "valuation", "calf", "Vera"] {
            #expect(!feed.body.contains(secret), "\(secret)")
        }
        #expect(try await rosa.get("/calendar").body.contains("Last read by a calendar"))
    }

    @Test("A therapist's feed shows initials only") func therapist() async throws {
        let booked = try await BookedSite()
        let tess = try await booked.site.browser(.therapist)
        let feed = try await booked.site.send(.get, try path(try await tess.post("/calendar/renew")))
        #expect(feed.body.contains("SUMMARY:Physical therapy\\, R. Q.\r\n"))
        #expect(feed.body.components(separatedBy: "BEGIN:VEVENT").count == 3)
        // Identities are chance, and may hold any digits.
        let said = feed.body.split(separator: "\r\n").filter { !$0.hasPrefix("UID:") }.joined(separator: "\n")
        for secret in ["Rosa", "Quill", "Vera", "Holm", "555", "example.org"] {
            #expect(!said.contains(secret), "\(secret)")
        }
    }

    @Test("A new address ends the old one; an ended, an unknown and a shut-out one's are not there")
    func ends() async throws {
        let booked = try await BookedSite()
        let rosa = try await booked.site.browser(.patient)
        let first = try path(try await rosa.post("/calendar/renew"))
        let second = try path(try await rosa.post("/calendar/renew"))
        #expect(first != second)
        #expect(try await booked.site.send(.get, first).status == 404)
        #expect(try await booked.site.send(.get, second).status == 200)
        let unknown = try await booked.site.send(.get, "/calendar/\(Token.random().text)/appointments.ics")
        #expect(unknown.status == 404)
        #expect(try await rosa.post("/calendar/end").location == "/calendar?done=ended")
        #expect(try await booked.site.send(.get, second).status == 404)
        let third = try path(try await rosa.post("/calendar/renew"))
        try await booked.site.site.people.disable("person-rosa", now: booked.site.now)
        #expect(try await booked.site.send(.get, third).status == 404)
    }

    @Test("The address is kept only as a hash") func hashed() async throws {
        let booked = try await BookedSite()
        let rosa = try await booked.site.browser(.patient)
        let token = try path(try await rosa.post("/calendar/renew")).split(separator: "/")[1]
        #expect(token.count >= 43, "fewer than 256 bits")
        let kept = try await booked.site.database.read { try $0.rows("SELECT hash FROM calendar_feed") }
        #expect(try kept.map { try $0.text("hash") } == [Token(String(token)).hash])
        #expect(try await !rosa.get("/calendar").body.contains(token), "shown a second time")
    }

    @Test("The desk makes, renews and ends an address of a patient or a therapist, and of nobody else")
    func desk() async throws {
        let booked = try await BookedSite()
        let desk = try await booked.site.browser(.desk)
        let made = try path(try await desk.post("/feeds/person-tess/renew"))
        #expect(try await booked.site.send(.get, made).status == 200)
        #expect(try await desk.get("/feeds").body.contains("Tess Stone"))
        #expect(try await desk.post("/feeds/person-tess/end").location == "/feeds?done=ended")
        #expect(try await booked.site.send(.get, made).status == 404)
        #expect(try await desk.post("/feeds/person-ada/renew").status == 404)
        #expect(try await desk.post("/feeds/nobody/renew").status == 404)
    }

    @Test(
        "Initials",
        arguments: [
            ("Rosa Quill", "R. Q."), ("Demo, Rosa", "D. R."), ("Anna Maria de la Cruz", "A. C."),
            ("Åsa", "Å."),
            ("o'neil jean-luc", "O. J."), ("", ""), ("  ", "")
        ])
    func initials(name: String, initials: String) { #expect(name.initials == initials) }
}
