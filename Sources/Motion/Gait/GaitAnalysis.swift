// SPDX-License-Identifier: Apache-2.0

/// A recording of walking, measured.
///
/// recording → even grid → stretches of activity → body frame → initial contacts → sides → final contacts →
/// strides → bouts. The methods, their sources and how well they hold are in docs/measures/gait.md.
public struct GaitAnalysis: Hashable, Sendable {
    public var placement: Placement
    public var bouts: [WalkingBout]
    public var turns: [WalkingTurn]
    public var summary: GaitSummary

    /// All initial contacts, in order of time.
    public var contacts: [InitialContact] { bouts.flatMap { $0.contacts } }
    public var finalContacts: [FinalContact] { bouts.flatMap { $0.finalContacts } }
    public var strides: [Stride] { bouts.flatMap { $0.strides } }

    /// - Parameters:
    ///   - recording: At least 2 s, from 20 to 1000 samples a second on average.
    ///   - placement: Where the sensor sat.
    ///   - side: Which leg, for a foot or a shin.
    ///   - height: The body's, in m; without it there are no lengths and no speed.
    /// - Throws: ``SignalError`` where nothing can be said from the recording.
    public init(recording: Recording, placement: Placement, side: BodySide? = nil, height: Double? = nil)
        throws(SignalError)
    {
        try recording.checked()
        var stream = GaitStream(placement: placement, side: side, height: height)
        for index in 0..<recording.count { try stream.append(recording.sample(index)) }
        self = stream.finish()
    }
}

extension GaitAnalysis {
    init(_ findings: WalkFindings, placement: Placement) {
        self.placement = placement
        bouts = WalkingBout.bouts(of: findings)
        turns = findings.turns
        summary = GaitSummary(
            bouts: bouts, regularities: findings.regularities, turns: findings.turns, placement: placement)
    }
}

extension WalkingBout {
    /// Seconds without a contact that end a bout, and the fewest contacts of one.
    static let longestBreak = 3.0
    static let fewestContacts = 3

    static func bouts(of walk: WalkFindings) -> [WalkingBout] {
        var bouts: [WalkingBout] = []
        var here: [InitialContact] = []
        func close() {
            guard here.count >= fewestContacts, let first = here.first, let last = here.last else { return }
            let range = first.time...last.time
            bouts.append(
                WalkingBout(
                    start: first.time, end: last.time, contacts: here,
                    finalContacts: walk.finalContacts.filter { range.contains($0.time) },
                    strides: walk.strides.filter { range.contains($0.start) && range.contains($0.end) }))
        }
        for contact in walk.contacts {
            if let last = here.last, contact.time - last.time > longestBreak {
                close()
                here = []
            }
            here.append(contact)
        }
        close()
        return bouts
    }
}

extension Recording {
    /// Refuses what nothing can be said from.
    func checked() throws(SignalError) {
        for index in 0..<count {
            guard sample(index).isFinite else { throw .notFinite(sample: index) }
            if index > 0, time[index] <= time[index - 1] { throw .timeNotAscending(sample: index) }
        }
        guard duration >= 2 else { throw .tooShort(neededSeconds: 2, gotSeconds: duration) }
        // Over the stretches that were recorded: a gap says nothing about the rate.
        var (intervals, seconds) = (0.0, 0.0)
        for index in 1..<count where time[index] - time[index - 1] <= GaitStream.longestGap {
            intervals += 1
            seconds += time[index] - time[index - 1]
        }
        let hertz = seconds > 0 ? intervals / seconds : 0
        guard hertz >= 20, hertz <= 1000 else { throw .rate(hertz: hertz, least: 20, most: 1000) }
        let first = acceleration[0]
        for index in 1..<count where acceleration[index] != first { return }
        throw .constant
    }
}
