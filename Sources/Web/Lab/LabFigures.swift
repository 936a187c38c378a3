// SPDX-License-Identifier: Apache-2.0
import Clinical
import Recordings

/// What a recording shows besides what the chart keeps: work and fatigue of heel raises, the path of a sway.
struct LabFigures: Sendable {
    struct Row: Sendable {
        let label: String
        /// The number with its unit, or why there is none.
        let value: String
    }

    let rows: [Row]

    /// - Returns: nil where the analysis says no more than the chart.
    init?(_ task: LabTask, _ again: LabAgain, _ measured: Measured, _ visit: Visit) {
        guard let analysis = again.analysis else { return nil }
        let reader = Reader(findings: analysis.result.findings.json, visit: visit)
        switch task {
        case .double, .single, .bent:
            rows = Self.heelRaises(task, reader, analysis.placement, LabBody(measured))
        case .open, .closed:
            rows = [
                reader.row("path_deg", "deg"), reader.row("ellipse_deg2", "deg²"),
                reader.row("rms_mps2", "m/s²"), reader.row("jerk", "m²/s⁵")
            ]
        case .placement:
            guard let row = reader.rightWays(LabCues(note: measured.note)) else { return nil }
            rows = [row]
        default: return nil
        }
    }

    private static func heelRaises(
        _ task: LabTask, _ reader: Reader, _ placement: LabPlacement, _ body: LabBody
    ) -> [Row] {
        // Heights of the foot's turn need its length; work needs the mass besides.
        let noHeight = placement == .foot && body.footLengthCm == nil ? "needs_foot" : nil
        let noWork = body.massKg == nil ? "needs_mass" : noHeight
        let count = reader.count
        // Of one leg the chart keeps the heights together, so they stand above.
        let isKept = noHeight == nil && task != .double
        return (isKept ? [] : [reader.row("displacement_cm", "cm", otherwise: noHeight)]) + [
            reader.row("peak_height_cm", "cm", otherwise: noHeight),
            reader.row("work_j", "J", otherwise: noWork), reader.row("power_w", "W", otherwise: noWork),
            reader.row("fatigue_percent", "%", otherwise: count < 6 ? "needs_six" : noHeight),
            reader.row("slope_cm_per_rep", "cm/rep", otherwise: count < 2 ? "needs_two" : noHeight),
            reader.row("cycle_s", "s", otherwise: count < 2 ? "needs_two" : nil), reader.ending
        ]
    }

    /// Numbers of the analysis, by the names of its JSON.
    private struct Reader {
        let findings: [JSON.Pair]
        let visit: Visit

        private func value(_ key: String, in pairs: [JSON.Pair]) -> JSON? {
            pairs.first { $0.key == key }?.value
        }

        private func number(_ key: String) -> Double? {
            var pairs = findings
            if case .object(let summary)? = value("summary", in: findings) { pairs = summary }
            if case .number(let number)? = value(key, in: pairs) { return number }
            return nil
        }

        var count: Int {
            if case .whole(let count)? = value("count", in: findings) { return count }
            return 0
        }

        func row(_ key: String, _ unit: String, otherwise reason: String? = nil) -> Row {
            Row(
                label: visit.words["lab.figure.\(key)"],
                value: number(key).map { LabValueText(visit).value($0, unit) }
                    ?? visit.words["lab.figure.\(reason ?? "not_seen")"])
        }

        /// How many steps went where the cue pointed, within an eighth of a turn; nil where none pointed.
        ///
        /// Counted from the first answer, because nobody knows how the phone was turned on the leg.
        func rightWays(_ cues: LabCues) -> Row? {
            guard case .list(let responses)? = value("responses", in: findings) else { return nil }
            let answers = zip(cues.names, responses).compactMap { name, response -> (Double, Double)? in
                guard case .object(let pairs) = response,
                    case .number(let went)? = value("direction_deg", in: pairs), let asked = name.degrees
                else { return nil }
                return (asked, went)
            }
            guard let first = answers.first else { return nil }
            let right = answers.count { asked, went in
                let off = (went - (asked - first.0)).remainder(dividingBy: 360)
                return abs(off) <= 45
            }
            return Row(
                label: visit.words["lab.figure.right_way"],
                value: visit.words(
                    "lab.figure.right_way_of", ["right": String(right), "all": String(answers.count)]))
        }

        /// Which rule of the standard test ended it, as the recording shows it.
        var ending: Row {
            var text = "not_seen"
            if case .text(let end)? = value("end", in: findings) { text = "end_\(end)" }
            return Row(label: visit.words["lab.figure.end"], value: visit.words["lab.figure.\(text)"])
        }
    }
}
