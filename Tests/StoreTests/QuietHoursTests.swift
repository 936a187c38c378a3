// SPDX-License-Identifier: Apache-2.0
import Foundation
import Store
import Testing

@Suite("Quiet hours and when to remind") struct QuietHoursTests {
    static func instant(_ text: String) throws -> Date { try Date(text, strategy: .iso8601) }

    static func rules(_ zone: String, _ from: Int?, _ until: Int?) throws -> MessageRules {
        var rules = MessageRules(zone: try #require(TimeZone(identifier: zone)))
        if let from, let until { rules.quiet = try #require(QuietHours(from: from * 60, until: until * 60)) }
        return rules
    }

    /// Zone, quiet from and until (hours), an instant, when a message may go out.
    @Test(
        "A message waits for the end of the quiet hours",
        arguments: [
            // Over midnight, in New York (-5 h): before, on the edge, in the evening, in the night, at the end.
            ("America/New_York", 21, 8, "2026-11-23T01:59:59Z", "2026-11-23T01:59:59Z"),
            ("America/New_York", 21, 8, "2026-11-23T02:00:00Z", "2026-11-23T13:00:00Z"),
            ("America/New_York", 21, 8, "2026-11-23T04:30:00Z", "2026-11-23T13:00:00Z"),
            ("America/New_York", 21, 8, "2026-11-23T12:59:59Z", "2026-11-23T13:00:00Z"),
            ("America/New_York", 21, 8, "2026-11-23T13:00:00Z", "2026-11-23T13:00:00Z"),
            // Within one day.
            ("America/New_York", 12, 14, "2026-11-23T17:30:00Z", "2026-11-23T19:00:00Z"),
            ("America/New_York", 12, 14, "2026-11-23T19:00:00Z", "2026-11-23T19:00:00Z"),
            // The night in which the clock goes back is an hour longer, the one in which it goes forward shorter.
            ("America/New_York", 21, 8, "2026-11-01T03:00:00Z", "2026-11-01T13:00:00Z"),
            ("America/New_York", 21, 8, "2026-03-08T03:00:00Z", "2026-03-08T12:00:00Z"),
            // Until 02:00 on a day whose clock has no 02:00: the first minute after the jump.
            ("America/New_York", 22, 2, "2026-03-08T06:30:00Z", "2026-03-08T07:00:00Z"),
            // Until 01:00 on a day whose clock shows it twice: the first.
            ("America/New_York", 22, 1, "2026-11-01T04:30:00Z", "2026-11-01T05:00:00Z"),
            ("Europe/Berlin", 21, 8, "2026-03-28T23:00:00Z", "2026-03-29T06:00:00Z"),
            ("Europe/Berlin", 21, 8, "2026-10-24T22:00:00Z", "2026-10-25T07:00:00Z"),
            ("Australia/Lord_Howe", 21, 8, "2026-04-04T14:00:00Z", "2026-04-04T21:30:00Z"),
            ("Asia/Kathmandu", 21, 8, "2026-04-04T16:00:00Z", "2026-04-05T02:15:00Z")
        ])
    func waits(zone: String, from: Int, until: Int, at: String, allowed: String) throws {
        let rules = try Self.rules(zone, from, until)
        let found = rules.allowed(.reminder, .email, at: try Self.instant(at))
        #expect(found == (try Self.instant(allowed)), "\(found.formatted(.iso8601))")
    }

    @Test("An e-mail that answers an act goes out at once, a text waits") func answers() throws {
        let rules = try Self.rules("America/New_York", 21, 8)
        let night = try Self.instant("2026-11-23T04:30:00Z")
        #expect(rules.allowed(.confirmation, .email, at: night) == night)
        #expect(rules.allowed(.confirmation, .text, at: night) == (try Self.instant("2026-11-23T13:00:00Z")))
    }

    /// Hours before, the start, when it was booked, when to remind (nil: not at all).
    @Test(
        "When to remind",
        arguments: [
            // 14:00 in New York, a day before.
            (24, "2026-11-24T19:00:00Z", "2026-11-20T12:00:00Z", "2026-11-23T19:00:00Z"),
            // A day before 08:00 is the end of the quiet hours.
            (24, "2026-11-24T13:00:00Z", "2026-11-20T12:00:00Z", "2026-11-23T13:00:00Z"),
            // Three hours before 10:00 is quiet: at 08:00.
            (3, "2026-11-24T15:00:00Z", "2026-11-20T12:00:00Z", "2026-11-24T13:00:00Z"),
            // Three hours before 09:00 is quiet until 08:00, an hour before the start: just in time.
            (3, "2026-11-24T14:00:00Z", "2026-11-20T12:00:00Z", "2026-11-24T13:00:00Z"),
            // Three hours before 08:30: too close after the quiet hours, so the evening before at 20:59.
            (3, "2026-11-24T13:30:00Z", "2026-11-20T12:00:00Z", "2026-11-24T01:59:00Z"),
            // Booked two hours before the reminder: told. A minute later: they know it.
            (24, "2026-11-24T19:00:00Z", "2026-11-23T17:00:00Z", "2026-11-23T19:00:00Z"),
            (24, "2026-11-24T19:00:00Z", "2026-11-23T17:01:00Z", nil),
            // Booked for the same day.
            (24, "2026-11-24T19:00:00Z", "2026-11-24T15:00:00Z", nil),
            // Over the change of the clock a day before is 24 hours before: 09:00 is reminded of at 10:00.
            (24, "2026-11-01T14:00:00Z", "2026-10-20T12:00:00Z", "2026-10-31T14:00:00Z"),
            // In the night of the change: three hours before 09:00, which is after the longer night.
            (3, "2026-11-01T14:00:00Z", "2026-10-20T12:00:00Z", "2026-11-01T13:00:00Z"),
            (0, "2026-11-24T19:00:00Z", "2026-11-20T12:00:00Z", nil)
        ] as [(Int, String, String, String?)])
    func reminders(hours: Int, start: String, booked: String, due: String?) throws {
        let rules = try Self.rules("America/New_York", 21, 8)
        let found = rules.reminder(
            hours: hours, before: try Self.instant(start), now: try Self.instant(booked))
        #expect(found == (try due.map(Self.instant)), "\(found?.formatted(.iso8601) ?? "none")")
    }

    @Test("Never in the quiet hours, never after the start, for every minute of two weeks with a change")
    func sweep() throws {
        let rules = try Self.rules("America/New_York", 21, 8)
        let quiet = try #require(rules.quiet)
        let first = try Self.instant("2026-10-25T00:00:00Z")
        for minute in stride(from: 0, to: 14 * 1440, by: 1) {
            let start = first.addingTimeInterval(Double(minute) * 60)
            for hours in [1, 3, 24] {
                guard let due = rules.reminder(hours: hours, before: start, now: .distantPast) else {
                    continue
                }
                guard !quiet.contains(due, in: rules.zone), due <= start.addingTimeInterval(-3600) else {
                    Issue.record("\(hours) h before \(start): \(due)")
                    return
                }
            }
        }
    }

    @Test("Hours that are no clock's are refused") func impossible() {
        for (from, until) in [(60, 60), (-1, 60), (0, 1440), (2000, 1)] {
            #expect(QuietHours(from: from, until: until) == nil)
        }
    }
}
