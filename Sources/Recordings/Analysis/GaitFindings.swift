// SPDX-License-Identifier: Apache-2.0
import Motion

/// A walk in the words of the scorer and of the chart.
enum GaitFindings {
    /// Steps, or strides, of one side before a mean of them is shown.
    static let fewestSteps = 4

    static func findings(_ recording: Recording, _ request: AnalysisRequest) throws(SignalError) -> Findings {
        let walk = try GaitAnalysis(
            recording: recording, placement: request.placement, side: request.side, height: request.height)
        var findings = Findings(method: "gait", methodVersion: "1", json: [])
        findings.json = [
            .init("bouts", .list(walk.bouts.map(json))), .init("contacts", .list(contacts(walk))),
            .init("strides", .list(walk.strides.map(json)))
        ]
        findings.spans = walk.bouts.filter { $0.end >= $0.start }.map { $0.start...$0.end }
        findings.marks =
            walk.contacts.map { .init(kind: .initialContact, time: $0.time, side: $0.side) }
            + walk.finalContacts.map { .init(kind: .finalContact, time: $0.time, side: $0.side) }
        let summary = GaitSummary(walk)
        findings.json.append(.init("summary", summary.json))
        findings.values = summary.values
        findings.lines = summary.lines
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

    /// Initial and final contacts in the order of time.
    private static func contacts(_ walk: GaitAnalysis) -> [JSON] {
        let initial = walk.contacts.map { (time: $0.time, side: $0.side, event: "initial") }
        let final = walk.finalContacts.map { (time: $0.time, side: $0.side, event: "final") }
        return (initial + final).sorted { ($0.time, $0.event) < ($1.time, $1.event) }.map { contact in
            .object([
                "t_s": .number(contact.time), "side": .optional(contact.side?.rawValue),
                "event": .text(contact.event)
            ])
        }
    }
}

/// A walk in one line each: how fast, how often, and how one leg differs from the other.
struct GaitSummary {
    let values: [Findings.Value]
    let lines: [Findings.Line]
    let json: JSON

    init(_ walk: GaitAnalysis) {
        var values: [Findings.Value] = []
        var lines: [Findings.Line] = []
        var pairs: [JSON.Pair] = []
        let seconds = walk.bouts.reduce(0) { $0 + $1.duration }
        pairs.append(.init("walking_s", .number(seconds)))
        pairs.append(.init("bouts", .whole(walk.bouts.count)))
        pairs.append(.init("initial_contacts", .whole(walk.contacts.count)))
        lines.append(
            .init(
                name: "walking",
                text:
                    "\(tenths(seconds)) s in \(walk.bouts.count) \(walk.bouts.count == 1 ? "bout" : "bouts")")
        )
        lines.append(.init(name: "steps", text: "\(walk.contacts.count)"))
        func add(
            _ measure: String, _ key: String, _ value: Double?, _ unit: String, _ name: String, _ why: String
        ) {
            pairs.append(.init(key, .optional(value)))
            guard let value, value.isFinite else {
                lines.append(.init(name: name, text: "– (\(why))"))
                return
            }
            values.append(.init(measure: measure, value: value, unit: unit, side: nil))
            lines.append(.init(name: name, text: "\(hundredths(value)) \(unit)"))
        }
        let strides = walk.strides
        let cadence = Self.weighted(walk.bouts) { $0.cadence.value }
        add(
            "cadence", "cadence_spm", cadence, "steps/min", "cadence", Self.why(walk.bouts.map { $0.cadence })
        )
        let speed = Self.weighted(walk.bouts) { $0.walkingSpeed.value }
        add(
            "walking_speed", "walking_speed_mps", speed, "m/s", "walking speed",
            Self.why(walk.bouts.map { $0.walkingSpeed }))
        let length = Self.mean(strides.compactMap { $0.length.value }, atLeast: 1)
        pairs.append(.init("stride_length_m", .optional(length)))
        for side in BodySide.allCases {
            let own = strides.filter { $0.side == side }
            let steps = Self.steps(of: side, in: walk)
            let count = steps.count
            let step = Self.mean(steps, atLeast: GaitFindings.fewestSteps)
            pairs.append(.init("step_time_\(side.rawValue)_s", .optional(step)))
            for (key, part) in [
                ("stance", own.compactMap { $0.stance.value }), ("swing", own.compactMap { $0.swing.value })
            ] {
                pairs.append(
                    .init(
                        "\(key)_\(side.rawValue)_s",
                        .optional(Self.mean(part, atLeast: GaitFindings.fewestSteps))))
            }
            if let step {
                values.append(.init(measure: "step_time", value: step, unit: "s", side: side))
                lines.append(.init(name: "step time, \(side.rawValue)", text: "\(hundredths(step)) s"))
            } else {
                lines.append(
                    .init(
                        name: "step time, \(side.rawValue)",
                        text: "– (\(count) steps found, \(GaitFindings.fewestSteps) needed)"))
            }
        }
        self.values = values
        self.lines = lines
        json = .object(pairs)
    }

    /// Seconds from the other foot's contact to this one's: a step is named after the foot that ends it.
    private static func steps(of side: BodySide, in walk: GaitAnalysis) -> [Double] {
        walk.bouts.flatMap { bout in
            zip(bout.contacts, bout.contacts.dropFirst()).compactMap { before, after in
                before.side == side.other && after.side == side ? after.time - before.time : nil
            }
        }
    }

    private static func mean(_ values: [Double], atLeast needed: Int) -> Double? {
        values.count >= max(needed, 1) ? values.reduce(0, +) / Double(values.count) : nil
    }

    /// The mean over bouts, each by how long it lasted.
    private static func weighted(_ bouts: [WalkingBout], _ value: (WalkingBout) -> Double?) -> Double? {
        var (sum, weight) = (0.0, 0.0)
        for bout in bouts {
            guard let value = value(bout) else { continue }
            sum += value * bout.duration
            weight += bout.duration
        }
        return weight > 0 ? sum / weight : nil
    }

    private static func why(_ values: [GaitValue]) -> String {
        values.lazy.compactMap(\.gap).first.map(words) ?? "no walking found"
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

func tenths(_ value: Double) -> String { rounded(value, digits: 1) }
func hundredths(_ value: Double) -> String { rounded(value, digits: 2) }

/// A number with so many digits behind the point.
func rounded(_ value: Double, digits: Int) -> String {
    guard value.isFinite, value.magnitude < 1e15 else { return "–" }
    var scale = 1.0
    for _ in 0..<digits { scale *= 10 }
    let whole = Int((value * scale).rounded())
    let text = String(whole.magnitude)
    let padded = String(repeating: "0", count: max(0, digits + 1 - text.count)) + text
    let sign = whole < 0 ? "-" : ""
    return digits == 0 ? sign + text : "\(sign)\(padded.dropLast(digits)).\(padded.suffix(digits))"
}
