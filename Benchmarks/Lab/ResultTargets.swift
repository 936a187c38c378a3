// SPDX-License-Identifier: Apache-2.0
import Clinical
import LabData
import Motion
import Recordings

/// Targets 5 and 12: what stands beside a number, so that it can be trusted and compared.
enum ResultTargets {
    /// One trial of each kind that gives a number for the chart, by a simulated phone.
    private static let trials:
        [(kind: AnalysisKind, task: AnkleTask, placement: Placement, movement: Movement)] = [
            (.heelRaise, .pumps, .foot, Raises().foot), (.heelRaise, .pumps, .shin, Raises().body),
            (.ankle, .pumps, .foot, Raises().foot), (.ankle, .circles, .foot, FootCircles().movement),
            (.ankle, .lunge, .shin, Raises().body), (.balance, .pumps, .waist, Raises().body),
            (.hop, .pumps, .waist, Raises().body), (.turn, .pumps, .waist, Raises().body),
            (.reaction, .pumps, .foot, Steps(count: 5, seed: 1).movement)
        ]

    private static func results() throws -> [Analyzer.Result] {
        try trials.map { trial in
            var request = AnalysisRequest(kind: trial.kind, placement: trial.placement)
            (request.side, request.mass, request.footLength, request.height) = (.left, 70, 26, 1.7)
            (request.ankleTask, request.signals) = (trial.task, Steps(count: 5, seed: 1).signals)
            let recording = Bench.phone(1).record(trial.movement, seed: 1)
            let file = RecordingFile(name: "trial.csv", bytes: Array(recording.text.utf8))
            return try Analyzer(request).result(of: RecordingReader().read([file]))
        }
    }

    static func labels(_: Bench) async throws -> [Figure] {
        var missing: [String] = []
        let fields = [
            "kind", "placement", "side", "method", "method_version", "rate_hz", "gaps", "gap_s",
            "acceleration_step_mps2"
        ]
        let results = try results()
        for result in results {
            let json = result.json(file: nil).line
            for field in fields where !json.contains("\"\(field)\":") || json.contains("\"\(field)\":null") {
                missing.append("\(result.request.kind.rawValue): \(field)")
            }
        }
        let methods = Set(results.map { $0.findings.method })
        return [
            Figure(
                number: 12, what: "what every result carries",
                data: "\(results.count) trials of simulated phones through reader and analysis, "
                    + "\(methods.count) methods",
                found: missing.isEmpty
                    ? "placement, side, rate, gaps, rounding, method and version in all"
                    : "missing: \(missing.joined(separator: ", "))",
                target: "placement, rate, lost samples, rounding, method in every result",
                isMet: missing.isEmpty)
        ]
    }

    /// Which values of a heel-raise trial can be called changed, and that nothing within the published change is.
    static func change(_: Bench) async throws -> [Figure] {
        let pathway = try Pathway.calfTear()
        var known: [String] = []
        var unknown = ["heel-height work", "fatigue"]
        var isSound = true
        for result in try results().prefix(1) {
            for value in result.findings.values {
                let fact = FactID(value.side.map { "\(value.measure)_\($0.rawValue)" } ?? value.measure)
                let first = pathway.annotated(
                    MeasuredValue(
                        fact: fact, value: value.value, unit: value.unit,
                        side: value.side == .left ? .left : .right,
                        placement: result.request.placement.rawValue, method: result.findings.method,
                        methodVersion: result.findings.methodVersion, rateHz: result.quality.rateHz,
                        gaps: result.quality.gaps), years: nil, sex: nil)
                guard let change = first.detectableChange?.value else {
                    unknown.append(value.measure)
                    isSound = isSound && differs(first, by: 1000) == .unknown
                    continue
                }
                known.append("\(value.measure) ±\(change) \(value.unit)")
                isSound =
                    isSound && differs(first, by: change) == .notReal
                    && differs(first, by: change + 0.5) == .real(change + 0.5)
            }
        }
        return [
            Figure(
                number: 5, what: "change of a heel-raise trial beside what can be detected",
                data: "a trial of a simulated phone and the numbers of the calf-tear pathway",
                found: "known: \(known.joined(separator: ", ")); nobody has published one for a phone: "
                    + "\(unknown.joined(separator: ", ")); beyond it real, within it not, without one unknown: "
                    + (isSound ? "yes" : "no"),
                target: "each with its detectable change, real only beyond it",
                isMet: isSound && unknown.isEmpty)
        ]
    }

    private static func differs(_ first: MeasuredValue, by difference: Double) -> Change {
        var later = first
        later.value += difference
        return Change(from: first, to: later)
    }
}
