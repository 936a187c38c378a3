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

    init(_ clinic: ClinicDetails, at moment: Moment, _ words: Words) {
        let wall = WallTime(moment.instant, in: clinic.zone)
        guard !clinic.hours.isEmpty else {
            (now, isOpen, today) = (nil, false, nil)
            return
        }
        let holiday = clinic.holidays.first { $0.day == wall.day }
        let ranges = holiday == nil ? clinic.hours[Weekday(wall.day)] : []
        let weekday = words["date.weekday.\(Weekday(wall.day).number)"]
        if let holiday {
            today = words(
                holiday.name == nil ? "open.today_closed" : "open.today_holiday",
                ["weekday": weekday, "name": holiday.name ?? ""])
        } else if ranges.isEmpty {
            today = words("open.today_closed", ["weekday": weekday])
        } else {
            today = words("open.today", ["weekday": weekday, "times": ranges.text(words)])
        }
        if let range = ranges.first(where: { $0.contains(wall.minute) }) {
            now = words("open.now", ["until": words.clock(minute: range.upperBound)])
            isOpen = true
        } else if let range = ranges.first(where: { $0.lowerBound > wall.minute }) {
            now = words("open.later", ["from": words.clock(minute: range.lowerBound)])
            isOpen = false
        } else {
            now = Self.next(clinic, after: wall.day, words)
            isOpen = false
        }
    }

    private static func next(_ clinic: ClinicDetails, after day: Day, _ words: Words) -> String? {
        // A week in which every day is a holiday says nothing rather than something far away.
        for ahead in 1...14 {
            let next = Day(number: day.number + ahead)
            guard !clinic.holidays.contains(where: { $0.day == next }),
                let range = clinic.hours[Weekday(next)].first
            else { continue }
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
