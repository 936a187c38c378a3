// SPDX-License-Identifier: Apache-2.0

/// An instant at which a foot may have come down.
struct Candidate: Hashable, Sendable {
    /// In samples.
    var index: Double
    var side: BodySide
    var likelihood: Double
}

/// The most plausible row of contacts through a walk: likely instants, left and right by turns, steps about as
/// long as the walk's, and as few breaks as can be.
///
/// Each of these has a price in units of likelihood, none is forbidden: so a limp, a pause, a turn on one foot
/// and a missed step cost something and are found all the same.
struct ContactPath: Sendable {
    /// A likelihood that pays for a contact.
    var threshold = 0.27
    var least = 0.1
    var startPrice = 0.3
    /// For a step that is a factor e longer or shorter than `spread` allows, squared, up to `limit`.
    var stepPrice = 0.03
    var spread = 0.3
    var limit = 12.0
    /// For the same foot twice, and twice after a time in which the other may have been missed.
    var samePrice = 0.3
    var missedPrice = 0.1
    /// Seconds, and the shortest as a share of the walk's step.
    var shortest = 0.25
    var shortestShare = 0.4
    var longest = 2.0

    func candidates(_ likelihood: ContactLikelihood) -> [Candidate] {
        var result: [Candidate] = []
        for (side, values) in [(BodySide.right, likelihood.right), (.left, likelihood.left)]
        where values.count > 2 {
            for index in 1..<(values.count - 1)
            where values[index] > least && values[index] >= values[index - 1]
                && values[index] > values[index + 1]
                && !likelihood.isAtRest(Double(index * ContactLikelihood.every))
            {
                result.append(
                    Candidate(
                        index: parabolicPeak(values, index) * Double(ContactLikelihood.every), side: side,
                        likelihood: values[index]))
            }
        }
        return result.sorted { $0.index < $1.index }
    }

    /// The contacts, of chains of three or more, with the highest sum; and the sum.
    func chains(_ likelihood: ContactLikelihood, stepTime: StepTime) -> (contacts: [Candidate], sum: Double) {
        let candidates = candidates(likelihood)
        let rate = UniformSignal.rate
        // For each candidate: the best sum of a path that ends there, the contact before it in its chain, and
        // the end of the chain before where it begins one.
        var sums: [Double] = []
        var before: [Int?] = []
        var chainBefore: [Int?] = []
        var (closed, closedSum, closedEnd) = (0, 0.0, Int?.none)
        for (j, candidate) in candidates.enumerated() {
            while closed < j, candidate.index - candidates[closed].index >= shortest * rate {
                if sums[closed] > closedSum { (closedSum, closedEnd) = (sums[closed], closed) }
                closed += 1
            }
            let step = stepTime.at(candidate.index)
            var best = closedSum - startPrice
            var from: Int?
            var i = j - 1
            while i >= 0 {
                let d = (candidate.index - candidates[i].index) / rate
                if d > longest { break }
                if d >= max(shortest, shortestShare * step) {
                    let sum = sums[i] - price(d / step, isSame: candidates[i].side == candidate.side)
                    if sum > best { (best, from) = (sum, i) }
                }
                i -= 1
            }
            sums.append(best + candidate.likelihood - threshold)
            before.append(from)
            chainBefore.append(from == nil ? closedEnd : nil)
        }
        guard let end = sums.indices.max(by: { sums[$0] < sums[$1] }), sums[end] > 0 else { return ([], 0) }
        var chains: [[Candidate]] = []
        var chain: [Candidate] = []
        var at: Int? = end
        while let here = at {
            chain.append(candidates[here])
            at = before[here]
            if at == nil {
                chains.append(chain.reversed())
                chain = []
                at = chainBefore[here]
            }
        }
        return (chains.reversed().filter { $0.count >= 3 }.flatMap { $0 }, sums[end])
    }

    private func price(_ ratio: Double, isSame: Bool) -> Double {
        let deviation = Math.log(ratio) / spread
        let price = stepPrice * min(deviation * deviation, limit)
        return isSame ? price + (ratio < 1.55 ? samePrice : missedPrice) : price
    }
}
