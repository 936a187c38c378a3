// SPDX-License-Identifier: Apache-2.0
import Clinical
import Foundation
import Store

/// Rest pain and worst pain by day.
struct ChartPainFigure: Sendable {
    struct Row: Sendable {
        let rowDay: String
        let rest: String
        let worst: String
        let morning: String
    }

    struct Dot: Sendable {
        let dotX: String
        let dotY: String
    }

    let caption: String
    let bands: [ChartBand]
    let worstLines: [String]
    let restLines: [String]
    let dots: [Dot]
    let firstDay: String
    let lastDay: String
    let table: [Row]

    /// - Returns: nil where nobody has checked in.
    init?(_ chart: OpenChart, _ span: ChartSpan, _ wording: ChartWording) {
        var byDay: [Day: Answers] = [:]
        for checkIn in chart.episode.checkIns {
            let day = wording.moment.day(of: checkIn.at)
            guard day >= span.first, day <= span.last else { continue }
            byDay[day, default: Answers()] = byDay[day, default: Answers()].updated(
                with: checkIn.content.answers)
        }
        let days = byDay.keys.sorted()
        guard !days.isEmpty else { return nil }
        func scores(_ id: FactID) -> [PainTrend.Score] {
            days.compactMap { day in
                byDay[day]?.number(id).map { PainTrend.Score(day: day, pain: Int($0)) }
            }
        }
        let worst = scores("pain_worst_24h")
        let rest = scores("pain_rest")
        func sentence(_ scores: [PainTrend.Score]) -> String {
            PainTrend(scores: scores).sentence(wording.words)
        }
        caption = wording.words(
            "chart.figure.pain",
            ["worst": sentence(worst), "rest": sentence(rest), "since": wording.day(days[0])])
        bands = ChartBand.all(in: span, wording)
        worstLines = Self.lines(worst, span)
        restLines = Self.lines(rest, span)
        dots = worst.map {
            Dot(dotX: span.middle(of: $0.day).oneDigit, dotY: Self.height($0.pain).oneDigit)
        }
        firstDay = wording.day(span.first)
        lastDay = wording.day(span.last)
        func text(_ day: Day, _ id: FactID) -> String { byDay[day]?.number(id).map(\.plain) ?? "–" }
        table = days.reversed().map { day in
            Row(
                rowDay: wording.day(day), rest: text(day, "pain_rest"), worst: text(day, "pain_worst_24h"),
                morning: byDay[day]?.number("pain_morning_change").map(wording.change) ?? "–")
        }
    }

    /// From 10 at the top (20) to 0 at the axis (160).
    private static func height(_ pain: Int) -> Double { 160 - Double(pain) * 14 }

    /// A line is broken where somebody was silent for more than three days: nothing is known of them.
    private static func lines(_ scores: [PainTrend.Score], _ span: ChartSpan) -> [String] {
        var lines: [[String]] = []
        var before: Day?
        for score in scores {
            let point = "\(span.middle(of: score.day).oneDigit),\(height(score.pain).oneDigit)"
            if let before, score.day.number - before.number <= 4 {
                lines[lines.count - 1].append(point)
            } else {
                lines.append([point])
            }
            before = score.day
        }
        return lines.filter { $0.count > 1 }.map { $0.joined(separator: " ") }
    }
}
