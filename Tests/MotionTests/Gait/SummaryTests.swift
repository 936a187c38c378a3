// SPDX-License-Identifier: Apache-2.0
import Motion
import Testing

@Suite("The summary of a walk") struct SummaryTests {
    struct Row: Sendable, CustomTestStringConvertible {
        let testDescription: String
        let walker: SyntheticWalker
        let cadence: Double
        /// Seconds of a step of each leg.
        let left: Double
        let right: Double
        /// Percent, of step times.
        let asymmetry: Double
        var bouts = 1
        var turns = 0
    }

    static let rows = [
        Row(
            testDescription: "symmetric", walker: WalkTests.steady, cadence: 109.1, left: 0.55, right: 0.55,
            asymmetry: 0),
        Row(
            testDescription: "limping", walker: WalkTests.limping, cadence: 101.7, left: 0.7, right: 0.48,
            asymmetry: 37.3),
        Row(testDescription: "slow", walker: WalkTests.slow, cadence: 60, left: 1, right: 1, asymmetry: 0),
        Row(
            testDescription: "with one long pause", walker: WalkTests.pausing, cadence: 100, left: 0.6,
            right: 0.6, asymmetry: 0, bouts: 2),
        Row(
            testDescription: "turning", walker: WalkTests.turning, cadence: 109.1, left: 0.55, right: 0.55,
            asymmetry: 0, turns: 1)
    ]

    @Test("gives a walker's own numbers", arguments: rows)
    func truth(row: Row) throws {
        let walk = try GaitAnalysis(recording: row.walker.recording(), placement: .lowerBack, height: 1.7)
        let summary = walk.summary
        func near(_ value: GaitValue, _ truth: Double, within: Double, _ what: String) throws {
            let found = try #require(value.value, "\(what) is missing")
            #expect(abs(found - truth) <= within, "\(what): \(found) instead of \(truth)")
        }
        try near(summary.cadence, row.cadence, within: 2, "steps/min")
        try near(summary.stepTime.left, row.left, within: 0.05, "s a left step")
        try near(summary.stepTime.right, row.right, within: 0.05, "s a right step")
        try near(summary.stepTimeAsymmetry, row.asymmetry, within: 8, "% asymmetry of step times")
        #expect(walk.bouts.count == row.bouts)
        #expect(summary.turns == row.turns)
        #expect(summary.steps == walk.contacts.count)
        #expect(abs(summary.steps - row.walker.contacts.count) <= 2, "\(summary.steps) steps")
        #expect(walk.method.rawValue == "gait" && walk.method.version >= 2)
    }

    @Test("counts no step while the body stands still between two others")
    func standing() throws {
        let before = SyntheticWalker.walk(from: 3, steps: 12, left: 0.6, right: 0.6)
        let after = SyntheticWalker.walk(from: 12.1, steps: 12, left: 0.6, right: 0.6)
        let walker = SyntheticWalker(contacts: before + after, seconds: 22)
        let walk = try GaitAnalysis(recording: walker.recording(), placement: .lowerBack)
        let still = walk.contacts.filter { $0.time > 10.1 && $0.time < 11.6 }
        #expect(still.isEmpty, "\(still.map(\.time)) s, between the contacts at 9.6 and 12.1 s")
    }
}
