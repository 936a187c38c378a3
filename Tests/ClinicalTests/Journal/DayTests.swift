// SPDX-License-Identifier: Apache-2.0
import Foundation
import Testing

@testable import Clinical

@Suite("A calendar day") struct DayTests {
    @Test("goes to its number and its text and back, every day from 1900 to 2100")
    func roundTrip() throws {
        let first = try #require(Day("1900-01-01"))
        let last = try #require(Day("2100-12-31"))
        var before = first.advanced(by: -1)
        for number in first.number...last.number {
            let day = Day(number: number)
            guard day.number == number, Day(day.description) == day, before < day,
                day == before.advanced(by: 1)
            else {
                Issue.record("\(day) does not come back")
                return
            }
            before = day
        }
        #expect(last.number - first.number == 73_413)
    }

    @Test(
        "has the number that the calendar gives it",
        arguments: [
            ("1970-01-01", 0), ("1969-12-31", -1), ("2000-02-29", 11_016), ("2000-03-01", 11_017),
            ("2026-11-22", 20_779), ("1900-03-01", -25_508), ("2100-02-28", 47_540), ("2100-03-01", 47_541)
        ])
    func numbers(text: String, number: Int) throws {
        #expect(try #require(Day(text)).number == number)
        #expect(Day(number: number).description == text)
    }

    @Test(
        "is a leap day only where the year has one",
        arguments: [(2024, true), (2026, false), (2000, true), (1900, false), (2100, false)])
    func leapDays(year: Int, exists: Bool) { #expect((Day("\(year)-02-29") != nil) == exists) }

    @Test(
        "is refused where it is none",
        arguments: [
            "", "2026", "2026-11", "2026-13-01", "2026-00-10", "2026-01-00", "2026-01-32", "2026-04-31",
            "2026-1-5", "26-01-05", "12026-01-05", "2026-01-05T10", "2026/01/05", "2026-01-05 ", "-026-01-05",
            "+026-01-05", "2026-+1-05", "2026-01--5", "٢٠٢٦-٠١-٠٥", "2026-0a-05", "today"
        ])
    func refused(text: String) { #expect(Day(text) == nil) }

    @Test(
        "changes at the clinic's midnight, on the days the clocks change too",
        arguments: [
            // Clocks go forward, and back, in New York and in Madrid.
            ("America/New_York", "2026-03-08", "2026-03-08T05:00:00Z", "2026-03-09T04:00:00Z"),
            ("America/New_York", "2026-11-01", "2026-11-01T04:00:00Z", "2026-11-02T05:00:00Z"),
            ("Europe/Madrid", "2026-03-29", "2026-03-28T23:00:00Z", "2026-03-29T22:00:00Z"),
            ("Europe/Madrid", "2026-10-25", "2026-10-24T22:00:00Z", "2026-10-25T23:00:00Z"),
            ("Pacific/Kiritimati", "2026-11-22", "2026-11-21T10:00:00Z", "2026-11-22T10:00:00Z"),
            ("Asia/Kathmandu", "2026-11-22", "2026-11-21T18:15:00Z", "2026-11-22T18:15:00Z"),
            ("GMT", "1969-12-31", "1969-12-31T00:00:00Z", "1970-01-01T00:00:00Z")
        ])
    func zones(name: String, day: String, from: String, to: String) throws {
        let zone = try #require(TimeZone(identifier: name))
        let begin = try Date(from, strategy: .iso8601)
        let end = try Date(to, strategy: .iso8601)
        let expected = try #require(Day(day))
        #expect(Day(begin.addingTimeInterval(-0.001), in: zone) == expected.advanced(by: -1))
        #expect(Day(begin, in: zone) == expected)
        #expect(Day(end.addingTimeInterval(-0.001), in: zone) == expected)
        #expect(Day(end, in: zone) == expected.advanced(by: 1))
    }

    @Test("is kept as text, and another text is refused")
    func coding() throws {
        let day = try #require(Day("2026-11-22"))
        let kept = String(decoding: try JSONEncoder().encode([day]), as: UTF8.self)
        #expect(kept == #"["2026-11-22"]"#)
        #expect(try JSONDecoder().decode([Day].self, from: Data(kept.utf8)) == [day])
        #expect(throws: DecodingError.self) {
            try JSONDecoder().decode([Day].self, from: Data(#"["2026-02-29"]"#.utf8))
        }
    }
}
