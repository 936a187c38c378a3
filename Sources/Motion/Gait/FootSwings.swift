// SPDX-License-Identifier: Apache-2.0

/// The flight of one foot from one rest on the ground to the next.
struct FootSwing: Hashable, Sendable {
    /// Samples at which the foot rests before and after.
    var range: Range<Int>
    /// m gone over the ground between them, and the direction in the sensor's axes at the first rest.
    var length: Double
    var direction: Vector
    /// Up in the sensor's axes at the first rest.
    var up: Vector
}

/// Cuts a foot's movement at its rests and integrates each piece from standstill to standstill.
///
/// Zero-velocity updates (Skog and others 2010): gravity at rest gives the tilt, the gyroscope carries it
/// through the flight, and the velocity that is left at the next rest is drift.
struct FootSwings: Sendable {
    /// deg/s of the smoothed rate of turn that make a flight, at least, and as a share of the walk's usual.
    var leastRate = 35.0
    var share = 0.25
    /// Seconds between the middles of two flights of one foot, at least.
    var shortest = 0.5

    /// m: less is a foot that was only shifted.
    var leastLength = 0.05

    func swings(_ signal: UniformSignal, rotation: Axes) -> [FootSwing] {
        let rate = UniformSignal.rate
        let magnitude = rotation.magnitude
        let envelope = Butterworth.lowPass(order: 2, cutoff: 2, rate: rate).zeroPhase(magnitude)
        let sorted = envelope.sorted()
        guard sorted.count > 100 else { return [] }
        let threshold = max(leastRate, share * sorted[sorted.count * 9 / 10])
        var peaks: [Int] = []
        for index in 1..<(envelope.count - 1)
        where envelope[index] > threshold && envelope[index] >= envelope[index - 1]
            && envelope[index] > envelope[index + 1]
        {
            if let last = peaks.last, Double(index - last) < shortest * rate {
                if envelope[index] > envelope[last] { peaks[peaks.count - 1] = index }
            } else {
                peaks.append(index)
            }
        }
        let quiet = movingMean(magnitude, width: 20)
        var swings: [FootSwing] = []
        for (number, peak) in peaks.enumerated() {
            let reach = Int(1.2 * rate)
            let before = max(number > 0 ? peaks[number - 1] : 0, peak - reach)
            let after = min(number + 1 < peaks.count ? peaks[number + 1] : signal.count - 1, peak + reach)
            guard let start = quietest(quiet, before...peak, fromEnd: true),
                let end = quietest(quiet, peak...after, fromEnd: false), end - start > 20
            else { continue }
            if let swing = integrated(signal, rotation, start..<end), swing.length >= leastLength {
                swings.append(swing)
            }
        }
        return swings
    }

    /// The rest nearest the flight: the first place that is nearly as quiet as the quietest.
    private func quietest(_ quiet: [Double], _ range: ClosedRange<Int>, fromEnd: Bool) -> Int? {
        guard let least = quiet[range].min() else { return nil }
        let enough = 1.05 * least + 0.5
        return fromEnd ? range.last { quiet[$0] <= enough } : range.first { quiet[$0] <= enough }
    }

    /// Where, after the middle of a flight, the acceleration changes most from one sample to the next.
    private static func impact(_ acceleration: Axes, _ range: Range<Int>) -> Int {
        let from = range.lowerBound + range.count * 11 / 20
        let to = range.lowerBound + range.count * 9 / 10
        let at = (from..<to).max { a, b in
            (acceleration[a + 1] - acceleration[a - 1]).length
                < (acceleration[b + 1] - acceleration[b - 1]).length
        }
        return (at ?? from) - range.lowerBound
    }

    private func integrated(_ signal: UniformSignal, _ rotation: Axes, _ range: Range<Int>) -> FootSwing? {
        let dt = 1 / UniformSignal.rate
        func gravity(_ index: Int) -> Vector {
            signal.acceleration.part(max(0, index - 5)..<min(signal.count, index + 6)).mean
        }
        let atRest = gravity(range.lowerBound)
        guard let up = atRest.normalized else { return nil }
        // The sensor's axes at the first rest are the frame in which all is summed.
        var attitude = Attitude()
        var velocity = Vector.zero
        var velocities = [Vector.zero]
        var previous = signal.acceleration[range.lowerBound] - atRest
        for index in range.dropFirst() {
            let turn = (rotation[index - 1] + rotation[index]) * (0.5 * dt * Math.radiansPerDegree)
            attitude.turn(by: turn)
            let free = attitude.out(signal.acceleration[index]) - atRest
            velocity += (previous + free) * (0.5 * dt)
            previous = free
            velocities.append(velocity)
        }
        // What is left at the second rest came in with the impact, too short and hard for any sensor, not
        // evenly: so it is taken out there, over a twentieth of the flight.
        let count = velocities.count
        let impact = Self.impact(signal.acceleration, range)
        func share(_ number: Int) -> Double {
            1 / (1 + Math.exp(-Double(number - impact) / (0.05 * Double(count))))
        }
        let (low, high) = (share(0), share(count - 1))
        var position = Vector.zero
        for (number, value) in velocities.enumerated() {
            position += (value - velocity * ((share(number) - low) / (high - low))) * dt
        }
        let flat = position - up * position.dot(up)
        return FootSwing(
            range: range, length: flat.length, direction: flat.normalized ?? Vector(1, 0, 0), up: up)
    }
}

/// How a sensor has turned since a moment, as three axes.
struct Attitude: Hashable, Sendable {
    private var x = Vector(1, 0, 0)
    private var y = Vector(0, 1, 0)
    private var z = Vector(0, 0, 1)

    /// Turns by a small rotation in radians, given in the sensor's own axes.
    mutating func turn(by rotation: Vector) {
        let angle = rotation.length
        guard let axis = rotation.normalized else { return }
        let (sine, cosine) = (Math.sin(angle), Math.cos(angle))
        func rotated(_ v: Vector) -> Vector {
            v * cosine + axis.cross(v) * sine + axis * (axis.dot(v) * (1 - cosine))
        }
        let (a, b, c) = (
            rotated(Vector(1, 0, 0)), rotated(Vector(0, 1, 0)), rotated(Vector(0, 0, 1))
        )
        (x, y, z) = (out(a), out(b), out(c))
    }

    /// A direction given in the sensor's axes now, in those at the beginning.
    func out(_ v: Vector) -> Vector { x * v.x + y * v.y + z * v.z }
}
