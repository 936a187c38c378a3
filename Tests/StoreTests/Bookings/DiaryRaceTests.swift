// SPDX-License-Identifier: Apache-2.0
import Clinical
import Foundation
import Testing

@testable import Store

@Suite("Many at once, through two processes' connections", .onEveryBackend) struct DiaryRaceTests {
    typealias T = TestDiary

    /// Runs all at once and counts who got it; everybody else must have been told that it is taken.
    private static func winners(
        _ count: Int, _ act: @escaping @Sendable (Int) async throws -> Void
    ) async throws -> Int {
        try await withThrowingTaskGroup(of: Bool.self) { group in
            for number in 0..<count {
                group.addTask {
                    do {
                        try await act(number)
                        return true
                    } catch BookingRefusal.taken { return false } catch BookingRefusal.changed {
                        return false
                    } catch BookingRefusal.wrongStatus { return false } catch StoreError.overlap {
                        return false
                    }
                }
            }
            return try await group.reduce(into: 0) { $0 += $1 ? 1 : 0 }
        }
    }

    @Test("Of many who want one time, half of them half an hour later by a half, one gets it")
    func book() async throws {
        let test = try await TestDiary()
        let handles = [test.diary, try await test.another()]
        let won = try await Self.winners(24) { number in
            try await test.book(
                "talk", "tom", hours: number.isMultiple(of: 2) ? 45 : 45.25, handles[number % 2])
        }
        #expect(won == 1)
        #expect(try await test.overlaps() == 0)
    }

    @Test("Any therapist: as many as there are; rooms: as many as there are")
    func anyTherapist() async throws {
        let test = try await TestDiary()
        let handles = [test.diary, try await test.another()]
        let talks = try await Self.winners(12) { number in
            try await test.book("talk", nil, hours: 45, handles[number % 2])
        }
        #expect(talks == 2)
        let evaluations = try await Self.winners(12) { number in
            try await test.book("eval", nil, hours: 47, handles[number % 2])
        }
        #expect(evaluations == 1)
        #expect(try await test.overlaps() == 0)
    }

    @Test(
        "Moving, restoring, reassigning, a series and a hold all want one time: one of them has it",
        arguments: 0..<5)
    func everyPath(round: Int) async throws {
        let test = try await TestDiary()
        let handles = [test.diary, try await test.another()]
        let moved = try await test.book("talk", "tom", hours: 48)
        let given = try await test.book("talk", "tina", hours: 45)
        let gone = try await test.book("talk", "tom", hours: 45)
        _ = try await test.diary.cancel(gone.id, reason: "", by: .staff("d"), form: T.key(), now: time())
        let won = try await Self.winners(10) { number in
            let diary = handles[(number + round) % 2]
            switch number % 5 {
            case 0:
                _ = try await diary.reschedule(
                    moved.id, version: 1, to: time(45.25 * 3600), therapist: "tom", by: .staff("d"),
                    form: T.key(),
                    now: time())
            case 1:
                _ = try await diary.restore(gone.id, by: .staff("d"), form: T.key(), now: time())
            case 2:
                _ = try await diary.reassign(
                    given.id, version: 1, therapist: "tom", place: nil, by: .staff("d"), form: T.key(),
                    now: time())
            case 3: try await test.book("talk", "tom", hours: 45, weeks: 3, diary)
            default: _ = try await diary.hold(T.wish(), form: T.key(), now: time())
            }
        }
        #expect(won == 1)
        #expect(try await test.overlaps() == 0)
        #expect(try await test.unclaimed() == 0)
    }

    @Test("A trigger, and not the code alone, refuses what overlaps: on insert, on update, on waking up")
    func trigger() async throws {
        let test = try await TestDiary()
        let one = try await test.book(hours: 45)
        let other = try await test.book(hours: 46)
        let start = Claim.minute(one.starts)
        let database = test.clinic.database
        await #expect(throws: StoreError.overlap("appointment_claim")) {
            try await database.write {
                try $0.execute(
                    """
                    INSERT INTO appointment_claim (appointment, resource, starts, ends, active)
                    VALUES (\(other.id), 'therapist:tom ', 1, 2, 1), (\(other.id), 'x', 1, 2, 1),
                        (\(one.id), 'x', 1, 3, 1)
                    """)
            }
        }
        await #expect(throws: StoreError.overlap("appointment_claim")) {
            try await database.write {
                try $0.execute(
                    """
                    UPDATE appointment_claim SET starts = \(start + 15), ends = \(start + 45)
                    WHERE appointment = \(other.id) AND resource = 'therapist:tom'
                    """)
            }
        }
        try await database.write {
            try $0.execute("UPDATE appointment_claim SET active = 0 WHERE appointment = \(other.id)")
            try $0.execute(
                """
                UPDATE appointment_claim SET starts = \(start + 15), ends = \(start + 45)
                WHERE appointment = \(other.id)
                """)
        }
        await #expect(throws: StoreError.overlap("appointment_claim")) {
            try await database.write {
                try $0.execute("UPDATE appointment_claim SET active = 1 WHERE appointment = \(other.id)")
            }
        }
    }

    @Test(
        "After a thousand acts by chance nothing overlaps, and everything open has its time",
        arguments: [1, 2])
    func chance(seed: UInt64) async throws {
        let test = try await TestDiary()
        var random = SplitMix(state: seed)
        var ids: [Appointment.ID] = []
        for _ in 0..<1000 {
            let hours = 43 + Double(Int.random(in: 0..<36, using: &random)) / 4
            let therapist: Person.ID? = [nil, "tom", "tina"].randomElement(using: &random) ?? nil
            let service = ["talk", "eval", "treat"].randomElement(using: &random) ?? "talk"
            let person: BookedPerson = Bool.random(using: &random) ? .patient("anna") : T.vera
            let id = ids.randomElement(using: &random) ?? "none"
            let other = ids.randomElement(using: &random) ?? "none"
            let act = Int.random(in: 0..<7, using: &random)
            do {
                switch act {
                case 0, 1: ids.append(try await test.book(service, therapist, hours: hours, for: person).id)
                case 2:
                    _ = try await test.diary.reschedule(
                        id, to: time(hours * 3600), therapist: therapist, by: .staff("d"), form: T.key(),
                        now: time())
                case 3:
                    _ = try await test.diary.swap(
                        (id, nil), (other, nil), by: .staff("d"), form: T.key(), now: time())
                case 4:
                    _ = try await test.diary.cancel(
                        id, reason: "", by: .staff("d"), form: T.key(), now: time())
                case 5: _ = try await test.diary.restore(id, by: .staff("d"), form: T.key(), now: time())
                default:
                    _ = try await test.diary.reassign(
                        id, version: nil, therapist: therapist ?? "tom", place: nil, by: .staff("d"),
                        form: T.key(), now: time())
                }
            } catch is BookingRefusal {} catch StoreError.notFound {}
        }
        #expect(ids.count > 50)
        #expect(try await test.overlaps() == 0)
        #expect(try await test.unclaimed() == 0)
    }
}

/// A source of chance that a seed repeats.
private struct SplitMix: RandomNumberGenerator {
    var state: UInt64

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var z = state
        z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
        z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
        return z ^ (z >> 31)
    }
}
