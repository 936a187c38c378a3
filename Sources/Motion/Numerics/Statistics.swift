// SPDX-License-Identifier: Apache-2.0

/// Plain statistics of a list of numbers; NaN where the list is too short.
public enum Statistics {
    public static func mean(_ values: [Double]) -> Double { mean(values, in: 0..<values.count) }

    static func mean(_ values: [Double], in range: Range<Int>) -> Double {
        guard !range.isEmpty else { return .nan }
        var sum = 0.0
        for index in range { sum += values[index] }
        return sum / Double(range.count)
    }

    /// The spread of a sample, with n - 1.
    public static func standardDeviation(_ values: [Double]) -> Double {
        standardDeviation(values, in: 0..<values.count)
    }

    static func standardDeviation(_ values: [Double], in range: Range<Int>) -> Double {
        guard range.count > 1 else { return .nan }
        let mean = mean(values, in: range)
        var sum = 0.0
        for index in range { sum += (values[index] - mean) * (values[index] - mean) }
        return (sum / Double(range.count - 1)).squareRoot()
    }

    /// The middle value, or the mean of the two in the middle.
    public static func median(_ values: [Double]) -> Double { quantile(values, 0.5) }

    /// The value below which `part` of the list lies, straight between neighbours.
    public static func quantile(_ values: [Double], _ part: Double) -> Double {
        guard !values.isEmpty else { return .nan }
        let position = part * Double(values.count - 1)
        let lower = Int(position)
        var rest = values
        let low = Sorting.select(lower, in: &rest)
        guard lower + 1 < rest.count else { return low }
        // What lies behind is not smaller.
        var high = rest[lower + 1]
        for index in (lower + 1)..<rest.count where rest[index] < high { high = rest[index] }
        return low + (high - low) * (position - Double(lower))
    }

    /// The slope of the straight line that fits best, per step of the list.
    public static func slope(_ values: [Double]) -> Double { line(values).slope }

    /// The straight line through (0, first), (1, second), … that fits best.
    static func line(_ values: [Double]) -> (offset: Double, slope: Double) {
        let count = Double(values.count)
        guard values.count > 1 else { return (values.first ?? .nan, .nan) }
        let middle = (count - 1) / 2
        let mean = mean(values)
        var product = 0.0
        for index in values.indices { product += (Double(index) - middle) * (values[index] - mean) }
        let slope = product / (count * (count * count - 1) / 12)
        return (mean - slope * middle, slope)
    }

    static func rootMeanSquare(_ values: [Double]) -> Double {
        guard !values.isEmpty else { return .nan }
        var sum = 0.0
        for value in values { sum += value * value }
        return (sum / Double(values.count)).squareRoot()
    }
}
