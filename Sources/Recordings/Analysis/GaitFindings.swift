// SPDX-License-Identifier: Apache-2.0
import Motion

/// A walk in the words of the scorer and of the chart.
enum GaitFindings {
    static func findings(_ walk: GaitAnalysis) -> Findings {
        var findings = Findings(walk.method)
        findings.marks = contacts(walk)
        findings.json = [
            .init("bouts", .list(walk.bouts.map(json))),
            .init("contacts", .longList(findings.marks, json)),
            .init("strides", .longList(walk.bouts.lazy.flatMap(\.strides), json)),
            .init("summary", summary(walk.summary)), .init("missing", missing(walk.summary))
        ]
        findings.spans = walk.bouts.filter { $0.end >= $0.start }.map { $0.start...$0.end }
        findings.values = values(walk.summary)
        findings.lines = lines(walk)
        return findings
    }

    private static func json(_ bout: WalkingBout) -> JSON {
        .object([
            "start_s": .number(bout.start), "end_s": .number(bout.end),
            "cadence_spm": .optional(bout.cadence.value),
            "stride_length_m": .optional(bout.strideLength.value),
            "walking_speed_mps": .optional(bout.walkingSpeed.value)
        ])
    }

    private static func json(_ stride: Stride) -> JSON {
        .object([
            "side": .text(stride.side.rawValue), "start_s": .number(stride.start),
            "end_s": .number(stride.end),
            "length_m": .optional(stride.length.value), "stance_s": .optional(stride.stance.value),
            "swing_s": .optional(stride.swing.value)
        ])
    }

    /// Initial and final contacts in the order of time; of two at one time the final one first.
    private static func contacts(_ walk: GaitAnalysis) -> [Findings.Mark] {
        var marks: [Findings.Mark] = []
        marks.reserveCapacity(walk.bouts.reduce(0) { $0 + $1.contacts.count + $1.finalContacts.count })
        for bout in walk.bouts {
            for contact in bout.finalContacts {
                marks.append(.init(kind: .finalContact, time: contact.time, side: contact.side))
            }
            for contact in bout.contacts {
                marks.append(.init(kind: .initialContact, time: contact.time, side: contact.side))
            }
        }
        marks.sort { one, other in
            one.time < other.time
                || one.time == other.time && one.kind == .finalContact && other.kind != .finalContact
        }
        return marks
    }

    private static func json(_ contact: Findings.Mark) -> JSON {
        .object([
            "t_s": .number(contact.time), "side": .optional(contact.side?.rawValue),
            "event": .text(contact.kind == .initialContact ? "initial" : "final")
        ])
    }

    /// Every value of the summary by the name that JSON gives it, with its unit at the end.
    private static func named(_ summary: GaitSummary) -> [(name: String, value: GaitValue)] {
        [
            ("cadence_spm", summary.cadence), ("walking_speed_mps", summary.walkingSpeed),
            ("stride_length_m", summary.strideLength), ("stride_time_s", summary.strideTime),
            ("stride_time_variability_percent", summary.strideTimeVariability),
            ("double_support_percent", summary.doubleSupport),
            ("step_time_left_s", summary.stepTime.left), ("step_time_right_s", summary.stepTime.right),
            ("stance_time_left_s", summary.stanceTime.left),
            ("stance_time_right_s", summary.stanceTime.right),
            ("swing_time_left_s", summary.swingTime.left), ("swing_time_right_s", summary.swingTime.right),
            ("step_time_asymmetry_percent", summary.stepTimeAsymmetry),
            ("stance_time_asymmetry_percent", summary.stanceTimeAsymmetry),
            ("swing_time_asymmetry_percent", summary.swingTimeAsymmetry),
            ("phase_coordination_index_percent", summary.phaseCoordinationIndex),
            ("harmonic_ratio_vertical", summary.harmonicRatioVertical),
            ("harmonic_ratio_forward", summary.harmonicRatioForward),
            ("harmonic_ratio_lateral", summary.harmonicRatioLateral),
            ("improved_harmonic_ratio_vertical_percent", summary.improvedHarmonicRatioVertical),
            ("improved_harmonic_ratio_forward_percent", summary.improvedHarmonicRatioForward),
            ("improved_harmonic_ratio_lateral_percent", summary.improvedHarmonicRatioLateral),
            ("gait_symmetry_index", summary.gaitSymmetryIndex), ("step_regularity", summary.stepRegularity),
            ("stride_regularity", summary.strideRegularity),
            ("foot_strike_angle_deg", summary.footStrikeAngle), ("toe_off_angle_deg", summary.toeOffAngle),
            ("push_off", summary.pushOff)
        ]
    }

    private static func summary(_ summary: GaitSummary) -> JSON {
        .object(
            [
                .init("walking_s", .number(summary.walkingTime)), .init("steps", .whole(summary.steps)),
                .init("strides", .whole(summary.strides)), .init("turns", .whole(summary.turns))
            ] + named(summary).map { .init($0.name, .optional($0.value.value)) })
    }

    /// Why each value that is null is missing.
    private static func missing(_ summary: GaitSummary) -> JSON {
        .object(
            named(summary).compactMap { name, value in
                value.gap.map { .init(name, .text(words($0))) }
            })
    }

    private static func values(_ summary: GaitSummary) -> [Findings.Value] {
        var values: [Findings.Value] = []
        func add(_ measure: String, _ value: GaitValue, _ unit: String, _ side: BodySide? = nil) {
            guard let value = value.value, value.isFinite else { return }
            values.append(.init(measure: measure, value: value, unit: unit, side: side))
        }
        add("walking_speed", summary.walkingSpeed, "m/s")
        add("cadence", summary.cadence, "steps/min")
        for side in BodySide.allCases { add("step_time", summary.stepTime[side], "s", side) }
        return values
    }

    private static func lines(_ walk: GaitAnalysis) -> [Findings.Line] {
        let summary = walk.summary
        let bouts = walk.bouts.count == 1 ? "1 bout" : "\(walk.bouts.count) bouts"
        var lines = [
            Findings.Line(name: "walking", text: "\(tenths(summary.walkingTime)) s in \(bouts)"),
            Findings.Line(name: "steps", text: String(summary.steps))
        ]
        func add(_ name: String, _ value: GaitValue, _ unit: String) {
            lines.append(.init(name: name, text: text(value, unit)))
        }
        add("cadence", summary.cadence, "steps/min")
        add("walking speed", summary.walkingSpeed, "m/s")
        add("stride length", summary.strideLength, "m")
        for side in BodySide.allCases { add("step time, \(side.rawValue)", summary.stepTime[side], "s") }
        for side in BodySide.allCases { add("stance, \(side.rawValue)", summary.stanceTime[side], "s") }
        add("step time, difference", summary.stepTimeAsymmetry, "%")
        add("double support", summary.doubleSupport, "%")
        add("push-off", summary.pushOff, "")
        return lines
    }

    private static func text(_ value: GaitValue, _ unit: String) -> String {
        if let number = value.value { return "\(hundredths(number)) \(unit)" }
        return "– (\(value.gap.map(words) ?? "not found"))"
    }

    private static func words(_ gap: GaitGap) -> String {
        switch gap {
        case .tooFewSteps(let found, let needed): "\(found) steps found, \(needed) needed"
        case .tooFewStrides(let found, let needed): "\(found) strides found, \(needed) needed"
        case .tooFewOfOneSide(let side, let found, let needed):
            "\(found) strides of the \(side.rawValue) leg found, \(needed) needed"
        case .noHeight: "needs the body height: --height"
        case .noRotation: "needs a gyroscope"
        case .notSeenFrom(let placement): "cannot be seen from the \(placement.rawValue)"
        case .incomplete: "no whole stride"
        case .notMeasurableThisWay: "not measurable this way"
        case .noWalking: "no walking found"
        }
    }
}
