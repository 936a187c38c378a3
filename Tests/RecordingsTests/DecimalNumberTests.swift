// SPDX-License-Identifier: Apache-2.0
import Testing

@testable import Recordings

@Suite("A number in decimal digits") struct DecimalNumberTests {
    private func number(_ text: String, comma: Bool = false) -> Double? {
        let bytes = Array(text.utf8)
        var index = 0
        let value = DecimalNumber.read(bytes.span, at: &index, comma: comma)
        return index == bytes.count ? value : nil
    }

    @Test(
        "is the nearest double, as the standard library reads it",
        arguments: [
            "0", "-0", "1", "9.8066", "-9.690529823303223", "0.1", "0.3", "1e22", "1e23",
            "1.7976931348623157e308",
            "5e-324", "2.2250738585072014e-308", "9007199254740993", "9007199254740992.5",
            "123456789012345678",
            "18446744073709551615", "3.822818600E-2", "+4.25", ".5", "5.", "1E+05",
            "0.000000000000000000000001",
            "1700000000000000123", "8.5e-19", "4.35", "0.30000000000000004", "7.2057594037927933e16",
            "0.00012345678901234567", "-000000000000000000000012.5", "00000000000000000000", "0.0e5",
            "0.0000000000000000000012345678901234567890123", "18446744073709551616", "99999999999999999999.5"
        ])
    func nearest(text: String) throws {
        let expected = try #require(Double(text))
        #expect(number(text)?.bitPattern == expected.bitPattern)
    }

    @Test("is the nearest double for 200,000 numbers of every length, in steps through the digits")
    func many() {
        var state: UInt64 = 1
        func next() -> UInt64 {
            state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
            return state >> 11 ^ state << 17
        }
        var wrong: [String] = []
        for _ in 0..<200_000 {
            let digits = next() % [10, 10_000, 1 << 53, 1 << 60, .max][Int(next() % 5)]
            let text: String
            switch next() % 3 {
            case 0: text = "\(digits)"
            case 1: text = "\(digits)e\(Int(next() % 44) - 22)"
            default:
                let point = Array(String(digits))
                let place = Int(next() % UInt64(point.count))
                text = String(point[..<place]) + "." + String(point[place...])
            }
            if number(text)?.bitPattern != Double(text)?.bitPattern { wrong.append(text) }
        }
        #expect(wrong == [], "first of \(wrong.count)")
    }

    @Test("may have a decimal comma where commas do not part the columns")
    func comma() {
        #expect(number("3,822818600E-2", comma: true) == 0.038228186)
        #expect(number("3,8") == nil)
        #expect(number("1,234.5", comma: true) == nil)
    }

    @Test(
        "is nothing else",
        arguments: [
            "", "-", "+", ".", "e5", "1e", "1e+", "0x10", "--1", "1.2.3", "1e400", "inf", "1_000", "²"
        ])
    func refused(text: String) {
        #expect(number(text) == nil)
    }
}
