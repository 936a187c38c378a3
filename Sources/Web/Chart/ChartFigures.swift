// SPDX-License-Identifier: Apache-2.0
import Clinical
import Foundation
import Store

/// The days that the figures show, with the phase of each.
struct ChartSpan: Sendable {
    struct Band: Sendable {
        let phase: Phase.ID
        let from: Day
        /// Exclusive.
        let to: Day
        let isCurrent: Bool
    }

    let first: Day
    let last: Day
    let bands: [Band]

    private static let longestDays = 84
    private static let shortestDays = 14

    /// - Returns: nil before the first plan and the first check-in.
    init?(_ chart: OpenChart, _ moment: Moment) {
        let episode = chart.episode
        let begins = [episode.plans.first?.at, episode.checkIns.first?.at, episode.logs.first?.at]
        guard let begin = begins.compactMap({ $0 }).min() else { return nil }
        last = moment.day(of: episode.closed?.at ?? moment.instant)
        first = min(
            max(moment.day(of: begin), last.advanced(by: 1 - Self.longestDays)),
            last.advanced(by: 1 - Self.shortestDays))
        var bands: [Band] = []
        var starts: [(Phase.ID, Day)] = []
        for plan in episode.plans where starts.last?.0 != plan.content.phase {
            starts.append((plan.content.phase, moment.day(of: plan.at)))
        }
        for (index, start) in starts.enumerated() {
            let isLast = index == starts.count - 1
            let end = isLast ? last.advanced(by: 1) : starts[index + 1].1
            guard end > first else { continue }
            bands.append(Band(phase: start.0, from: max(start.1, first), to: end, isCurrent: isLast))
        }
        self.bands = bands
    }

    var dayCount: Int { last.number - first.number + 1 }

    /// The left edge of a day in a drawing 360 wide, the axis at 24.
    func left(of day: Day) -> Double { 24 + 336 * Double(day.number - first.number) / Double(dayCount) }

    func middle(of day: Day) -> Double { left(of: day) + 168 / Double(dayCount) }
}

/// A phase behind the numbers.
struct ChartBand: Sendable {
    let bandClass: String
    let bandLeft: String
    let bandWidth: String
    let labelLeft: String
    let bandLabel: String

    static func all(in span: ChartSpan, _ wording: ChartWording) -> [ChartBand] {
        span.bands.enumerated().map { index, band in
            let left = span.left(of: band.from)
            let width = span.left(of: band.to) - left
            let number = wording.phaseNumber(band.phase)
            let label = width >= 56 ? wording.words("chart.figure.phase", ["n": number]) : number
            return ChartBand(
                bandClass: band.isCurrent ? "now" : index % 2 == 0 ? "" : "plain", bandLeft: left.oneDigit,
                bandWidth: width.oneDigit, labelLeft: (left + 4).oneDigit, bandLabel: width >= 12 ? label : "")
        }
    }
}

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
            byDay[day, default: Answers()] = byDay[day, default: Answers()].updated(with: checkIn.content.answers)
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
        func sentence(_ scores: [PainTrend.Score]) -> String { PainTrend(scores: scores).sentence(wording.words) }
        caption = wording.words(
            "chart.figure.pain",
            ["worst": sentence(worst), "rest": sentence(rest), "since": wording.day(span.first)])
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

/// How often exercises were done each day, and how often the plan asks for them.
struct ChartLoadFigure: Sendable {
    struct Bar: Sendable {
        let barX: String
        let barY: String
        let barWidth: String
        let barHeight: String
    }

    struct Row: Sendable {
        let rowDay: String
        let done: String
        let planned: String
    }

    let caption: String
    let bands: [ChartBand]
    let bars: [Bar]
    let planPath: String
    let top: String
    let firstDay: String
    let lastDay: String
    let table: [Row]

    /// - Returns: nil before the first log.
    init?(_ chart: OpenChart, _ span: ChartSpan, _ wording: ChartWording) {
        let episode = chart.episode
        let moment = wording.moment
        var done: [Day: Int] = [:]
        for log in episode.logs { done[moment.day(of: log.at), default: 0] += 1 }
        guard done.keys.contains(where: { $0 >= span.first && $0 <= span.last }) else { return nil }
        let days = (0..<span.dayCount).map { span.first.advanced(by: $0) }
        let planned = days.map { day in
            episode.plans.last { moment.day(of: $0.at) <= day }?.content.timesPerDay ?? 0
        }
        let highest = max(1, planned.map { Int($0.rounded()) }.max() ?? 1, done.values.max() ?? 1)
        func height(_ value: Double) -> Double { 80 * value / Double(highest) }
        bands = ChartBand.all(in: span, wording)
        let width = max(1.5, 336 / Double(span.dayCount) * 0.7)
        bars = days.compactMap { day in
            guard let count = done[day] else { return nil }
            return Bar(
                barX: (span.middle(of: day) - width / 2).oneDigit,
                barY: (100 - height(Double(count))).oneDigit, barWidth: width.oneDigit,
                barHeight: height(Double(count)).oneDigit)
        }
        var path = ""
        for (day, value) in zip(days, planned) {
            let y = (100 - height(value)).oneDigit
            path += "\(path.isEmpty ? "M" : "L")\(span.left(of: day).oneDigit) \(y)H"
                + span.left(of: day.advanced(by: 1)).oneDigit
        }
        planPath = path
        top = "\(highest)"
        firstDay = wording.day(span.first)
        lastDay = wording.day(span.last)
        let week = days.suffix(7)
        caption = wording.words(
            "chart.figure.load",
            [
                "days": "\(week.count { (done[$0] ?? 0) > 0 })", "of": "\(week.count)",
                "times": "\(week.reduce(0) { $0 + (done[$1] ?? 0) })"
            ])
        table = zip(days, planned).reversed().map { day, plan in
            Row(
                rowDay: wording.day(day), done: "\(done[day] ?? 0)",
                planned: plan == 0 ? "–" : ((plan * 10).rounded() / 10).plain)
        }
    }
}

extension Plan {
    /// How often a day the plan asks for an exercise, rest days averaged in.
    fileprivate var timesPerDay: Double {
        prescriptions.reduce(0) { sum, prescription in
            let dose = prescription.dose(step: step)
            return sum + Double(dose.timesPerDay ?? 1) * Double(min(dose.timesPerWeek ?? 7, 7)) / 7
        }
    }
}
