// SPDX-License-Identifier: Apache-2.0
import Clinical
import Foundation
import Store

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
            path +=
                "\(path.isEmpty ? "M" : "L")\(span.left(of: day).oneDigit) \(y)H"
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
