// SPDX-License-Identifier: Apache-2.0
import Foundation
import Motion
import Testing

@Suite("The Butterworth filter") struct ButterworthTests {
    static func sine(hertz: Double, rate: Double, seconds: Double) -> [Double] {
        (0..<Int(seconds * rate)).map { sin(2 * .pi * hertz * Double($0) / rate) }
    }

    static func amplitude(_ signal: [Double]) -> Double {
        let middle = signal[(signal.count / 3)..<(2 * signal.count / 3)]
        return (2 * middle.reduce(0) { $0 + $1 * $1 } / Double(middle.count)).squareRoot()
    }

    @Test("lets a sine at the corner through at 1/√2, or a half both ways", arguments: [1, 2, 3, 4, 5])
    func corner(order: Int) {
        let signal = Self.sine(hertz: 5, rate: 100, seconds: 30)
        for filter in [
            Butterworth.lowPass(order: order, cutoff: 5, rate: 100),
            .highPass(order: order, cutoff: 5, rate: 100)
        ] {
            var once = filter
            #expect(abs(Self.amplitude(signal.map { once.next($0) }) - 0.5.squareRoot()) < 1e-3)
            #expect(abs(Self.amplitude(filter.zeroPhase(signal)) - 0.5) < 1e-3)
        }
    }

    @Test("gives a constant back, or nothing of it")
    func constant() {
        let signal = [Double](repeating: 9.81, count: 200)
        let low = Butterworth.lowPass(order: 2, cutoff: 3, rate: 60).zeroPhase(signal)
        let high = Butterworth.highPass(order: 2, cutoff: 3, rate: 60).zeroPhase(signal)
        #expect(low.allSatisfy { abs($0 - 9.81) < 1e-9 })
        #expect(high.allSatisfy { abs($0) < 1e-9 })
    }

    @Test("does not shift a signal that it passes both ways")
    func noDelay() {
        let signal = Self.sine(hertz: 1, rate: 100, seconds: 10)
        let filtered = Butterworth.lowPass(order: 2, cutoff: 10, rate: 100).zeroPhase(signal)
        #expect(zip(signal, filtered).allSatisfy { abs($0 - $1) < 0.01 })
    }

    @Test("takes the shortest signals", arguments: [0, 1, 2, 5])
    func short(count: Int) {
        let signal = [Double](repeating: 1, count: count)
        #expect(Butterworth.lowPass(order: 4, cutoff: 1, rate: 60).zeroPhase(signal).count == count)
    }
}
