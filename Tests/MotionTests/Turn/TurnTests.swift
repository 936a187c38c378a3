// SPDX-License-Identifier: Apache-2.0
import LabData
import Motion
import Testing

@Suite("Turns") struct TurnTests {
    /// Turns of so many degrees, each in one second as a raised cosine, two seconds apart.
    private func movement(_ angles: [Double]) -> Movement {
        let rate = 200.0
        var force = Axes()
        var turn = Axes()
        for index in 0..<Int((3 * Double(angles.count) + 4) * rate) {
            let t = Double(index) / rate - 2
            let number = Int((t / 3).rounded(.down))
            let since = t - Double(number) * 3
            let isTurning = angles.indices.contains(number) && since < 1
            let yaw = isTurning ? angles[number] * (1 - Math.cos(2 * Math.pi * since)) : 0
            force.append(Vector(0, 0, 9.81))
            turn.append(Vector(0, 0, yaw))
        }
        return Movement(start: 0, rate: rate, force: force, turn: turn)
    }

    @Test("have angle, side and peak rate at any mounting", arguments: 0..<4)
    func turns(seed: Int) throws {
        let angles = [90.0, -90, 180, 60]
        let result = try TurnTest().result(of: PhoneSimulation().record(movement(angles), seed: seed))
        #expect(result.turns.count == angles.count)
        for (turn, angle) in zip(result.turns, angles) {
            #expect(abs(turn.angleDegrees - angle) < 6)
            // A raised cosine's peak is twice its mean.
            #expect(abs(turn.peakDegreesPerSecond - 2 * abs(angle)) < 12)
        }
        #expect(abs((result.peakRightDegreesPerSecond.value ?? 0) - 180) < 12)
    }

    @Test("of less than 45° are none")
    func small() throws {
        let result = try TurnTest().result(of: PhoneSimulation().record(movement([30, -30]), seed: 1))
        #expect(result.turns.isEmpty)
        #expect(result.peakLeftDegreesPerSecond == .missing(.tooFew(needed: 1, got: 0)))
    }
}
