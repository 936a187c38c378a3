// SPDX-License-Identifier: Apache-2.0
// In-process figures: one screening, and one fold of a chart of 1,000 entries. Medians over many runs, each
// beside a yardstick of the same run, so that the ratio says something on any machine.

import Clinical
import Foundation

let clock = ContinuousClock()

/// The median of many runs, in milliseconds.
func medianMilliseconds(runs: Int, _ body: () -> Void) -> Double {
    let times = (0..<runs).map { _ in
        let duration = clock.measure(body)
        return Double(duration.components.seconds) * 1e3 + Double(duration.components.attoseconds) / 1e15
    }.sorted()
    return times[times.count / 2]
}

/// Kept so that no run can be left out.
nonisolated(unsafe) var sink = 0

let pathway = try Pathway.calfTear()

var answers = Answers()
for finding in pathway.vocabulary.findings where finding.words.contains("no") {
    answers[finding.id] = .word("no")
}
answers["age_years"] = .number(41)
answers["onset"] = .word("sudden")
answers["swelling"] = .word("calf")

@MainActor func chart(of count: Int) throws -> [Entry] {
    let plan = pathway.draftPlan(for: pathway.phases[1].id, reason: "First plan")
    var checkIn = answers
    checkIn["pain_rest"] = .number(1)
    checkIn["pain_morning_change"] = .number(0)
    return (1...count).map { sequence in
        let event: Event
        switch sequence {
        case 1: event = plan.map(Event.planWritten) ?? .messageSent(MessageSent(text: ""))
        case _ where sequence % 8 == 0: event = .checkedIn(CheckIn(answers: checkIn))
        default:
            let dose = Dose(sets: 2, reps: 10, timesPerDay: 1)
            event = .sessionLogged(
                SessionLog(
                    exercise: "double_heel_raise", prescribed: dose, done: dose, asPrescribed: true,
                    painLoadingNRS: 1,
                    sharpStab: false))
        }
        return Entry(
            id: Entry.ID("e\(sequence)"), episode: "bench", sequence: sequence,
            at: Date(timeIntervalSince1970: 1_700_000_000 + Double(sequence) * 3600),
            author: Author(id: "bench", part: .patient), pathway: pathway.reference, event: event)
    }
}

let entries = try chart(of: 1000)
let moment = Moment(Date(timeIntervalSince1970: 1_700_000_000 + 1001 * 3600), zone: .gmt)

/// The yardstick: 100,000 additions that depend on one another.
let yardstick = medianMilliseconds(runs: 201) {
    var total = 0
    for number in 0..<100_000 { total = total &* 31 &+ number }
    sink &+= total
}
let screening = medianMilliseconds(runs: 501) { sink &+= pathway.screen(answers).reasons.count }
let folding = medianMilliseconds(runs: 201) { sink &+= Episode(entries).logs.count }
let deciding = medianMilliseconds(runs: 51) {
    sink &+= pathway.decide(Episode(entries), at: moment).criteria.count
}

let availability = try await DiaryFigure.measure(runs: 21)
sink &+= availability.slots

let figures: [(name: String, milliseconds: Double, target: Double?)] = [
    ("screening one set of answers", screening, 1), ("folding a chart of 1,000 entries", folding, 5),
    ("folding and deciding on it", deciding, nil),
    (
        "free times of 10 therapists on 60 days, 200,000 appointments (\(availability.slots) found)",
        availability.milliseconds, 20
    )
]

if CommandLine.arguments.contains("--json") {
    let rows = figures.map { figure -> [String: Any] in
        var row: [String: Any] = [
            "name": figure.name, "median_ms": figure.milliseconds,
            "times_yardstick": figure.milliseconds / yardstick
        ]
        if let target = figure.target { row["target_ms"] = target }
        return row
    }
    let data = try JSONSerialization.data(
        withJSONObject: ["figures": rows, "yardstick_ms": yardstick], options: [.sortedKeys])
    print(String(decoding: data, as: UTF8.self))
} else {
    for figure in figures {
        let time = String(format: "%.4f ms", figure.milliseconds)
        let ratio = String(format: "%.2f × the yardstick", figure.milliseconds / yardstick)
        let target =
            figure.target.map {
                String(format: ", target < %.0f ms: %@", $0, figure.milliseconds < $0 ? "met" : "missed")
            } ?? ""
        print("\(figure.name): \(time), \(ratio)\(target)")
    }
}
