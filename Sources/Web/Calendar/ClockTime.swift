// SPDX-License-Identifier: Apache-2.0
import Clinical
import Foundation

/// What a clock on the wall shows: a day and the seconds since its midnight.
struct ClockTime: Hashable, Sendable, Comparable {
    /// Seconds since 1970-01-01T00:00:00 on that wall.
    let seconds: Int

    init(seconds: Int) { self.seconds = seconds }

    init(_ day: Day, secondOfDay: Int = 0) { seconds = day.number * Self.day + secondOfDay }

    init(_ instant: Date, in zone: TimeZone) { self.init(instant, offset: zone.secondsFromGMT(for: instant)) }

    init(_ instant: Date, offset: Int) {
        seconds = Int(instant.timeIntervalSince1970.rounded(.down)) + offset
    }

    var day: Day { Day(number: (seconds - secondOfDay) / Self.day) }
    var secondOfDay: Int { ((seconds % Self.day) + Self.day) % Self.day }

    /// The instant at which a wall in `zone` shows this.
    ///
    /// The first of two where the clock goes back over it; where the clock jumps over it, the time that the clock
    /// before the jump would have shown. Source: RFC 5545, section 3.3.5.
    func instant(in zone: TimeZone) -> Date {
        let around = [-Self.day, Self.day].map { zone.secondsFromGMT(for: instant(offset: 0) + Double($0)) }
        let found = around.map(instant(offset:)).filter { ClockTime($0, in: zone) == self }
        return found.min() ?? instant(offset: around[0])
    }

    func instant(offset: Int) -> Date { Date(timeIntervalSince1970: Double(seconds - offset)) }

    /// `19970714T133000`.
    var basic: String {
        let time = [secondOfDay / 3600, secondOfDay / 60 % 60, secondOfDay % 60]
        return day.basic + "T" + time.map { $0 < 10 ? "0\($0)" : "\($0)" }.joined()
    }

    static func < (left: ClockTime, right: ClockTime) -> Bool { left.seconds < right.seconds }

    static let day = 86_400
}

extension Day {
    /// `19970714`.
    var basic: String { description.replacing("-", with: "") }

    /// 0 to 6.
    var daysSinceMonday: Int { ((number + 3) % 7 + 7) % 7 }
}
