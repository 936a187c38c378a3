// SPDX-License-Identifier: Apache-2.0
import Motion

/// Heel raises as JSON, as values and as lines.
enum HeelRaiseFindings {
    static func findings(_ recording: Recording, _ request: AnalysisRequest) throws(SignalError) -> Findings {
        let test = HeelRaiseTest(
            placement: request.placement, mass: request.mass, footLength: request.footLength)
        return findings(try test.result(of: recording), request)
    }

    /// Seen by a camera: besides, the scale and how often the sticker was lost.
    static func findings(_ track: CameraTrack, _ seen: CameraResult, _ request: AnalysisRequest) -> Findings {
        var findings = findings(track.heelRaises(seen, mass: request.mass), request)
        findings.json += [
            .init("frames", .whole(seen.frames)), .init("lost", .whole(seen.lost)),
            .init("mm_per_px", .optional(seen.millimetresPerPixel.value))
        ]
        return findings
    }

    private static func findings(_ result: HeelRaiseResult, _ request: AnalysisRequest) -> Findings {
        var findings = Findings(
            method: result.method.rawValue, methodVersion: String(result.method.version), json: [])
        let heights = result.repetitions.compactMap { $0.heightCentimetres.value }
        let height = heights.isEmpty ? nil : heights.reduce(0, +) / Double(heights.count)
        findings.json = [
            .init("count", .whole(result.count)), .init("repetitions", .list(result.repetitions.map(json))),
            .init("rejected", .list(result.rejected.map(json))), .init("end", .text(result.end.rawValue)),
            .init(
                "summary",
                .object([
                    "displacement_cm": .optional(result.displacementCentimetres.value),
                    "mean_height_cm": .optional(height),
                    "peak_height_cm": .optional(result.peakHeightCentimetres.value),
                    "work_j": .optional(result.workJoules.value),
                    "power_w": .optional(result.powerWatts.value),
                    "fatigue_percent": .optional(result.fatiguePercent.value),
                    "slope_cm_per_rep": .optional(result.slopeCentimetres.value),
                    "cycle_s": .optional(result.cycleSeconds.value),
                    "tempo_error_s": .optional(result.tempoErrorSeconds.value),
                    "up_to_down": .optional(result.upToDown.value)
                ]))
        ]
        findings.spans = result.repetitions.filter { $0.end >= $0.start }.map { $0.start...$0.end }
        findings.marks =
            result.repetitions.map { .init(kind: .repetition, time: $0.top, side: request.side) }
            + result.rejected.map {
                .init(kind: .rejected, time: ($0.start + $0.end) / 2, side: request.side)
            }
        // A side's chart counts what one leg did; both legs together are another test.
        if let side = request.side {
            findings.values.append(
                .init(measure: "single_heel_raise", value: Double(result.count), unit: "reps", side: side))
            if let height {
                findings.values.append(
                    .init(measure: "heel_raise_height", value: height, unit: "cm", side: side))
            }
            if let all = result.displacementCentimetres.value {
                findings.values.append(
                    .init(measure: "heel_raise_displacement", value: all, unit: "cm", side: side))
            }
            if let work = result.workJoules.value {
                findings.values.append(.init(measure: "heel_raise_work", value: work, unit: "J", side: side))
            }
        }
        findings.lines = lines(result, height: height)
        return findings
    }

    private static func json(_ raise: HeelRaise) -> JSON {
        .object([
            "start_s": .number(raise.start), "top_s": .number(raise.top), "end_s": .number(raise.end),
            "up_s": .number(raise.up), "down_s": .number(raise.down),
            "height_cm": .optional(raise.heightCentimetres.value),
            "range_deg": .optional(raise.rangeDegrees.value)
        ])
    }

    private static func json(_ rejected: RejectedMovement) -> JSON {
        .object([
            "start_s": .number(rejected.start), "end_s": .number(rejected.end),
            "because": .text(rejected.because.rawValue)
        ])
    }

    private static func lines(_ result: HeelRaiseResult, height: Double?) -> [Findings.Line] {
        var lines = [
            Findings.Line(name: "heel raises", text: "\(result.count)"),
            Findings.Line(name: "left out", text: "\(result.rejected.count)"),
            Findings.Line(
                name: "ended by", text: result.end.rawValue.split(separator: "_").joined(separator: " "))
        ]
        func add(_ name: String, _ reading: Reading, _ unit: String) {
            lines.append(.init(name: name, text: text(reading, unit)))
        }
        lines.append(.init(name: "mean height", text: height.map { "\(tenths($0)) cm" } ?? "–"))
        add("all heights", result.displacementCentimetres, "cm")
        add("work", result.workJoules, "J")
        add("fatigue", result.fatiguePercent, "%")
        add("cycle", result.cycleSeconds, "s")
        return lines
    }

    static func text(_ reading: Reading, _ unit: String) -> String {
        if let value = reading.value { return "\(hundredths(value)) \(unit)" }
        return "– (\(reading.missing.map(words) ?? "not found"))"
    }

    static func words(_ missing: Missing) -> String {
        switch missing {
        case .noMass: "needs the body mass: --mass"
        case .noFootLength: "needs the length of the foot: --foot-length"
        case .noHeight: "needs the body height: --height"
        case .noRotation: "needs a gyroscope"
        case .tooFew(let needed, let got): "\(got) found, \(needed) needed"
        case .notAtThisPlacement: "a phone at this place does not show it"
        case .tooStill: "smaller than the phone's steps"
        case .gap: "a gap in the recording lies in it"
        case .notFound: "not found in the recording"
        }
    }
}
