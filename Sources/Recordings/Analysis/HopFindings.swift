// SPDX-License-Identifier: Apache-2.0
import Motion

/// Hops as JSON, as values and as lines.
enum HopFindings {
    static func findings(_ recording: Recording, _ request: AnalysisRequest) throws(SignalError) -> Findings {
        let result = try HopTest(placement: request.placement).result(of: recording)
        var findings = Findings(result.method)
        findings.json = [
            .init("count", .whole(result.count)), .init("flights", .list(result.flights.map(json))),
            .init("rsi", .optional(result.reactiveStrength.value)),
            .init("best_height_cm", .optional(result.bestHeightCentimetres.value))
        ]
        findings.spans = result.flights.filter { $0.landing >= $0.takeoff }.map { $0.takeoff...$0.landing }
        findings.marks = result.flights.map {
            .init(kind: .repetition, time: ($0.takeoff + $0.landing) / 2, side: request.side)
        }
        if let side = request.side, let height = result.bestHeightCentimetres.value {
            findings.values = [.init(measure: "hop_height", value: height, unit: "cm", side: side)]
        }
        findings.lines = [
            .init(name: "flights", text: String(result.count)),
            .init(name: "best height", text: HeelRaiseFindings.text(result.bestHeightCentimetres, "cm")),
            .init(name: "reactive strength", text: HeelRaiseFindings.text(result.reactiveStrength, "m/s"))
        ]
        return findings
    }

    private static func json(_ flight: Flight) -> JSON {
        .object([
            "takeoff_s": .number(flight.takeoff), "landing_s": .number(flight.landing),
            "flight_s": .optional(flight.seconds), "contact_s": .optional(flight.contactSeconds.value),
            "height_cm": .optional(flight.heightCentimetres), "rsi": .optional(flight.reactiveStrength.value),
            "soft": flight.isSoft.map(JSON.flag) ?? .null
        ])
    }
}

/// Changes of direction as JSON and as lines; no measure of a chart reads them yet.
enum TurnFindings {
    static func findings(_ recording: Recording) throws(SignalError) -> Findings {
        let result = try TurnTest().result(of: recording)
        var findings = Findings(result.method)
        findings.json = [
            .init("count", .whole(result.turns.count)), .init("turns", .list(result.turns.map(json))),
            .init("peak_left_dps", .optional(result.peakLeftDegreesPerSecond.value)),
            .init("peak_right_dps", .optional(result.peakRightDegreesPerSecond.value))
        ]
        findings.spans = result.turns.filter { $0.end >= $0.start }.map { $0.start...$0.end }
        findings.lines = [
            .init(name: "turns", text: String(result.turns.count)),
            .init(
                name: "fastest to the left",
                text: HeelRaiseFindings.text(result.peakLeftDegreesPerSecond, "deg/s")),
            .init(
                name: "fastest to the right",
                text: HeelRaiseFindings.text(result.peakRightDegreesPerSecond, "deg/s"))
        ]
        return findings
    }

    private static func json(_ turn: Turn) -> JSON {
        .object([
            "start_s": .number(turn.start), "end_s": .number(turn.end),
            "angle_deg": .optional(turn.angleDegrees),
            "peak_dps": .optional(turn.peakDegreesPerSecond)
        ])
    }
}

/// Answers to signals as JSON and as lines.
enum ReactionFindings {
    static func findings(_ recording: Recording, _ request: AnalysisRequest) throws(SignalError) -> Findings {
        let test = ReactionTest(
            signals: request.signals, latency: request.latency, isDrill: request.isDrill)
        let result = try test.result(of: recording)
        var findings = Findings(result.method)
        findings.json = [
            .init("count", .whole(result.responses.count)),
            .init(
                "responses",
                .list(
                    zip(request.signals, result.responses).map { signal, response in
                        .object([
                            "signal_s": .number(signal), "reaction_s": .optional(response.seconds.value),
                            "false_start": .flag(response.isFalseStart),
                            "direction_deg": .optional(response.directionDegrees)
                        ])
                    })),
            .init("median_s", .optional(result.medianSeconds.value)),
            .init("spread_s", .optional(result.spreadSeconds.value)),
            .init("false_starts", .whole(result.falseStarts))
        ]
        findings.marks = request.signals.map { .init(kind: .repetition, time: $0, side: request.side) }
        findings.lines = [
            .init(name: "signals", text: String(result.responses.count)),
            .init(name: "middle reaction", text: HeelRaiseFindings.text(result.medianSeconds, "s")),
            .init(name: "false starts", text: String(result.falseStarts))
        ]
        return findings
    }
}
