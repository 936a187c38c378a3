// SPDX-License-Identifier: Apache-2.0
package import Clinical
package import Foundation

/// What a clock on the clinic's wall shows: a day and the minutes since its midnight, `2026-03-29T09:00`.
package struct WallTime: Hashable, Sendable, Comparable, CustomStringConvertible {
    package let day: Day
    /// 0 to 1440; 1440 is the midnight that ends the day.
    package let minute: Int

    package init(_ day: Day, minute: Int) {
        precondition((0...1440).contains(minute), "a day has 1440 minutes on the clock")
        self.day = day
        self.minute = minute
    }

    /// What the clock shows at an instant.
    package init(_ instant: Date, in zone: TimeZone) {
        let seconds = Int(instant.timeIntervalSince1970.rounded(.down)) + zone.secondsFromGMT(for: instant)
        let day = Day(number: Int((Double(seconds) / 86_400).rounded(.down)))
        self.init(day, minute: (seconds - day.number * 86_400) / 60)
    }

    /// - Returns: nil where the text is not exactly `yyyy-MM-ddTHH:MM`.
    package init?(_ text: String) {
        let parts = text.split(separator: "T", omittingEmptySubsequences: false)
        guard parts.count == 2, let day = Day(String(parts[0])), let minute = Self.minute(parts[1]) else {
            return nil
        }
        self.init(day, minute: minute)
    }

    /// Minutes since midnight of `HH:MM`; `24:00` ends a day.
    package static func minute(_ text: some StringProtocol) -> Int? {
        let parts = text.split(separator: ":", omittingEmptySubsequences: false)
        guard parts.count == 2, parts.allSatisfy({ $0.count == 2 && $0.allSatisfy(\.isASCIIDigit) }),
            let hour = Int(parts[0]), let minute = Int(parts[1]), minute < 60,
            hour < 24 || hour == 24 && minute == 0
        else { return nil }
        return hour * 60 + minute
    }

    /// `HH:MM`.
    package static func text(minute: Int) -> String {
        func two(_ number: Int) -> String { number < 10 ? "0\(number)" : "\(number)" }
        return "\(two(minute / 60)):\(two(minute % 60))"
    }

    package var description: String { "\(day)T\(Self.text(minute: minute))" }

    package static func < (left: WallTime, right: WallTime) -> Bool {
        (left.day, left.minute) < (right.day, right.minute)
    }

    /// The instants at which the clock shows this: none where it is put forward over it, two where it is put
    /// back over it, else one; in order.
    package func instants(in zone: TimeZone) -> [Date] {
        let naive = Double(day.number) * 86_400 + Double(minute) * 60
        // No zone is further than 26 hours from GMT, days left out included; on either side of a change is
        // the one offset or the other.
        let offsets = Set(
            [-93_600, 0, 93_600].map { zone.secondsFromGMT(for: Date(timeIntervalSince1970: naive + $0)) })
        return offsets.map { Date(timeIntervalSince1970: naive - Double($0)) }
            .filter { Double(zone.secondsFromGMT(for: $0)) == naive - $0.timeIntervalSince1970 }
            .sorted()
    }
}

extension Character {
    fileprivate var isASCIIDigit: Bool { isASCII && isNumber }
}
