// SPDX-License-Identifier: Apache-2.0
import Testing

@testable import Motion

@Suite("The row of heel raises") struct HeelRaiseRhythmTests {
    struct Row: Sendable {
        var what: String
        /// Seconds and strengths; those that are not in the row are negative.
        var movements: [(top: Double, strength: Double)]
    }

    static let rows = [
        Row(what: "keeps a weak one on the beat", movements: [(2, 5), (4, 5), (6, 2.4), (8, 5), (10, 5)]),
        Row(
            what: "leaves out one of the same strength between two that keep it",
            movements: [(2, 5), (4, 5), (5, -2.4), (6, 5), (8, 5), (10, 5)]),
        Row(
            what: "leaves out many weak ones between",
            movements: [
                (2, 5), (3, -2.2), (4, 5), (5, -2.2), (6, 5), (7, -2.2), (8, 5), (9, -2.2), (10, 5), (12, 5)
            ]),
        Row(
            what: "keeps strong ones whatever the beat",
            movements: [(2, 5), (4, 5), (6, 5), (8, 5), (9, 5), (10, 5), (17, 5), (19, 5)]),
        Row(
            what: "keeps every second, weaker one if they make the beat",
            movements: [(2, 5), (4, 3.2), (6, 5), (8, 3.2), (10, 5), (12, 3.2), (14, 5)]),
        Row(
            what: "leaves out noise in a long pause",
            movements: [(2, 5), (4, 5), (6, 5), (14, -2), (24, 5), (26, 5)]),
        Row(what: "may be one", movements: [(2, 5)]), Row(what: "may be none", movements: [])
    ]

    @Test("explains the whole", arguments: rows)
    func row(_ row: Row) {
        let rhythm = HeelRaiseRhythm(
            tops: row.movements.map { $0.top }, strengths: row.movements.map { abs($0.strength) })
        #expect(rhythm.row == row.movements.indices.filter { row.movements[$0].strength > 0 }, "\(row.what)")
    }
}
