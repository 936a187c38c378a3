// SPDX-License-Identifier: Apache-2.0

/// How alike the two halves of a stride are, from the harmonics of the trunk's acceleration.
public struct HarmonicRatios: Hashable, Sendable {
    /// Even over odd amplitudes up and forward, odd over even to the side, of a stride's twenty first harmonics.
    ///
    /// Bellanca and others 2013, J Biomech 46:828. Higher is more alike; there is no upper end.
    public var vertical: Double
    public var forward: Double
    public var lateral: Double
    /// The same as a share of all power, 0 to 100 %: Pasciuto and others 2017, J Biomech 53:84.
    public var improvedVertical: Double
    public var improvedForward: Double
    public var improvedLateral: Double

    init?(_ motion: BodyMotion, stride range: Range<Int>) {
        guard range.count >= 40 else { return nil }
        let sums = Self.harmonics(motion, range)
        let (v, f, l) = (sums.0, sums.1, sums.2)
        guard v.odd > 0, f.odd > 0, l.even > 0 else { return nil }
        vertical = v.even / v.odd
        forward = f.even / f.odd
        lateral = l.odd / l.even
        improvedVertical = 100 * v.evenPower / (v.evenPower + v.oddPower)
        improvedForward = 100 * f.evenPower / (f.evenPower + f.oddPower)
        improvedLateral = 100 * l.oddPower / (l.evenPower + l.oddPower)
    }

    private struct Sums {
        var even = 0.0
        var odd = 0.0
        var evenPower = 0.0
        var oddPower = 0.0

        mutating func add(_ power: Double, isEven: Bool) {
            if isEven {
                even += power.squareRoot()
                evenPower += power
            } else {
                odd += power.squareRoot()
                oddPower += power
            }
        }
    }

    private static func harmonics(_ motion: BodyMotion, _ range: Range<Int>) -> (Sums, Sums, Sums) {
        let signal = list(range.count) { index in
            let at = range.lowerBound + index
            return SIMD4(motion.vertical[at], motion.forward[at], motion.lateral[at], 0)
        }
        var sums = (Sums(), Sums(), Sums())
        for harmonic in 1...20 {
            // The unit circle is walked in equal steps; a stride is too short for rounding to show.
            let angle = 2 * Math.pi * Double(harmonic) / Double(range.count)
            let (stepCosine, stepSine) = (Math.cos(angle), Math.sin(angle))
            var (cosine, sine) = (1.0, 0.0)
            var (real, imaginary) = (SIMD4<Double>.zero, SIMD4<Double>.zero)
            for value in signal {
                real += value * cosine
                imaginary += value * sine
                (cosine, sine) = (
                    cosine * stepCosine - sine * stepSine, sine * stepCosine + cosine * stepSine
                )
            }
            let power = real * real + imaginary * imaginary
            sums.0.add(power[0], isEven: harmonic % 2 == 0)
            sums.1.add(power[1], isEven: harmonic % 2 == 0)
            sums.2.add(power[2], isEven: harmonic % 2 == 0)
        }
        return sums
    }
}

/// How a stretch of walking repeats itself.
public struct Regularity: Hashable, Sendable {
    /// The number of strides that it is made of.
    public var strides: Int
    /// Unbiased autocorrelation of upward acceleration after a step and after a stride, at most 1:
    /// Moe-Nilssen and Helbostad 2004, J Biomech 37:121.
    public var step: Double
    public var stride: Double
    /// The gait symmetry index, 0 to 1, from all three axes half a stride apart.
    ///
    /// Zhang and others 2018, Sensors 18:3322. An axis that is opposite after half a stride counts as nothing;
    /// 0 where one signal is all there is.
    public var symmetryIndex: Double

    /// From the trunk.
    init?(_ motion: BodyMotion, walking range: Range<Int>, stride: Double, strides: Int) {
        self.init(motion.vertical, walking: range, stride: stride, strides: strides)
        let half = Int((stride * UniformSignal.rate).rounded()) / 2
        var sum = 0.0
        for signal in [motion.vertical, motion.forward, motion.lateral] {
            let all = autocorrelation(signal, in: range, lags: 0..<1)[0]
            guard all > 0 else { continue }
            sum += max(0, autocorrelation(signal, in: range, lags: half..<(half + 1))[0] / all)
        }
        symmetryIndex = (sum / 3).squareRoot()
    }

    /// From one signal of acceleration.
    init?(_ signal: [Double], walking range: Range<Int>, stride: Double, strides: Int) {
        let lag = Int((stride * UniformSignal.rate).rounded())
        guard lag > 40, range.count > 3 * lag else { return nil }
        let all = autocorrelation(signal, in: range, lags: 0..<1)[0]
        guard all > 0 else { return nil }
        func peak(near lag: Int) -> Double {
            let lags = (lag * 9 / 10)..<(lag * 11 / 10 + 1)
            var best = -1.0
            for (number, sum) in autocorrelation(signal, in: range, lags: lags).enumerated() {
                let unbiased = Double(range.count) / Double(range.count - lags.lowerBound - number)
                best = max(best, sum / all * unbiased)
            }
            return best
        }
        self.strides = strides
        step = peak(near: lag / 2)
        self.stride = peak(near: lag)
        symmetryIndex = 0
    }
}

/// How evenly the legs take turns, in percent; 0 is perfect.
///
/// The variation of the step's phase in the stride plus how far it is from half: Plotnik and others 2007, Exp
/// Brain Res 181:561.
/// - Parameter phases: Step time over stride time, a share.
/// - Returns: Nil of fewer than two.
func coordinationIndex(_ phases: [Double]) -> Double? {
    guard let mean = mean(phases), let deviation = standardDeviation(phases), mean > 0 else { return nil }
    let off = phases.reduce(0) { $0 + ($1 - 0.5).magnitude } / Double(phases.count)
    return 100 * deviation / mean + 100 * off / 0.5
}

/// The difference of two sides by their mean, in percent, without sign: Robinson and others 1987.
func percentAsymmetry(_ a: Double, _ b: Double) -> Double? {
    a + b > 0 ? 100 * (a - b).magnitude / (0.5 * (a + b)) : nil
}
