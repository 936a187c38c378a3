// SPDX-License-Identifier: Apache-2.0
import Motion

/// Made-up steps to a signal: rest, then a push of half a sine a known time after each signal.
public struct Steps: Sendable {
    public let signals: [Double]
    /// Seconds from signal to movement.
    public let delays: [Double]
    /// Direction of each push, radians.
    public let ways: [Double]

    public init(count: Int, seed: Int) {
        var chance = SeededGenerator(seed: seed &+ 77)
        signals = (0..<count).map { 2 + Double($0) * 2.5 }
        delays = (0..<count).map { _ in chance.uniform(0.18, 0.45) }
        ways = (0..<count).map { Double($0 % 4) * Math.pi / 2 }
    }

    public var movement: Movement {
        let rate = 500.0
        var force = Axes()
        var turn = Axes()
        for index in 0..<Int((Double(signals.count) * 2.5 + 3) * rate) {
            let t = Double(index) / rate
            var push = Vector(0, 0, 9.81)
            var roll = Vector.zero
            for number in signals.indices {
                let since = t - signals[number] - delays[number]
                guard since > 0, since < 0.6 else { continue }
                let size = Math.sin(2 * Math.pi * since / 0.6)
                push += Vector(Math.cos(ways[number]), Math.sin(ways[number]), 0) * (6 * size)
                roll = Vector(0, 60 * size, 0)
            }
            force.append(push)
            turn.append(roll)
        }
        return Movement(start: 0, rate: rate, force: force, turn: turn)
    }
}
