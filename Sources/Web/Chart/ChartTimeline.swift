// SPDX-License-Identifier: Apache-2.0
import Clinical
import Foundation
import Store

/// Everything that happened, newest first, a page at a time.
struct ChartTimeline: Sendable {
    static let pageLength = 50

    let items: [ChartTimelineItem]
    let countLine: String
    let olderHref: String?
    let newestHref: String?

    /// - Parameters:
    ///   - chart: The chart.
    ///   - before: Only entries with a lower sequence; a journal only grows, so a page stays what it was.
    ///   - wording: The words.
    init(_ chart: OpenChart, before: Int?, _ wording: ChartWording) {
        var corrections: [Entry.ID: Amended] = [:]
        for entry in chart.entries {
            if case .amended(let amended) = entry.event { corrections[amended.entry] = amended }
        }
        let end = before ?? Int.max
        let shown = chart.entries.filter { $0.sequence < end }.suffix(Self.pageLength)
        items = shown.reversed().map { ChartTimelineItem($0, chart, wording, corrections: corrections) }
        countLine = wording.words("chart.timeline.count", count: chart.entries.count)
        let path = "/charts/\(chart.patient.episode)"
        let first = shown.first?.sequence ?? 1
        olderHref = first > 1 ? "\(path)?before=\(first)#timeline" : nil
        newestHref = before == nil ? nil : "\(path)#timeline"
    }
}

/// One entry: when, what, who, and the rest on demand.
struct ChartTimelineItem: Sendable {
    let look: String
    let at: String
    let machineAt: String
    let headline: String
    let summary: String?
    let who: String
    let lines: [ChartFactLine]
    let texts: [String]
    let writtenIn: String
    let correction: String?
    let amendHref: String?

    init(
        _ entry: Entry, _ chart: OpenChart, _ wording: ChartWording, corrections: [Entry.ID: Amended]
    ) {
        let words = wording.words
        let told = ChartEventWords(entry, chart, wording)
        look = told.look
        at = wording.when(entry.at, isFirst: true)
        machineAt = wording.machine(entry.at)
        headline = told.headline
        summary = told.summary
        who = chart.who(entry.author, words)
        writtenIn = words("chart.timeline.written_in", ["pathway": entry.pathway])
        lines = told.lines
        texts = told.texts
        correction = corrections[entry.id].map { words("chart.timeline.corrected", ["reason": $0.reason]) }
        let mayAmend =
            entry.canBeAmended && chart.episode.closed == nil && chart.episode.stillCounts(entry.id)
        amendHref = mayAmend ? "/charts/\(entry.episode)/amend/\(entry.id)" : nil
    }
}
