// SPDX-License-Identifier: Apache-2.0

/// The heel-raise test: counts the raises in a recording and says how high, how fast and how tired.
public struct HeelRaiseTest: Hashable, Sendable {
    public var placement: Placement
    /// kg.
    public var mass: Double?
    /// cm, from heel to toe.
    public var footLength: Double?
    /// Seconds from one raise to the next that the metronome asks for: up on one beat of 60 a minute, down on
    /// the next (Hébert-Losier 2017).
    public var beat = 2.0

    /// The ankle's range as a part of the foot's turn about its main axis.
    ///
    /// The foot turns about an axis oblique to the ankle's. From both feet of one person (CMU), so an estimate.
    static let anklePart = 0.86
    /// Heel to ball as a part of the foot's length.
    ///
    /// Recalled, not read; measure with a ruler where it matters.
    static let heelToBall = 0.72

    public init(placement: Placement, mass: Double? = nil, footLength: Double? = nil) {
        self.placement = placement
        self.mass = mass
        self.footLength = footLength
    }

    /// Counts and measures the heel raises of a recording.
    ///
    /// - Parameter recording: With a gyroscope, standing still at its start.
    /// - Returns: The heel raises, what was left out and why, and what follows from them.
    /// - Throws: Why the recording gives no measure.
    public func result(of recording: Recording) throws(SignalError) -> HeelRaiseResult {
        let (stretches, quality) = try PhoneClock().even(recording)
        guard recording.rotation != nil else { throw .noRotation }
        let candidates =
            isFoot ? try FootMount.tilts(stretches).flatMap { $0.candidates } : try rises(in: stretches)
        let last = stretches[stretches.count - 1]
        return result(candidates, quality: quality, end: last.seconds(at: Double(last.count - 1)))
    }

    var isFoot: Bool { placement == .foot }
    var isTrunk: Bool { placement == .waist || placement == .lowerBack || placement == .chest }

    /// Rises of the body, looked for again once their pace is known.
    private func rises(in stretches: [EvenRecording]) throws(SignalError) -> [HeelRaiseCandidate] {
        var uprights: [Upright] = []
        for stretch in stretches { uprights.append(try Upright(stretch)) }
        var pace = HeelRaisePace()
        var candidates = uprights.flatMap { BodyRise($0, isTrunk: isTrunk).candidates }
        for _ in 0..<3 {
            guard pace.learn(from: HeelRaiseSelection(candidates, isFoot: false).accepted) else { break }
            candidates = uprights.flatMap { BodyRise($0, isTrunk: isTrunk, pace: pace).candidates }
        }
        return candidates
    }

    func result(_ candidates: [HeelRaiseCandidate], quality: Quality, end: Double) -> HeelRaiseResult {
        let selection = HeelRaiseSelection(candidates, isFoot: isFoot)
        return HeelRaiseMeasures(repetitions: repetitions(selection.accepted), test: self).result(
            rejected: selection.rejected, quality: quality, recordingEnd: end)
    }

    func repetitions(_ candidates: [HeelRaiseCandidate]) -> [HeelRaise] {
        candidates.map { candidate in
            HeelRaise(
                start: candidate.start, top: candidate.top, end: candidate.end,
                heightCentimetres: height(candidate),
                rangeDegrees: isFoot
                    ? Reading(candidate.turn * Self.anklePart, orMissing: .notFound)
                    : .missing(.notAtThisPlacement))
        }
    }

    private func height(_ candidate: HeelRaiseCandidate) -> Reading {
        guard isFoot else { return Reading(candidate.height, orMissing: .notFound) }
        guard let footLength else { return .missing(.noFootLength) }
        let turn = candidate.turn * Math.radiansPerDegree
        return Reading(Self.heelToBall * footLength * Math.sin(turn), orMissing: .notFound)
    }
}
