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
    let count = signal.count
    var sum = 0.0
    let sums = list(count + 1) { index in
        if index > 0 { sum += signal[index - 1] }
        return sum
    }
    let half = max(0, width / 2)
    return list(count) { index in
        let low = max(0, index - half)
        let high = min(count, index + half + 1)
        return (sums[high] - sums[low]) / Double(high - low)
    }
}

/// Sums of lagged products over the samples of `range`, not divided; a product that would leave it is none.
func autocorrelation(_ signal: [Double], in range: Range<Int>, lags: Range<Int>) -> [Double] {
    let count = range.count
    return signal[range].withUnsafeBytes { samples in
        func one(_ index: Int) -> Double { samples.load(fromByteOffset: index &* 8, as: Double.self) }
        // Four samples side by side, which the processor takes in one go.
        func four(_ index: Int) -> SIMD4<Double> {
            samples.loadUnaligned(fromByteOffset: index &* 8, as: SIMD4<Double>.self)
        }
        func total(_ sums: SIMD4<Double>, from start: Int, lag: Int) -> Double {
            var (sums, index) = (sums, start)
            while index + 4 <= count - lag {
                sums += four(index) * four(index + lag)
                index += 4
            }
            var sum = (sums[0] + sums[1]) + (sums[2] + sums[3])
            while index < count - lag {
                sum += one(index) * one(index + lag)
                index += 1
            }
            return sum
        }
        var result: [Double] = []
        result.reserveCapacity(lags.count)
        var lag = lags.lowerBound
        // Four lags at a time: their sums do not wait for each other.
        while lag + 4 <= lags.upperBound {
            var sums = (SIMD4<Double>.zero, SIMD4<Double>.zero, SIMD4<Double>.zero, SIMD4<Double>.zero)
            var index = 0
            while index + 4 <= count - lag - 3 {
                let here = four(index)
                let there = index &+ lag
                sums.0 += here * four(there)
                sums.1 += here * four(there &+ 1)
                sums.2 += here * four(there &+ 2)
                sums.3 += here * four(there &+ 3)
                index += 4
            }
            result.append(total(sums.0, from: index, lag: lag))
            result.append(total(sums.1, from: index, lag: lag + 1))
            result.append(total(sums.2, from: index, lag: lag + 2))
            result.append(total(sums.3, from: index, lag: lag + 3))
            lag += 4
        }
        while lag < lags.upperBound {
            result.append(total(.zero, from: 0, lag: lag))
            lag += 1
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
