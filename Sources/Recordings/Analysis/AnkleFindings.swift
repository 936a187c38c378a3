// SPDX-License-Identifier: Apache-2.0
import Motion

/// Ankle pumps, circles or the knee-to-wall lunge as JSON, as values and as lines.
enum AnkleFindings {
    static func findings(_ recording: Recording, _ request: AnalysisRequest) throws(SignalError) -> Findings {
        let result = try AnkleTest(task: request.ankleTask).result(of: recording)
        var findings = Findings(result.method)
        findings.json = [
            .init("task", .text(result.task.rawValue)), .init("count", .whole(result.count)),
            .init("cycles", .list(result.cycles.map(json))),
            .init("angle_deg", .optional(result.angleDegrees.value)),
            .init("spread_deg", .optional(result.spreadDegrees.value)),
            .init("along_shin", result.isAlongShin.map(JSON.flag) ?? .null)
        ]
        findings.spans = result.cycles.filter { $0.end >= $0.start }.map { $0.start...$0.end }
        findings.marks = result.cycles.map {
            .init(kind: .repetition, time: ($0.start + $0.end) / 2, side: request.side)
        }
        // The shin's angle only where the phone lay along it: from another pose it is no knee-to-wall angle.
        if let side = request.side, let angle = result.angleDegrees.value,
            result.task != .lunge || result.isAlongShin == true
        {
            let measure = result.task == .lunge ? "knee_to_wall_angle" : "ankle_range"
            if result.task != .circles {
                findings.values = [.init(measure: measure, value: angle, unit: "deg", side: side)]
            }
        }
        findings.lines = [
            .init(name: result.task.rawValue, text: String(result.count)),
            .init(
                name: result.task == .lunge ? "shin to vertical" : "range",
                text: HeelRaiseFindings.text(result.angleDegrees, "deg")),
            .init(name: "spread", text: HeelRaiseFindings.text(result.spreadDegrees, "deg"))
        ]
        return findings
    }

    private static func json(_ cycle: AnkleCycle) -> JSON {
        .object([
            "start_s": .number(cycle.start), "end_s": .number(cycle.end),
            "range_deg": .optional(cycle.rangeDegrees), "direction": .optional(cycle.direction?.rawValue)
        ])
    }
}

extension Findings {
    /// Nothing yet, by this method.
    init(_ method: Method) {
        self.init(method: method.rawValue, methodVersion: String(method.version), json: [])
    }
}
