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
        let end = bytes.count
        let isNegative = index < end && bytes[index] == UInt8(ascii: "-")
        if isNegative || (index < end && bytes[index] == UInt8(ascii: "+")) { index += 1 }
        var digits: UInt64 = 0
        var kept = 0
        var exponent = 0
        var seen = false
        var isWhole = true
        var isLong = false
        while index < end {
            let byte = bytes[index]
            if byte &- 48 < 10 {
                seen = true
                if kept < 19 {
                    digits = digits &* 10 &+ UInt64(byte &- 48)
                    if digits != 0 { kept += 1 }
                    if !isWhole { exponent -= 1 }
                } else {
                    isLong = true
                }
            } else if isWhole && (byte == UInt8(ascii: ".") || (comma && byte == UInt8(ascii: ","))) {
                isWhole = false
            } else {
                break
            }
            index += 1
        }
        guard seen else { return nil }
        if index < end && bytes[index] | 0x20 == UInt8(ascii: "e") {
            guard let power = power(bytes, at: &index) else { return nil }
            exponent += power
        }
        let value: Double
        if isLong {
            guard let slow = slow(bytes, start..<index) else { return nil }
            return slow
        } else if let quick = quick(digits, tens: exponent) {
            value = quick
        } else {
            guard let slow = slow(bytes, start..<index) else { return nil }
            return slow
        }
        return isNegative ? -value : value
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

    private static let tensAsDouble: [Double] = (0...19).map { power in
        (0..<power).reduce(1.0) { value, _ in value * 10 }
    }

    private static let tensAsWhole: [UInt64] = (0...19).map { power in
        (0..<power).reduce(1) { value, _ in value * 10 }
    }
}
