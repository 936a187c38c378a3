// SPDX-License-Identifier: Apache-2.0

/// How a person's weight is shared between two plates or scales.
public struct LoadShare: Hashable, Sendable {
    public var method: Method { .load }
    /// The right side's part of the whole.
    public var rightPercent: Reading
    public var leftPercent: Reading
    /// (left - right) / (left + right): only ever within one trial on two plates.
    public var asymmetryPercent: Reading

    /// The shares over a stretch of time.
    ///
    /// - Parameters:
    ///   - left: Vertical force, any unit.
    ///   - right: In the same unit, at the same instants.
    ///   - least: Both together bear at least this at the instants that count, so that a flight does not.
    public init(left: [Double], right: [Double], least: Double = 0) {
        var sums = (left: 0.0, right: 0.0)
        for index in 0..<min(left.count, right.count) {
            let both = left[index] + right[index]
            guard both.isFinite, both > least else { continue }
            sums.left += left[index]
            sums.right += right[index]
        }
        let whole = sums.left + sums.right
        guard whole > 0 else {
            let missing = Reading.missing(.tooFew(needed: 1, got: 0))
            (rightPercent, leftPercent, asymmetryPercent) = (missing, missing, missing)
            return
        }
        rightPercent = .value(sums.right / whole * 100)
        leftPercent = .value(sums.left / whole * 100)
        asymmetryPercent = .value((sums.left - sums.right) / whole * 100)
    }
}
