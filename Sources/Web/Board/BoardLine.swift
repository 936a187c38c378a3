// SPDX-License-Identifier: Apache-2.0
import Clinical
import Foundation
import Store

/// One line of the board: whom it is about, and the one thing that matters most about them now.
struct BoardLine: Sendable {
    /// Why a line stands where it does, in the order of the board.
    enum Matter: Sendable {
        case flag(Disposition, rules: [String])
        case request(Disposition?)
        case unevaluated
        case unplanned
        case toSign(ChartSummary.ToSign)
        case held(Held.Reason)
        /// No word from the patient; long enough to worry, or only to ask.
        case silent(isLong: Bool)
        case day
        case closed
    }

    /// nil for a visitor who has no chart yet.
    let episode: Episode.ID?
    let name: String
    let matter: Matter
    /// How long it has been so.
    let since: Date
    /// nil for a visitor, and for a chart without entries.
    let summary: ChartSummary?

    init(_ request: EvaluationRequest) {
        episode = nil
        name = request.name
        matter = .request(Disposition(rawValue: request.disposition))
        since = request.at
        summary = nil
    }

    /// - Throws: `DecodingError` where the standing is of another version; `soleus chart verify` finds it.
    init(_ line: Standings.Line, response: LoadResponse, now: Date) throws {
        episode = line.episode
        name = line.name
        guard line.sequence > 0 else {
            (summary, matter, since) = (nil, .unevaluated, line.openedAt)
            return
        }
        let summary = try ChartSummary(json: line.content)
        self.summary = summary
        (matter, since) = Self.matter(
            of: summary, openedAt: line.openedAt, isDisabled: line.isDisabled, response, now)
    }

    private static func matter(
        of chart: ChartSummary, openedAt: Date, isDisabled: Bool, _ response: LoadResponse, _ now: Date
    ) -> (Matter, Date) {
        if chart.isClosed { return (.closed, chart.changedAt) }
        if let worst = chart.openFlags.map(\.disposition).max() {
            let rules = chart.openFlags.sorted { $0.disposition > $1.disposition }.flatMap(\.rules)
            let urgent = chart.openFlags.filter { $0.disposition == worst }.map(\.at).min()
            return (.flag(worst, rules: rules.uniqued()), urgent ?? chart.changedAt)
        }
        // Somebody who was shut out has left the clinic's care; only an open flag keeps them on the board.
        if isDisabled { return (.closed, chart.changedAt) }
        if !chart.isEvaluated { return (.unevaluated, openedAt) }
        if !chart.isPlanned { return (.unplanned, openedAt) }
        if let sign = chart.toSign { return (.toSign(sign), chart.changedAt) }
        if let reason = chart.hold { return (.held(reason), chart.heldAt ?? chart.changedAt) }
        let heard = [chart.patientWroteAt, chart.dueSince].compactMap { $0 }.max() ?? openedAt
        let silentS = now.timeIntervalSince(heard)
        if silentS >= response.longSilentD * 86_400 { return (.silent(isLong: true), heard) }
        if silentS >= response.silentH * 3600 { return (.silent(isLong: false), heard) }
        return (.day, heard)
    }

    /// Somebody of the clinic has to do something about it.
    var needsSomebody: Bool {
        switch matter {
        case .flag, .request, .unevaluated, .unplanned, .toSign, .held: true
        case .silent, .day, .closed: false
        }
    }

    var isClosed: Bool {
        if case .closed = matter { true } else { false }
    }
}

extension BoardLine {
    private var rank: Int {
        switch matter {
        case .flag(let disposition, _): disposition == .emergencyNow ? 0 : 1
        case .request: 2
        case .unevaluated, .unplanned: 3
        case .toSign: 4
        case .held: 5
        case .silent(let isLong): isLong ? 6 : 7
        case .day: 8
        case .closed: 9
        }
    }

    private var urgency: Disposition {
        switch matter {
        case .flag(let disposition, _), .request(.some(let disposition)): disposition
        default: .selfCareMonitor
        }
    }

    /// By matter, then the most urgent, then who waits longest.
    static func < (left: Self, right: Self) -> Bool {
        if left.rank != right.rank { return left.rank < right.rank }
        if left.urgency != right.urgency { return left.urgency > right.urgency }
        if left.since != right.since { return left.since < right.since }
        return left.name < right.name
    }
}

extension Sequence where Element: Hashable {
    /// Each element once, where it first stood.
    func uniqued() -> [Element] {
        var seen: Set<Element> = []
        return filter { seen.insert($0).inserted }
    }
}
