// SPDX-License-Identifier: Apache-2.0
import Clinical
package import Foundation

/// A moment to the millisecond, as the database keeps it: `2026-11-22T12:50:53.123Z`.
///
/// Always UTC and always 24 characters, so that the order of the texts is the order of the times. Years
/// 0000 to 9999; a moment outside is moved to the nearest end.
package struct Instant: Hashable, Sendable, Comparable, CustomStringConvertible {
    /// Milliseconds since 1970-01-01T00:00:00Z.
    package let milliseconds: Int

    package init(milliseconds: Int) { self.milliseconds = min(max(milliseconds, Self.first), Self.last) }

    /// The nearest millisecond, because a `Date` read back is a binary fraction a little off its text.
    package init(_ date: Date) {
        let seconds = date.timeIntervalSince1970
        let clamped =
            seconds.isNaN ? 0 : min(max(seconds, Double(Self.first / 1000)), Double(Self.last / 1000))
        self.init(milliseconds: Int((clamped * 1000).rounded()))
    }

    /// - Returns: nil where the text is not exactly of this form.
    package init?(_ text: String) {
        let bytes = Array(text.utf8)
        guard bytes.count == 24, bytes[10] == UInt8(ascii: "T"), bytes[13] == UInt8(ascii: ":"),
            bytes[16] == UInt8(ascii: ":"), bytes[19] == UInt8(ascii: "."), bytes[23] == UInt8(ascii: "Z"),
            let day = Day(String(decoding: bytes[0..<10], as: UTF8.self)),
            let hour = Self.number(bytes[11..<13]), hour < 24,
            let minute = Self.number(bytes[14..<16]), minute < 60,
            let second = Self.number(bytes[17..<19]), second < 60,
            let millisecond = Self.number(bytes[20..<23])
        else { return nil }
        let secondOfDay = (hour * 60 + minute) * 60 + second
        self.init(milliseconds: (day.number * 86_400 + secondOfDay) * 1000 + millisecond)
    }

    package var date: Date { Date(timeIntervalSince1970: Double(milliseconds) / 1000) }

    package var description: String {
        let millisecondOfDay = milliseconds.quotientAndRemainder(dividingBy: Self.day)
        let borrow = millisecondOfDay.remainder < 0
        let day = Day(number: millisecondOfDay.quotient - (borrow ? 1 : 0))
        let rest = millisecondOfDay.remainder + (borrow ? Self.day : 0)
        return String(unsafeUninitializedCapacity: 24) { bytes in
            func write(_ number: Int, digits: Int, at start: Int) {
                var number = number
                for index in stride(from: start + digits - 1, through: start, by: -1) {
                    bytes[index] = UInt8(ascii: "0") + UInt8(number % 10)
                    number /= 10
                }
            }
            write(day.year, digits: 4, at: 0)
            bytes[4] = UInt8(ascii: "-")
            write(day.month, digits: 2, at: 5)
            bytes[7] = UInt8(ascii: "-")
            write(day.day, digits: 2, at: 8)
            bytes[10] = UInt8(ascii: "T")
            write(rest / 3_600_000, digits: 2, at: 11)
            bytes[13] = UInt8(ascii: ":")
            write(rest / 60_000 % 60, digits: 2, at: 14)
            bytes[16] = UInt8(ascii: ":")
            write(rest / 1000 % 60, digits: 2, at: 17)
            bytes[19] = UInt8(ascii: ".")
            write(rest % 1000, digits: 3, at: 20)
            bytes[23] = UInt8(ascii: "Z")
            return 24
        }
    }

    package static func < (left: Instant, right: Instant) -> Bool { left.milliseconds < right.milliseconds }

    private static let day = 86_400_000
    private static let first = -62_167_219_200_000
    private static let last = 253_402_300_799_999

    private static func number(_ digits: ArraySlice<UInt8>) -> Int? {
        digits.reduce(0) { sum, digit in
            guard let sum, (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(digit) else { return nil }
            return sum * 10 + Int(digit - UInt8(ascii: "0"))
        }
    }
}
