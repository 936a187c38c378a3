// SPDX-License-Identifier: Apache-2.0
import Clinical
import Foundation
import Store

/// The board as a table of words.
struct BoardPage: Page {
    struct Row: Sendable {
        let name: String
        let chartHref: String?
        let about: String
        let tag: String
        let tagClass: String
        let what: String
        let more: String?
        let phaseNumber: String
        let spark: Spark?
        let painText: String?
        let sinceText: String
        let button: String
        let buttonClass: String
        let buttonHref: String
    }

    struct Spark: Sendable {
        let points: String
        let sentence: String
        let latest: String
    }

    struct Tab: Sendable {
        let label: String
        let tabHref: String
        let isShown: Bool
    }

    static let template = "board"
    let title: String
    let dateLine: String
    let tally: String?
    let tabs: [Tab]
    let rows: [Row]
    let isEmpty: Bool
    var place: String? { "/board" }
    var width: PageWidth { .wide }

    init(_ visit: Visit, lines: [BoardLine]) {
        let wording = ChartWording(visit)
        let words = visit.words
        let open = lines.filter { !$0.isClosed }
        let needing = open.count(where: \.needsSomebody)
        title = words(
            needing == 0 ? "board.title.none" : needing == 1 ? "board.title.one" : "board.title.other",
            ["count": wording.spelled(needing)])
        let charts = open.count { $0.episode != nil }
        dateLine = visit.moment.today.text(words) + " · " + words("board.patients", count: charts)
        let tallied = Dictionary(grouping: open, by: \.tallyKey).mapValues(\.count)
        let parts = BoardLine.tallyKeys.compactMap { key in
            tallied[key].map { words("board.tally.\(key)", count: $0) }
        }
        tally = parts.isEmpty ? nil : parts.joined(separator: " · ")
        let showsAll = visit.query("show") == "all"
        tabs = [
            Tab(label: words("board.tab.open", count: open.count), tabHref: "/board", isShown: !showsAll),
            Tab(
                label: words("board.tab.all", count: lines.count), tabHref: "/board?show=all",
                isShown: showsAll)
        ]
        rows = (showsAll ? lines : open).map { Row($0, visit, wording) }
        isEmpty = rows.isEmpty
    }
}

extension BoardPage.Row {
    init(_ line: BoardLine, _ visit: Visit, _ wording: ChartWording) {
        let words = visit.words
        let key = line.key
        let chart = line.episode.map { "/charts/\($0)" }
        let span = wording.span(visit.now.timeIntervalSince(line.since))
        name = line.name
        chartHref = chart
        about = line.summary.map { wording.about($0, on: visit.moment.today) } ?? ""
        tag = words["board.tag.\(key)"]
        tagClass = line.tagClass
        (what, more) = Self.what(line, span: span, wording)
        phaseNumber = wording.phaseNumber(line.summary?.phase)
        // The summary is as old as the chart's last entry; its days may lie before the fourteen shown.
        let first = visit.moment.today.advanced(by: -13)
        let trend = PainTrend(
            scores: (line.summary?.pain ?? []).filter { $0.day >= first }
                .map { .init(day: $0.day, pain: $0.worst) })
        spark = trend.spark(upTo: visit.moment.today).map {
            BoardPage.Spark(
                points: $0, sentence: trend.sentence(words), latest: "\(trend.scores.last?.pain ?? 0)")
        }
        painText = line.summary == nil ? nil : trend.sentence(words)
        sinceText = span
        button = words["board.button.\(key)"]
        buttonClass = line.buttonClass
        buttonHref = chart.map { $0 + line.destination } ?? "/requests"
    }

    private static func what(_ line: BoardLine, span: String, _ wording: ChartWording) -> (String, String?) {
        let words = wording.words
        switch line.matter {
        case .flag(_, let rules):
            let others = rules.count - 1
            let first = rules.first.map(wording.rule) ?? ""
            let waits = words("board.waiting", ["span": span])
            return (
                first, others > 0 ? words("board.more_rules", count: others) + " " + waits : waits
            )
        case .request(let disposition):
            return (
                disposition.map { wording.medicine["disposition.\($0.rawValue).title"] }
                    ?? words["board.what.request"], words("board.waiting_request", ["span": span])
            )
        case .unevaluated: return (words["board.what.unevaluated"], nil)
        case .unplanned: return (words["board.what.unplanned"], nil)
        case .toSign(.discharge): return (words["board.what.discharge"], nil)
        case .toSign(.phase(let next)):
            return (
                words(
                    "board.what.sign",
                    [
                        "from": wording.phaseNumber(line.summary?.phase), "to": wording.phaseNumber(next),
                        "name": wording.phaseName(next)
                    ]), nil
            )
        case .held(let reason): return (words["board.what.held.\(reason.rawValue)"], nil)
        case .silent: return (words("board.what.silent", ["span": span]), nil)
        case .day: return (words("board.what.day", ["span": span]), nil)
        case .closed: return (words["board.what.closed"], nil)
        }
    }
}

extension BoardLine {
    /// Names the line's words.
    fileprivate var key: String {
        switch matter {
        case .flag(.emergencyNow, _): "emergency"
        case .flag: "flag"
        case .request: "request"
        case .unevaluated: "unevaluated"
        case .unplanned: "unplanned"
        case .toSign: "sign"
        case .held: "held"
        case .silent(let isLong): isLong ? "long_silent" : "silent"
        case .day: "day"
        case .closed: "closed"
        }
    }

    fileprivate static let tallyKeys = ["flag", "request", "start", "sign", "held", "silent"]

    fileprivate var tallyKey: String {
        switch matter {
        case .flag: "flag"
        case .unevaluated, .unplanned: "start"
        case .silent: "silent"
        default: key
        }
    }

    fileprivate var tagClass: String {
        switch matter {
        case .flag: "stop"
        case .request(let disposition): (disposition ?? .selfCareMonitor) >= .sameDay ? "stop" : "wait"
        case .toSign: "go"
        case .unevaluated, .unplanned, .held, .silent: "wait"
        case .day, .closed: ""
        }
    }

    fileprivate var buttonClass: String {
        switch matter {
        case .flag: "alarm"
        case .request, .unevaluated, .unplanned, .toSign: ""
        case .held, .silent, .day, .closed: "quiet"
        }
    }

    /// Where on the chart the thing is done.
    fileprivate var destination: String {
        switch matter {
        case .unevaluated: "/evaluate"
        case .unplanned: "/plan"
        case .toSign: "#decision"
        case .held: "#hold"
        case .silent: "#message"
        case .flag: "#flags"
        case .request, .day, .closed: ""
        }
    }
}
