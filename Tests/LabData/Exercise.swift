// SPDX-License-Identifier: Apache-2.0
import Motion

/// One exercise of the CMU recording, with the pauses between its repetitions filled in.
///
/// The authors cut each repetition out. What lies between is made up here so that a body could have done it:
/// the edges fade out, the orientation arrives where the next repetition begins, and so does the velocity.
public struct Exercise: Sendable {
    public struct Repetition: Decodable, Sendable {
        public var start: Double
        public var end: Double

        private enum CodingKeys: String, CodingKey {
            case start = "start_s"
            case end = "end_s"
        }
    }
    private struct Listed: Decodable {
        var reps: [Repetition]
    }
    private struct Reps: Decodable {
        var exercises: [String: Listed]
    }

    public static let rate = 100.0
    static let fade = 0.08
    static let pad = 3.0

    public let sensors: [String: Filled]
    public let repetitions: [Repetition]

    /// World-frame movement of one sensor, 100 Hz from the start of the pad.
    public struct Filled: Sendable {
        public var start: Double
        var orientation: [Quaternion]
        var linear: [Vector]
        var up: Vector
    }

    public static let places = [
        "LeftFoot", "RightFoot", "LeftShank", "RightShank", "LeftThigh", "RightThigh", "Pelvis", "Chest"
    ]

    public init(_ name: String) throws {
        let folder = "heel-raise/cmu-imu-exercise/"
        let table = try SharedData.table("\(folder)\(name).csv.gz")
        repetitions = try SharedData.json("\(folder)reps.json", as: Reps.self).exercises[name]?.reps ?? []
        let time = table["t_s"] ?? []
        var sensors: [String: Filled] = [:]
        for place in Self.places {
            let force = Axes(table, "\(place)_ax", "\(place)_ay", "\(place)_az")
            let rate = Axes(table, "\(place)_gx", "\(place)_gy", "\(place)_gz")
            let w = table["\(place)_qw"] ?? []
            let v = Axes(table, "\(place)_qx", "\(place)_qy", "\(place)_qz")
            let orientation = w.indices.map { Quaternion(w[$0], v[$0]).normalized }
            sensors[place] = Self.fill(time, force, rate, orientation)
        }
        self.sensors = sensors
    }

    /// The movement in the sensor's axes, drawn out in time and made smaller.
    ///
    /// - Parameters:
    ///   - place: As in `places`.
    ///   - stretch: Times the duration.
    ///   - amplitude: Part of the turn and of the path.
    /// - Returns: Nil for a place without a sensor.
    public func movement(_ place: String, stretch: Double = 1, amplitude: Double = 1) -> Movement? {
        guard let filled = sensors[place], let first = filled.orientation.first else { return nil }
        let scaled = filled.orientation.map {
            first * Quaternion(turn: (first.inverse * $0).turn * amplitude)
        }
        var force = Axes()
        var turn = Axes()
        for index in scaled.indices {
            let linear = filled.linear[index] * (amplitude / (stretch * stretch))
            force.append(scaled[index].inverse.rotate(linear + filled.up))
            let next = scaled[min(index + 1, scaled.count - 1)]
            let last = scaled[max(index - 1, 0)]
            let span = Double(min(index + 1, scaled.count - 1) - max(index - 1, 0))
            let rate = (last.inverse * next).turn * (Self.rate / span / stretch)
            turn.append(rate / Math.radiansPerDegree)
        }
        return Movement(start: filled.start * stretch, rate: Self.rate / stretch, force: force, turn: turn)
    }

    private static func fill(_ time: [Double], _ force: Axes, _ rate: Axes, _ orientation: [Quaternion])
        -> Filled
    {
        var mean = Vector.zero
        for index in time.indices { mean += orientation[index].rotate(force[index]) }
        let up = mean / Double(time.count)
        let linear = time.indices.map { orientation[$0].rotate(force[$0]) - up }
        // Where each repetition begins and ends, in samples.
        var starts = [0]
        for index in 1..<time.count where time[index] - time[index - 1] > 1.5 / Self.rate {
            starts.append(index)
        }
        starts.append(time.count)
        var outOrientation: [Quaternion] = []
        var outLinear: [Vector] = []
        let padCount = Int(pad * Self.rate)
        // Still, then fading in; the body comes to rest within half a second, as between repetitions.
        let settle = Int(0.5 * Self.rate)
        let still = [Vector](repeating: .zero, count: padCount - settle)
        outLinear += still + faded(from: .zero, to: linear[0], count: settle, closing: .zero)
        let turnIn = faded(from: .zero, to: rate[0], count: padCount, closing: nil)
        var orientationIn: [Quaternion] = []
        var current = orientation[0]
        for step in turnIn.reversed() {
            current = (current * Quaternion(turn: step * (-1 / Self.rate))).normalized
            orientationIn.append(current)
        }
        outOrientation += orientationIn.reversed()
        for piece in 0..<(starts.count - 1) {
            let range = starts[piece]..<starts[piece + 1]
            outOrientation += orientation[range]
            outLinear += linear[range]
            var gained = Vector.zero
            for index in range { gained += linear[index] }
            let last = range.upperBound - 1
            let isLast = piece == starts.count - 2
            let count = isLast ? padCount : Int(((time[last + 1] - time[last]) * Self.rate).rounded()) - 1
            let next = isLast ? Vector.zero : linear[last + 1]
            outLinear += faded(from: linear[last], to: next, count: isLast ? settle : count, closing: -gained)
            if isLast { outLinear += still }
            let nextRate = isLast ? Vector.zero : rate[last + 1]
            let target = isLast ? nil : Optional(orientation[last + 1])
            outOrientation += turned(orientation[last], rate[last], nextRate, target, count: count)
        }
        return Filled(
            start: time[0] - pad, orientation: outOrientation, linear: outLinear, up: up)
    }

    /// Values between two edges that fade, and add up to `closing` with a smooth bump where given.
    private static func faded(from: Vector, to: Vector, count: Int, closing: Vector?) -> [Vector] {
        guard count > 0 else { return [] }
        var values: [Vector] = []
        let isShort = Double(count) / rate < 0.35
        for index in 1...count {
            let a = Double(index) / rate
            let b = Double(count + 1 - index) / rate
            if isShort {
                values.append(from * (b / (a + b)) + to * (a / (a + b)))
            } else {
                values.append(from * Math.exp(-a / fade) + to * Math.exp(-b / fade))
            }
        }
        guard let closing else { return values }
        var sum = Vector.zero
        for value in values { sum += value }
        return bumped(values, by: closing - sum)
    }

    private static func bumped(_ values: [Vector], by sum: Vector) -> [Vector] {
        var area = 0.0
        func bump(_ index: Int) -> Double {
            let sine = Math.sin(Math.pi * Double(index + 1) / Double(values.count + 1))
            return sine * sine
        }
        for index in values.indices { area += bump(index) }
        return values.indices.map { values[$0] + sum * (bump($0) / area) }
    }

    private static func turned(
        _ start: Quaternion, _ rateIn: Vector, _ rateOut: Vector, _ target: Quaternion?, count: Int
    ) -> [Quaternion] {
        var rates = faded(from: rateIn, to: rateOut, count: count, closing: nil)
        guard !rates.isEmpty else { return [] }
        var path: [Quaternion] = []
        for _ in 0..<6 {
            path = []
            var current = start
            for step in rates {
                current = (current * Quaternion(turn: step / rate)).normalized
                path.append(current)
            }
            guard let target else { break }
            let rest = (current.inverse * target).turn - rateOut / rate
            rates = bumped(rates, by: rest * rate)
        }
        return path
    }
}
