// SPDX-License-Identifier: Apache-2.0
import Clinical
import Synchronization

/// Decoded entries of the charts that were read last.
///
/// A chart only ever grows, so what was decoded stays right for as long as its last entry is in its place;
/// ``Charts`` asks the database for that entry's hash and for what came after it.
final class EntryCache: Sendable {
    struct Known: Sendable {
        var entries: [Entry]
        /// The hash of the last entry.
        var hash: String
    }

    private struct State {
        var charts: [Episode.ID: (known: Known, used: Int)] = [:]
        var entryCount = 0
        var clock = 0
    }

    private let limit: Int
    private let state = Mutex(State())

    /// - Parameter limit: How many entries are kept at most, over all charts.
    init(limit: Int) { self.limit = limit }

    func known(_ episode: Episode.ID) -> Known? {
        state.withLock { state in
            guard let known = state.charts[episode]?.known else { return nil }
            state.clock += 1
            state.charts[episode]?.used = state.clock
            return known
        }
    }

    func keep(_ known: Known, of episode: Episode.ID) {
        state.withLock { state in
            state.clock += 1
            state.entryCount += known.entries.count - (state.charts[episode]?.known.entries.count ?? 0)
            state.charts[episode] = (known, state.clock)
            while state.entryCount > limit,
                let oldest = state.charts.min(by: { $0.value.used < $1.value.used })
            {
                state.entryCount -= oldest.value.known.entries.count
                state.charts[oldest.key] = nil
            }
        }
    }
}
