// SPDX-License-Identifier: Apache-2.0
import Motion

/// A person who stands on a force plate, as a phone at the body's centre would have felt it.
///
/// An inverted pendulum: the plate's centre of pressure drives the body's centre, CoP / (1 + ω²·h/g). That is
/// a first-order low-pass at √(g/h) run both ways.
public struct StandingBody: Sendable {
    public let x: [Double]
    public let y: [Double]
    let centre: Double
    let rate: Double
    static let gravity = 9.80665

    /// Drives the pendulum.
    ///
    /// - Parameters:
    ///   - x: Centre of pressure, m, at `rate`.
    ///   - y: Across it, m.
    ///   - height: Of the person, m.
    ///   - rate: Samples per second.
    public init(x: [Double], y: [Double], height: Double, rate: Double = 100) {
        centre = 0.55 * height
        self.rate = rate
        let corner = (Self.gravity / centre).squareRoot() / (2 * Math.pi)
        let body = Butterworth.lowPass(order: 1, cutoff: corner, rate: rate)
        func lean(_ cop: [Double], _ centre: Double) -> [Double] {
            let mean = Statistics.mean(cop)
            return body.zeroPhase(cop.map { $0 - mean }).map { $0 / centre }
        }
        self.x = lean(x, centre)
        self.y = lean(y, centre)
    }

    private func around(_ lean: [Double], _ index: Int) -> (near: [Double], far: [Double]) {
        // Beyond the ends the curve goes on turned about its end point: no acceleration there.
        let last = lean.count - 1
        func at(_ place: Int) -> Double {
            if place < 0 { return 2 * lean[0] - lean[-place] }
            return place > last ? 2 * lean[last] - lean[2 * last - place] : lean[place]
        }
        return ([at(index - 1), at(index + 1)], [at(index - 2), at(index + 2)])
    }

    // Derivatives of fourth order, so that the truth is not smoothed.
    private func change(_ lean: [Double], _ index: Int) -> Double {
        let (near, far) = around(lean, index)
        return (8 * (near[1] - near[0]) - (far[1] - far[0])) / 12 * rate
    }

    private func force(_ lean: [Double], _ index: Int) -> Double {
        let (near, far) = around(lean, index)
        let second = (16 * (near[0] + near[1]) - far[0] - far[1] - 30 * lean[index]) / 12 * rate * rate
        return centre * second - Self.gravity * lean[index]
    }

    public var movement: Movement {
        var force = Axes()
        var turn = Axes()
        for index in x.indices {
            force.append(Vector(self.force(x, index), self.force(y, index), Self.gravity))
            turn.append(Vector(-change(y, index), change(x, index), 0) / Math.radiansPerDegree)
        }
        return Movement(start: 0, rate: rate, force: force, turn: turn)
    }

    /// The true lean's and acceleration's root mean square below 3.5 Hz, degrees and m/s².
    public var truth: (degrees: Double, metresPerSecondSquared: Double, path: Double, ellipse: Double) {
        let calm = Butterworth.lowPass(order: 2, cutoff: 3.5, rate: rate)
        let (sx, sy) = (
            calm.zeroPhase(x).map { $0 / Math.radiansPerDegree },
            calm.zeroPhase(y).map { $0 / Math.radiansPerDegree }
        )
        let ax = calm.zeroPhase(x.indices.map { force(x, $0) })
        let ay = calm.zeroPhase(y.indices.map { force(y, $0) })
        return (
            Sway.rootMeanSquare(sx, sy), Sway.rootMeanSquare(ax, ay), Sway.path(sx, sy),
            Sway.ellipseArea(sx, sy)
        )
    }
}
