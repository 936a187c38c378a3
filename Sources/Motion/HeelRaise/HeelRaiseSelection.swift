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

    @inline(never)
    init(_ candidates: [HeelRaiseCandidate], isFoot: Bool) {
        // A movement beside one that is certainly none belongs to that one.
        let reach = isFoot ? 2.0 : 1.5
        // On the body, a long one may be nothing but drift in a pause, and says nothing of its neighbours.
        let flawed = candidates.filter {
            $0.flaw != nil && $0.flaw != .cut && (isFoot || $0.flaw != .duration)
        }
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
        if isFoot {
            dropSmall(below: 0.45)
        } else {
            dropStill()
            keepRhythm()
            dropLone()
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

    /// Keeps the row of movements that explains the recording best.
    private mutating func keepRhythm() {
        var tops: [Double] = []
        var strengths: [Double] = []
        for candidate in accepted {
            tops.append(candidate.top)
            strengths.append(candidate.strength)
        }
        let row = HeelRaiseRhythm(tops: tops, strengths: strengths).row
        var kept: [Double] = []
        for place in row { kept.append(strengths[place]) }
        let doubtful = HeelRaiseRhythm.doubtful * Statistics.median(kept)
        let all = accepted
        accepted = []
        for place in all.indices {
            if accepted.count < row.count && row[accepted.count] == place {
                accepted.append(all[place])
            } else {
                reject(all[place], strengths[place] < doubtful ? .small : .between)
            }
        }
    }

    private mutating func dropQuick() {
        guard accepted.count > 1 else { return }
        var intervals: [Double] = []
        for index in 1..<accepted.count { intervals.append(accepted[index].top - accepted[index - 1].top) }
        if Statistics.median(intervals) < Self.quickest { rejectAll(.pace) }
    }
}
