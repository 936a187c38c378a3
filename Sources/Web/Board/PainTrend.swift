// SPDX-License-Identifier: Apache-2.0
import Clinical
import Foundation

/// How a row of pain scores went, as one sentence and as a line.
struct PainTrend: Sendable {
    struct Score: Sendable, Hashable {
        let day: Day
        let pain: Int
    }

    /// Oldest first.
    let scores: [Score]

    /// Where it began, where it turned, and where it is now.
    ///
    /// A change of one point is no turn: people do not score that finely.
    func sentence(_ words: Words) -> String {
        let values = scores.map(\.pain)
        guard let first = values.first, let last = values.last, let low = values.min(),
            let high = values.max()
        else { return words["pain_trend.none"] }
        func say(_ key: String, _ through: Int = 0) -> String {
            words("pain_trend.\(key)", ["first": "\(first)", "through": "\(through)", "last": "\(last)"])
        }
        if values.count == 1 { return say("once") }
        if low == high { return say("steady") }
        if min(first, last) - low >= 2, min(first, last) - low >= high - max(first, last) {
            return say("fell_rose", low)
        }
        if high - max(first, last) >= 2 { return say("rose_fell", high) }
        if first == last { return say("about") }
        return say(last < first ? "fell" : "rose")
    }

    /// The points of a polyline, 120 wide and 32 high, over the days up to `today`.
    func spark(upTo today: Day, days: Int = 14) -> String? {
        guard scores.count > 1 else { return nil }
        return scores.map { score in
            let x = 120 * Double(days - 1 - (today.number - score.day.number)) / Double(days - 1)
            let y = 29 - Double(score.pain) * 2.6
            return "\(x.oneDigit),\(y.oneDigit)"
        }.joined(separator: " ")
    }
}

extension Double {
    /// For a drawing: a tenth of a unit is finer than any screen.
    var oneDigit: String { ((self * 10).rounded() / 10).plain }
}
