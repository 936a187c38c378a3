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

    /// Which movements are in the row, ascending.
    let row: [Int]

    /// - Parameters:
    ///   - tops: Seconds, ascending.
    ///   - strengths: Above zero, in the unit of the movement.
    init(tops: [Double], strengths: [Double]) {
        // The strongest show the beat, for noise between the raises may outnumber them; but where every second
        // raise is weak, all of them do. The better row of the two is taken.
        let movements = Movements(tops: tops, strengths: strengths)
        let strong = Self.strong * Statistics.quantile(strengths, 0.75)
        let some = Row(of: movements, atLeast: strong)
        let all = Row(of: movements, atLeast: 0)
        let isAll = all.sum(of: movements, usual: some.usual) > some.sum(of: movements, usual: some.usual)
        row = isAll ? all.places : some.places
    }
}

private struct Movements {
    let tops: [Double]
    let strengths: [Double]

    /// What a movement says for itself.
    func alone(_ place: Int, usual: Double) -> Double {
        HeelRaiseRhythm.weight * Math.log(strengths[place] / (HeelRaiseRhythm.doubtful * usual))
    }

    /// What an interval says; nothing without a beat.
    func interval(_ first: Int, _ second: Int, beat: Double) -> Double {
        guard beat > 0 else { return 0 }
        let off = Math.log((tops[second] - tops[first]) / beat)
        return HeelRaiseRhythm.kept - min(HeelRaiseRhythm.sharpness * off * off, HeelRaiseRhythm.broken)
    }
}

/// A row of movements with what is usual in it.
private struct Row {
    private(set) var places: [Int] = []
    private(set) var usual = Double.nan
    /// Seconds; 0 where it cannot be known.
    private var beat = 0.0

    /// What is usual is learnt from the row, and the row found by what is usual, until both stay.
    @inline(never)
    init(of movements: Movements, atLeast strength: Double) {
        for place in movements.tops.indices where movements.strengths[place] >= strength {
            places.append(place)
        }
        for _ in 0..<4 {
            learn(movements)
            let next = best(movements)
            if next == places { return }
            places = next
        }
        learn(movements)
    }

    private mutating func learn(_ movements: Movements) {
        var strengths: [Double] = []
        var intervals: [Double] = []
        for (index, place) in places.enumerated() {
            strengths.append(movements.strengths[place])
            if index > 0 { intervals.append(movements.tops[place] - movements.tops[places[index - 1]]) }
        }
        usual = Statistics.median(strengths)
        beat = intervals.count > 1 ? Statistics.median(intervals) : 0
    }

    /// What the row says.
    func sum(of movements: Movements, usual: Double) -> Double {
        var sum = 0.0
        for (index, place) in places.enumerated() {
            sum += movements.alone(place, usual: usual)
            if index > 0 { sum += movements.interval(places[index - 1], place, beat: beat) }
        }
        return sum
    }

    private func best(_ movements: Movements) -> [Int] {
        var sums: [Double] = []
        var before: [Int] = []
        // The best row that ends at this movement or earlier.
        var leaders: [Int] = []
        for place in movements.tops.indices {
            var sum = 0.0
            var last = -1
            var other = place - 1
            // Further back than two beats it does not matter how far.
            while other >= 0, movements.tops[place] - movements.tops[other] <= 2 * beat {
                let said = sums[other] + movements.interval(other, place, beat: beat)
                if said > sum { (sum, last) = (said, other) }
                other -= 1
            }
            if other >= 0 {
                let said =
                    sums[leaders[other]] + (beat > 0 ? HeelRaiseRhythm.kept - HeelRaiseRhythm.broken : 0)
                if said > sum { (sum, last) = (said, leaders[other]) }
            }
            sums.append(sum + movements.alone(place, usual: usual))
            before.append(last)
            let leader = place > 0 ? leaders[place - 1] : place
            leaders.append(sums[place] > sums[leader] ? place : leader)
        }
        var backwards: [Int] = []
        var place = leaders.last ?? -1
        while place >= 0 {
            backwards.append(place)
            place = before[place]
        }
        var row: [Int] = []
        for index in backwards.indices { row.append(backwards[backwards.count - 1 - index]) }
        return row
    }
}
