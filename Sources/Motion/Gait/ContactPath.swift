// SPDX-License-Identifier: Apache-2.0

/// An instant that may be a contact.
struct Candidate: Hashable, Sendable {
    /// In samples.
    var index: Double
    var likelihood: Double
}

/// The most plausible row of contacts through a walk: likely instants, even steps, as few breaks as can be.
struct ContactPath: Sendable {
    /// A likelihood that pays for a contact.
    var threshold = 0.30
    var least = 0.12
    var startPrice = 0.2
    var stepPrice = 0.04
    var changePrice = 0.03
    var spread = 0.3
    var shortest = 0.28
    var longest = 1.6

    func candidates(_ likelihood: [Double]) -> [Candidate] {
        var result: [Candidate] = []
        guard likelihood.count > 2 else { return [] }
        for index in 1..<(likelihood.count - 1)
        where likelihood[index] > least && likelihood[index] >= likelihood[index - 1]
            && likelihood[index] > likelihood[index + 1]
        {
            result.append(
                Candidate(index: parabolicPeak(likelihood, index), likelihood: likelihood[index]))
        }
        return result
    }

    private func price(_ ratio: Double) -> Double {
        let deviation = Math.log(ratio) / spread
        return min(deviation * deviation, 6)
    }

    /// The chains of contacts with the highest sum; each of three or more.
    func chains(_ candidates: [Candidate], stepTime: StepTime) -> [[Candidate]] {
        struct State {
            var from: Int
            var score: Double
            var back: Int
        }
        let rate = UniformSignal.rate
        let count = candidates.count
        // states[j]: chains that end at j, by their last but one; from -1 is a chain of one.
        var states: [[State]] = []
        // The best chain that ends before each candidate's reach: score, candidate and state.
        var finished: [(score: Double, candidate: Int, state: Int)] = []
        var best = (score: 0.0, candidate: -1, state: -1)
        var closed = 0
        var startedAfter: [(candidate: Int, state: Int)] = []
        for j in 0..<count {
            while closed < j, candidates[j].index - candidates[closed].index >= shortest * rate {
                if finished[closed].score > best.score { best = finished[closed] }
                closed += 1
            }
            let gain = candidates[j].likelihood - threshold
            startedAfter.append((best.candidate, best.state))
            var here = [State(from: -1, score: best.score + gain - startPrice, back: -1)]
            var i = j - 1
            while i >= 0, candidates[j].index - candidates[i].index <= longest * rate {
                let d = (candidates[j].index - candidates[i].index) / rate
                if d >= shortest {
                    let expected = price(d / stepTime.at((candidates[i].index + candidates[j].index) / 2))
                    var top = (score: -Double.infinity, state: -1)
                    for (state, before) in states[i].enumerated() {
                        var score = before.score
                        if before.from >= 0 {
                            let last = (candidates[i].index - candidates[before.from].index) / rate
                            score -= changePrice * price(d / last)
                        }
                        if score > top.score { top = (score, state) }
                    }
                    here.append(
                        State(from: i, score: top.score + gain - stepPrice * expected, back: top.state))
                }
                i -= 1
            }
            states.append(here)
            var top = (score: -Double.infinity, candidate: j, state: 0)
            for (state, value) in here.enumerated() where value.score > top.score {
                top = (value.score, j, state)
            }
            finished.append(top)
        }
        for end in finished where end.score > best.score { best = end }
        var chains: [[Candidate]] = []
        var (at, state) = (best.candidate, best.state)
        var chain: [Candidate] = []
        while at >= 0 {
            chain.append(candidates[at])
            let here = states[at][state]
            if here.from >= 0 {
                (at, state) = (here.from, here.back)
            } else {
                chains.append(chain.reversed())
                chain = []
                (at, state) = startedAfter[at]
            }
        }
        return chains.reversed().filter { $0.count >= 3 }
    }
}
