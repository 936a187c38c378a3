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

    let isIn: [Bool]

    /// - Parameters:
    ///   - tops: Seconds, ascending.
    ///   - strengths: Above zero, in the unit of the movement.
    init(tops: [Double], strengths: [Double]) {
        // The strongest show the beat, for noise between the raises may outnumber them; but where every second
        // raise is weak, all of them do. The better row of the two is taken.
        let strong = Self.strong * Statistics.quantile(strengths, 0.75)
        let some = Row(tops, strengths, from: strengths.map { $0 >= strong })
        let all = Row(tops, strengths, from: strengths.map { $0 > 0 })
        isIn =
            all.sum(tops, strengths, usual: some.usual) > some.sum(tops, strengths, usual: some.usual)
            ? all.isIn : some.isIn
    }
}

/// A row of movements with what is usual in it.
private struct Row {
    private(set) var isIn: [Bool]
    private(set) var usual = Double.nan
    private var beat: Double?

    /// What is usual is learnt from the row, and the row found by what is usual, until both stay.
    init(_ tops: [Double], _ strengths: [Double], from first: [Bool]) {
        isIn = first
        for _ in 0..<4 {
            learn(tops, strengths)
            let next = best(tops, strengths)
            if next == isIn { return }
            isIn = next
        }
        learn(tops, strengths)
    }

    private mutating func learn(_ tops: [Double], _ strengths: [Double]) {
        let chosen = tops.indices.filter { isIn[$0] }
        usual = Statistics.median(chosen.map { strengths[$0] })
        beat =
            chosen.count > 2
            ? Statistics.median((1..<chosen.count).map { tops[chosen[$0]] - tops[chosen[$0 - 1]] }) : nil
    }

    /// What the row says for itself.
    func sum(_ tops: [Double], _ strengths: [Double], usual: Double) -> Double {
        var sum = 0.0
        var last: Int?
        for index in tops.indices where isIn[index] {
            sum += Self.alone(strengths[index], usual)
            if let beat, let last { sum += Self.says(tops[index] - tops[last], beat) }
            last = index
        }
        return sum
    }

    private func best(_ tops: [Double], _ strengths: [Double]) -> [Bool] {
        var sums: [Double] = []
        var before: [Int] = []
        // The best row that ends at this movement or earlier.
        var leaders: [Int] = []
        for index in tops.indices {
            var sum = 0.0
            var last = -1
            var other = index - 1
            while let beat, other >= 0 {
                let interval = Self.says(tops[index] - tops[other], beat)
                if sums[other] + interval > sum { (sum, last) = (sums[other] + interval, other) }
                if tops[index] - tops[other] > 2 * beat { break }
                other -= 1
            }
            // Further back it does not matter how far.
            if let leader = beat == nil ? leaders.last : other > 0 ? leaders[other - 1] : nil {
                let far = sums[leader] + (beat == nil ? 0 : HeelRaiseRhythm.kept - HeelRaiseRhythm.broken)
                if far > sum { (sum, last) = (far, leader) }
            }
            sums.append(sum + Self.alone(strengths[index], usual))
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

    private static func alone(_ strength: Double, _ usual: Double) -> Double {
        HeelRaiseRhythm.weight * Math.log(strength / (HeelRaiseRhythm.doubtful * usual))
    }

    private static func says(_ interval: Double, _ beat: Double) -> Double {
        let off = Math.log(interval / beat)
        return HeelRaiseRhythm.kept - min(HeelRaiseRhythm.sharpness * off * off, HeelRaiseRhythm.broken)
    }
}
