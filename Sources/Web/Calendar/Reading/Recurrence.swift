// SPDX-License-Identifier: Apache-2.0
import Clinical
import Foundation

/// A rule by which something comes again: its frequency, an interval, an end, and which days of the period.
///
/// Rules of RFC 5545 by week numbers, days of the year, hours or less are not expanded; ``init(_:)`` says so by
/// returning nil.
struct Recurrence: Hashable, Sendable {
    enum Frequency: String, Sendable {
        case daily = "DAILY"
        case weekly = "WEEKLY"
        case monthly = "MONTHLY"
        case yearly = "YEARLY"
    }

    enum End: Hashable, Sendable {
        case never
        case count(Int)
        case until(CalendarTime)
    }

    /// A day of the week, and which of its period: `2MO` is the second Monday, `-1FR` the last Friday.
    struct Weekdays: Hashable, Sendable {
        /// Monday is 0.
        let weekday: Int
        /// nil: each.
        let position: Int?
    }

    let frequency: Frequency
    var interval = 1
    var end = End.never
    /// Empty where the rule names none.
    var weekdays: Set<Weekdays> = []
    /// From 1, or from -1 for the last; empty where the rule names none.
    var monthDays: Set<Int> = []
    var months: Set<Int> = []
    /// Which of a period's days, from 1, or from -1 for the last; empty: all.
    var positions: Set<Int> = []
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
        guard let end = Self.end(values.removeValue(forKey: "COUNT"), values.removeValue(forKey: "UNTIL"))
        else {
            return nil
        }
        self.end = end
        if let text = values.removeValue(forKey: "WKST") {
            guard let day = Self.days.firstIndex(of: text) else { return nil }
            weekStart = day
        }
        let isOfMonths = frequency == .monthly || frequency == .yearly
        if let text = values.removeValue(forKey: "BYDAY") {
            for name in text.split(separator: ",") {
                guard let days = Self.weekdays(name), isOfMonths || days.position == nil else { return nil }
                weekdays.insert(days)
            }
        }
        guard isOfMonths || values.isEmpty else { return nil }
        for (key, range, into) in [
            ("BYMONTHDAY", -31...31, \Self.monthDays), ("BYMONTH", 1...12, \.months),
            ("BYSETPOS", -366...366, \.positions)
        ] as [(String, ClosedRange<Int>, WritableKeyPath<Self, Set<Int>>)] {
            guard let text = values.removeValue(forKey: key) else { continue }
            let numbers = text.split(separator: ",").compactMap { Int($0) }
            guard numbers.count == text.split(separator: ",", omittingEmptySubsequences: false).count,
                numbers.allSatisfy({ $0 != 0 && range.contains($0) })
            else { return nil }
            self[keyPath: into] = Set(numbers)
        }
        guard values.isEmpty else { return nil }
        // A position among days that the rule does not name has no meaning.
        guard positions.isEmpty || !weekdays.isEmpty || !monthDays.isEmpty || !months.isEmpty else {
            return nil
        }
    }

    private static func end(_ count: String?, _ until: String?) -> End? {
        switch (count, until) {
        case (nil, nil): return .never
        case (let count?, nil):
            guard let number = Int(count), number > 0 else { return nil }
            return .count(number)
        case (nil, let until?): return CalendarTime(until, zone: nil).map(End.until)
        default: return nil
        }
    }

    private static func weekdays(_ name: Substring) -> Weekdays? {
        guard let weekday = days.firstIndex(of: String(name.suffix(2))) else { return nil }
        if name.count == 2 { return Weekdays(weekday: weekday, position: nil) }
        guard let position = Int(name.dropLast(2)), position != 0, (-53...53).contains(position) else {
            return nil
        }
        return Weekdays(weekday: weekday, position: position)
    }

    /// The days on which it happens, from its first to the last before `horizon`; nil where they are too many.
    ///
    /// The first day always counts, as RFC 5545 says of DTSTART. An ``End/until(_:)`` that gives a time is taken
    /// as its day; whoever asks compares the instants.
    func days(from first: Day, before horizon: Day) -> [Day]? {
        var last = horizon
        if case .until(let time) = end { last = min(last, time.wall.day.advanced(by: 2)) }
        guard last.number - first.number <= Self.mostDays else { return nil }
        var found = [first]
        var period: (number: Int, days: Set<Day>)?
        var day = first.advanced(by: 1)
        while day < last {
            if case .count(let most) = end, found.count >= most { break }
            if frequency == .daily || frequency == .weekly {
                if falls(on: day, from: first) { found.append(day) }
            } else {
                let number = self.number(ofPeriodWith: day)
                if period?.number != number { period = (number, days(ofPeriodWith: day, from: first)) }
                if period?.days.contains(day) == true { found.append(day) }
            }
            day = day.advanced(by: 1)
        }
        return found
    }

    /// Over a hundred years of days.
    private static let mostDays = 60_000

    private func falls(on day: Day, from first: Day) -> Bool {
        let isNamed = weekdays.contains { $0.weekday == day.daysSinceMonday }
        switch frequency {
        case .daily:
            return (day.number - first.number) % interval == 0 && (weekdays.isEmpty || isNamed)
        case .weekly:
            let weeks = (week(of: day) - week(of: first)) / 7
            guard weeks % interval == 0 else { return false }
            return weekdays.isEmpty ? day.daysSinceMonday == first.daysSinceMonday : isNamed
        case .monthly, .yearly: return false
        }
    }

    /// The number of the day that begins the week.
    private func week(of day: Day) -> Int { day.number - (day.daysSinceMonday - weekStart + 7) % 7 }
}
