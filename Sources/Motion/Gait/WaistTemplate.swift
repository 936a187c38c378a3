// SPDX-License-Identifier: Apache-2.0

/// A row of weights over almost two steps of waist signals, for the right foot.
///
/// Each tap holds up, forward and pitch, which are the same for both feet, then sway, turning and tilting,
/// which change sign for the left foot. Fitted by scripts/train-gait.
struct WaistTemplate: Sendable {
    var offset: Float
    var taps: [SIMD8<Float>]

    init(offset: Float, taps: [SIMD8<Float>]) {
        self.offset = offset
        self.taps = taps
    }

    /// - Parameters:
    ///   - offset: What is added to the sum.
    ///   - weights: Six a tap: up, forward, pitch, sway, turning, tilting.
    init(offset: Float, weights: [Float]) {
        var taps: [SIMD8<Float>] = []
        for at in stride(from: 0, to: weights.count, by: 6) {
            var tap = SIMD8<Float>.zero
            for channel in 0..<3 {
                tap[channel] = weights[at + channel]
                tap[channel + 4] = weights[at + channel + 3]
            }
            taps.append(tap)
        }
        self.init(offset: offset, taps: taps)
    }

    /// Where the taps lie, in steps: −0.9 to 0.9.
    static let count = 25
    static func position(_ tap: Int) -> Double { -0.9 + 1.8 * Double(tap) / Double(count - 1) }

    /// Made by hand: forward acceleration falls through zero while upward acceleration peaks.
    ///
    /// It places the contact of an ordinary walk more evenly than the fitted one, and fails in a slow one.
    static let ordinaryInitial = WaistTemplate(
        offset: 0.17,
        taps: (0..<count).map { tap in
            func triangle(_ centre: Double, _ half: Double) -> Double {
                max(0, 1 - ((position(tap) - centre) / half).magnitude)
            }
            let up = 0.09 * triangle(0.075, 0.15) - 0.03 * triangle(-0.13, 0.12) - 0.03 * triangle(0.36, 0.2)
            let forward =
                0.09 * triangle(-0.05, 0.12) - 0.09 * triangle(0.14, 0.14) - 0.02 * triangle(-0.34, 0.12)
            return SIMD8(Float(up), Float(forward), 0, 0, 0, 0, 0, 0)
        })
}

/// The signals of a walk, each by its own strength over three seconds.
struct NormalizedMotion: Sendable {
    /// Up, forward, pitch, nothing; sway, yaw, roll, nothing.
    var samples: [SIMD8<Float>]

    init(_ motion: BodyMotion) {
        let (vertical, forward) = (motion.vertical, motion.forward)
        func power(_ signal: [Double]) -> [Double] {
            movingMean(list(signal.count) { signal[$0] * signal[$0] }, width: 300)
        }
        // Least strengths in m/s² and deg/s, so that rest stays rest.
        let step = movingMean(
            list(motion.count) { vertical[$0] * vertical[$0] + forward[$0] * forward[$0] }, width: 300)
        let sway = power(motion.lateral)
        let yaw = power(motion.yaw)
        let roll = power(motion.roll)
        let pitch = power(motion.pitch)
        samples = list(motion.count) { index in
            let r = max(0.3, step[index].squareRoot())
            return SIMD8(
                Float(vertical[index] / r), Float(forward[index] / r),
                Float(0.7 * motion.pitch[index] / max(2, pitch[index].squareRoot())), 0,
                Float(0.7 * motion.lateral[index] / max(0.15, sway[index].squareRoot())),
                Float(0.7 * motion.yaw[index] / max(3, yaw[index].squareRoot())),
                Float(0.7 * motion.roll[index] / max(2, roll[index].squareRoot())), 0)
        }
    }
}

extension NormalizedMotion {
    /// Adds to slow steps what a template wants of the time to come: half of what was a stride ago, for a walk
    /// that goes on or stops.
    mutating func goOn(step: Double) {
        let share = Float(0.5 * (1 - ContactLikelihood.ordinaryShare(step) / 0.65))
        let period = Int(2 * step * UniformSignal.rate + 0.5)
        guard share > 0, period > 0, period <= samples.count else { return }
        for _ in 0...Int(step * UniformSignal.rate) {
            samples.append(share * samples[samples.count - period])
        }
    }
}

/// How much each instant looks like a contact of either foot.
struct ContactLikelihood: Sendable {
    /// At every second sample.
    static let every = 2
    var right: [Double] = []
    var left: [Double] = []
    var finalRight: [Double] = []
    var finalLeft: [Double] = []
    /// (m/s²)²: how much the trunk shakes up and down over the length of a step.
    private var shaking: [Double] = []

    /// m/s², up and down over the length of a step: a body that shakes less is not walking.
    ///
    /// The weakest step of somebody with multiple sclerosis (EDSS 7) shakes the waist 0.19, standing 0.05.
    private static let rest = 0.07

    /// How much the hand-made template counts: most where steps are quick, nothing where they are slow.
    static func ordinaryShare(_ step: Double) -> Double { 0.65 * min(1, max(0, (0.85 - step) / 0.25)) }

    /// Seconds by which the likelihood is highest too early.
    ///
    /// The fitted template is mostly of walks on a belt; on the ground of mobgap-lab it is early by 2 % of the
    /// step, with the person left out. The hand-made one is not.
    static func lead(_ step: Double) -> Double { 0.02 * step * (1 - ordinaryShare(step)) }

    /// Whether the body stands still at a sample, so that no foot comes down.
    func isAtRest(_ index: Double) -> Bool {
        interpolated(shaking, at: index) < Self.rest * Self.rest
    }

    /// - Parameters:
    ///   - motion: The walk.
    ///   - stepTime: How long its steps are.
    ///   - goesOn: Whether somebody is still walking at the end, as in a stream.
    init(_ motion: BodyMotion, stepTime: StepTime, goesOn: Bool = false) {
        shaking = movingMean(list(motion.count) { motion.vertical[$0] * motion.vertical[$0] }, width: 70)
        var normalized = NormalizedMotion(motion)
        if goesOn { normalized.goOn(step: stepTime.at(Double(motion.count - 1))) }
        let samples = normalized.samples
        let count = samples.count
        let initial = motion.hasRotation ? WaistTemplate.fullInitial : .accelerationOnlyInitial
        let final = motion.hasRotation ? WaistTemplate.fullFinal : .accelerationOnlyFinal
        let ordinary = WaistTemplate.ordinaryInitial
        // What a tap weighs in each template, side by side; the hand-made one has nothing that is mirrored.
        let taps = (0..<WaistTemplate.count).map { tap in
            (
                position: WaistTemplate.position(tap), initial: initial.taps[tap], final: final.taps[tap],
                ordinary: ordinary.taps[tap].lowHalf
            )
        }
        samples.withUnsafeBufferPointer { samples in
            for index in stride(from: 0, to: motion.count, by: Self.every) {
                let step = stepTime.at(Double(index))
                var sums = (SIMD8<Float>.zero, SIMD8<Float>.zero, SIMD4<Float>.zero)
                let spacing = step * UniformSignal.rate
                for tap in taps {
                    // To the nearest sample; the 1000 keeps it above zero, where cutting off is rounding down.
                    let offset = Int(tap.position * spacing + 1000.5) - 1000
                    let at = index + offset
                    let sample = at < count ? samples[max(at, 0)] : .zero
                    sums.0 += tap.initial * sample
                    sums.1 += tap.final * sample
                    sums.2 += tap.ordinary * sample.lowHalf
                }
                let share = Float(Self.ordinaryShare(step))
                let alike =
                    (1 - share) * (initial.offset + sums.0.lowHalf.sum()) + share
                    * (ordinary.offset + sums.2.sum())
                let mirrored = (1 - share) * sums.0.highHalf.sum()
                right.append(Double(alike + mirrored))
                left.append(Double(alike - mirrored))
                finalRight.append(Double(final.offset + sums.1.lowHalf.sum() + sums.1.highHalf.sum()))
                finalLeft.append(Double(final.offset + sums.1.lowHalf.sum() - sums.1.highHalf.sum()))
            }
        }
    }
}
