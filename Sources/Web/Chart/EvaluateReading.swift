// SPDX-License-Identifier: Apache-2.0
import Clinical
import Foundation

/// What the fields of the examination say, checked one by one.
struct EvaluateReading: Sendable {
    /// As typed, with what the form worked out: the unmarked ones that are no, the difference of the girths.
    private(set) var values: ChartForms.Values
    private(set) var answers = Answers()
    private(set) var numbers: [FactID: Double] = [:]
    private(set) var side: Side?
    private(set) var injuredOn: Day?
    private(set) var faults: [ChartForms.Fault] = []

    /// The therapist's own Wells item worth −2; nil is not judged.
    var alternativeAsLikely: Bool? {
        switch values["alternative"] {
        case "yes": true
        case "no": false
        default: nil
        }
    }

    init(_ values: ChartForms.Values, _ visit: Visit) {
        self.values = values
        let layout = EvaluateLayout(visit.site.pathway.vocabulary)
        markTheRest(layout)
        let measured = MeasureFields(layout.measures, visit).read(values)
        numbers = measured.values
        faults = measured.faults
        side = Side(rawValue: self.values["side"])
        compareGirths()
        for finding in layout.findings { read(finding, visit) }
        if side == nil { faults.append(.init(field: "side", text: visit.words["evaluate.fault.side"])) }
        readDay(visit)
        for field in ["gait", "note"] where values[field].count > ChartForms.longestText {
            faults.append(.init(field: field, text: visit.words["sheet.fault.long"]))
        }
        // The tender spot is one fact with two readers: the rules of the grade and the criteria of the last phases.
        if let length = answers.number("spot_tender_cm"),
            visit.site.pathway.vocabulary.measure("palpation_length_cm")?.range.contains(length) == true
        {
            numbers["palpation_length_cm"] = length
        }
    }

    /// What the therapist asked and left unmarked is no, where the therapist says so.
    private mutating func markTheRest(_ layout: EvaluateLayout) {
        for group in layout.groups where values[group.restIsNo] == "yes" {
            for finding in group.asks where values[finding.id.rawValue].isEmpty {
                values[finding.id.rawValue] = "no"
            }
            values[group.restIsNo] = ""
        }
    }

    private mutating func compareGirths() {
        guard let left = numbers["girth_left"], let right = numbers["girth_right"] else { return }
        let difference: Double
        switch side {
        case .left: difference = left - right
        case .right: difference = right - left
        case .both, nil: return
        }
        values["calf_bigger_cm"] = ((difference * 10).rounded() / 10).plain
    }

    private mutating func read(_ finding: Finding, _ visit: Visit) {
        let id = finding.id.rawValue
        let text = values[id]
        guard !text.isEmpty else { return }
        if case .number(let whole, let range, let unit, _) = finding.values, text != "unsure" {
            guard let number = MeasureNumber(text), range.contains(number.value), number.isWhole || !whole
            else {
                faults.append(.init(field: id, text: Self.problem(finding, whole, range, unit, visit)))
                return
            }
            answers[finding.id] = .number(number.value)
        } else if let answer = try? finding.checked(.word(text)) {
            answers[finding.id] = answer
        } else {
            faults.append(
                .init(
                    field: id,
                    text: visit.words(
                        "evaluate.fault.choice", ["label": visit.medicine["finding.\(id).label"]])))
        }
    }

    private static func problem(
        _ finding: Finding, _ whole: Bool, _ range: ClosedRange<Double>, _ unit: String, _ visit: Visit
    ) -> String {
        let isOpen = range.upperBound > 1e6
        let key = isOpen ? "from" : whole ? "count" : "number"
        return visit.words(
            "sheet.fault.\(key)",
            [
                "label": visit.medicine["finding.\(finding.id).label"], "from": range.lowerBound.plain,
                "to": isOpen ? "" : range.upperBound.plain, "unit": MeasureFields(visit).unit(unit)
            ])
    }

    /// Longer ago than this is a slip of the hand.
    private static let longestAgoDays = 3650

    private mutating func readDay(_ visit: Visit) {
        let text = values["injured_on"]
        guard !text.isEmpty else { return }
        let today = visit.moment.today
        guard let day = Day(text), day <= today, today.number - day.number <= Self.longestAgoDays else {
            faults.append(.init(field: "injured_on", text: visit.words["evaluate.fault.day"]))
            return
        }
        injuredOn = day
        answers["onset_days"] = .number(Double(today.number - day.number))
    }
}
