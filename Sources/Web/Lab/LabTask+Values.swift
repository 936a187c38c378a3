// SPDX-License-Identifier: Apache-2.0
import Clinical
import Motion
import Recordings

/// What a task's recording says, under the names that a chart keeps.
///
/// The analysis knows movements; which test they were of, only the task knows: the same count is another measure
/// with the knee bent, and the same seconds with the eyes closed.
extension LabTask {
    struct Value: Hashable, Sendable {
        let measure: String
        let value: Double
        let unit: String
        let side: Side?
    }

    var analysis: AnalysisKind {
        switch self {
        case .double, .single, .bent: .heelRaise
        case .lunge, .pumps, .circles: .ankle
        case .open, .closed: .balance
        case .hop, .hops: .hop
        case .reaction, .placement: .reaction
        case .turns: .turn
        case .walk: .gait
        }
    }

    /// The measures that tell this task from every other one.
    var gives: Set<String> {
        switch self {
        case .double: ["double_heel_raise"]
        case .single: ["single_heel_raise"]
        case .bent: ["bent_knee_heel_raise"]
        case .lunge: ["knee_to_wall_angle"]
        case .pumps: ["ankle_range"]
        case .circles: ["ankle_circles"]
        case .open: ["single_leg_stance", "stance_sway"]
        case .closed: ["single_leg_stance_closed", "stance_sway_closed"]
        case .hop: ["hop_height"]
        case .hops: ["reactive_strength"]
        case .reaction: ["reaction_time"]
        case .placement: ["foot_placement_time"]
        case .turns: ["turn_peak"]
        case .walk: ["walking_speed", "cadence", "step_time"]
        }
    }

    func values(_ findings: Findings, side: Side?) -> [Value] {
        func number(_ key: String, _ measure: String, _ unit: String, _ side: Side?) -> Value? {
            switch findings.json.first(where: { $0.key == key })?.value {
            case .number(let value)?: Value(measure: measure, value: value, unit: unit, side: side)
            case .whole(let value)?: Value(measure: measure, value: Double(value), unit: unit, side: side)
            default: nil
            }
        }
        let given = findings.values.map { value in
            Value(
                measure: value.measure, value: value.value, unit: value.unit,
                side: value.side.flatMap { Side(rawValue: $0.rawValue) })
        }
        return switch self {
        case .double: [number("count", "double_heel_raise", "reps", nil)].compactMap(\.self)
        case .bent:
            given.filter { $0.measure == "single_heel_raise" }.map { $0.named("bent_knee_heel_raise") }
        case .circles: [number("count", "ankle_circles", "reps", side)].compactMap(\.self)
        case .closed: given.map { $0.named("\($0.measure)_closed") }
        case .hops: [number("rsi", "reactive_strength", "m/s", side)].compactMap(\.self)
        case .reaction: [number("median_s", "reaction_time", "s", side)].compactMap(\.self)
        case .placement: [number("median_s", "foot_placement_time", "s", side)].compactMap(\.self)
        case .turns:
            [
                number("peak_left_dps", "turn_peak", "deg/s", .left),
                number("peak_right_dps", "turn_peak", "deg/s", .right)
            ].compactMap(\.self)
        default: given
        }
    }
}

extension LabTask.Value {
    fileprivate func named(_ measure: String) -> Self {
        Self(measure: measure, value: value, unit: unit, side: side)
    }
}
