// SPDX-License-Identifier: Apache-2.0
import Clinical
import Foundation

/// A rule by which something comes again: daily or weekly, with an end, an interval and days of the week.
///
/// Other rules of RFC 5545 are not expanded; ``init(_:)`` says so by returning nil.
struct Recurrence: Hashable, Sendable {
    enum Frequency: String, Sendable {
        case daily = "DAILY"
        case weekly = "WEEKLY"
    }

    enum End: Hashable, Sendable {
        case never
        case count(Int)
        case until(CalendarTime)
    }

    let frequency: Frequency
    var interval = 1
    var end = End.never
    /// Monday is 0; empty where the rule names none.
    var weekdays: Set<Int> = []
    /// The day on which a week begins, for intervals of several weeks.
    var weekStart = 0

    private static let days = ["MO", "TU", "WE", "TH", "FR", "SA", "SU"]

    /// - Returns: nil where the rule is another than those that can be expanded here.
    init?(_ text: String) {
        var values: [String: String] = [:]
        for part in text.split(separator: ";") {
            let pair = part.split(separator: "=", maxSplits: 1)
            guard pair.count == 2, values[pair[0].uppercased()] == nil else { return nil }
            values[pair[0].uppercased()] = pair[1].uppercased()
        }
        guard let frequency = values.removeValue(forKey: "FREQ").flatMap(Frequency.init(rawValue:)) else {
            return nil
        }
        self.frequency = frequency
        if let text = values.removeValue(forKey: "INTERVAL") {
            guard let number = Int(text), (1...10_000).contains(number) else { return nil }
            interval = number
        }
        let (count, until) = (values.removeValue(forKey: "COUNT"), values.removeValue(forKey: "UNTIL"))
        switch (count, until) {
        case (nil, nil): break
        case (let count?, nil):
            guard let number = Int(count), number > 0 else { return nil }
            end = .count(number)
        case (nil, let until?):
            guard let time = CalendarTime(until, zone: nil) else { return nil }
            end = .until(time)
        default: return nil
        }
        if let text = values.removeValue(forKey: "BYDAY") {
            for name in text.split(separator: ",") {
                // An ordinal, as in 2MO, has no meaning in a daily or weekly rule.
                guard let day = Self.days.firstIndex(of: String(name)) else { return nil }
                weekdays.insert(day)
            }
        }
        if let text = values.removeValue(forKey: "WKST") {
            guard let day = Self.days.firstIndex(of: text) else { return nil }
            weekStart = day
        }
        guard values.isEmpty else { return nil }
    }

    /// The days on which it happens, from its first to the last before `horizon`; nil where they are too many.
    ///
    /// The first day always counts, as RFC 5545 says of DTSTART. An ``End/until(_:)`` that gives a time is taken
    /// as its day; whoever asks compares the instants.
    func days(from first: Day, before horizon: Day) -> [Day]? {
        var found: [Day] = []
        var (counted, tried) = (0, 0)
        var day = first
        while day < horizon {
            if case .until(let time) = end, day.number > time.wall.day.number + 1 { break }
            tried += 1
            guard tried <= Self.mostDays else { return nil }
            if day == first || falls(on: day, from: first) {
                found.append(day)
                counted += 1
                if case .count(counted) = end { break }
            }
            day = day.advanced(by: 1)
        }
        return found
    }

    private static let mostDays = 60_000

    private func falls(on day: Day, from first: Day) -> Bool {
        switch frequency {
        case .daily:
            return (day.number - first.number) % interval == 0
                && (weekdays.isEmpty || weekdays.contains(day.daysSinceMonday))
        case .weekly:
            let weeks = (week(of: day) - week(of: first)) / 7
            guard weeks % interval == 0 else { return false }
            return weekdays.isEmpty
                ? day.daysSinceMonday == first.daysSinceMonday : weekdays.contains(day.daysSinceMonday)
        }
    }

    /// The number of the day that begins the week.
    private func week(of day: Day) -> Int { day.number - (day.daysSinceMonday - weekStart + 7) % 7 }
}
