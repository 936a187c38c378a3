// SPDX-License-Identifier: Apache-2.0
import Clinical
import Foundation
import Testing

@testable import Store

@Suite("When something is free") struct AvailabilityTests {
    private static let hour = Service(id: "hour", names: [:], minutes: 60)

    private static func rules(_ zone: String, _ ranges: [Range<Int>], slot: Int = 60) throws -> DiaryRules {
        var rules = DiaryRules(zone: try #require(TimeZone(identifier: zone)))
        rules.hours = OpenHours(
            Dictionary(uniqueKeysWithValues: Weekday.allCases.map { ($0, ranges) }))
        rules.slotMinutes = slot
        return rules
    }

    private static func slots(
        _ rules: DiaryRules, _ service: Service = hour, on day: String, busy: [Range<Int>] = [],
        changes: [DiaryChange] = []
    ) throws -> [Slot] {
        let day = try #require(Day(day))
        return Availability(
            rules: rules, therapists: [Therapist(id: "tom", name: "Tom")], changes: changes,
            busy: [Claim.therapist("tom"): busy]
        ).slots(of: service, on: day...day, from: .distantPast)
    }

    private static func clock(_ slots: [Slot]) -> [String] {
        slots.map { String($0.wall.description.suffix(5)) + ($0.isDoubled ? "*" : "") }
    }

    @Test(
        "A day and night clinic has as many hours as the day has: the one left out is not offered, the doubled one twice",
        arguments: [
            ("Europe/Berlin", "2026-03-29", 23, "02:00", 0), ("Europe/Berlin", "2026-10-25", 25, "02:00", 2),
            ("Europe/Berlin", "2026-07-01", 24, "02:00", 1),
            ("America/New_York", "2026-03-08", 23, "02:00", 0),
            ("America/New_York", "2026-11-01", 25, "01:00", 2),
            ("Asia/Kathmandu", "2026-03-29", 24, "02:00", 1),
            ("Pacific/Apia", "2011-12-30", 0, "09:00", 0), ("Pacific/Apia", "2011-12-31", 24, "09:00", 1),
            ("Pacific/Apia", "2011-12-29", 24, "09:00", 1),
            ("Africa/Casablanca", "2026-02-15", 25, "02:00", 2),
            ("Africa/Casablanca", "2026-03-22", 23, "02:00", 0)
        ])
    func dayLengths(zone: String, day: String, hours: Int, wall: String, times: Int) throws {
        let slots = try Self.slots(Self.rules(zone, [0..<1440]), on: day)
        #expect(slots.count == hours)
        #expect(Self.clock(slots).count { $0.hasPrefix(wall) } == times)
        #expect(Set(slots.map(\.starts)).count == slots.count)
        #expect(zip(slots, slots.dropFirst()).allSatisfy { $0.ends <= $1.starts })
        #expect(
            slots.allSatisfy {
                $0.isDoubled
                    == (Self.clock(slots).count { $0.hasPrefix(wall) } == 2
                        && $0.wall.description.hasSuffix(wall))
            })
    }

    @Test("Where the clock moves by half an hour, the day has half an hour less or more")
    func lordHowe() throws {
        let half = Service(id: "half", names: [:], minutes: 30)
        let rules = try Self.rules("Australia/Lord_Howe", [0..<1440], slot: 30)
        #expect(try Self.slots(rules, half, on: "2026-10-04").count == 47)
        #expect(try Self.slots(rules, half, on: "2026-04-05").count == 49)
        #expect(try !Self.clock(Self.slots(rules, half, on: "2026-10-04")).contains("02:00"))
        #expect(try Self.clock(Self.slots(rules, half, on: "2026-04-05")).count { $0 == "01:30*" } == 2)
    }

    @Test("Nine o'clock is nine o'clock before and after the change", arguments: ["2026-03-28", "2026-03-30"])
    func nineStaysNine(day: String) throws {
        let slots = try Self.slots(Self.rules("Europe/Berlin", [540..<600]), on: day)
        #expect(Self.clock(slots) == ["09:00"])
        #expect(slots.first?.starts == Instant("\(day)T0\(day < "2026-03-29" ? 8 : 7):00:00.000Z")?.date)
    }

    @Test("An appointment ends before the door closes, touches its neighbours, and is not over a break")
    func edges() throws {
        let service = Service(id: "s", names: [:], minutes: 45, bufferMinutes: 15)
        let rules = try Self.rules("Etc/GMT", [480..<600, 660..<720], slot: 15)
        let day = Day("2026-06-01")
        let midnight = (day?.number ?? 0) * 1440
        #expect(
            try Self.clock(Self.slots(rules, service, on: "2026-06-01")) == [
                "08:00", "08:15", "08:30", "08:45", "09:00", "09:15", "11:00", "11:15"
            ])
        // Taken from 09:00 to 09:30: what ends at nine, its buffer included, still fits.
        let taken = [(midnight + 540)..<(midnight + 570)]
        #expect(
            try Self.clock(Self.slots(rules, service, on: "2026-06-01", busy: taken)) == [
                "08:00", "11:00", "11:15"
            ])
    }

    @Test("A closure closes, extra hours open a holiday, and closed wins")
    func changes() throws {
        var rules = try Self.rules("Etc/GMT", [480..<600])
        let day = try #require(Day("2026-06-01"))
        func change(_ kind: DiaryChange.Kind, _ from: String, _ to: String, of therapist: Person.ID? = nil)
            throws -> DiaryChange
        {
            DiaryChange(
                id: DiaryChange.ID(from + kind.rawValue), kind: kind, therapist: therapist,
                starts: try #require(Instant("2026-06-01T\(from):00.000Z")).date,
                ends: try #require(Instant("2026-06-01T\(to):00.000Z")).date)
        }
        func open(_ changes: DiaryChange...) throws -> [String] {
            try Self.clock(Self.slots(rules, on: day.description, changes: changes))
        }
        #expect(try open() == ["08:00", "09:00"])
        #expect(try open(change(.closed, "08:00", "09:00")) == ["09:00"])
        #expect(try open(change(.busy, "08:59", "09:01")) == [])
        #expect(try open(change(.closed, "08:00", "09:00", of: "another")) == ["08:00", "09:00"])
        #expect(try open(change(.open, "10:00", "12:00")) == ["08:00", "09:00", "10:00", "11:00"])
        rules.holidays = [.init(day: day)]
        #expect(try open() == [])
        #expect(try open(change(.open, "10:30", "12:00", of: "tom")) == ["10:30"])
        #expect(try open(change(.open, "10:00", "12:00"), change(.closed, "11:30", "12:00")) == ["10:00"])
    }

    @Test(
        "To the clock and back is the same instant, all year round",
        arguments: [
            "Europe/Berlin", "America/New_York", "Australia/Lord_Howe", "Asia/Kathmandu", "Pacific/Apia",
            "Africa/Casablanca"
        ])
    func roundTrip(zone: String) throws {
        let zone = try #require(TimeZone(identifier: zone))
        var chance = SystemRandomNumberGenerator()
        for _ in 0..<2000 {
            let minute = Int.random(in: 20_000_000..<31_000_000, using: &chance)
            let instant = Claim.date(minute)
            #expect(WallTime(instant, in: zone).instants(in: zone).contains(instant), "minute \(minute)")
        }
    }

    @Test(
        "A wall time is read as it is written, and nothing else",
        arguments: [
            ("2026-03-29T09:00", true), ("2026-03-29T24:00", true), ("2026-03-29T24:01", false),
            ("2026-03-29 09:00", false), ("2026-03-29T9:00", false), ("2026-02-30T09:00", false), ("", false)
        ])
    func wallText(text: String, isTime: Bool) {
        #expect(WallTime(text)?.description == (isTime ? text : nil))
    }
}
