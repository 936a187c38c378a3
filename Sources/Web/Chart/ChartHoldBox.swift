// SPDX-License-Identifier: Apache-2.0
import Clinical
import Foundation
import Store

/// Why the programme is on hold, and whether it can go on.
struct ChartHoldBox: Sendable {
    let holdReason: String
    let heldLine: String
    let holdNote: String?
    let mayResume: Bool

    init(_ held: Episode.Dated<Held>, _ chart: OpenChart, _ wording: ChartWording) {
        let words = wording.words
        holdReason = words["chart.held.\(held.content.reason.rawValue)"]
        heldLine = words(
            "chart.held.since", ["when": wording.when(held.at), "who": chart.who(held.author, words)])
        holdNote = held.content.note.isEmpty ? nil : held.content.note
        mayResume = chart.episode.openFlags.isEmpty
    }
}
