// SPDX-License-Identifier: Apache-2.0

/// The duration of a step, second by second, from how the walk resembles itself.
///
/// What is the same for both legs (up, forward) comes back after a step, and after a stride even with a limp;
/// what is mirrored (sway, turning, tilting) is opposite after a step and comes back after a stride. Each
/// possible step time is scored by both, and the best course of step times through the walk is taken. The
/// mirrored signals are what finds slow and limping steps, in which the others say little.
struct StepTime: Hashable, Sendable {
    /// Seconds a step; one value a second.
    private var values: [Double]
    /// The middle value over the walk.
    var typical: Double

    /// Step times looked at: 0.3 to 1.6 s, evenly in their logarithm.
    private static let grid: [Double] = (0..<43).map { 0.3 * Math.exp(Math.log(1.6 / 0.3) * Double($0) / 42) }
    private static let logarithms: [Double] = grid.map { Math.log($0) }
    /// The lags of the grid's steps, then of its strides, between two samples.
    private static let lagsOfGrid: [(at: Int, part: Double)] = (grid + grid.map { 2 * $0 }).map { seconds in
        let lag = seconds * UniformSignal.rate / Double(every)
        return (Int(lag), lag - Double(Int(lag)))
    }
    /// The signals are looked at at 25 Hz, five seconds at a time.
    static let every = 4
    private static let window = 125
    private static let lags = 82
    /// The price of a change of step time by a factor e from one second to the next.
    private static let changePrice = 8.0

    /// From the walk seen along the body's directions.
    init(_ motion: BodyMotion) {
        var mirrored = [(motion.lateral, 1.0)]
        if motion.hasRotation { mirrored += [(motion.yaw, 1), (motion.roll, 0.5)] }
        self.init(same: [(motion.vertical, 1), (motion.forward, 1)], mirrored: mirrored)
    }

    /// - Parameters:
    ///   - same: Signals that both legs make alike, with weights.
    ///   - mirrored: Signals that the legs make with opposite sign.
    ///   - usual: Seconds that count as likelier, where nothing is mirrored and a stride may look like a step.
    init(same: [([Double], Double)], mirrored: [([Double], Double)], usual: Double? = nil) {
        let rate = UniformSignal.rate / Double(Self.every)
        let wide = Butterworth.band(order: 1, from: 0.3, to: 4, rate: rate)
        let slow = Butterworth.band(order: 1, from: 0.2, to: 2.5, rate: rate)
        let signals =
            same.map { (wide.zeroPhase(Self.thinned($0.0)), $0.1, 0.5) }
            + mirrored.map { (slow.zeroPhase(Self.thinned($0.0)), $0.1, -0.5) }
        let count = signals.first?.0.count ?? 0
        let lagsOfGrid = Self.lagsOfGrid
        var scores: [[Double]] = []
        var centre = 0
        while centre < max(1, count) {
            let low = max(0, min(centre - Self.window / 2, count - Self.window))
            let range = low..<min(count, low + Self.window)
            var score = [Double](repeating: 0, count: Self.grid.count)
            if let usual {
                for (index, logarithm) in Self.logarithms.enumerated() {
                    let off = logarithm - Math.log(usual)
                    score[index] = -off * off
                }
            }
            for (signal, weight, sign) in signals {
                let likeness = Self.likeness(signal, in: range)
                for index in score.indices {
                    let (once, twice) = (lagsOfGrid[index], lagsOfGrid[index + score.count])
                    let first = likeness[once.at] + (likeness[once.at + 1] - likeness[once.at]) * once.part
                    let second =
                        likeness[twice.at] + (likeness[twice.at + 1] - likeness[twice.at]) * twice.part
                    score[index] += weight * (sign * first + 0.5 * second)
                }
            }
            scores.append(score)
            centre += Int(rate)
        }
        values = Self.bestCourse(scores).map { Self.grid[$0] }
        typical = median(values) ?? 0.55
    }

    /// The middle step time between two samples.
    func typical(in range: Range<Int>) -> Double {
        let rate = Int(UniformSignal.rate)
        let low = min(range.lowerBound / rate, values.count - 1)
        let high = min(max(low + 1, (range.upperBound + rate - 1) / rate), values.count)
        return low < high && low >= 0 ? median(Array(values[low..<high])) ?? typical : typical
    }

    /// The step time at a sample, by a straight line between the seconds.
    func at(_ index: Double) -> Double { interpolated(values, at: index / UniformSignal.rate) }

    static func thinned(_ signal: [Double]) -> [Double] {
        list((signal.count + every - 1) / every) { signal[every * $0] }
    }

    /// The correlation of a stretch with itself, by lag.
    private static func likeness(_ signal: [Double], in range: Range<Int>) -> [Double] {
        let sums = autocorrelation(signal, in: range, lags: 0..<min(lags, max(1, range.count - 2)))
        var all = 0.0
        let squares = list(range.count + 1) { index in
            if index > 0 {
                all += signal[range.lowerBound + index - 1] * signal[range.lowerBound + index - 1]
            }
            return all
        }
        return list(lags) { lag in
            guard lag < sums.count else { return 0 }
            let power = squares[range.count - lag] * (all - squares[lag])
            return power > 0 ? sums[lag] / power.squareRoot() : 0
        }
    }

    /// The row of grid points, one a second, with the highest sum less the price of changing.
    private static func bestCourse(_ scores: [[Double]]) -> [Int] {
        guard var sums = scores.first else { return [] }
        let logarithms = logarithms
        var back: [[Int]] = []
        for score in scores.dropFirst() {
            var next = sums
            var from = [Int](repeating: 0, count: sums.count)
            for index in sums.indices {
                var best = -Double.infinity
                // A step time does not change by half in a second.
                for other in max(0, index - 10)..<min(sums.count, index + 11) {
                    let change = logarithms[index] - logarithms[other]
                    let value = sums[other] - changePrice * change * change
                    if value > best { (best, from[index]) = (value, other) }
                }
                next[index] = best + score[index]
            }
            back.append(from)
            sums = next
        }
        var at = sums.indices.max { sums[$0] < sums[$1] } ?? 0
        var course = [at]
        for from in back.reversed() {
            at = from[at]
            course.append(at)
        }
        return course.reversed()
    }
}
