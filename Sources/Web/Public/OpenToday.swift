// SPDX-License-Identifier: Apache-2.0
import Clinical
import Foundation
import Store

/// Whether the clinic is open at this moment, and when next: by its own clock, in words.
struct OpenToday: Sendable {
    /// "Open now, until 7:00 pm"; nil where the hours are only lines of text.
    let now: String?
    let isOpen: Bool
    /// "Today, Wednesday: 8:00 am to 12:00 pm and 1:00 pm to 7:00 pm".
    let today: String?

    /// - Parameters:
    ///   - clinic: Its hours and holidays.
    ///   - changes: What the desk changed once; see ``DayHours``.
    ///   - moment: Now, by the clinic's clock.
    ///   - words: The reader's.
    init(_ clinic: ClinicDetails, _ changes: [DiaryChange], at moment: Moment, _ words: Words) {
        let wall = WallTime(moment.instant, in: clinic.zone)
        guard !clinic.hours.isEmpty else {
            (now, isOpen, today) = (nil, false, nil)
            return
        }
        let hours = DayHours(wall.day, clinic, changes)
        let weekday = words["date.weekday.\(Weekday(wall.day).number)"]
        if !hours.ranges.isEmpty {
            today = words("open.today", ["weekday": weekday, "times": hours.ranges.text(words)])
        } else {
            today = words(
                hours.name == nil ? "open.today_closed" : "open.today_holiday",
                ["weekday": weekday, "name": hours.name ?? ""])
        }
        if let range = hours.ranges.first(where: { $0.contains(wall.minute) }) {
            now = words("open.now", ["until": words.clock(minute: range.upperBound)])
            isOpen = true
        } else if let range = hours.ranges.first(where: { $0.lowerBound > wall.minute }) {
            now = words("open.later", ["from": words.clock(minute: range.lowerBound)])
            isOpen = false
        } else {
            now = Self.next(clinic, changes, after: wall.day, words)
            isOpen = false
        }
    }

    private static func next(
        _ clinic: ClinicDetails, _ changes: [DiaryChange], after day: Day, _ words: Words
    ) -> String? {
        // A clinic that stays shut for longer says nothing rather than something far away.
        for ahead in 1...14 {
            let next = day.advanced(by: ahead)
            guard let range = DayHours(next, clinic, changes).ranges.first else { continue }
            let from = words.clock(minute: range.lowerBound)
            if ahead == 1 { return words("open.tomorrow", ["from": from]) }
            return words("open.next", ["day": next.text(words), "from": from])
        }
        return nil
    }
}

extension [Range<Int>] {
    /// "8:00 am to 12:00 pm and 1:00 pm to 7:00 pm".
    func text(_ words: Words) -> String {
        map { range in
            words(
                "hours.range",
                [
                    "from": words.clock(minute: range.lowerBound), "to": words.clock(minute: range.upperBound)
                ])
        }.joined(separator: words["hours.and"])
    }
}
