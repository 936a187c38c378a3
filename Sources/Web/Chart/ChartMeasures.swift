// SPDX-License-Identifier: Apache-2.0
import Clinical
import Foundation
import Store

/// What was measured, newest first: both legs beside each other, and the single numbers.
struct ChartMeasures: Sendable {
    struct Pair: Sendable {
        let measuredOn: String
        let measure: String
        let injured: String
        let other: String
        let compared: String
        /// The page of the recording that it comes from; nil where it was typed in.
        let labHref: String?
    }

    struct Single: Sendable {
        let measuredOn: String
        let measure: String
        let reading: String
        let labHref: String?
    }

    let injuredHead: String
    let otherHead: String
    let pairs: [Pair]
    let singles: [Single]
    let hasPairs: Bool
    let hasSingles: Bool
    let hasNone: Bool

    init(_ chart: OpenChart, _ wording: ChartWording) {
        let episode = chart.episode
        let words = wording.words
        let injuredSide = episode.injuredSide == .right ? Side.right : .left
        let otherSide = injuredSide == .left ? Side.right : .left
        let isKnown = episode.injuredSide == .left || episode.injuredSide == .right
        injuredHead =
            isKnown
            ? words["chart.measures.injured_\(injuredSide.rawValue)"]
            : words["chart.measures.\(injuredSide.rawValue)"]
        otherHead = words["chart.measures.\(otherSide.rawValue)"]
        let taken =
            (episode.measurements.map { measured in
                (
                    measured.at, measured.content.values,
                    LabTask(of: measured.content.results).map { _ in
                        "/charts/\(chart.patient.episode)/lab/\(measured.entry)"
                    }
                )
            } + episode.evaluations.map { ($0.at, $0.content.values, nil) }).sorted { $0.0 > $1.0 }
        var pairs: [Pair] = []
        var singles: [Single] = []
        for (at, values, lab) in taken {
            for measure in wording.pathway.vocabulary.measures {
                func text(_ value: Double?) -> String {
                    value.map { wording.number($0, unit: measure.unit) } ?? "–"
                }
                let name = wording.measureName(measure.id)
                switch measure.origin {
                case .recordedBothSides:
                    let injured = values[FactID("\(measure.id)_\(injuredSide.rawValue)")]
                    let other = values[FactID("\(measure.id)_\(otherSide.rawValue)")]
                    guard injured != nil || other != nil else { continue }
                    pairs.append(
                        Pair(
                            measuredOn: wording.date(at), measure: name, injured: text(injured),
                            other: text(other),
                            compared: isKnown ? wording.compared(measure, injured, other) : "", labHref: lab))
                case .recorded:
                    guard let value = values[measure.id] else { continue }
                    singles.append(
                        Single(
                            measuredOn: wording.date(at), measure: name, reading: text(value), labHref: lab))
                default: continue
                }
            }
        }
        (self.pairs, self.singles) = (pairs, singles)
        (hasPairs, hasSingles) = (!pairs.isEmpty, !singles.isEmpty)
        hasNone = pairs.isEmpty && singles.isEmpty
    }
}

extension ChartWording {
    /// The injured leg against the other: in percent where the pathway asks for it, else how far apart they are.
    fileprivate func compared(_ measure: Measure, _ injured: Double?, _ other: Double?) -> String {
        guard let injured, let other else { return "" }
        let isRatio = pathway.vocabulary.measures.contains { $0.origin == .symmetry(of: measure.id) }
        if isRatio, other > 0 {
            return words("chart.measures.lsi", ["n": "\(Int((injured / other * 100).rounded()))"])
        }
        return words("chart.measures.apart", ["value": number(abs(injured - other), unit: measure.unit)])
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
