// SPDX-License-Identifier: Apache-2.0
import LabData

/// The twelve targets of the calf lab, measured on the recordings beside the project.
///
/// One person raises the heels, and the constants were chosen on these recordings: the figures show that the
/// code does what it did, not what it will do on other people.
enum Targets {
    typealias Measurement = @Sendable (Bench) async throws -> [Figure]
    static let all: [(number: Int, measure: Measurement)] = [
        (1, HeelRaiseCounts.figures), (2, HeelRaiseTimes.cycles), (3, HeelRaiseTimes.ranges),
        (4, OtherTargets.camera), (5, ResultTargets.change), (6, OtherTargets.lunge),
        (7, SwayTargets.figures),
        (8, JumpTargets.flights), (9, JumpTargets.strength), (10, OtherTargets.load),
        (11, OtherTargets.reaction), (12, ResultTargets.labels)
    ]

    static func printAll(_ bench: Bench, only: Int?) async throws {
        guard SharedData.isThere else {
            print("nothing to measure: \(SharedData.missing)")
            return
        }
        var figures: [Figure] = []
        for (number, measure) in all where only == nil || only == number {
            print("\nscripts/bench-lab --seeds \(bench.seeds) --only \(number)")
            for figure in try await measure(bench) {
                print(figure.lines)
                figures.append(figure)
            }
        }
        let missed = figures.filter { !$0.isMet }
        print("\n\(figures.count - missed.count) of \(figures.count) figures meet their target")
        for figure in missed { print("missed: \(figure.number). \(figure.what)") }
    }
}
