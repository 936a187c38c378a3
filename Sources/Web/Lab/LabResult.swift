// SPDX-License-Identifier: Apache-2.0
import Clinical
import Foundation
import Motion

/// One value of a trial as a person reads it: the number, the other leg, the last time, and how far to trust it.
struct LabResult: Sendable {
    let measure: String
    let value: String
    /// The mean with its trials, and how many are missing, where one trial is not enough.
    let mean: String?
    let trials: String?
    /// The injured leg against the other; nil where one of them is not known.
    let symmetry: String?
    /// What is different since the last time, and whether measuring alone can do that.
    let change: String?
    let norm: String?
    let normSource: String?
    let error: String
    let detectable: String

    /// With `namesLeg` the measure's name says which leg, for a page that is about both.
    init(
        _ result: MeasuredValue, in measured: Episode.Dated<Measured>, _ episode: Episode, _ visit: Visit,
        namesLeg: Bool
    ) {
        let words = visit.words
        let text = LabValueText(visit)
        measure = namesLeg ? text.measureWithLeg(result) : text.measure(result)
        value = text.value(result.value, result.unit)
        let set = LabTrialSet(of: result.fact, upTo: measured, in: episode, day: visit.moment.day(of:))
        mean = set.flatMap { $0.missing > 0 ? nil : text.value($0.mean, result.unit) }
        trials = set.map { set in
            let list = text.values(set.values, result.unit)
            return set.missing == 0
                ? words("lab.result.trials", ["list": list])
                : words("lab.result.trials_missing", count: set.missing).replacing("{list}", with: list)
        }
        symmetry = LabSymmetry(result, at: measured, episode, visit).map {
            words(
                "lab.result.symmetry",
                [
                    "percent": String(Int($0.percent.rounded(.down))),
                    "injured": text.number($0.injured, result.unit),
                    "other": text.value($0.other, result.unit)
                ])
        }
        let earlier = episode.measurements.last {
            $0.at < measured.at && $0.content.result(result.fact) != nil
        }
        change = earlier.flatMap { before in
            before.content.result(result.fact).map { text.change(from: $0, to: result, since: before.at) }
        }
        norm = result.norm.map { words("lab.result.norm", ["value": text.value($0.value, $0.unit)]) }
        normSource = result.norm.map { text.published("lab.result.norm_source", $0) }
        error = result.error.map { text.published("lab.result.error", $0) } ?? words["lab.result.no_error"]
        detectable =
            result.detectableChange.map { text.published("lab.result.detectable", $0) }
            ?? words["lab.result.no_detectable"]
    }
}

/// The injured leg as a share of the other, from the newest value of each up to one trial; of what is done three
/// times, from the means.
struct LabSymmetry: Sendable {
    let injured: Double
    let other: Double
    let percent: Double

    init?(
        _ result: MeasuredValue, at measured: Episode.Dated<Measured>, _ episode: Episode, _ visit: Visit
    ) {
        guard let side = result.side, let injuredSide = episode.injuredSide, injuredSide != .both,
            result.fact.rawValue.hasSuffix("_\(side.rawValue)")
        else { return nil }
        let measure = FactID(String(result.fact.rawValue.dropLast(side.rawValue.count + 1)))
        // Only where the pathway knows the measure as a ratio: degrees and seconds of sway have no such share.
        let isRatio = visit.site.pathway.vocabulary.measures.contains {
            $0.origin == .symmetry(of: measure) || $0.alternative?.origin == .symmetry(of: measure)
        }
        func newest(_ side: Side) -> Double? {
            let fact = FactID("\(measure)_\(side.rawValue)")
            if let set = LabTrialSet(of: fact, upTo: measured, in: episode, day: visit.moment.day(of:)) {
                return set.mean
            }
            return episode.measurements.last {
                $0.at <= measured.at && $0.content.values[fact] != nil
                    && MeasuredValue.areComparable($0.content.result(fact), result)
            }?.content.values[fact]
        }
        guard isRatio, let injured = newest(injuredSide),
            let other = newest(injuredSide.opposite),
            let percent = limbSymmetryIndex(injured: injured, other: other)
        else { return nil }
        (self.injured, self.other, self.percent) = (injured, other, percent)
    }
}

/// Values, changes and published numbers in words.
struct LabValueText: Sendable {
    let visit: Visit

    init(_ visit: Visit) { self.visit = visit }

    func measure(_ result: MeasuredValue) -> String {
        var id = result.fact.rawValue
        if let side = result.side, id.hasSuffix("_\(side.rawValue)") {
            id.removeLast(side.rawValue.count + 1)
        }
        return visit.medicine["measure.\(id)"]
    }

    /// "Time of a step, left"; the name alone where no leg is meant.
    func measureWithLeg(_ result: MeasuredValue) -> String {
        let name = measure(result)
        guard let side = result.side else { return name }
        return visit.words(
            "sheet.one_side", ["name": name, "side": visit.words["sheet.leg.\(side.rawValue)"]])
    }

    /// "20, 23 s": the unit once.
    func values(_ values: [Double], _ unit: String) -> String {
        (values.dropLast().map { number($0, unit) } + values.suffix(1).map { value($0, unit) })
            .joined(separator: ", ")
    }

    /// Counts as they are, other values with one digit, small ones with two.
    func value(_ value: Double, _ unit: String) -> String {
        let name = self.unit(unit)
        let number = number(value, unit)
        if name.hasPrefix("°") { return number + name }
        return visit.words("lab.result.value", ["number": number, "unit": name])
    }

    func unit(_ unit: String) -> String {
        let key = "lab.unit.\(unit)"
        return visit.words.has(key) ? visit.words[key] : unit
    }

    func number(_ value: Double, _ unit: String) -> String {
        Self.rounded(value, unit).plain.replacing("-", with: "−")
    }

    /// What a phone measures, to the digits that it is worth showing with.
    static func rounded(_ value: Double, _ unit: String) -> Double {
        let scale = abs(value) < 3 ? 100.0 : 10.0
        return unit == "reps" ? value : (value * scale).rounded() / scale
    }

    func change(from earlier: MeasuredValue, to later: MeasuredValue, since: Date) -> String {
        let difference = later.value - earlier.value
        let sign = difference < 0 ? "−" : "+"
        let amount = sign + value(abs(difference), later.unit)
        let day = visit.moment.day(of: since).short(visit.words)
        switch Change(from: earlier, to: later) {
        case .real: return visit.words("lab.result.change_real", ["amount": amount, "day": day])
        case .notReal: return visit.words("lab.result.change_none", ["amount": amount, "day": day])
        case .unknown: return visit.words("lab.result.change_unknown", ["amount": amount, "day": day])
        }
    }

    func published(_ key: String, _ number: PublishedNumber) -> String {
        let sources = number.sources.map { visit.site.pathway.citations[$0]?.text ?? $0.rawValue }
        return visit.words(
            key,
            [
                "value": value(number.value, number.unit),
                "statistic": visit.words["lab.statistic.\(number.statistic.rawValue)"],
                "sources": sources.joined(separator: "; "),
                "tag": visit.words["lab.tag.\(number.tag.rawValue)"]
            ])
    }
}
