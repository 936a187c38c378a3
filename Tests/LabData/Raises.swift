// SPDX-License-Identifier: Apache-2.0
import Motion

/// Made-up heel raises with known times and heights: the body goes up and down as a cosine, the foot turns about
/// its ball, and there is rest before and after.
public struct Raises: Sendable {
    public var count = 8
    /// Seconds from one to the next, and of that at rest below.
    public var period = 2.0
    public var pause = 0.4
    /// cm of the body; degrees of the foot.
    public var height = 7.0
    public var tilt = 40.0
    /// Of each raise compared with the one before: 0.9 is fatigue.
    public var fading = 1.0
    /// m from the ball of the foot to the phone.
    public var lever = 0.09

    public init() {}

    static let rate = 240.0
    static let pad = 3.0

    public func start(_ raise: Int) -> Double { Self.pad + Double(raise) * period }

    private var duration: Double { 2 * Self.pad + Double(count) * period }

    /// 0 at rest to 1 at the top of a first raise.
    private func part(_ seconds: Double) -> Double {
        let t = seconds - Self.pad
        guard t > 0, t < Double(count) * period else { return 0 }
        let raise = Int(t / period)
        let inner = (t - Double(raise) * period) / (period - pause)
        guard inner < 1 else { return 0 }
        var size = 1.0
        for _ in 0..<raise { size *= fading }
        return size * (1 - Math.cos(2 * Math.pi * inner)) / 2
    }

    /// A phone at the trunk or the leg, which sways a little with each raise.
    public var body: Movement {
        var force = Axes()
        var turn = Axes()
        let step = 1 / Self.rate
        for index in 0..<Int(duration * Self.rate) {
            let t = Double(index) * step
            let second = (part(t + step) - 2 * part(t) + part(t - step)) * Self.rate * Self.rate
            let lean = 2 * Math.radiansPerDegree * part(t)
            force.append(
                Vector(9.81 * Math.sin(lean), 0, 9.81 * Math.cos(lean) + height / 100 * second))
            turn.append(Vector(0, -2 * (part(t + step) - part(t - step)) * Self.rate / 2, 0))
        }
        return Movement(start: 0, rate: Self.rate, force: force, turn: turn)
    }

    /// A phone on the foot.
    public var foot: Movement {
        var force = Axes()
        var turn = Axes()
        let step = 1 / Self.rate
        for index in 0..<Int(duration * Self.rate) {
            let t = Double(index) * step
            let scale = tilt * Math.radiansPerDegree
            let angle = scale * part(t)
            let first = scale * (part(t + step) - part(t - step)) * Self.rate / 2
            let second = scale * (part(t + step) - 2 * part(t) + part(t - step)) * Self.rate * Self.rate
            force.append(
                Vector(
                    -9.81 * Math.sin(angle) + first * first * lever, 0,
                    9.81 * Math.cos(angle) + second * lever))
            turn.append(Vector(0, first / Math.radiansPerDegree, 0))
        }
        return Movement(start: 0, rate: Self.rate, force: force, turn: turn)
    }
}
