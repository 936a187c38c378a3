// SPDX-License-Identifier: Apache-2.0
package import Clinical
package import Foundation

/// Writes what people do into a chart, together with what the pathway makes of it, in one transaction.
package struct Scribe: Sendable {
    package let charts: Charts
    package let pathway: Pathway
    package let zone: TimeZone
    private let ids: IDSource

    /// What stands in the chart after writing.
    package struct Written: Sendable {
        package let entries: [Entry]
        /// The same form had been sent before: nothing was written now.
        package let isRepeated: Bool

        fileprivate init(_ appended: Appended) {
            switch appended {
            case .written(let entries): (self.entries, isRepeated) = (entries, false)
            case .alreadyWritten(let entry): (entries, isRepeated) = ([entry], true)
            }
        }
    }

    package init(charts: Charts, pathway: Pathway, zone: TimeZone, ids: IDSource = .random) {
        self.charts = charts
        self.pathway = pathway
        self.zone = zone
        self.ids = ids
    }

    /// Appends events and the engine's consequences.
    ///
    /// - Parameters:
    ///   - episode: The chart.
    ///   - author: Who writes; consequences are the engine's.
    ///   - form: The identity of the form that was sent; the same form writes once.
    ///   - now: The time of every entry.
    ///   - events: What to write, given the chart as it stands in the same transaction.
    /// - Returns: The entries that were written, or that the same form wrote before.
    /// - Throws: What `events` throws, or ``StoreError``; then nothing is written.
    @discardableResult
    package func write(
        in episode: Episode.ID, by author: Author, form: String? = nil, now: Date,
        _ events: @Sendable (Episode) throws -> [Event]
    ) async throws -> Written {
        let appended = try await charts.update(episode, form: form, now: now) { entries in
            try change(entries, of: episode, by: author, now: now, events)
        }
        return Written(appended)
    }

    /// As ``write(in:by:form:now:_:)``, as part of a larger transaction.
    @discardableResult
    package func write(
        in episode: Episode.ID, by author: Author, form: String? = nil, now: Date,
        on connection: any Connection,
        _ events: (Episode) throws -> [Event]
    ) throws -> Written {
        let appended = try charts.update(episode, form: form, now: now, on: connection) { entries in
            try change(entries, of: episode, by: author, now: now, events)
        }
        return Written(appended)
    }

    /// The events and what the pathway makes of them, as drafts.
    private func change(
        _ entries: [Entry], of episode: Episode.ID, by author: Author, now: Date,
        _ events: (Episode) throws -> [Event]
    ) throws -> Change {
        let moment = Moment(now, zone: zone)
        var chart = Episode(entries)
        var drafts: [Draft] = []
        func add(_ event: Event, by author: Author) -> Entry.ID {
            let draft = Draft(id: ids.make(), author: author, pathway: pathway.reference, event: event)
            drafts.append(draft)
            chart = chart.applying(
                Entry(
                    id: draft.id, episode: episode, sequence: chart.sequence + 1, at: now,
                    author: author, pathway: pathway.reference, event: event))
            return draft.id
        }
        for event in try events(chart) {
            let entry = add(event, by: author)
            for consequence in pathway.consequences(of: event, entry: entry, in: chart, at: moment) {
                _ = add(consequence, by: .engine)
            }
        }
        let summary = try ChartSummary(chart, pathway: pathway, at: moment).json()
        return Change(drafts: drafts, standing: summary)
    }

    package func episode(_ id: Episode.ID) async throws -> Episode {
        Episode(try await charts.entries(of: id))
    }
}
