// SPDX-License-Identifier: Apache-2.0
import Clinical
import Foundation

/// A time as a calendar file gives it.
enum CalendarTime: Hashable, Sendable {
    case day(Day)
    case utc(ClockTime)
    /// On a wall; the name of the zone where one is given.
    case wall(ClockTime, zone: String?)

    /// - Returns: nil where it is no time of RFC 5545.
    init?(_ text: String, zone: String?) {
        let bytes = Array(text.utf8)
        guard bytes.count >= 8, let day = Self.day(bytes[0..<8]) else { return nil }
        guard bytes.count > 8 else {
            self = .day(day)
            return
        }
        guard bytes.count == 15 || bytes.count == 16, bytes[8] == UInt8(ascii: "T"),
            let hour = Self.number(bytes[9..<11]), hour < 24,
            let minute = Self.number(bytes[11..<13]), minute < 60,
            let second = Self.number(bytes[13..<15]), second <= 60
        else { return nil }
        let wall = ClockTime(day, secondOfDay: (hour * 60 + minute) * 60 + second)
        if bytes.count == 16 {
            guard bytes[15] == UInt8(ascii: "Z") else { return nil }
            self = .utc(wall)
        } else {
            self = .wall(wall, zone: zone)
        }
    }

    /// What its own wall shows; midnight of a day.
    var wall: ClockTime {
        switch self {
        case .day(let day): ClockTime(day)
        case .utc(let wall), .wall(let wall, _): wall
        }
    }

    var isDay: Bool {
        if case .day = self { true } else { false }
    }

    private static func day(_ digits: ArraySlice<UInt8>) -> Day? {
        let text = String(decoding: digits, as: UTF8.self)
        return Day("\(text.prefix(4))-\(text.dropFirst(4).prefix(2))-\(text.suffix(2))")
    }

    private static func number(_ digits: ArraySlice<UInt8>) -> Int? {
        guard digits.allSatisfy({ (48...57).contains($0) }) else { return nil }
        return Int(String(decoding: digits, as: UTF8.self))
    }
}

/// A length of time as a calendar file gives it: `PT1H30M`, `P1DT12H`, `P2W`.
enum CalendarDuration {
    private static let longest = 366 * 86_400

    /// - Returns: Seconds; nil where it is no duration, or is longer than a year.
    static func seconds(_ text: String) -> Int? {
        var rest = text[...]
        let isNegative = rest.hasPrefix("-")
        if isNegative || rest.hasPrefix("+") { rest.removeFirst() }
        guard rest.hasPrefix("P"), rest.count > 1 else { return nil }
        rest.removeFirst()
        var (total, digits, isTime) = (0, "", false)
        for character in rest {
            if character.isASCII, character.isNumber {
                digits.append(character)
                continue
            }
            if character == "T" {
                guard digits.isEmpty, !isTime else { return nil }
                isTime = true
                continue
            }
            let unit: Int? =
                switch (character, isTime) {
                case ("W", false): 7 * 86_400
                case ("D", false): 86_400
                case ("H", true): 3600
                case ("M", true): 60
                case ("S", true): 1
                default: nil
                }
            guard let unit, let number = Int(digits), number <= longest else { return nil }
            total += number * unit
            digits = ""
        }
        guard digits.isEmpty, total <= longest else { return nil }
        return isNegative ? -total : total
    }
}
