// SPDX-License-Identifier: Apache-2.0
import Motion

/// A foot that draws circles in the air, or pumps, with three seconds of rest before and after.
public struct FootCircles: Sendable {
    public var count = 10
    /// Seconds a circle.
    public var period = 2.0
    /// Degrees to each side, up and down and across.
    public var pitch = 15.0
    public var roll = 15.0
    /// Degrees that the foot hangs down in the middle.
    public var tilt = 20.0
    public var isClockwise = false

    public init() {}

    public var movement: Movement {
        let rate = 200.0
        let pad = 3.0
        let duration = Double(count) * period
        var orientation: [Quaternion] = []
        for index in 0..<Int((duration + 2 * pad) * rate) {
            let t = min(max(Double(index) / rate - pad, 0), duration)
            let angle = 2 * Math.pi * t / period * (isClockwise ? -1 : 1)
            // Out from the middle and back within a quarter of a circle.
            let open = min(min(t, duration - t) / (period / 4), 1)
            let lean = Vector(
                roll * Math.sin(angle) * open, (pitch * Math.cos(angle)) * open + tilt, 0)
            orientation.append(Quaternion(turn: lean * Math.radiansPerDegree))
        }
        var force = Axes()
        var turn = Axes()
        for index in orientation.indices {
            let before = orientation[max(index - 1, 0)]
            let after = orientation[min(index + 1, orientation.count - 1)]
            force.append(orientation[index].inverse.rotate(Vector(0, 0, 9.81)))
            turn.append((before.inverse * after).turn * (rate / 2 / Math.radiansPerDegree))
        }
        return Movement(start: 0, rate: rate, force: force, turn: turn)
    }
}
