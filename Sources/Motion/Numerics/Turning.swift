// SPDX-License-Identifier: Apache-2.0

/// The highs and lows of a signal that differ from their neighbours by at least a given swing.
struct TurningPoints {
    struct Point {
        var sample: Int
        var value: Double
        var isHigh: Bool
    }

    /// Alternating highs and lows in order; the first and the last are where the signal starts and ends
    /// unless it turned there.
    private(set) var points: [Point] = []

    init(_ signal: [Double], swing: Double) {
        guard let first = signal.first else { return }
        var low = Point(sample: 0, value: first, isHigh: false)
        var high = Point(sample: 0, value: first, isHigh: true)
        // 1 while the last confirmed point was a low, -1 after a high, 0 before either.
        var direction = 0
        for (sample, value) in signal.enumerated() {
            if value > high.value { high = Point(sample: sample, value: value, isHigh: true) }
            if value < low.value { low = Point(sample: sample, value: value, isHigh: false) }
            if direction >= 0 && value <= high.value - swing {
                if direction == 0 && low.sample < high.sample { points.append(low) }
                points.append(high)
                low = Point(sample: sample, value: value, isHigh: false)
                high = Point(sample: sample, value: value, isHigh: true)
                direction = -1
            } else if direction <= 0 && value >= low.value + swing {
                if direction == 0 && high.sample < low.sample { points.append(high) }
                points.append(low)
                high = Point(sample: sample, value: value, isHigh: true)
                low = Point(sample: sample, value: value, isHigh: false)
                direction = 1
            }
        }
        if direction > 0 { points.append(high) }
        if direction < 0 { points.append(low) }
    }
}

/// Where a signal passes a level, between samples.
enum Crossing {
    /// The last passage upwards at or before a sample whose value is above the level.
    static func before(_ sample: Int, in signal: [Double], above level: Double, from first: Int = 0) -> Double
    {
        var index = sample
        while index > first && signal[index - 1] >= level { index -= 1 }
        guard index > first else { return Double(first) }
        return Double(index) - part(signal[index], signal[index - 1], level)
    }

    /// The first passage downwards at or after a sample whose value is above the level.
    static func after(_ sample: Int, in signal: [Double], above level: Double, to last: Int? = nil) -> Double
    {
        let last = last ?? signal.count - 1
        var index = sample
        while index < last && signal[index + 1] >= level { index += 1 }
        guard index < last else { return Double(last) }
        return Double(index) + part(signal[index], signal[index + 1], level)
    }

    /// How far from `inside` to `outside` the level lies, 0 to 1.
    private static func part(_ inside: Double, _ outside: Double, _ level: Double) -> Double {
        let span = inside - outside
        return span > 0 ? min(max((inside - level) / span, 0), 1) : 0
    }
}
