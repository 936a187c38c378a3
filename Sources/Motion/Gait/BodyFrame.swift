// SPDX-License-Identifier: Apache-2.0

/// The directions of the walking body in the sensor's axes.
///
/// Right-handed: forward × left = up, so right = forward × up.
struct BodyFrame: Hashable, Sendable {
    var up: Vector
    var forward: Vector
    var right: Vector { forward.cross(up) }

    /// How far forward acceleration leads upward acceleration at step frequency, in radians.
    ///
    /// 1.2 to 2.4 in everybody seen; its sign tells forward from backward.
    static let lead = 1.8

    /// Finds the frame from how a walk shakes the sensor, however it sits.
    ///
    /// Up is the mean specific force. Forward is the horizontal direction whose acceleration, at step
    /// frequency, leads the upward acceleration by ``lead``.
    /// - Parameters:
    ///   - acceleration: At ``UniformSignal/rate``, of walking.
    ///   - stepTime: Seconds, or nil to find it from the vertical signal.
    /// - Returns: Nil where nothing weighs or nothing moves.
    init?(acceleration: Axes, stepTime: Double? = nil) {
        guard acceleration.count > 20, let up = acceleration.mean.normalized else { return nil }
        let rate = UniformSignal.rate
        let vertical = Butterworth.band(order: 2, from: 0.5, to: 6, rate: rate).zeroPhase(
            acceleration.along(up))
        let step = stepTime ?? Self.stepTime(vertical) ?? 0.55
        let (e1, e2) = Self.horizontal(up)
        let band = Butterworth.band(order: 2, from: 0.7 / step, to: 1.4 / step, rate: rate)
        let v = band.zeroPhase(vertical)
        let h1 = band.zeroPhase(acceleration.along(e1))
        let h2 = band.zeroPhase(acceleration.along(e2))
        // In so narrow a band the quarter-period shift is the slope over the angular frequency.
        let slope = rate * step / (2 * Math.pi) / 2
        let cosine = Math.cos(Self.lead)
        let sine = Math.sin(Self.lead) * slope
        var (c1, c2) = (0.0, 0.0)
        for index in 1..<(v.count - 1) {
            let reference = cosine * v[index] + sine * (v[index + 1] - v[index - 1])
            c1 += reference * h1[index]
            c2 += reference * h2[index]
        }
        guard let forward = (e1 * c1 + e2 * c2).normalized else { return nil }
        self.up = up
        self.forward = forward
    }

    /// Two directions at right angles to up and to each other.
    static func horizontal(_ up: Vector) -> (Vector, Vector) {
        let (ax, ay, az) = (up.x.magnitude, up.y.magnitude, up.z.magnitude)
        let axis =
            ax <= ay && ax <= az ? Vector(1, 0, 0) : ay <= az ? Vector(0, 1, 0) : Vector(0, 0, 1)
        let first = (axis - up * axis.dot(up)).normalized ?? Vector(1, 0, 0)
        return (first, up.cross(first))
    }

    /// The shortest lag at which the vertical signal resembles itself nearly as well as at any.
    static func stepTime(_ vertical: [Double]) -> Double? {
        let half = decimated(vertical)
        let lags = 15..<67
        guard half.count > lags.upperBound + 10 else { return nil }
        let sums = autocorrelation(half, in: 0..<half.count, lags: lags)
        return firstPeak(sums, share: 0.5).map { Double($0 + lags.lowerBound) / (UniformSignal.rate / 2) }
    }

    /// The first local maximum that is at least `share` of the highest.
    static func firstPeak(_ values: [Double], share: Double) -> Int? {
        var best = 0.0
        for index in 1..<max(1, values.count - 1)
        where values[index] >= values[index - 1] && values[index] > values[index + 1] {
            best = max(best, values[index])
        }
        guard best > 0 else { return nil }
        for index in 1..<(values.count - 1)
        where values[index] >= values[index - 1] && values[index] > values[index + 1]
            && values[index] >= share * best
        {
            return index
        }
        return nil
    }

    /// Every second sample of a signal that holds nothing above 20 Hz.
    static func decimated(_ signal: [Double]) -> [Double] {
        stride(from: 0, to: signal.count, by: 2).map { signal[$0] }
    }
}
