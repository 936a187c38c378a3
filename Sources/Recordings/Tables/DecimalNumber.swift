// SPDX-License-Identifier: Apache-2.0

/// A number in decimal digits, as the nearest `Double`.
///
/// Numbers of up to 19 digits between 1e-19 and 1e38 need no more than one product or one division of whole
/// numbers, rounded once, which gives the same bits as `strtod`; what is left goes to the standard library.
enum DecimalNumber {
    /// Reads the number that begins at `index` and moves `index` behind it.
    ///
    /// - Parameters:
    ///   - bytes: The text.
    ///   - index: Where the number begins; afterwards where it ends.
    ///   - comma: A comma stands for the decimal point, too.
    /// - Returns: nil where no finite number begins there; `index` then stands anywhere in the cell.
    static func read(_ bytes: borrowing Span<UInt8>, at index: inout Int, comma: Bool) -> Double? {
        let start = index
        let isNegative = index < bytes.count && bytes[index] == UInt8(ascii: "-")
        if isNegative || (index < bytes.count && bytes[index] == UInt8(ascii: "+")) { index += 1 }
        let first = index
        var digits: UInt64 = 0
        takeDigits(bytes, at: &index, onto: &digits)
        var count = index - first
        var exponent = 0
        if index < bytes.count,
            bytes[index] == UInt8(ascii: ".") || (comma && bytes[index] == UInt8(ascii: ","))
        {
            index += 1
            let behind = index
            takeDigits(bytes, at: &index, onto: &digits)
            exponent = behind - index
            count += index - behind
        }
        guard count > 0 else { return nil }
        if count > 19 { count -= leadingZeros(bytes, first..<index) }
        if index < bytes.count, bytes[index] | 0x20 == UInt8(ascii: "e") {
            guard let power = power(bytes, at: &index) else { return nil }
            exponent += power
        }
        if count <= 19, let value = quick(digits, tens: exponent) { return isNegative ? -value : value }
        return slow(bytes, start..<index)
    }

    /// Passes over digits and appends them to a number, which wraps round where they are too many.
    @inline(__always)
    private static func takeDigits(
        _ bytes: borrowing Span<UInt8>, at index: inout Int, onto digits: inout UInt64
    ) {
        while index < bytes.count {
            let digit = bytes[index] &- 48
            guard digit < 10 else { return }
            digits = digits &* 10 &+ UInt64(digit)
            index += 1
        }
    }

    /// How many zeros stand before the first other digit.
    private static func leadingZeros(_ bytes: borrowing Span<UInt8>, _ range: Range<Int>) -> Int {
        var zeros = 0
        for index in range {
            let byte = bytes[index]
            if byte == UInt8(ascii: "0") { zeros += 1 } else if byte &- 48 < 10 { break }
        }
        return zeros
    }

    /// The number behind an `e`, clamped to what still tells it from nothing and from infinity.
    private static func power(_ bytes: borrowing Span<UInt8>, at index: inout Int) -> Int? {
        index += 1
        let isNegative = index < bytes.count && bytes[index] == UInt8(ascii: "-")
        if isNegative || (index < bytes.count && bytes[index] == UInt8(ascii: "+")) { index += 1 }
        var power = 0
        var seen = false
        while index < bytes.count, bytes[index] &- 48 < 10 {
            power = min(power * 10 + Int(bytes[index] &- 48), 100_000)
            seen = true
            index += 1
        }
        return seen ? (isNegative ? -power : power) : nil
    }

    /// `digits · 10^tens`, rounded once to nearest even; nil beyond what whole numbers can do.
    static func quick(_ digits: UInt64, tens: Int) -> Double? {
        if digits == 0 { return 0 }
        guard (-19...19).contains(tens) else { return nil }
        if digits <= 1 << 53 && tens <= 0 {
            // Both are exact, so the quotient is rounded once (Clinger 1990, the fast path).
            return Double(digits) / tensAsDouble[-tens]
        }
        return tens < 0 ? quotient(digits, tensAsWhole[-tens]) : product(digits, tensAsWhole[tens])
    }

    private static func quotient(_ digits: UInt64, _ divisor: UInt64) -> Double {
        let (s, t) = (digits.leadingZeroBitCount, divisor.leadingZeroBitCount)
        let (m, d) = (digits << s, divisor << t)
        // 64 bits of the quotient with the top bit set; the remainder says whether there is more below.
        let isBigger = m >= d
        let parts = isBigger ? d.dividingFullWidth((m >> 1, m << 63)) : d.dividingFullWidth((m, 0))
        return rounded(parts.quotient, sticky: parts.remainder != 0, exponent: t - s - (isBigger ? 63 : 64))
    }

    private static func product(_ digits: UInt64, _ factor: UInt64) -> Double {
        let (high, low) = digits.multipliedFullWidth(by: factor)
        if high == 0 { return Double(low) }
        let shift = high.leadingZeroBitCount
        let top = shift == 0 ? high : high << shift | low >> (64 - shift)
        return rounded(top, sticky: low << shift != 0, exponent: 64 - shift)
    }

    /// `top · 2^exponent` with the top bit set, to 53 bits; `sticky`: there is a little more.
    private static func rounded(_ top: UInt64, sticky: Bool, exponent: Int) -> Double {
        var kept = top >> 11
        let rest = top & 0x7FF
        if rest > 0x400 || (rest == 0x400 && (sticky || kept & 1 == 1)) { kept += 1 }
        return Double(sign: .plus, exponent: exponent + 11, significand: Double(kept))
    }

    private static func slow(_ bytes: borrowing Span<UInt8>, _ range: Range<Int>) -> Double? {
        var text = ""
        for index in range {
            let byte = bytes[index]
            text.unicodeScalars.append(Unicode.Scalar(byte == UInt8(ascii: ",") ? UInt8(ascii: ".") : byte))
        }
        guard let value = Double(text), value.isFinite else { return nil }
        return value
    }

    /// The powers of ten from 0 to 19.
    private static let tensAsDouble = [
        1e0, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15, 1e16, 1e17,
        1e18, 1e19
    ]

    private static let tensAsWhole: [UInt64] = [
        1, 10, 100, 1000, 10_000, 100_000, 1_000_000, 10_000_000, 100_000_000, 1_000_000_000, 10_000_000_000,
        100_000_000_000, 1_000_000_000_000, 10_000_000_000_000, 100_000_000_000_000, 1_000_000_000_000_000,
        10_000_000_000_000_000, 100_000_000_000_000_000, 1_000_000_000_000_000_000,
        10_000_000_000_000_000_000
    ]
}
