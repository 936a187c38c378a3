// SPDX-License-Identifier: Apache-2.0

/// What follows from a row of heel raises.
struct HeelRaiseMeasures {
    let repetitions: [HeelRaise]
    let test: HeelRaiseTest

    /// m/s²; the standard value, so that work does not depend on the phone.
    static let gravity = 9.80665

    func result(
        rejected: [RejectedMovement], quality: Quality, recordingEnd: Double, method: Method? = nil
    ) -> HeelRaiseResult {
        let heights = repetitions.compactMap { $0.heightCentimetres.value }
        let isWhole = heights.count == repetitions.count && !heights.isEmpty
        let reason = repetitions.first?.heightCentimetres.missing ?? .tooFew(needed: 1, got: 0)
        var total = 0.0
        for height in heights { total += height }
        let displacement = isWhole ? Reading.value(total) : .missing(reason)
        let cycles = cycles
        let noCycle = Missing.tooFew(needed: 2, got: repetitions.count)
        return HeelRaiseResult(
            method: method ?? (test.isFoot ? .heelRaiseFoot : .heelRaiseBody), placement: test.placement,
            quality: quality,
            repetitions: repetitions, rejected: rejected, end: end(heights, recordingEnd),
            displacementCentimetres: displacement,
            peakHeightCentimetres: isWhole ? .value(heights.max() ?? 0) : .missing(reason),
            workJoules: work(displacement), powerWatts: power(isWhole ? heights : nil, reason),
            fatiguePercent: fatigue(isWhole ? heights : nil, reason),
            slopeCentimetres: heights.count > 1 && isWhole
                ? .value(Statistics.slope(heights)) : .missing(isWhole ? noCycle : reason),
            cycleSeconds: Reading(Statistics.median(cycles), orMissing: noCycle),
            tempoErrorSeconds: Reading(
                Statistics.rootMeanSquare(cycles.map { $0 - test.beat }), orMissing: noCycle),
            upToDown: Reading(
                Statistics.median(repetitions.map { $0.up / $0.down }), orMissing: .tooFew(needed: 1, got: 0))
        )
    }

    private var cycles: [Double] {
        guard repetitions.count > 1 else { return [] }
        return (1..<repetitions.count).map { repetitions[$0].start - repetitions[$0 - 1].start }
    }

    private func work(_ displacement: Reading) -> Reading {
        guard let mass = test.mass else { return .missing(.noMass) }
        guard case .value(let centimetres) = displacement else { return displacement }
        return .value(mass * Self.gravity * centimetres / 100)
    }

    private func power(_ heights: [Double]?, _ reason: Missing) -> Reading {
        guard let mass = test.mass else { return .missing(.noMass) }
        guard let heights else { return .missing(reason) }
        var powers: [Double] = []
        for (height, raise) in zip(heights, repetitions) where raise.up > 0 {
            powers.append(mass * Self.gravity * height / 100 / raise.up)
        }
        return Reading(Statistics.mean(powers), orMissing: .tooFew(needed: 1, got: 0))
    }

    private func fatigue(_ heights: [Double]?, _ reason: Missing) -> Reading {
        guard let heights else { return .missing(reason) }
        guard heights.count >= 6 else { return .missing(.tooFew(needed: 6, got: heights.count)) }
        let first = Statistics.mean(heights, in: 0..<3)
        let last = Statistics.mean(heights, in: (heights.count - 3)..<heights.count)
        return .value((first - last) / first * 100)
    }

    /// The stopping rules of the standard test, in the order in which they would have ended it.
    private func end(_ heights: [Double], _ recordingEnd: Double) -> HeelRaiseEnd {
        guard let last = repetitions.last else { return .noneCounted }
        let cycles = cycles
        var late = 0
        var low = 0
        let full = heights.count > 3 ? Statistics.mean(heights, in: 0..<3) : 0
        for index in repetitions.indices {
            if index > 0 { late = (cycles[index - 1] - test.beat).magnitude > 0.5 ? late + 1 : 0 }
            if index < heights.count { low = heights[index] < 0.5 * full ? low + 1 : 0 }
            if low >= 2 { return .heightLost }
            if late >= 2 { return .paceLost }
        }
        return recordingEnd - last.end > test.beat + 0.5 ? .stopped : .recordingEnded
    }
}
