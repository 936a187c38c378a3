// SPDX-License-Identifier: Apache-2.0
import Clinical
import Foundation
import Testing

@testable import Store

@Suite("Agreed times, when a zone's rules change") struct AgreedTimeTests {
    private static func utc(_ text: String) throws -> Date {
        try #require(Instant("\(text):00.000Z")).date
    }

    @Test(
        "What was agreed is the time on the wall",
        arguments: [
            ("Europe/Berlin", "2026-07-01T09:00", "2026-07-01T07:00", "kept"),
            // Kept as if summer time had been given up.
            ("Europe/Berlin", "2026-07-01T09:00", "2026-07-01T08:00", "2026-07-01T07:00"),
            // Twice on the wall: either is what was agreed.
            ("Europe/Berlin", "2026-10-25T02:30", "2026-10-25T00:30", "kept"),
            ("Europe/Berlin", "2026-10-25T02:30", "2026-10-25T01:30", "kept"),
            ("Europe/Berlin", "2026-10-25T02:30", "2026-10-25T02:30", "2026-10-25T01:30"),
            // Left out by the clock.
            ("Europe/Berlin", "2026-03-29T02:30", "2026-03-29T01:30", "gone"),
            ("America/New_York", "2026-11-24T09:00", "2026-11-24T13:00", "2026-11-24T14:00"),
            // Half an hour, three quarters, and a day that was left out.
            ("Australia/Lord_Howe", "2026-12-01T09:00", "2026-11-30T22:30", "2026-11-30T22:00"),
            ("Asia/Kathmandu", "2026-11-24T09:00", "2026-11-24T03:15", "kept"),
            ("Asia/Kathmandu", "2026-11-24T09:00", "2026-11-24T03:30", "2026-11-24T03:15"),
            ("Pacific/Apia", "2011-12-30T09:00", "2011-12-30T19:00", "gone"),
            // Ramadan of 2026: the clock of Casablanca goes back for it.
            ("Africa/Casablanca", "2026-03-01T09:00", "2026-03-01T09:00", "kept"),
            ("Africa/Casablanca", "2026-03-01T09:00", "2026-03-01T08:00", "2026-03-01T09:00")
        ])
    func table(zone: String, wall: String, kept: String, expected: String) throws {
        let agreed = AgreedTime(
            try #require(WallTime(wall)), kept: try Self.utc(kept),
            in: try #require(TimeZone(identifier: zone)))
        let wanted: AgreedTime =
            switch expected {
            case "kept": .kept
            case "gone": .gone
            default: .moved(to: try Self.utc(expected))
            }
        #expect(agreed == wanted, "\(zone): \(wall) kept as \(kept)")
    }
}

@Suite("The diary, when a zone's rules change", .onEveryBackend) struct DiaryZonesTests {
    typealias T = TestDiary

    /// As a server of last year would have kept it: everything an hour earlier than the wall says today.
    private func shift(_ test: TestDiary, _ appointments: [Appointment], minutes: Int = -60) async throws {
        let seconds = Double(minutes) * 60
        for appointment in appointments {
            try await test.clinic.database.write { connection in
                try connection.execute("DELETE FROM appointment_claim WHERE appointment = \(appointment.id)")
                try connection.execute(
                    """
                    UPDATE appointment SET starts_at = \(appointment.starts.addingTimeInterval(seconds)),
                        ends_at = \(appointment.ends.addingTimeInterval(seconds)),
                        busy_until = \(appointment.busyUntil.addingTimeInterval(seconds))
                    WHERE id = \(appointment.id)
                    """)
            }
        }
        for appointment in appointments {
            try await test.clinic.database.write { connection in
                for (resource, range) in appointment.claims {
                    try connection.execute(
                        """
                        INSERT INTO appointment_claim (appointment, resource, starts, ends, active, held_until)
                        VALUES (\(appointment.id), \(resource), \(range.lowerBound + minutes),
                            \(range.upperBound + minutes), 1, NULL)
                        """)
                }
            }
        }
    }

    @Test("Nothing is told while all is kept as agreed") func quiet() async throws {
        let test = try await TestDiary()
        try await test.book(hours: 45)
        #expect(try await test.diary.shifted(now: time()).isEmpty)
    }

    @Test("What moved is named, and goes back to the agreed time, each where another stood")
    func back() async throws {
        let test = try await TestDiary()
        var made: [Appointment] = []
        for hours in [45.0, 45.5, 46, 46.5] { made.append(try await test.book(hours: hours)) }
        try await shift(test, made)
        let shifted = try await test.diary.shifted(now: time())
        #expect(shifted.map(\.entry.appointment.id) == made.map(\.id))
        #expect(shifted.map(\.agreed) == made.map { .moved(to: $0.starts) })
        let outcome = try await test.diary.keepAgreedTimes(form: T.key(), now: time())
        #expect(outcome.appointments.map(\.starts) == made.map(\.starts))
        #expect(outcome.appointments.map(\.wall) == made.map(\.wall))
        #expect(outcome.appointments.allSatisfy { $0.sequence == 1 }, "calendars are not told")
        #expect(try await test.diary.shifted(now: time()).isEmpty)
        #expect(try await test.overlaps() == 0)
        #expect(try await test.unclaimed() == 0)
    }

    @Test("Where somebody else has the agreed time by now, it stays, is told of, and the desk moves it")
    func taken() async throws {
        let test = try await TestDiary()
        var made: [Appointment] = []
        for hours in [45.0, 46, 48] { made.append(try await test.book(hours: hours)) }
        try await shift(test, made)
        // By the shifted clock 46.0 was free, and somebody has booked it.
        try await test.book(hours: 46, for: .visitor(Visitor(name: "Nils", phone: "5550177")))
        let outcome = try await test.diary.keepAgreedTimes(form: T.key(), now: time())
        #expect(outcome.appointments.map(\.id) == [made[2].id])
        let left = try await test.diary.shifted(now: time())
        #expect(
            left.map(\.entry.appointment.id) == [made[0].id, made[1].id],
            "the second finds its time taken, and stands where the first would go")
        for (appointment, hours) in [(made[1], 49.0), (made[0], 45)] {
            _ = try await test.diary.reschedule(
                appointment.id, to: time(hours * 3600), therapist: "tom", by: .staff("dora"), form: T.key(),
                now: time())
        }
        #expect(try await test.diary.shifted(now: time()).isEmpty)
        #expect(try await test.overlaps() == 0)
        #expect(try await test.unclaimed() == 0)
    }

    @Test("What is past, cancelled or over is left alone") func past() async throws {
        let test = try await TestDiary()
        let one = try await test.book(hours: 45)
        let gone = try await test.book(hours: 46)
        try await shift(test, [one, gone])
        try await test.free(gone, at: 1)
        #expect(try await test.diary.shifted(now: time()).map(\.entry.appointment.id) == [one.id])
        #expect(try await test.diary.shifted(now: time(45 * 3600)).isEmpty)
    }
}
