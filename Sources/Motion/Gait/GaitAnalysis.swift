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

    /// How it was worked out; values of two versions are not compared.
    public var method: Method { .gait }

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
        var stream = GaitStream(placement: placement, side: side, height: height)
        for index in 0..<recording.count { try stream.append(recording.sample(index)) }
        self = try stream.finishChecked()
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
        var (from, final, stride) = (0, 0, 0)
        for index in 1..<(walk.contacts.count + 1) {
            let contacts = walk.contacts
            let isEnd =
                index == contacts.count || contacts[index].time - contacts[index - 1].time > longestBreak
            guard isEnd else { continue }
            defer { from = index }
            guard index - from >= fewestContacts else { continue }
            let range = contacts[from].time...contacts[index - 1].time
            var bout = WalkingBout(
                start: range.lowerBound, end: range.upperBound, contacts: contacts.part(from..<index),
                finalContacts: walk.finalContacts.part(in: range, after: &final) { $0.time },
                strides: walk.strides.part(in: range, after: &stride) { $0.start })
            while let last = bout.strides.last, last.end > bout.end { bout.strides.removeLast() }
            bouts.append(bout)
        }
        return bouts
    }
}

extension Array {
    /// A part of a list; the list itself, uncopied, where that is all of it.
    fileprivate func part(_ range: Range<Int>) -> [Element] {
        range == 0..<count ? self : Array(self[range])
    }

    /// What lies in a range of time, of a list in the order of time.
    ///
    /// - Parameters:
    ///   - range: Seconds, later than at the last call.
    ///   - index: Where to begin to look; afterwards behind what was found.
    ///   - time: The time of an element in seconds.
    /// - Returns: The part, in the same order.
    fileprivate func part(
        in range: ClosedRange<Double>, after index: inout Int, _ time: (Element) -> Double
    ) -> [Element] {
        while index < count, time(self[index]) < range.lowerBound { index += 1 }
        let from = index
        while index < count, time(self[index]) <= range.upperBound { index += 1 }
        return part(from..<index)
    }
}
