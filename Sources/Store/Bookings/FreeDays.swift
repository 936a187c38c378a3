// SPDX-License-Identifier: Apache-2.0
import Clinical
import Foundation

/// The days on which anything is free, looked up once for all who want the same: most who wait can be offered
/// nothing, and for them nobody else's booking is kept waiting.
struct FreeDays {
    private struct Wanted: Hashable {
        let service: String
        let therapist: Person.ID?
    }

    let diary: Diary
    let now: Date
    private var found: [Wanted: Set<Day>] = [:]

    init(diary: Diary, now: Date) {
        self.diary = diary
        self.now = now
    }

    /// Whether something is free on one of the days that somebody waits for.
    mutating func reach(_ waiting: Waiting) async throws -> Bool {
        let wanted = Wanted(service: waiting.service, therapist: waiting.therapist)
        let days = if let known = found[wanted] { known } else { try await look(wanted) }
        found[wanted] = days
        return days.contains { waiting.earliest <= $0 && $0 <= waiting.latest }
    }

    private func look(_ wanted: Wanted) async throws -> Set<Day> {
        guard let service = diary.rules.service(wanted.service) else { return [] }
        let today = Day(now, in: diary.rules.zone)
        let days = today...today.advanced(by: diary.rules.bookAheadDays)
        return Set(
            try await diary.slots(of: service, with: wanted.therapist, on: days, now: now).map(\.wall.day))
    }
}
