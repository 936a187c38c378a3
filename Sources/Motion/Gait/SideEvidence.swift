// SPDX-License-Identifier: Apache-2.0

/// Which foot came down at each contact, from how the body sways and turns over the whole walk.
struct SideEvidence: Sendable {
    /// Same foot twice in a row: where a step may have been missed, and elsewhere.
    var repeatPrice = 2.0
    var missedPrice = 0.5

    /// The contacts' sides with how sure they are, 0 to 1.
    func sides(_ contacts: [Candidate], _ motion: BodyMotion) -> [(side: BodySide, certainty: Double)] {
        let rate = UniformSignal.rate
        guard contacts.count >= 3 else { return [] }
        let intervals = zip(contacts.dropFirst(), contacts).map { $0.index - $1.index }
        guard let step = median(intervals) else { return [] }
        let seconds = step / rate
        let band = Butterworth.band(order: 2, from: 0.35 / seconds, to: 0.75 / seconds, rate: rate)
        var evidence = [Double](repeating: 0, count: motion.count)
        let phase = Self.phase(contacts, count: motion.count)
        var sources: [(signal: [Double], weight: Double, angle: Double)] = [(motion.lateral, 1, 75)]
        if motion.hasRotation { sources += [(motion.yaw, 1, 15), (motion.roll, 0.3, 120)] }
        for source in sources {
            let swing = band.zeroPhase(source.signal)
            let power = movingMean(swing.map { $0 * $0 }, width: 300)
            guard let typical = median(power.enumerated().filter { $0.offset % 10 == 0 }.map { $0.element }),
                typical > 0
            else { continue }
            let scale = source.weight / typical.squareRoot()
            for index in evidence.indices {
                evidence[index] +=
                    scale * swing[index] * Math.cos(phase[index] + source.angle * Math.radiansPerDegree)
            }
        }
        var isRight: [Double] = []
        for k in contacts.indices {
            let low = k > 0 ? contacts[k - 1].index : contacts[k].index - step
            let high = k + 1 < contacts.count ? contacts[k + 1].index : contacts[k].index + step
            // Across a pause only the nearest step counts.
            let from = max(0, Int(max(low, contacts[k].index - 2 * step)))
            let to = min(motion.count, Int(min(high, contacts[k].index + 2 * step)) + 1)
            let average = from < to ? evidence[from..<to].reduce(0, +) / Double(to - from) : 0
            isRight.append(k % 2 == 0 ? average : -average)
        }
        return path(isRight, intervals: intervals, step: step)
    }

    /// Half a turn a contact, evenly in between.
    private static func phase(_ contacts: [Candidate], count: Int) -> [Double] {
        var result = [Double](repeating: 0, count: count)
        var k = 0
        for index in 0..<count {
            while k + 2 < contacts.count, Double(index) > contacts[k + 1].index { k += 1 }
            let part = (Double(index) - contacts[k].index) / (contacts[k + 1].index - contacts[k].index)
            result[index] = Math.pi * (Double(k) + part)
        }
        return result
    }

    private func path(_ isRight: [Double], intervals: [Double], step: Double)
        -> [(side: BodySide, certainty: Double)]
    {
        func repeated(_ k: Int) -> Double {
            let ratio = intervals[k - 1] / step
            if ratio > 2.6 { return 0 }
            return ratio >= 1.55 ? missedPrice : repeatPrice
        }
        func changed(_ k: Int) -> Double { 0 }
        let count = isRight.count
        // Forwards and backwards, so that each contact knows the best path through either side.
        var ahead = [[isRight[0], -isRight[0]]]
        for k in 1..<count {
            let again = repeated(k)
            let last = ahead[k - 1]
            ahead.append([
                isRight[k] + max(last[0] - again, last[1]), -isRight[k] + max(last[1] - again, last[0])
            ])
        }
        var behind = [[Double]](repeating: [0, 0], count: count)
        for k in stride(from: count - 2, through: 0, by: -1) {
            let again = repeated(k + 1)
            let right = isRight[k + 1] + behind[k + 1][0]
            let left = -isRight[k + 1] + behind[k + 1][1]
            behind[k] = [max(right - again, left), max(left - again, right)]
        }
        return (0..<count).map { k in
            let margin = ahead[k][0] + behind[k][0] - ahead[k][1] - behind[k][1]
            return (margin >= 0 ? .right : .left, margin.magnitude / (1 + margin.magnitude))
        }
    }
}
