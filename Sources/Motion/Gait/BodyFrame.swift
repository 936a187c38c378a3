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
    /// frequency, leads the upward acceleration by ``lead``. Nil where nothing weighs or nothing moves.
    /// - Parameters:
    ///   - signal: Of walking.
    ///   - stepTime: Seconds, once it is known; else from what is known without knowing forward.
    init?(_ signal: SmoothedSignal, stepTime: Double? = nil) {
        guard signal.count > 60, let up = signal.original.acceleration.mean.normalized else { return nil }
        let vertical = signal.acceleration.along(up)
        let turning: [([Double], Double)] = signal.rotation.map { [($0.along(up), 1)] } ?? []
        let step = stepTime ?? StepTime(same: [(vertical, 1)], mirrored: turning).typical
        let (e1, e2) = Self.horizontal(up)
        let rate = UniformSignal.rate / Double(StepTime.every)
        let band = Butterworth.band(order: 2, from: 0.7 / step, to: 1.4 / step, rate: rate)
        let v = band.zeroPhase(StepTime.thinned(vertical))
        let h1 = band.zeroPhase(StepTime.thinned(signal.acceleration.along(e1)))
        let h2 = band.zeroPhase(StepTime.thinned(signal.acceleration.along(e2)))
        // In so narrow a band the quarter-period shift is the slope over the angular frequency.
        let slope = rate * step / (2 * Math.pi) / 2
        let cosine = Math.cos(Self.lead)
        let sine = Math.sin(Self.lead) * slope
        var (c1, c2) = (0.0, 0.0)
        for index in 1..<(v.count - 1) {
            let rise = v[index + 1] - v[index - 1]
            let reference = cosine * v[index] + sine * rise
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
        var axis = Vector(0, 0, 1)
        if ax <= ay && ax <= az { axis = Vector(1, 0, 0) } else if ay <= az { axis = Vector(0, 1, 0) }
        let first = (axis - up * axis.dot(up)).normalized ?? Vector(1, 0, 0)
        return (first, up.cross(first))
    }
}
