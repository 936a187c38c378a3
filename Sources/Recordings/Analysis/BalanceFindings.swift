// SPDX-License-Identifier: Apache-2.0
import Motion

/// Standing as JSON, as values and as lines.
enum BalanceFindings {
    static func findings(_ recording: Recording, _ request: AnalysisRequest) throws(SignalError) -> Findings {
        let result = try BalanceTest(height: request.height).result(of: recording)
        var findings = Findings(result.method)
        findings.json = [
            .init("held_s", .optional(result.heldSeconds.value)), .init("lost", .flag(result.isLost)),
            .init("rms_mps2", .optional(result.rmsMetresPerSecondSquared.value)),
            .init("rms_deg", .optional(result.rmsDegrees.value)),
            .init("path_deg", .optional(result.pathDegrees.value)),
            .init("ellipse_deg2", .optional(result.ellipseSquareDegrees.value)),
            .init("jerk", .optional(result.jerk.value)),
            .init("rms_cm", .optional(result.rmsCentimetres.value)),
            .init("too_still", .flag(result.isTooStill))
        ]
        if let held = result.heldSeconds.value, let start = recording.time.first, held > 0 {
            findings.spans = [start...(start + held)]
        }
        if let side = request.side {
            if let held = result.heldSeconds.value {
                findings.values.append(
                    .init(measure: "single_leg_stance", value: held, unit: "s", side: side))
            }
            if let sway = result.rmsDegrees.value, !result.isTooStill {
                findings.values.append(.init(measure: "stance_sway", value: sway, unit: "deg", side: side))
            }
        }
        findings.lines = [
            .init(name: "held", text: HeelRaiseFindings.text(result.heldSeconds, "s")),
            .init(name: "ended by", text: result.isLost ? "the other foot" : "the recording"),
            .init(name: "sway", text: HeelRaiseFindings.text(result.rmsDegrees, "deg")),
            .init(name: "path", text: HeelRaiseFindings.text(result.pathDegrees, "deg")),
            .init(name: "ellipse", text: HeelRaiseFindings.text(result.ellipseSquareDegrees, "deg²"))
        ]
        if result.isTooStill {
            findings.lines.append(
                .init(
                    name: "note", text: "the body moved less than this phone shows: do not compare the sway"))
        }
        return findings
    }
}
