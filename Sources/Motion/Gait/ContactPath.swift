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
///
/// What somebody does who pauses looks like a weak step. So a contact is doubted that is weak beside those before
/// *and* those after it: in a shuffle all are weak and none is doubted, nor is the last step of a walk.
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
    /// What a contact must have of the weaker of its two surroundings so as not to be doubted.
    ///
    /// A surrounding is the second strongest contact of so many seconds. Each unit of likelihood that is lacking
    /// has a price.
    var doubtfulShare = 0.45
    var surrounding = 5.0
    var doubtPrice = 2.0

    /// For a walk that may hold pauses: a break costs less and lasts as long as a bout allows.
    static let pausing: ContactPath = {
        var path = ContactPath()
        path.limit = 6
        path.missedPrice = 0.05
        path.longest = WalkingBout.longestBreak
        return path
    }()

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
        return chains(candidates, worth: candidates.map { $0.likelihood - threshold }, stepTime: stepTime)
    }

    /// The contacts that stay where some that were found are doubtful beside the others.
    func undoubted(
        _ found: [Candidate], of likelihood: ContactLikelihood, stepTime: StepTime
    ) -> [Candidate] {
        func lack(_ candidate: Candidate) -> Double {
            doubtfulShare * surroundings(of: candidate, found) - candidate.likelihood
        }
        guard found.contains(where: { lack($0) > 0 }) else { return found }
        let candidates = candidates(likelihood)
        let worth = candidates.map { candidate in
            let (worth, lack) = (candidate.likelihood - threshold, lack(candidate))
            return lack > 0 ? min(worth, 0) - doubtPrice * lack : worth
        }
        return Self.pausing.chains(candidates, worth: worth, stepTime: stepTime).contacts
    }

    /// The likelihood of what is before and of what is after a candidate, the lower; 0 at the ends of a walk.
    private func surroundings(of candidate: Candidate, _ found: [Candidate]) -> Double {
        var (before, after) = (Strongest(), Strongest())
        for contact in found {
            let distance = (contact.index - candidate.index) / UniformSignal.rate
            if distance.magnitude > surrounding || distance.magnitude < shortest { continue }
            if distance < 0 { before.add(contact.likelihood) } else { after.add(contact.likelihood) }
        }
        return min(before.second, after.second)
    }

    private func chains(_ candidates: [Candidate], worth: [Double], stepTime: StepTime) -> (
        contacts: [Candidate], sum: Double
    ) {
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
            sums.append(best + worth[j])
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

/// The two largest of some values, of which a single outlier is the first.
private struct Strongest {
    var first = 0.0
    var second = 0.0

    mutating func add(_ value: Double) {
        if value > first {
            (first, second) = (value, first)
        } else {
            second = max(second, value)
        }
    }
}
