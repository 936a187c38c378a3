// SPDX-License-Identifier: Apache-2.0

/// Decides which candidates of a whole recording are heel raises.
struct HeelRaiseSelection {
    private(set) var accepted: [HeelRaiseCandidate] = []
    private(set) var rejected: [RejectedMovement] = []

    /// Cycles of less than this are no heel raises but steps, in seconds.
    static let quickest = 0.75
    /// cm and deg/s from which on a rise on its own is no noise.
    static let certain = 2.0
    static let turning = 2.0

    init(_ candidates: [HeelRaiseCandidate], isFoot: Bool) {
        // A movement beside one that is certainly none belongs to that one.
        let reach = isFoot ? 2.0 : 1.5
        let flawed = candidates.filter { $0.flaw != nil && $0.flaw != .cut }
        for candidate in candidates {
            if let flaw = candidate.flaw {
                reject(candidate, flaw)
            } else if flawed.contains(where: {
                $0.start < candidate.end + reach && candidate.start < $0.end + reach
            }) {
                reject(candidate, .context)
            } else {
                accepted.append(candidate)
            }
        }
        if isFoot { keepOneDirection() }
        dropSmall(below: isFoot ? 0.45 : 0.55)
        if !isFoot {
            dropStill()
            dropLone()
            keepBeat()
        }
        dropQuick()
        if !accepted.isEmpty && flawed.count >= accepted.count { rejectAll(.majority) }
        let unsorted = rejected
        rejected = Sorting.order(unsorted.map { $0.start }).map { unsorted[$0] }
    }

    @inline(never)
    private mutating func reject(_ candidate: HeelRaiseCandidate, _ because: RejectedMovement.Because) {
        rejected.append(RejectedMovement(start: candidate.start, end: candidate.end, because: because))
    }

    private mutating func rejectAll(_ because: RejectedMovement.Because) {
        for candidate in accepted { reject(candidate, because) }
        accepted = []
    }

    private mutating func keep(
        orReject because: RejectedMovement.Because, where isKept: (HeelRaiseCandidate) -> Bool
    ) {
        var kept: [HeelRaiseCandidate] = []
        for candidate in accepted {
            if isKept(candidate) { kept.append(candidate) } else { reject(candidate, because) }
        }
        accepted = kept
    }

    /// Keeps the tilts about the axis of the largest.
    private mutating func keepOneDirection() {
        guard let largest = accepted.max(by: { $0.size < $1.size }) else { return }
        keep(orReject: .direction) { $0.axis.dot(largest.axis) > 0.5 }
    }

    private mutating func dropSmall(below part: Double) {
        let median = Statistics.median(accepted.map { $0.size })
        keep(orReject: .small) { $0.size >= part * median }
    }

    /// Drops what rises by the numbers while the body does not turn: the drift of a phone at rest.
    private mutating func dropStill() {
        let median = Statistics.median(accepted.map { $0.turning })
        keep(orReject: .still) { $0.turning >= 0.3 * median }
    }

    /// Drops one or two small rises in which the body hardly turns: what noise, integrated twice, makes of standing.
    ///
    /// Standing people gave up to 1.5 cm and 1.6°/s, single slow heel raises of 40 % at least 2.1°/s.
    private mutating func dropLone() {
        guard accepted.count < 3 else { return }
        keep(orReject: .still) { $0.size >= Self.certain || $0.turning >= Self.turning }
    }

    /// Drops a movement that comes too soon after or before another and is the weaker by height and turning together.
    private mutating func keepBeat() {
        while accepted.count > 2 {
            let median = Statistics.median(accepted.map { $0.strength })
            var intervals: [Double] = []
            for index in 1..<accepted.count {
                intervals.append(accepted[index].top - accepted[index - 1].top)
            }
            let usual = Statistics.median(intervals)
            guard let soonest = intervals.indices.min(by: { intervals[$0] < intervals[$1] }),
                intervals[soonest] < 0.65 * usual
            else { return }
            let smaller = accepted[soonest].strength < accepted[soonest + 1].strength ? soonest : soonest + 1
            guard accepted[smaller].strength <= 0.75 * median else { return }
            reject(accepted.remove(at: smaller), .between)
        }
    }

    private mutating func dropQuick() {
        guard accepted.count > 1 else { return }
        var intervals: [Double] = []
        for index in 1..<accepted.count { intervals.append(accepted[index].top - accepted[index - 1].top) }
        if Statistics.median(intervals) < Self.quickest { rejectAll(.pace) }
    }
}
