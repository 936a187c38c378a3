// SPDX-License-Identifier: Apache-2.0
import Foundation
import Motion

/// A walk that never was: the waist's signals from a list of contacts, so that the truth is exact.
///
/// Each contact pushes the waist forward before it and back and up after it; the body sways, turns and tilts once
/// a stride. The shapes are those that real walks have on average, drawn with bells and one sine each.
struct SyntheticWalker: Sendable {
    struct Contact: Sendable {
        var time: Double
        var side: BodySide
        /// 1 is a firm step.
        var strength = 1.0
    }

    var contacts: [Contact] = []
    /// Weight that is shifted without a step: it shakes the waist as a contact does and turns nothing.
    var shifts: [Contact] = []
    var seconds = 0.0
    /// deg/s about up, between two times.
    var turn: (from: Double, to: Double, rate: Double)?

    /// Steps of the two legs in seconds (left, right: how long before its own contact the other came), by turns.
    static func walk(
        from start: Double, steps: Int, left: Double, right: Double, weakLeft: Double = 1,
        strength: Double = 1
    ) -> [Contact] {
        var time = start
        return (0..<steps).map { number in
            let side: BodySide = number % 2 == 0 ? .right : .left
            if number > 0 { time += side == .left ? left : right }
            return Contact(time: time, side: side, strength: strength * (side == .left ? weakLeft : 1))
        }
    }

    func recording(rate: Double = 100, jitter: Double = 0) -> Recording {
        var time: [Double] = []
        var (acceleration, rotation) = (Axes(), Axes())
        var seed: UInt64 = 1
        func chance() -> Double {
            seed = seed &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
            return Double(seed >> 11) / Double(UInt64(1) << 53) - 0.5
        }
        func bell(_ x: Double, _ width: Double) -> Double { exp(-x * x / (2 * width * width)) }
        for index in 0..<Int(seconds * rate) {
            let t = Double(index) / rate + jitter * chance()
            var (up, forward, sway, yaw, roll) = (0.0, 0.0, 0.0, 0.0, 0.0)
            func shake(_ contact: Contact, step: Double) {
                let u = (t - contact.time) / step
                up +=
                    contact.strength
                    * (3 * bell(u - 0.1, 0.1) - 1.5 * bell(u - 0.4, 0.14) - 1 * bell(u + 0.15, 0.08))
                forward += contact.strength * (1.6 * bell(u + 0.07, 0.06) - 1.8 * bell(u - 0.14, 0.07))
            }
            for shift in shifts { shake(shift, step: 0.6) }
            for (number, contact) in contacts.enumerated() where abs(t - contact.time) < 3 {
                let next = number + 1 < contacts.count ? contacts[number + 1].time - contact.time : 9
                let before = number > 0 ? contact.time - contacts[number - 1].time : 9
                shake(contact, step: min(next, before, 1.2))
                guard next < 2.2, t >= contact.time, t < contact.time + next else { continue }
                let phase = Double.pi * ((t - contact.time) / next + (contact.side == .right ? 0 : 1))
                sway = 0.6 * cos(phase + 75 * .pi / 180)
                yaw = 12 * cos(phase + 15 * .pi / 180)
                roll = 5 * cos(phase + 120 * .pi / 180)
            }
            if let turn, t >= turn.from, t < turn.to { yaw += turn.rate }
            time.append(t)
            // Sensor axes: x up, y left, z backward, so that nothing is where a method might expect it.
            acceleration.append(
                Vector(9.81 + up + 0.05 * chance(), -sway + 0.05 * chance(), -forward + 0.05 * chance()))
            rotation.append(Vector(yaw, 0.4 * chance(), -roll))
        }
        return Recording(time: time, acceleration: acceleration, rotation: rotation)
    }
}

extension Recording {
    /// The same recording from a sensor that sits turned by a random rotation.
    func turned(seed: UInt64) -> Recording {
        var state = seed &* 0x9E37_79B9_7F4A_7C15 | 1
        func chance() -> Double {
            state ^= state << 13
            state ^= state >> 7
            state ^= state << 17
            return Double(state >> 11) / Double(UInt64(1) << 53) - 0.5
        }
        var a = Vector(chance(), chance(), chance())
        a = a / a.length
        var b = Vector(chance(), chance(), chance())
        b = b - a * b.dot(a)
        b = b / b.length
        let c = a.cross(b)
        func turn(_ axes: Axes) -> Axes { Axes(x: axes.along(a), y: axes.along(b), z: axes.along(c)) }
        return Recording(time: time, acceleration: turn(acceleration), rotation: rotation.map(turn))
    }
}
