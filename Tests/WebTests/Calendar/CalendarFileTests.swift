// SPDX-License-Identifier: Apache-2.0
import Clinical
import Foundation
import Testing

@testable import Web

@Suite("Calendar files that Soleus writes") struct CalendarFileTests {
    static let clinic = Organizer(name: "Clifton Physical Therapy", address: "tel:+19732411338")

    static func zone(_ name: String) throws -> TimeZone { try #require(TimeZone(identifier: name)) }

    static func instant(_ text: String) throws -> Date { try Date(text, strategy: .iso8601) }

    func event(
        at start: String, zone: String = "America/New_York", summary: String = "Physical therapy",
        location: String = "", details: String = "", sequence: Int = 0, isCancelled: Bool = false
    ) throws -> CalendarEvent {
        let start = try Self.instant(start)
        return CalendarEvent(
            uid: "a1@clinic", sequence: sequence, changed: start, start: start,
            end: start.addingTimeInterval(2700), zone: try Self.zone(zone), summary: summary,
            location: location,
            details: details, isCancelled: isCancelled)
    }

    func text(_ event: CalendarEvent, _ method: CalendarFile.Method = .publish) throws -> String {
        CalendarFile(method: method, organizer: Self.clinic, events: [event])
            .text(now: try Self.instant("2026-11-22T12:00:00Z"))
    }

    @Test("The agreed wall time stands beside its zone") func wallTime() throws {
        let text = try text(event(at: "2026-11-23T14:00:00Z"))
        #expect(text.contains("DTSTART;TZID=America/New_York:20261123T090000\r\n"))
        #expect(text.contains("DTEND;TZID=America/New_York:20261123T094500\r\n"))
        #expect(text.contains("DTSTAMP:20261122T120000Z\r\n"))
    }

    @Test("No line is longer than 75 octets, and none is broken within a character")
    func folding() throws {
        for word in ["å", "日本", "👩‍⚕️", "a"] {
            let long = String(repeating: word, count: 200)
            let text = try text(event(at: "2026-11-23T14:00:00Z", location: long))
            let lines = text.split(separator: "\r\n", omittingEmptySubsequences: false)
            #expect(lines.allSatisfy { $0.utf8.count <= 75 })
            #expect(lines.last == "", "every line ends with CR LF")
            #expect(!text.replacing("\r\n", with: "").utf8.contains { $0 == 13 || $0 == 10 })
            #expect(text.replacing("\r\n ", with: "").contains("LOCATION:\(long)"), "\(word)")
        }
    }

    @Test(
        "What means something to a calendar is escaped",
        arguments: [
            ("a;b,c\\d", "a\\;b\\,c\\\\d"), ("one\ntwo", "one\\ntwo"), ("one\r\ntwo", "one\\ntwo"),
            ("x\r\u{7}y", "xy"), ("END:VCALENDAR\r\nBEGIN:VEVENT", "END:VCALENDAR\\nBEGIN:VEVENT")
        ])
    func escaping(given: String, written: String) throws {
        let text = try text(event(at: "2026-11-23T14:00:00Z", location: given))
        #expect(text.contains("LOCATION:\(written)\r\n"))
        #expect(text.components(separatedBy: "\r\nBEGIN:VEVENT\r\n").count == 2)
    }

    @Test("A clinic's name cannot break out of its quotation marks") func parameters() throws {
        let file = CalendarFile(
            method: .publish, organizer: Organizer(name: "A\"; X=1:\r\nEVIL:1", address: "tel:1"),
            events: [try event(at: "2026-11-23T14:00:00Z")])
        let text = file.text(now: .distantPast)
        #expect(text.contains("ORGANIZER;CN=\"A'; X=1:EVIL:1\":tel:1\r\n"))
    }

    @Test("A cancelled appointment keeps its identity, has a higher sequence and takes no time")
    func cancelled() throws {
        let text = try text(event(at: "2026-11-23T14:00:00Z", sequence: 3, isCancelled: true), .cancel)
        for line in ["METHOD:CANCEL", "UID:a1@clinic", "SEQUENCE:3", "STATUS:CANCELLED", "TRANSP:TRANSPARENT"]
        {
            #expect(text.contains("\(line)\r\n"), "\(line)")
        }
    }

    /// Zone, an instant in the hour that is shown twice (second time), and what is written.
    @Test(
        "An hour that the clock shows a second time is written in UTC",
        arguments: [
            ("America/New_York", "2026-11-01T05:30:00Z", "DTSTART;TZID=America/New_York:20261101T013000"),
            ("America/New_York", "2026-11-01T06:30:00Z", "DTSTART:20261101T063000Z"),
            ("Europe/Berlin", "2026-10-25T00:30:00Z", "DTSTART;TZID=Europe/Berlin:20261025T023000"),
            ("Europe/Berlin", "2026-10-25T01:30:00Z", "DTSTART:20261025T013000Z"),
            (
                "Australia/Lord_Howe", "2026-04-04T14:45:00Z",
                "DTSTART;TZID=Australia/Lord_Howe:20260405T014500"
            ),
            ("Australia/Lord_Howe", "2026-04-04T15:15:00Z", "DTSTART:20260404T151500Z"),
            ("Asia/Kathmandu", "2026-04-04T15:15:00Z", "DTSTART;TZID=Asia/Kathmandu:20260404T210000")
        ])
    func doubled(zone: String, instant: String, line: String) throws {
        #expect(try text(event(at: instant, zone: zone)).contains("\(line)\r\n"))
    }

    @Test("The changes of the clock in a year stand in the zone's description")
    func observances() throws {
        let zone = try Self.zone("America/New_York")
        let rules = ZoneRules(
            zone, over: try Self.instant("2026-01-10T00:00:00Z")...Self.instant("2026-12-10T00:00:00Z"))
        let in2026 = rules.observances.filter { $0.start.day.year == 2026 }
        #expect(in2026.map(\.start.basic) == ["20260308T020000", "20261101T020000"])
        #expect(in2026.map(\.from) == [-5 * 3600, -4 * 3600])
        #expect(in2026.map(\.isDaylight) == [true, false])
    }

    @Test(
        "Each zone says of every hour of two years what the system says",
        arguments: [
            "America/New_York", "Europe/Berlin", "Australia/Lord_Howe", "Asia/Kathmandu", "Africa/Casablanca",
            "Pacific/Apia", "UTC"
        ])
    func zones(name: String) throws {
        let zone = try Self.zone(name)
        let start = try Self.instant("2026-01-01T00:00:00Z")
        let rules = ZoneRules(zone, over: start...start.addingTimeInterval(730 * 86_400))
        for hour in 0..<(730 * 24) {
            let instant = start.addingTimeInterval(Double(hour) * 3600)
            // An observance begins at an instant: its wall time as the clock before it showed.
            let current = rules.observances.last { $0.start.instant(offset: $0.from) <= instant }
            guard current?.to == zone.secondsFromGMT(for: instant) else {
                Issue.record("\(instant) has another offset in the file")
                return
            }
        }
    }

    @Test(
        "A wall time that the clock jumps over is read with the offset before the jump",
        arguments: [
            ("America/New_York", "20260308T023000", "2026-03-08T07:30:00Z"),
            ("Europe/Berlin", "20260329T023000", "2026-03-29T01:30:00Z"),
            ("Australia/Lord_Howe", "20261004T021500", "2026-10-03T15:45:00Z"),
            ("Europe/Berlin", "20261025T023000", "2026-10-25T00:30:00Z")
        ])
    func gaps(name: String, wall: String, instant: String) throws {
        let time = try #require(CalendarTime(wall, zone: nil))
        #expect(time.wall.instant(in: try Self.zone(name)) == (try Self.instant(instant)))
    }
}
