// SPDX-License-Identifier: Apache-2.0
import Clinical
import Foundation
import Testing

@testable import Store

@Suite("The waiting list with many on it", .onEveryBackend) struct FreeDaysTests {
    @Test("Whoever cannot be offered anything is passed over, and has their turn when something fits")
    func passedOver() async throws {
        let test = try await TestDiary()
        let day = try #require(Day("2026-11-24"))
        // Of the whole day, half an hour of Tom's is free.
        for (id, therapist, from, to) in [
            ("before", nil, 43, 45), ("after", nil, 45.5, 56), ("tina", "tina" as Person.ID?, 45.0, 45.5)
        ] {
            _ = try await test.diary.add(
                DiaryChange(
                    id: DiaryChange.ID(id), kind: .closed, therapist: therapist, starts: time(from * 3600),
                    ends: time(to * 3600)), by: "dora", now: time())
        }
        for (number, (id, therapist)) in [
            ("wants Tina", "tina" as Person.ID?), ("wants anybody", nil), ("wants Tom", "tom")
        ].enumerated() {
            try await test.waiting.join(
                Waiting(
                    id: Waiting.ID(id), at: time(Double(number)), service: "talk", therapist: therapist,
                    visitor: Visitor(name: id, phone: "555 010\(number)"), language: "en",
                    need: .check(.sameDay),
                    earliest: day, latest: day))
        }
        let first = try await test.waiting.offer(now: time(10))
        #expect(first.map(\.waiting) == ["wants anybody"])
        #expect(first.map(\.appointment.therapist) == ["tom"])
        #expect(try await test.waiting.offer(now: time(11)).isEmpty)
        try await test.diary.remove("tina")
        let second = try await test.waiting.offer(now: time(12))
        #expect(second.map(\.waiting) == ["wants Tina"])
        #expect(second.map(\.appointment.therapist) == ["tina"])
        #expect(
            try await test.waiting.list().map(\.waiting.status) == [.offered, .offered, .waiting])
        #expect(try await test.overlaps() == 0)
    }
}
