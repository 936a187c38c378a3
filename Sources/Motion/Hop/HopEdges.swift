// SPDX-License-Identifier: Apache-2.0

/// Flights seen at the trunk: acceleration falls to nothing and comes back.
///
/// At 60 Hz the instants lie between samples, and how steeply the force falls and rises moves the crossing of
/// any level by 10 to 40 ms. So each edge is a level's crossing plus a correction by steepness and peak, fitted
/// on 25 force-plate flights of five data sets with each set left out in turn. A noisy flight, as on a body
/// rather than at its centre, needs a higher level.
struct HopEdges {
    /// How a level's crossings are corrected; seconds, and forces in body weights.
    struct Model {
        let off: Double
        let offConstant: Double
        let offSlope: Double
        let offPeak: Double
        let on: Double
        let onConstant: Double
        let onSlope: Double
        let onPeak: Double

        static let clean = Model(
            off: 0.2, offConstant: 0.00031, offSlope: 0.523, offPeak: 0.0116,
            on: 0.1, onConstant: 0.01074, onSlope: 0.025, onPeak: 0.0353)
        static let body = Model(
            off: 0.3, offConstant: 0.00268, offSlope: 0.794, offPeak: 0.0160,
            on: 0.3, onConstant: 0.01122, onSlope: -0.085, onPeak: 0.0526)
        static let loose = Model(
            off: 0.5, offConstant: 0.00665, offSlope: 1.563, offPeak: 0.0235,
            on: 0.5, onConstant: 0.01223, onSlope: -0.250, onPeak: 0.0680)

        /// By the spread of force within the flight, in m/s².
        static func forNoise(_ spread: Double) -> Model { spread < 0.3 ? clean : spread < 0.7 ? body : loose }
    }

    /// In the air the phone feels less than this part of body weight.
    static let air = 0.35
    /// Seconds in the air: nobody flies for longer.
    static let durations = 0.1...1.2

    private(set) var flights: [Flight] = []
    private let force: [Double]

    init(_ force: [Double], _ stretch: EvenRecording) {
        self.force = force
        var landed: Double?
        for run in Self.runs(force) {
            let model = Model.forNoise(Self.noise(force, run))
            // On the ground for longer than three seconds is a new start.
            let landing = landing(run, model)
            if run.lowerBound > 0, let takeoff = takeoff(run, model), let landing {
                let seconds = (landing.sample - takeoff) / EvenRecording.rate
                if Self.durations.contains(seconds) {
                    let off = stretch.seconds(at: takeoff)
                    let before = landed.flatMap { off - $0 > 0 && off - $0 < 3 ? $0 : nil }
                    flights.append(
                        HopTest.flight(
                            takeoff: off, landing: stretch.seconds(at: landing.sample), landed: before,
                            isSoft: landing.isSoft))
                }
            }
            if let landing { landed = stretch.seconds(at: landing.sample) }
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

    /// The last passage downwards of a level at the beginning of a flight, in samples.
    private func fall(_ level: Double, _ run: Range<Int>) -> Double? {
        var index = run.lowerBound
        while index > 0 && force[index - 1] < level { index -= 1 }
        while index < run.upperBound && force[index] >= level { index += 1 }
        guard index > 0, index < run.upperBound, force[index - 1] >= level else { return nil }
        return Double(index) - (level - force[index]) / (force[index - 1] - force[index])
    }

    /// The first passage upwards of a level at the end of a flight, in samples.
    private func rise(_ level: Double, _ run: Range<Int>) -> Double? {
        var index = run.upperBound - 1
        while index < force.count - 1 && force[index + 1] < level { index += 1 }
        while index >= run.lowerBound && force[index] >= level { index -= 1 }
        guard index >= run.lowerBound, index < force.count - 1, force[index + 1] >= level else { return nil }
        return Double(index) + (level - force[index]) / (force[index + 1] - force[index])
    }

    private func takeoff(_ run: Range<Int>, _ model: Model) -> Double? {
        guard let low = fall(model.off, run), let whole = fall(1, run) else { return nil }
        let steepness = min(max((low - whole) / EvenRecording.rate, 0), 0.06)
        let peak = max(force[max(run.lowerBound - 30, 0)..<run.lowerBound].max() ?? 1, 1)
        let later = model.offConstant + model.offSlope * steepness - model.offPeak / peak
        return low + later * EvenRecording.rate
    }

    private func landing(_ run: Range<Int>, _ model: Model) -> (sample: Double, isSoft: Bool)? {
        guard let low = rise(model.on, run), let whole = rise(1, run) else { return nil }
        let steepness = min(max((whole - low) / EvenRecording.rate, 0), 0.06)
        let end = min(run.upperBound + 12, force.count)
        let peak = max(force[run.upperBound..<end].max() ?? 1, 1)
        let later = model.onConstant + model.onSlope * steepness - model.onPeak / peak
        return (low + later * EvenRecording.rate, steepness > 0.027)
    }
}
