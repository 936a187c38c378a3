// SPDX-License-Identifier: Apache-2.0
public import Motion

/// Makes of a clean movement what a phone in a browser would have written down.
///
/// 60 Hz from a chance first instant, any mounting, white noise, a gyroscope bias, both rounded to 0.1, time
/// stamps off by up to 15 ms either way.
public struct PhoneSimulation: Sendable {
    public enum Jitter: Sendable {
        /// Samples are even and only their stamps are off: "B" in our notes.
        case stamps
        /// The sampling itself is early and late, and the stamps say so: "A".
        case sampling
    }

    public var rate = 60.0
    public var jitter = Jitter.stamps
    public var jitterSeconds = 0.015
    /// m/s² and deg/s, standard deviation.
    public var forceNoise = 0.03
    public var turnNoise = 0.1
    /// deg/s, most.
    public var turnBias = 0.3
    public var rounding = 0.1
    public var isMountedAnyhow = true
    /// The most a sensor shows, m/s² per axis.
    public var clip = Double.infinity

    public init() {}

    public func record(_ movement: Movement, seed: Int) -> Recording {
        var chance = SeededGenerator(seed: seed)
        let mounting = isMountedAnyhow ? Quaternion.random(&chance) : .identity
        let bias = Vector(
            chance.uniform(-turnBias, turnBias), chance.uniform(-turnBias, turnBias),
            chance.uniform(-turnBias, turnBias))
        let first = chance.unit() / rate
        let count = Int((movement.duration - first) * rate)
        var time: [Double] = []
        var acceleration = Axes()
        var rotation = Axes()
        for index in 0..<count {
            let even = first + Double(index) / rate
            let offset = chance.uniform(-jitterSeconds, jitterSeconds)
            let taken = jitter == .sampling ? even + offset : even
            let (force, turn) = movement.sample(at: taken)
            time.append(movement.start + even + offset)
            acceleration.append(read(mounting.rotate(force), .zero, forceNoise, &chance))
            rotation.append(read(mounting.rotate(turn), bias, turnNoise, &chance))
        }
        if jitter == .sampling {
            // A page gets events in the order in which they happened.
            let order = time.indices.sorted { time[$0] < time[$1] }
            return Recording(
                time: order.map { time[$0] }, acceleration: acceleration.ordered(order),
                rotation: movement.hasTurn ? rotation.ordered(order) : nil)
        }
        return Recording(time: time, acceleration: acceleration, rotation: movement.hasTurn ? rotation : nil)
    }

    private func read(_ clean: Vector, _ bias: Vector, _ noise: Double, _ chance: inout SeededGenerator)
        -> Vector
    {
        func axis(_ value: Double) -> Double {
            let noisy = min(max(value + noise * chance.normal(), -clip), clip)
            return rounding > 0 ? (noisy / rounding).rounded() * rounding : noisy
        }
        let sum = clean + bias
        return Vector(axis(sum.x), axis(sum.y), axis(sum.z))
    }
}

extension Axes {
    func ordered(_ order: [Int]) -> Axes {
        Axes(x: order.map { x[$0] }, y: order.map { y[$0] }, z: order.map { z[$0] })
    }
}

/// A clean movement on an even grid: what a perfect sensor fixed to the body would see.
public struct Movement: Sendable {
    public var start: Double
    public var rate: Double
    /// m/s², gravity included.
    public var force: Axes
    /// deg/s; zeros where nothing is known of it.
    public var turn: Axes
    public var hasTurn = true

    public init(start: Double, rate: Double, force: Axes, turn: Axes) {
        self.start = start
        self.rate = rate
        self.force = force
        self.turn = turn
    }

    public var count: Int { force.count }
    public var duration: Double { Double(count - 1) / rate }

    /// Between two samples, straight; beyond the ends the last ones.
    public func sample(at seconds: Double) -> (force: Vector, turn: Vector) {
        let position = min(max(seconds * rate, 0), Double(count - 1))
        let index = min(Int(position), count - 2)
        let part = position - Double(index)
        return (
            force[index] * (1 - part) + force[index + 1] * part,
            turn[index] * (1 - part) + turn[index + 1] * part
        )
    }
}
