// SPDX-License-Identifier: Apache-2.0

// What the gait methods need of statistics, on small lists.

/// The middle value, or the mean of the two middle ones; nil of nothing.
func median(_ values: [Double]) -> Double? {
    guard !values.isEmpty else { return nil }
    let sorted = values.sorted()
    let middle = sorted.count / 2
    return sorted.count % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2
}

/// The arithmetic mean; nil of nothing.
func mean(_ values: [Double]) -> Double? {
    values.isEmpty ? nil : values.reduce(0, +) / Double(values.count)
}

/// The standard deviation of a sample, with n − 1; nil of fewer than two.
func standardDeviation(_ values: [Double]) -> Double? {
    guard values.count > 1, let centre = mean(values) else { return nil }
    let squares = values.reduce(0) { $0 + ($1 - centre) * ($1 - centre) }
    return (squares / Double(values.count - 1)).squareRoot()
}

/// The mean over `width` samples around each sample, over what there is at the ends.
func movingMean(_ signal: [Double], width: Int) -> [Double] {
    guard signal.count > 0 else { return [] }
    var sums = [0.0]
    sums.reserveCapacity(signal.count + 1)
    var sum = 0.0
    for value in signal {
        sum += value
        sums.append(sum)
    }
    let half = max(0, width / 2)
    var result: [Double] = []
    result.reserveCapacity(signal.count)
    for index in signal.indices {
        let low = max(0, index - half)
        let high = min(signal.count, index + half + 1)
        result.append((sums[high] - sums[low]) / Double(high - low))
    }
    return result
}

/// Sums of lagged products over the samples of `range`, not divided; a product that would leave it is none.
func autocorrelation(_ signal: [Double], in range: Range<Int>, lags: Range<Int>) -> [Double] {
    signal.withUnsafeBufferPointer { samples in
        var result: [Double] = []
        result.reserveCapacity(lags.count)
        for lag in lags {
            // Four sums side by side, which the processor takes in one go.
            var sums = SIMD4<Double>.zero
            var index = range.lowerBound
            let end = range.upperBound - lag
            while index + 4 <= end {
                let here = SIMD4(samples[index], samples[index + 1], samples[index + 2], samples[index + 3])
                let there = SIMD4(
                    samples[index + lag], samples[index + lag + 1], samples[index + lag + 2],
                    samples[index + lag + 3])
                sums += here * there
                index += 4
            }
            var sum = (sums[0] + sums[1]) + (sums[2] + sums[3])
            while index < end {
                sum += samples[index] * samples[index + lag]
                index += 1
            }
            result.append(sum)
        }
        return result
    }
}

/// The value between samples, by a straight line; the end values beyond the ends.
func interpolated(_ signal: [Double], at index: Double) -> Double {
    guard signal.count > 1 else { return signal.first ?? 0 }
    let clamped = min(max(index, 0), Double(signal.count - 1))
    let low = min(Int(clamped), signal.count - 2)
    let part = clamped - Double(low)
    return signal[low] + (signal[low + 1] - signal[low]) * part
}

/// Where a parabola through a peak and its two neighbours is highest, in samples.
func parabolicPeak(_ signal: [Double], _ index: Int) -> Double {
    guard index > 0, index + 1 < signal.count else { return Double(index) }
    let (a, b, c) = (signal[index - 1], signal[index], signal[index + 1])
    let curvature = a - 2 * b + c
    guard curvature < 0 else { return Double(index) }
    return Double(index) + max(-0.5, min(0.5, 0.5 * (a - c) / curvature))
}
