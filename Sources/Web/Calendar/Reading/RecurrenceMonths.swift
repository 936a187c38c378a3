// SPDX-License-Identifier: Apache-2.0
import Clinical

/// Which days of a month or a year a rule names.
///
/// Source: RFC 5545, 3.3.10, the table of what each part expands or limits.
extension Recurrence {
    /// Months or years, counted so that an interval can be taken of their difference.
    func number(ofPeriodWith day: Day) -> Int {
        frequency == .monthly ? day.year * 12 + day.month - 1 : day.year
    }

    /// The days of the period that a day lies in.
    func days(ofPeriodWith day: Day, from first: Day) -> Set<Day> {
        let passed = number(ofPeriodWith: day) - number(ofPeriodWith: first)
        guard passed % interval == 0 else { return [] }
        let all =
            frequency == .monthly
            ? (months.isEmpty || months.contains(day.month) ? days(of: day.year, day.month, first) : [])
            : days(of: day.year, first)
        guard !positions.isEmpty else { return Set(all) }
        return Set(
            positions.compactMap { position in
                let index = position > 0 ? position - 1 : all.count + position
                return all.indices.contains(index) ? all[index] : nil
            })
    }

    private func days(of year: Int, _ first: Day) -> [Day] {
        if weekdays.isEmpty, monthDays.isEmpty {
            // The first one's day, in its own month or in those that are named.
            return (months.isEmpty ? [first.month] : months.sorted()).flatMap { days(of: year, $0, first) }
        }
        // A weekday without a month is counted within the year.
        if months.isEmpty, monthDays.isEmpty { return named((1...12).flatMap { Self.month($0, of: year) }) }
        return (months.isEmpty ? Array(1...12) : months.sorted()).flatMap { days(of: year, $0, first) }
    }

    private func days(of year: Int, _ month: Int, _ first: Day) -> [Day] {
        let month = Self.month(month, of: year)
        if weekdays.isEmpty, monthDays.isEmpty { return month.filter { $0.day == first.day } }
        let days =
            monthDays.isEmpty
            ? month
            : month.filter { monthDays.contains($0.day) || monthDays.contains($0.day - month.count - 1) }
        return weekdays.isEmpty ? days : named(month).filter(Set(days).contains)
    }

    /// The days of a stretch that are weekdays of the rule, counted within the stretch.
    private func named(_ stretch: [Day]) -> [Day] {
        let positions = Dictionary(grouping: stretch, by: \.daysSinceMonday)
        return stretch.filter { day in
            let alike = positions[day.daysSinceMonday] ?? []
            let index = alike.firstIndex(of: day) ?? 0
            return weekdays.contains { named in
                named.weekday == day.daysSinceMonday
                    && (named.position == nil || named.position == index + 1
                        || named.position == index - alike.count)
            }
        }
    }

    private static func month(_ month: Int, of year: Int) -> [Day] {
        (1...31).compactMap { day in
            func two(_ number: Int) -> String { number < 10 ? "0\(number)" : "\(number)" }
            let digits = String(year)
            return Day(
                String(repeating: "0", count: max(0, 4 - digits.count))
                    + "\(digits)-\(two(month))-\(two(day))")
        }
    }
}
