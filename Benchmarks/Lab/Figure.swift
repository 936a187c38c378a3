// SPDX-License-Identifier: Apache-2.0
import Motion

/// What was measured for one of the twelve targets, and whether that is what was aimed at.
struct Figure: Sendable {
    /// The target's number.
    var number: Int
    var what: String
    var data: String
    var found: String
    var target: String
    var isMet: Bool

    var lines: String {
        """
        \(number). \(what): \(isMet ? "met" : "MISSED")
            data    \(data)
            found   \(found)
            target  \(target)
        """
    }
}

/// Differences from the truth, in one unit.
struct Errors: Sendable {
    var values: [Double] = []
    let unit: String

    init(_ values: [Double], _ unit: String) {
        self.values = values
        self.unit = unit
    }

    var bias: Double { Statistics.mean(values) }
    var spread: Double { Statistics.standardDeviation(values) }
    var rootMeanSquare: Double { Statistics.mean(values.map { $0 * $0 }).squareRoot() }

    /// Whether bias and spread stay within what is allowed; nothing measured never does.
    func isWithin(bias most: Double, spread widest: Double) -> Bool {
        bias.magnitude <= most && spread <= widest
    }

    var words: String {
        "bias \(bias.short) \(unit), SD \(spread.short) \(unit), limits of agreement ±\((1.96 * spread).short) "
            + "\(unit) (n = \(values.count))"
    }
}

extension Double {
    /// To three digits behind the point.
    var short: Double { rounded(to: 1000) }

    func rounded(to parts: Double) -> Double { (self * parts).rounded() / parts }
}
