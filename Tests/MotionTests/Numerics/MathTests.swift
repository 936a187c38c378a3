// SPDX-License-Identifier: Apache-2.0
import Foundation
import Motion
import Testing

@Suite("Our mathematics") struct MathTests {
    struct Row: Sendable, CustomTestStringConvertible {
        let name: String
        let range: ClosedRange<Double>
        let ulps: Double
        let ours: @Sendable (Double) -> Double
        let platform: @Sendable (Double) -> Double
        var testDescription: String { "\(name) on \(range)" }
    }

    // The bound is what was seen over a million arguments; the platform's own functions are within 1 ulp.
    static let rows = [
        Row(name: "sin", range: -10...10, ulps: 1, ours: Math.sin, platform: { sin($0) }),
        Row(name: "sin", range: -1e5...1e5, ulps: 1, ours: Math.sin, platform: { sin($0) }),
        Row(name: "cos", range: -10...10, ulps: 1, ours: Math.cos, platform: { cos($0) }),
        Row(name: "exp", range: -20...20, ulps: 1, ours: Math.exp, platform: { exp($0) }),
        Row(name: "exp", range: -740...700, ulps: 1, ours: Math.exp, platform: { exp($0) }),
        Row(name: "log", range: 1e-10...1e10, ulps: 1, ours: Math.log, platform: { log($0) }),
        Row(
            name: "atan2(y, 1)", range: -10...10, ulps: 2, ours: { Math.atan2($0, 1) },
            platform: { atan2($0, 1) }),
        Row(
            name: "atan2(1, x)", range: -10...10, ulps: 2, ours: { Math.atan2(1, $0) },
            platform: { atan2(1, $0) }),
        Row(name: "asin", range: -1...1, ulps: 2, ours: Math.asin, platform: { asin($0) }),
        Row(name: "acos", range: -1...1, ulps: 2, ours: Math.acos, platform: { acos($0) })
    ]

    @Test("is within a few units in the last place of the platform's", arguments: rows)
    func ulps(row: Row) {
        var worst = (ulps: 0.0, at: 0.0)
        for step in 0..<20_000 {
            let part = Double(step) / 20_000
            let x = row.range.lowerBound + (row.range.upperBound - row.range.lowerBound) * part
            let expected = row.platform(x)
            let error = abs(row.ours(x) - expected) / max(expected.ulp, .leastNormalMagnitude)
            if error > worst.ulps { worst = (error, x) }
        }
        #expect(worst.ulps <= row.ulps, "\(worst.ulps) ulp at \(worst.at)")
    }

    @Test("keeps the edges of the arc tangent")
    func quadrants() {
        #expect(Math.atan2(0, 1) == 0)
        #expect(Math.atan2(0, -1) == Math.pi)
        #expect(Math.atan2(-0.0, -1) == -Math.pi)
        #expect(Math.atan2(1, 0) == Math.pi / 2)
        #expect(Math.atan2(-1, 0) == -Math.pi / 2)
        #expect(Math.atan2(.nan, 1).isNaN)
    }

    @Test("says that it does not know, outside its range")
    func outside() {
        #expect(Math.sin(2e6).isNaN)
        #expect(Math.log(-1).isNaN)
        #expect(Math.log(0) == -.infinity)
        #expect(Math.exp(1000) == .infinity)
        #expect(Math.exp(-1000) == 0)
    }
}
