// SPDX-License-Identifier: Apache-2.0
import Clinical
import Foundation

/// The fields of recorded measures: their names, what was typed into them, and what is wrong with it.
///
/// A measure recorded for both legs has two fields, `<id>_left` and `<id>_right`.
struct MeasureFields: Sendable {
    /// What the fields say.
    struct Reading: Sendable {
        var values: [FactID: Double] = [:]
        var faults: [ChartForms.Fault] = []
    }

    /// A measure of both legs as one row.
    struct Pair: Sendable {
        struct Cell: Sendable {
            let id: String
            let column: String
            let spoken: String
            let typed: String
            let fault: String?
            let last: String?
        }

        let label: String
        let unit: String
        let cells: [Cell]
    }

    let measures: [Measure]
    let visit: Visit

    init(_ measures: [Measure], _ visit: Visit) {
        self.measures = measures.filter {
            ($0.origin == .recorded || $0.origin == .recordedBothSides) && !$0.isByInstrument
        }
        self.visit = visit
    }

    /// All measures that the pathway records.
    init(_ visit: Visit) { self.init(visit.site.pathway.vocabulary.measures, visit) }

    /// The fields of these measures, each checked against the measure's own range; empty is not measured.
    func read(_ values: ChartForms.Values) -> Reading {
        var reading = Reading()
        for measure in measures {
            for field in Self.fields(of: measure) {
                let text = values[field.id.rawValue]
                guard !text.isEmpty else { continue }
                if let number = MeasureNumber(text), measure.range.contains(number.value),
                    number.isWhole || !Self.countedUnits.contains(measure.unit)
                {
                    reading.values[field.id] = number.value
                } else {
                    reading.faults.append(
                        .init(field: field.id.rawValue, text: problem(with: measure, side: field.side)))
                }
            }
        }
        return reading
    }

    /// The measures of both legs, one row each.
    func pairs(_ values: ChartForms.Values, _ faults: [ChartForms.Fault], _ episode: Episode) -> [Pair] {
        measures.filter { $0.origin == .recordedBothSides }.map { measure in
            Pair(
                label: name(measure), unit: unit(measure.unit),
                cells: Self.fields(of: measure).map { field in
                    let id = field.id.rawValue
                    return .init(
                        id: id, column: column(field.side, episode), spoken: name(measure, side: field.side),
                        typed: values[id], fault: faults.first { $0.field == id }?.text,
                        last: last(field.id, episode))
                })
        }
    }

    /// The measures with one value.
    func singles(_ values: ChartForms.Values, _ faults: [ChartForms.Fault], _ episode: Episode)
        -> [ChartForms.Field]
    {
        measures.filter { $0.origin == .recorded }.map { measure in
            let id = measure.id.rawValue
            return ChartForms.Field(id, label: name(measure), typed: values[id], unit: unit(measure.unit))
                .with(hint: last(measure.id, episode), fault: faults)
        }
    }

    /// The head of a side's column; the injured side is named.
    func column(_ side: Side?, _ episode: Episode) -> String {
        guard let side else { return "" }
        let isInjured = episode.injuredSide == side
        return visit.words["sheet.side.\(side.rawValue)\(isInjured ? "_injured" : "")"]
    }

    func unit(_ unit: String) -> String {
        visit.words.has("sheet.unit.\(unit)") ? visit.words["sheet.unit.\(unit)"] : unit
    }

    private static let countedUnits: Set<String> = ["reps", "sets", "landings", "sessions"]

    private static func fields(of measure: Measure) -> [(id: FactID, side: Side?)] {
        guard measure.origin == .recordedBothSides else { return [(measure.id, nil)] }
        return [Side.left, .right].map { (FactID("\(measure.id)_\($0.rawValue)"), $0) }
    }

    private func name(_ measure: Measure, side: Side? = nil) -> String {
        let name = visit.medicine["measure.\(measure.id)"]
        guard let side else { return name }
        return visit.words(
            "sheet.one_side", ["name": name, "side": visit.words["sheet.leg.\(side.rawValue)"]])
    }

    private func problem(with measure: Measure, side: Side?) -> String {
        visit.words(
            Self.countedUnits.contains(measure.unit) ? "sheet.fault.count" : "sheet.fault.number",
            [
                "label": name(measure, side: side), "from": measure.range.lowerBound.plain,
                "to": measure.range.upperBound.plain, "unit": unit(measure.unit)
            ])
    }

    /// The last value with its day, for beside the field.
    private func last(_ id: FactID, _ episode: Episode) -> String? {
        let measured = episode.measurements.map { ($0.at, $0.content.values[id]) }
        let evaluated = episode.evaluations.map { ($0.at, $0.content.values[id]) }
        let known = (measured + evaluated).filter { $0.1 != nil }.max { $0.0 < $1.0 }
        guard let (at, value) = known, let value else { return nil }
        return visit.words(
            "sheet.last", ["value": value.plain, "day": visit.moment.day(of: at).dated(visit.words)])
    }
}

/// A number as people type it: digits with a point or a comma, and a sign.
struct MeasureNumber: Hashable, Sendable {
    let value: Double

    /// - Returns: nil for anything else, also for what only a computer calls a number (`0x1f`, `1e9`, `nan`).
    init?(_ text: String) {
        let text = text.replacing(",", with: ".").replacing("−", with: "-")
        guard text.count <= 12, text.allSatisfy({ $0.isASCII && ($0.isNumber || ".-+".contains($0)) }),
            let value = Double(text), value.isFinite
        else { return nil }
        self.value = value
    }

    var isWhole: Bool { value == value.rounded() }
}
