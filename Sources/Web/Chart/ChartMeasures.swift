// SPDX-License-Identifier: Apache-2.0
import Clinical
import Foundation
import Store

/// What was measured: the newest of each measure, and all that came before it.
struct ChartMeasures: Sendable {
    /// A value with the page of the recording that it comes from; nil where it was typed in.
    struct Cell: Sendable {
        let reading: String
        let labHref: String?
    }

    /// Both legs beside each other.
    struct Pair: Sendable {
        let measuredOn: String
        let measure: String
        let injured: Cell
        let other: Cell
        let compared: String
    }

    struct Single: Sendable {
        let measuredOn: String
        let measure: String
        let single: Cell
    }

    struct Tables: Sendable {
        let pairs: [Pair]
        let singles: [Single]
        let hasPairs: Bool
        let hasSingles: Bool

        init(_ rows: [Row], _ injuredSide: Side?, _ wording: ChartWording) {
            pairs = rows.filter(\.measure.isOfBothSides).map { $0.pair(injuredSide, wording) }
            singles = rows.filter { !$0.measure.isOfBothSides }.map { $0.single(wording) }
            (hasPairs, hasSingles) = (!pairs.isEmpty, !singles.isEmpty)
        }
    }

    let injuredHead: String
    let otherHead: String
    let newest: Tables
    let earlier: Tables
    /// How many rows the fold holds, in words.
    let earlierTitle: String
    let hasEarlier: Bool
    let hasNone: Bool

    init(_ chart: OpenChart, _ wording: ChartWording) {
        let words = wording.words
        let injuredSide = chart.episode.injuredSide == .both ? nil : chart.episode.injuredSide
        let injured = injuredSide.map { "injured_\($0.rawValue)" } ?? "left"
        injuredHead = words["chart.measures.\(injured)"]
        otherHead = words["chart.measures.\((injuredSide ?? .left).opposite.rawValue)"]
        let rows = Row.all(of: chart, wording)
        let newestRows = wording.pathway.vocabulary.measures.compactMap { measure in
            rows.first { $0.measure.id == measure.id }
        }
        var isLater: Set<FactID> = []
        let earlierRows = rows.filter { !isLater.insert($0.measure.id).inserted }
        newest = Tables(newestRows, injuredSide, wording)
        earlier = Tables(earlierRows, injuredSide, wording)
        earlierTitle = words("chart.measures.earlier", count: earlierRows.count)
        hasEarlier = !earlierRows.isEmpty
        hasNone = rows.isEmpty
    }
}

extension ChartMeasures {
    /// A value as it was taken, and how, where a recording says so.
    struct Taken: Sendable {
        let value: Double
        let result: MeasuredValue?
        let labHref: String?
    }

    /// One measure on one day.
    struct Row: Sendable {
        let measure: Measure
        let at: Date
        /// The value, or one for each leg that was measured.
        var values: [Side?: Taken]

        /// Newest first, in the vocabulary's order where they were taken together.
        ///
        /// The two legs are tests of their own: those of one day that lack each other stand in one row.
        static func all(of chart: OpenChart, _ wording: ChartWording) -> [Row] {
            var rows: [Row] = []
            for measured in chart.episode.everythingMeasured.sorted(by: { $0.at > $1.at }) {
                let labHref = LabTask(of: measured.content.results).map { _ in
                    "/charts/\(chart.patient.episode)/lab/\(measured.entry)"
                }
                for measure in wording.pathway.vocabulary.measures {
                    let found = measure.recordedAs.compactMap { side, id in
                        measured.content.values[id].map {
                            (side, Taken(value: $0, result: measured.content.result(id), labHref: labHref))
                        }
                    }
                    guard !found.isEmpty else { continue }
                    let row = Row(
                        measure: measure, at: measured.at, values: Dictionary(uniqueKeysWithValues: found))
                    if let same = rows.lastIndex(where: { $0.lacks(row, wording) }) {
                        rows[same].values.merge(row.values) { newer, _ in newer }
                    } else {
                        rows.append(row)
                    }
                }
            }
            return rows
        }

        private func lacks(_ older: Row, _ wording: ChartWording) -> Bool {
            measure.id == older.measure.id && values.keys.allSatisfy { older.values[$0] == nil }
                && wording.moment.day(of: at) == wording.moment.day(of: older.at)
        }

        func pair(_ injuredSide: Side?, _ wording: ChartWording) -> Pair {
            let (injured, other) = (injuredSide ?? .left, (injuredSide ?? .left).opposite)
            return Pair(
                measuredOn: wording.date(at), measure: wording.measureName(measure.id),
                injured: cell(injured, wording), other: cell(other, wording),
                compared: injuredSide == nil
                    ? "" : wording.compared(measure, values[injured], values[other]))
        }

        func single(_ wording: ChartWording) -> Single {
            Single(
                measuredOn: wording.date(at), measure: wording.measureName(measure.id),
                single: cell(nil, wording))
        }

        private func cell(_ side: Side?, _ wording: ChartWording) -> Cell {
            guard let taken = values[side] else { return Cell(reading: "–", labHref: nil) }
            // What somebody typed stands as it was typed.
            let shown = taken.labHref == nil ? taken.value : LabValueText.rounded(taken.value, measure.unit)
            return Cell(reading: wording.number(shown, unit: measure.unit), labHref: taken.labHref)
        }
    }
}

extension Measure {
    fileprivate var isOfBothSides: Bool { origin == .recordedBothSides }

    /// Under which names of the chart it is recorded; none for what is made from others.
    fileprivate var recordedAs: [(Side?, FactID)] {
        switch origin {
        case .recorded: [(nil, id)]
        case .recordedBothSides: [Side.left, .right].map { ($0, FactID("\(id)_\($0.rawValue)")) }
        default: []
        }
    }
}

extension ChartWording {
    /// The injured leg against the other: in percent where the pathway asks for it, else how far apart they are.
    fileprivate func compared(
        _ measure: Measure, _ injured: ChartMeasures.Taken?, _ other: ChartMeasures.Taken?
    ) -> String {
        guard let injured, let other else { return "" }
        guard MeasuredValue.areComparable(injured.result, other.result) else {
            return words["chart.measures.unlike"]
        }
        let isRatio = pathway.vocabulary.measures.contains { $0.origin == .symmetry(of: measure.id) }
        if isRatio, other.value > 0 {
            return words(
                "chart.measures.lsi", ["n": "\(Int((injured.value / other.value * 100).rounded(.down)))"])
        }
        return words(
            "chart.measures.apart", ["value": number(abs(injured.value - other.value), unit: measure.unit)])
    }
}

/// One visit's treatment.
struct ChartTreatment: Sendable {
    let treatedOn: String
    let treatedBy: String
    let items: [ChartFactLine]
    let treatmentNote: String?

    init(_ treated: Episode.Dated<Treated>, _ chart: OpenChart, _ wording: ChartWording) {
        treatedOn = wording.when(treated.at, isFirst: true)
        treatedBy = chart.who(treated.author, wording.words)
        items = wording.lines(treated.content)
        treatmentNote = treated.content.note.isEmpty ? nil : treated.content.note
    }
}
