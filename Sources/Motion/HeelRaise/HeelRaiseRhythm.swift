// SPDX-License-Identifier: Apache-2.0

/// The row of movements that explains a whole recording best: alike in strength, and in a beat.
///
/// Each movement speaks for itself by how strong it is, each interval by how well it keeps the beat; of all rows
/// the one with the largest sum is found (dynamic programming, as Viterbi 1967). So a weak movement counts where
/// the beat expects one, and does not between two that keep it. What an interval can say is bounded: who pauses
/// or hurries makes strong movements, and those count by themselves.
struct HeelRaiseRhythm {
    /// Part of the middle strength at which a movement alone is as likely a raise as not.
    static let doubtful = 0.55
    static let strong = 0.7
    /// How much the logarithm of the strength says.
    static let weight = 3.0
    /// What a kept beat says, and what the most that an interval off it says against.
    static let kept = 0.2
    static let broken = 0.75
    /// How soon an interval is off the beat: at 0.65 or 1.54 of it all is said.
    static let sharpness = 4.0

    private(set) var isIn: [Bool]

    /// - Parameters:
    ///   - tops: Seconds, ascending.
    ///   - strengths: Above zero, in the unit of the movement.
    init(tops: [Double], strengths: [Double]) {
        // The strongest quarter shows the beat; noise between the raises may outnumber them, but is weaker.
        let strong = Self.strong * Statistics.quantile(strengths, 0.75)
        isIn = strengths.map { $0 >= strong }
        // What is usual is learnt from the row, and the row found by what is usual.
        for _ in 0..<4 {
            let chosen = tops.indices.filter { isIn[$0] }
            let usual = Statistics.median(chosen.map { strengths[$0] })
            let beat =
                chosen.count > 2
                ? Statistics.median((1..<chosen.count).map { tops[chosen[$0]] - tops[chosen[$0 - 1]] }) : nil
            let next = Self.best(
                tops, strengths.map { Self.weight * Math.log($0 / (Self.doubtful * usual)) }, beat)
            if next == isIn { break }
            isIn = next
        }
    }

    private static func best(_ tops: [Double], _ alone: [Double], _ beat: Double?) -> [Bool] {
        var sums: [Double] = []
        var before: [Int] = []
        // The best row that ends at this movement or earlier.
        var leaders: [Int] = []
        for index in tops.indices {
            var sum = 0.0
            var last = -1
            var other = index - 1
            while let beat, other >= 0 {
                let interval = says(tops[index] - tops[other], beat)
                if sums[other] + interval > sum { (sum, last) = (sums[other] + interval, other) }
                if tops[index] - tops[other] > 2 * beat { break }
                other -= 1
            }
            // Further back it does not matter how far.
            if let leader = beat == nil ? leaders.last : other > 0 ? leaders[other - 1] : nil {
                let far = sums[leader] + (beat == nil ? 0 : kept - broken)
                if far > sum { (sum, last) = (far, leader) }
            }
            sums.append(sum + alone[index])
            before.append(last)
            let leader = leaders.last ?? index
            leaders.append(sums[index] > sums[leader] ? index : leader)
        }
        var isIn = [Bool](repeating: false, count: tops.count)
        var index = leaders.last ?? -1
        while index >= 0 {
            isIn[index] = true
            index = before[index]
        }
        return isIn
    }

    private static func says(_ interval: Double, _ beat: Double) -> Double {
        let off = Math.log(interval / beat)
        return kept - min(sharpness * off * off, broken)
    }
}
