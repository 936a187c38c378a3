// SPDX-License-Identifier: Apache-2.0

/// Flights seen at the trunk: acceleration falls to nothing and comes back.
///
/// At 60 Hz the instants lie between samples, and how steeply the force falls and rises moves the crossing of
/// any level by 10 to 40 ms. So each edge is a level's crossing plus a correction by steepness and peak, fitted
/// on 25 force-plate flights of five data sets with each set left out in turn. A noisy flight, as on a body
/// rather than at its centre, needs a higher level.
///
/// A phone that takes its samples late and early leaves steps of up to 45 ms between two of them. Where the edge
/// falls into a long step, the straight line across it leaves the flight too early and enters it too late; so each
/// crossing is moved by a part of what the step is longer than usual, fitted in the same way.
struct HopEdges {
    /// How a level's crossings are corrected; seconds, and forces in body weights.
    struct Model {
        let off: Double
        let offConstant: Double
        let offSlope: Double
        let offPeak: Double
        let offStep: Double
        let on: Double
        let onConstant: Double
        let onSlope: Double
        let onPeak: Double
        let onStep: Double

        static let clean = Model(
            off: 0.2, offConstant: 0.00031, offSlope: 0.523, offPeak: 0.0116, offStep: -0.43,
            on: 0.1, onConstant: 0.01074, onSlope: 0.025, onPeak: 0.0353, onStep: 0.355)
        static let body = Model(
            off: 0.3, offConstant: 0.00268, offSlope: 0.794, offPeak: 0.0160, offStep: -0.4,
            on: 0.3, onConstant: 0.01122, onSlope: -0.085, onPeak: 0.0526, onStep: 0.254)
        static let loose = Model(
            off: 0.5, offConstant: 0.00665, offSlope: 1.563, offPeak: 0.0235, offStep: -0.28,
            on: 0.5, onConstant: 0.01223, onSlope: -0.250, onPeak: 0.0680, onStep: 0.2)

        /// By the spread of force within the flight, in m/s².
        static func forNoise(_ spread: Double) -> Model { spread < 0.3 ? clean : spread < 0.7 ? body : loose }
    }

    /// In the air the phone feels less than this part of body weight.
    static let air = 0.35
    /// Seconds in the air: nobody flies for longer.
    static let durations = 0.1...1.2

    private(set) var flights: [Flight] = []
    private let force: [Double]
    /// The instant of each sample, s.
    private let time: [Double]

    /// - Parameters:
    ///   - force: In body weights.
    ///   - time: Seconds, ascending, about 60 a second.
    init(_ force: [Double], at time: [Double]) {
        self.force = force
        self.time = time
        var landed: Double?
        for run in Self.runs(force) {
            let model = Model.forNoise(Self.noise(force, run))
            // On the ground for longer than three seconds is a new start.
            let landing = landing(run, model)
            if run.lowerBound > 0, let takeoff = takeoff(run, model), let landing,
                Self.durations.contains(landing.seconds - takeoff)
            {
                let before = landed.flatMap { takeoff - $0 > 0 && takeoff - $0 < 3 ? $0 : nil }
                flights.append(
                    HopTest.flight(
                        takeoff: takeoff, landing: landing.seconds, landed: before, isSoft: landing.isSoft))
            }
            if let landing { landed = landing.seconds }
        }
    }

    /// Samples in the air, short losses joined.
    private static func runs(_ force: [Double]) -> [Range<Int>] {
        var runs: [Range<Int>] = []
        var first: Int?
        for index in 0...force.count {
            let isAir = index < force.count && force[index] < air
            if isAir && first == nil { first = index }
            if !isAir, let start = first {
                first = nil
                if let last = runs.last, start - last.upperBound <= 2,
                    force[last.upperBound..<start].allSatisfy({ $0 < 1 })
                {
                    runs[runs.count - 1] = last.lowerBound..<index
                } else {
                    runs.append(start..<index)
                }
            }
        }
        return runs.filter { Double($0.count) >= 0.08 * EvenRecording.rate }
    }

    private static func noise(_ force: [Double], _ run: Range<Int>) -> Double {
        let inner = (run.lowerBound + run.count / 4)..<(run.upperBound - run.count / 4)
        guard inner.count > 2 else { return 0 }
        return Statistics.rootMeanSquare(Array(force[inner])) * HopTest.gravity
    }

    /// Where the force passes a level, and how long the step is in which it does, s.
    private struct Passage {
        var seconds: Double
        var step: Double
        /// What the step is longer than usual.
        var excess: Double { step - 1 / EvenRecording.rate }
    }

    /// Between a sample in the air and one on the ground beside it.
    private func passage(_ level: Double, air: Int, ground: Int) -> Passage {
        let part = (level - force[air]) / (force[ground] - force[air])
        let way = time[ground] - time[air]
        return Passage(seconds: time[air] + part * way, step: way.magnitude)
    }

    /// The last passage downwards of a level at the beginning of a flight.
    private func fall(_ level: Double, _ run: Range<Int>) -> Passage? {
        var index = run.lowerBound
        while index > 0 && force[index - 1] < level { index -= 1 }
        while index < run.upperBound && force[index] >= level { index += 1 }
        guard index > 0, index < run.upperBound, force[index - 1] >= level else { return nil }
        return passage(level, air: index, ground: index - 1)
    }

    /// The first passage upwards of a level at the end of a flight.
    private func rise(_ level: Double, _ run: Range<Int>) -> Passage? {
        var index = run.upperBound - 1
        while index < force.count - 1 && force[index + 1] < level { index += 1 }
        while index >= run.lowerBound && force[index] >= level { index -= 1 }
        guard index >= run.lowerBound, index < force.count - 1, force[index + 1] >= level else { return nil }
        return passage(level, air: index, ground: index + 1)
    }

    private func takeoff(_ run: Range<Int>, _ model: Model) -> Double? {
        guard let low = fall(model.off, run), let whole = fall(1, run) else { return nil }
        let steepness = min(max(low.seconds - whole.seconds, 0), 0.06)
        let peak = max(force[max(run.lowerBound - 30, 0)..<run.lowerBound].max() ?? 1, 1)
        return low.seconds + model.offConstant + model.offSlope * steepness - model.offPeak / peak
            + model.offStep * low.excess
    }

    private func landing(_ run: Range<Int>, _ model: Model) -> (seconds: Double, isSoft: Bool)? {
        guard let low = rise(model.on, run), let whole = rise(1, run) else { return nil }
        let steepness = min(max(whole.seconds - low.seconds, 0), 0.06)
        let end = min(run.upperBound + 12, force.count)
        let peak = max(force[run.upperBound..<end].max() ?? 1, 1)
        let seconds =
            low.seconds + model.onConstant + model.onSlope * steepness - model.onPeak / peak
            + model.onStep * low.excess
        return (seconds, steepness > 0.027)
    }
}
