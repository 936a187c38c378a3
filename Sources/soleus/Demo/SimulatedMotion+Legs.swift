// SPDX-License-Identifier: Apache-2.0
import Foundation

/// What one leg is asked for: the knee to the wall, standing, a hop.
extension SimulatedMotion {
    /// Three lunges with the phone along the front of the shin, y up.
    static func lunges(degrees: Double, _ chance: inout Chance) -> SimulatedMotion {
        var motion = SimulatedMotion()
        motion.rest(seconds: 3, force: (0, 1, 0), &chance)
        for _ in 0..<3 {
            let top = (degrees + 1.5 * (part(&chance) - 0.5)) * .pi / 180
            motion.lean(from: 0, to: top, seconds: 1.5, &chance)
            motion.lean(from: top, to: top, seconds: 2, &chance)
            motion.lean(from: top, to: 0, seconds: 1.5, &chance)
            motion.rest(seconds: 1, force: (0, 1, 0), &chance)
        }
        motion.rest(seconds: 2, force: (0, 1, 0), &chance)
        return motion
    }

    /// Standing on one leg with the phone at the waist: slow sway about both axes, a sum of sines.
    static func stance(seconds: Double, degrees: Double, _ chance: inout Chance) -> SimulatedMotion {
        var motion = SimulatedMotion()
        let waves = (0..<8).map { index in
            (hertz: 0.15 + 0.13 * Double(index) + 0.1 * part(&chance), phase: 2 * .pi * part(&chance))
        }
        let size = degrees * .pi / 180 / 2
        for index in 0..<Int(seconds * rate) {
            let time = Double(index) / rate
            var (lean, turn) = ((x: 0.0, y: 0.0), (x: 0.0, y: 0.0))
            for (number, wave) in waves.enumerated() {
                let angle = 2 * .pi * wave.hertz * time + wave.phase
                let speed = 2 * .pi * wave.hertz * size * cos(angle) * 180 / .pi
                if number.isMultiple(of: 2) {
                    lean.x += size * sin(angle)
                    turn.x += speed
                } else {
                    lean.y += size * sin(angle)
                    turn.y += speed
                }
            }
            motion.write(
                (-gravity * sin(lean.x), gravity * cos(lean.x) * cos(lean.y), gravity * sin(lean.y)),
                (-turn.y, 0, -turn.x), &chance)
        }
        return motion
    }

    /// Three hops with the phone at the waist, y up: down, off, in the air, down again and still.
    static func hops(centimetres: Double, _ chance: inout Chance) -> SimulatedMotion {
        var motion = SimulatedMotion()
        motion.rest(seconds: 3, force: (0, 1, 0), &chance)
        for _ in 0..<3 {
            let height = centimetres / 100 * (1 - 0.1 * part(&chance))
            let flight = (8 * height / gravity).squareRoot()
            motion.push(from: 1, to: 0.6, seconds: 0.25, &chance)
            motion.push(from: 0.6, to: 2.3, seconds: 0.2, &chance)
            motion.push(from: 2.3, to: 0.02, seconds: 0.07, &chance)
            motion.push(from: 0.02, to: 0.02, seconds: flight - 0.02, &chance)
            motion.push(from: 0.02, to: 3.1, seconds: 0.06, &chance)
            motion.push(from: 3.1, to: 1.2, seconds: 0.2, &chance)
            motion.push(from: 1.2, to: 1, seconds: 0.2, &chance)
            motion.rest(seconds: 2, force: (0, 1, 0), &chance)
        }
        return motion
    }

    private mutating func lean(from: Double, to: Double, seconds: Double, _ chance: inout Chance) {
        let count = Int(seconds * Self.rate)
        for index in 0..<count {
            let part = (1 - cos(.pi * Double(index) / Double(count))) / 2
            let speed = (to - from) * .pi / 2 / seconds * sin(.pi * Double(index) / Double(count))
            let angle = from + (to - from) * part
            write(
                (0, Self.gravity * cos(angle), Self.gravity * sin(angle)), (-speed * 180 / .pi, 0, 0), &chance
            )
        }
    }

    /// Body weights, along the body.
    private mutating func push(from: Double, to: Double, seconds: Double, _ chance: inout Chance) {
        let count = max(1, Int((seconds * Self.rate).rounded()))
        for index in 0..<count {
            let part = (1 - cos(.pi * Double(index) / Double(count))) / 2
            write((0, Self.gravity * (from + (to - from) * part), 0), (0, 0, 0), &chance)
        }
    }
}
