// SPDX-License-Identifier: Apache-2.0
import Clinical
import Foundation

/// What a phone would have written down of a simulated person: 60 samples a second, rounded as phones round.
///
/// Invented, only to fill a demo; but what the chart then says of it, the real analysis found in these bytes.
struct SimulatedMotion {
    static let rate = 60.0
    static let gravity = 9.81
    private var text = "t_s,acc_x,acc_y,acc_z,gyr_x,gyr_y,gyr_z\n"
    private var samples = 0

    var bytes: [UInt8] { Array(text.utf8) }

    /// A walk on level ground with the phone at the small of the back: x to the right, y up, z backwards.
    ///
    /// - Parameters:
    ///   - left: Seconds of a step that ends with the left foot; with a limp they differ.
    ///   - right: Seconds of a step that ends with the right foot.
    ///   - push: How strong the steps are; 1 is usual.
    ///   - chance: What makes no two steps alike.
    /// - Returns: Some twenty seconds of walking between two times of standing.
    static func walk(left: Double, right: Double, push: Double, _ chance: inout Chance) -> SimulatedMotion {
        var motion = SimulatedMotion()
        motion.rest(seconds: 3, force: (0, 1, 0), &chance)
        var isLeft = true
        for _ in 0..<36 {
            let seconds = (isLeft ? left : right) * (1 + 0.02 * (Self.part(&chance) - 0.5))
            motion.step(seconds: seconds, sway: isLeft ? -1 : 1, push: push, &chance)
            isLeft.toggle()
        }
        motion.rest(seconds: 3, force: (0, 1, 0), &chance)
        return motion
    }

    /// Heel raises on one leg with the phone on the instep: x to the side, y to the toes, z up.
    static func heelRaises(_ count: Int, degrees: Double, _ chance: inout Chance) -> SimulatedMotion {
        var motion = SimulatedMotion()
        motion.rest(seconds: 3, force: (0, 0, 1), &chance)
        for _ in 0..<count {
            motion.raise(degrees: degrees * (1 + 0.06 * (Self.part(&chance) - 0.5)), &chance)
        }
        motion.rest(seconds: 3, force: (0, 0, 1), &chance)
        return motion
    }

    static func part(_ chance: inout Chance) -> Double { Double.random(in: 0..<1, using: &chance) }

    mutating func rest(seconds: Double, force: (Double, Double, Double), _ chance: inout Chance) {
        for _ in 0..<Int(seconds * Self.rate) {
            let g = Self.gravity
            write((force.0 * g, force.1 * g, force.2 * g), (0, 0, 0), &chance)
        }
    }

    /// From one contact to the next: up and down twice a stride, forward after it, to the side once a stride.
    private mutating func step(seconds: Double, sway: Double, push: Double, _ chance: inout Chance) {
        let count = Int((seconds * Self.rate).rounded())
        for index in 0..<count {
            let phase = 2 * Double.pi * Double(index) / Double(count)
            let half = phase / 2
            let up = push * (2.4 * cos(phase - 0.4) + 0.9 * cos(2 * phase - 0.6))
            let forward = push * (1.6 * sin(-phase + 0.9) + 0.5 * cos(2 * phase))
            let side = push * sway * 0.9 * sin(half)
            write(
                (side, Self.gravity + up, -forward),
                (push * 12 * sin(phase), push * sway * 18 * cos(half), push * sway * 9 * sin(half)), &chance)
        }
    }

    /// One second up and one down, about the ball of the foot, 7 cm before the phone.
    private mutating func raise(degrees: Double, _ chance: inout Chance) {
        let count = Int(2 * Self.rate)
        let lever = 0.07
        let top = degrees * .pi / 180
        for index in 0..<count {
            let phase = 2 * Double.pi * Double(index) / Double(count)
            let speed = 2 * Double.pi / 2
            let angle = -top / 2 * (1 - cos(phase))
            let rate = -top / 2 * speed * sin(phase)
            let growth = -top / 2 * speed * speed * cos(phase)
            let force = (
                0.0, Self.gravity * sin(angle) + rate * rate * lever,
                Self.gravity * cos(angle) - growth * lever
            )
            write(force, (rate * 180 / .pi, 0, 0), &chance)
        }
    }

    mutating func write(
        _ force: (Double, Double, Double), _ turn: (Double, Double, Double), _ chance: inout Chance
    ) {
        let milliseconds = Int((Double(samples) * 1000 / Self.rate).rounded())
        text += "\(milliseconds / 1000).\(Self.three(milliseconds % 1000))"
        for value in [force.0, force.1, force.2] {
            text += ",\(Self.hundredths(value + 0.1 * (Self.part(&chance) - 0.5)))"
        }
        for value in [turn.0, turn.1, turn.2] {
            text += ",\(Self.hundredths(value + 0.3 * (Self.part(&chance) - 0.5)))"
        }
        text += "\n"
        samples += 1
    }

    private static func three(_ number: Int) -> String {
        number < 10 ? "00\(number)" : number < 100 ? "0\(number)" : "\(number)"
    }

    private static func hundredths(_ value: Double) -> String {
        let number = Int((value * 100).rounded())
        let part = number.magnitude % 100
        return "\(number < 0 ? "-" : "")\(number.magnitude / 100).\(part < 10 ? "0" : "")\(part)"
    }
}
