// SPDX-License-Identifier: Apache-2.0
import Testing

@testable import Motion

/// What is worked out side by side, so that the processor need not wait, has the bits of one after the other.
@Suite("Side by side") struct SideBySideTests {
    private static func signal(_ count: Int, from seed: Double) -> [Double] {
        (0..<count).map { Math.sin(seed + Double($0 * $0)) }
    }

    @Test("three axes are filtered as each alone", arguments: [0, 1, 2, 5, 200], [1, 2, 3, 4, 5])
    func axes(count: Int, order: Int) {
        let axes = Axes(
            x: Self.signal(count, from: 1), y: Self.signal(count, from: 2), z: Self.signal(count, from: 3))
        let filter = Butterworth.band(order: order, from: 1, to: 10, rate: 100)
        let together = axes.filtered(filter)
        #expect(together.x == filter.zeroPhase(axes.x))
        #expect(together.y == filter.zeroPhase(axes.y))
        #expect(together.z == filter.zeroPhase(axes.z))
    }

    @Test("forwards and backwards is one sample after the other", arguments: [1, 2, 3, 4, 5])
    func plain(order: Int) {
        let filter = Butterworth.lowPass(order: order, cutoff: 10, rate: 100)
        let signal = Self.signal(200, from: 1)
        // A signal that goes on as it began and ended, long enough to forget, needs no other ends.
        let quiet = [Double](repeating: 0, count: 400)
        var values = quiet + signal + quiet
        for _ in 0..<2 {
            var one = filter
            values = values.map { one.next($0) }.reversed()
        }
        let found = filter.zeroPhase(quiet + signal + quiet)
        #expect(zip(found, values).allSatisfy { ($0 - $1).magnitude < 1e-12 })
    }

    @Test("a lag is summed in company as alone", arguments: [0, 1, 3, 4, 5, 8, 17, 100], [0, 1, 7])
    func lags(count: Int, from: Int) {
        let signal = Self.signal(count + from + 5, from: 1)
        let range = from..<(from + count)
        let all = autocorrelation(signal, in: range, lags: 0..<(count + 6))
        for (lag, sum) in all.enumerated() {
            #expect(autocorrelation(signal, in: range, lags: lag..<(lag + 1)) == [sum])
            var plain = 0.0
            for index in range where index + lag < range.upperBound {
                plain += signal[index] * signal[index + lag]
            }
            #expect(abs(plain - sum) < 1e-12)
        }
    }
}
