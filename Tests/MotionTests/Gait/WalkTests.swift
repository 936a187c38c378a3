// SPDX-License-Identifier: Apache-2.0
import Motion
import Testing

@Suite("A walk measured from the waist") struct WalkTests {
    struct Row: Sendable, CustomTestStringConvertible {
        let name: String
        let walker: SyntheticWalker
        /// ms by which a contact may be off, and how many may be missed or too many.
        var tolerance = 60.0
        var slips = 0
        let bouts: Int
        let cadence: Double
        var testDescription: String { name }
    }

    static func walker(_ contacts: [SyntheticWalker.Contact], _ seconds: Double) -> SyntheticWalker {
        SyntheticWalker(contacts: contacts, seconds: seconds)
    }

    static let steady = walker(SyntheticWalker.walk(from: 3, steps: 30, left: 0.55, right: 0.55), 24)
    static let limping = walker(
        SyntheticWalker.walk(from: 3, steps: 30, left: 0.7, right: 0.48, weakLeft: 0.5), 26)
    static let slow = walker(SyntheticWalker.walk(from: 3, steps: 20, left: 1, right: 1, strength: 0.3), 27)
    static let pausing = walker(
        SyntheticWalker.walk(from: 3, steps: 14, left: 0.6, right: 0.6)
            + SyntheticWalker.walk(from: 19, steps: 14, left: 0.6, right: 0.6), 31)
    /// Two walks with seconds between them in which the weight is shifted as often.
    static func shifting(seconds: Double, times: Int) -> SyntheticWalker {
        let first = SyntheticWalker.walk(from: 3, steps: 14, left: 0.6, right: 0.6)
        let end = first[first.count - 1].time
        var walker = walker(
            first + SyntheticWalker.walk(from: end + seconds, steps: 14, left: 0.6, right: 0.6), 24 + seconds)
        walker.shifts = (1...times).map { number in
            let part = Double(number) / Double(times + 1)
            return .init(time: end + seconds * part, side: .left, strength: 0.2)
        }
        return walker
    }
    static var turning: SyntheticWalker {
        var walker = steady
        walker.turn = (10, 12, 90)
        return walker
    }

    static let rows = [
        Row(name: "steady", walker: steady, bouts: 1, cadence: 120 / 1.1),
        Row(name: "limping", walker: limping, tolerance: 90, bouts: 1, cadence: 120 / 1.18),
        Row(name: "slow", walker: slow, tolerance: 120, slips: 1, bouts: 1, cadence: 60),
        Row(name: "one long pause", walker: pausing, slips: 1, bouts: 2, cadence: 100),
        Row(
            name: "a short pause with the weight shifted twice", walker: shifting(seconds: 1.8, times: 2),
            bouts: 1,
            cadence: 100),
        Row(
            name: "a longer one, three times", walker: shifting(seconds: 2.4, times: 3), bouts: 1,
            cadence: 100),
        Row(name: "turning", walker: turning, slips: 2, bouts: 1, cadence: 120 / 1.1)
    ]

    @Test("finds every step of a walker, on the right side", arguments: rows)
    func contacts(row: Row) throws {
        let walk = try GaitAnalysis(recording: row.walker.recording(), placement: .lowerBack)
        #expect(walk.bouts.count == row.bouts)
        var missed = 0
        for contact in row.walker.contacts {
            let found = walk.contacts.contains {
                abs($0.time - contact.time) * 1000 <= row.tolerance && $0.side == contact.side
            }
            if !found { missed += 1 }
        }
        #expect(missed <= row.slips, "\(missed) of \(row.walker.contacts.count) steps were not found")
        #expect(walk.contacts.count - (row.walker.contacts.count - missed) <= row.slips, "steps nobody made")
        let cadence = try #require(walk.summary.cadence.value)
        #expect(abs(cadence - row.cadence) < 2, "\(cadence) steps/min")
    }

    @Test("calls a limp a limp, and an even walk even")
    func asymmetry() throws {
        let even = try GaitAnalysis(recording: Self.steady.recording(), placement: .lowerBack).summary
        let limp = try GaitAnalysis(recording: Self.limping.recording(), placement: .lowerBack).summary
        // Left 0.70 s, right 0.48 s: 37 % by their mean.
        #expect(try #require(even.stepTimeAsymmetry.value) < 5)
        #expect(abs(try #require(limp.stepTimeAsymmetry.value) - 37.3) < 8)
        #expect(
            try #require(limp.phaseCoordinationIndex.value) > 4 * #require(even.phaseCoordinationIndex.value))
        #expect(try #require(limp.improvedHarmonicRatioVertical.value) < 95)
        #expect(try #require(even.improvedHarmonicRatioVertical.value) > 95)
        let injured = try #require(limp.stepTime.limbSymmetry(injured: .left).value)
        #expect(abs(injured - 146) < 12)
    }

    @Test("sees a turn and how far it went")
    func turn() throws {
        let walk = try GaitAnalysis(recording: Self.turning.recording(), placement: .lowerBack)
        #expect(walk.turns.count == 1)
        let turn = try #require(walk.turns.first)
        #expect(abs(turn.angle - 180) < 25)
        #expect(turn.start > 9 && turn.end < 13)
    }

    @Test("needs a height for lengths only, and says so")
    func height() throws {
        let recording = Self.steady.recording()
        let without = try GaitAnalysis(recording: recording, placement: .lowerBack)
        let with = try GaitAnalysis(recording: recording, placement: .lowerBack, height: 1.7)
        #expect(without.summary.strideLength == .missing(.noHeight))
        #expect(without.summary.walkingSpeed == .missing(.noHeight))
        #expect(without.contacts == with.contacts)
        #expect(try #require(with.summary.walkingSpeed.value) > 0.3)
    }

    @Test("does not call standing and fidgeting a walk")
    func standing() throws {
        var walker = SyntheticWalker(seconds: 30)
        #expect(try GaitAnalysis(recording: walker.recording(), placement: .lowerBack).bouts.isEmpty)
        walker.contacts = [.init(time: 5, side: .left), .init(time: 15, side: .right)]
        let fidget = try GaitAnalysis(recording: walker.recording(), placement: .lowerBack)
        #expect(fidget.bouts.isEmpty)
        #expect(fidget.summary.cadence == .missing(.noWalking))
    }

    @Test("says how many strides it found where it needs more")
    func few() throws {
        let walker = Self.walker(SyntheticWalker.walk(from: 3, steps: 5, left: 0.55, right: 0.55), 9)
        let summary = try GaitAnalysis(recording: walker.recording(), placement: .lowerBack).summary
        guard case .missing(.tooFewStrides(let found, let needed)) = summary.strideTime else {
            Issue.record("\(summary.strideTime) from five steps")
            return
        }
        #expect(found < needed)
    }
}
