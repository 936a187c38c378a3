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
                bandWidth: width.oneDigit, labelLeft: (left + 4).oneDigit, bandLabel: width >= 12 ? label : ""
            )
        }
    }
}
