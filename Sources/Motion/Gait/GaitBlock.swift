// SPDX-License-Identifier: Apache-2.0

/// Up to a minute of a walk with what lies around it, cut out by a ``GaitStream`` and not analysed yet.
///
/// Blocks know nothing of one another, so each can be analysed on a core of its own.
public struct GaitBlock: Sendable {
    let signal: UniformSignal
    let placement: Placement
    let side: BodySide?
    let height: Double?
    /// The seconds on the recording's clock that the block speaks for; the rest is its neighbours'.
    let from: Double
    let to: Double

    /// Analysed, with what its neighbours speak for still in it.
    public func analysed() -> AnalysedGaitBlock {
        let findings = WalkFindings(signal, placement: placement, side: side, height: height)
        return AnalysedGaitBlock(findings: findings, from: from, to: to)
    }
}

/// What a ``GaitBlock`` holds; ``GaitStream/settle(_:)`` takes it.
public struct AnalysedGaitBlock: Sendable {
    let findings: WalkFindings
    let from: Double
    let to: Double
}

extension WalkFindings {
    /// - Parameters:
    ///   - signal: A stretch with what is around it.
    ///   - placement: Where the sensor sits.
    ///   - side: Which leg, for a foot or a shin.
    ///   - height: The body's in m, where known.
    ///   - goesOn: Whether somebody is still walking at the end, as in a stream.
    init(
        _ signal: UniformSignal, placement: Placement, side: BodySide?, height: Double?, goesOn: Bool = false
    ) {
        switch placement {
        case .foot: self.init(foot: signal, side: side)
        case .shin: self.init(shin: signal, side: side)
        case .pocket, .thigh: self.init(pocket: signal)
        case .lowerBack, .waist, .chest: self.init(waist: signal, height: height, goesOn: goesOn)
        }
    }

    /// Takes over what a block speaks for.
    mutating func append(_ block: AnalysedGaitBlock) {
        func isInside(_ time: Double) -> Bool { time >= block.from && time < block.to }
        let other = block.findings
        let last = contacts.last?.time ?? -.infinity
        contacts += other.contacts.filter { isInside($0.time) && $0.time > last + 0.25 }
        finalContacts += other.finalContacts.filter { isInside($0.time) }
        strides += other.strides.filter { isInside($0.start) }
        turns += other.turns.filter { isInside($0.start) }
        regularities += other.regularities
    }
}
