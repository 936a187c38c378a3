// SPDX-License-Identifier: Apache-2.0
package import Clinical

/// A day of the week, Monday first.
package enum Weekday: String, Hashable, Sendable, CaseIterable {
    case monday, tuesday, wednesday, thursday, friday, saturday, sunday

    package init(_ day: Day) {
        // 1970-01-01 was a Thursday.
        self = Self.allCases[((day.number + 3) % 7 + 7) % 7]
    }

    /// 0 is Sunday, as the catalogue's words count them.
    package var number: Int { ((Self.allCases.firstIndex(of: self) ?? 0) + 1) % 7 }
}

/// When a door is open, by the clock on its wall.
package struct OpenHours: Hashable, Sendable {
    /// Minutes since midnight, half-open and in order; a break is the gap between two.
    ///
    /// No entry: closed.
    package var ranges: [Weekday: [Range<Int>]]

    package init(_ ranges: [Weekday: [Range<Int>]] = [:]) { self.ranges = ranges }

    package subscript(weekday: Weekday) -> [Range<Int>] { ranges[weekday] ?? [] }

    package var isEmpty: Bool { ranges.values.allSatisfy(\.isEmpty) }
}
