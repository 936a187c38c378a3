// SPDX-License-Identifier: Apache-2.0
import Clinical
import Foundation

/// What is measured of the engine: one screening, and a chart of 1,000 entries folded and judged.
struct ChartFigures: Encodable, Sendable {
    static let entries = 1000

    /// 100,000 steps of arithmetic that depend on one another: what this machine is, in this run.
    let yardstick: Timing
    let screening: Timing
    let folding: Timing
    let deciding: Timing

    static func measure() throws -> ChartFigures {
        let pathway = try Pathway.calfTear()
        let answers = answers(pathway)
        let chart = chart(pathway, answers)
        let moment = Moment(Date(timeIntervalSince1970: first + Double(entries + 1) * 3600), zone: .gmt)
        // Every run adds to what is printed at the end, so that none can be left out.
        var sum = 0
        let figures = ChartFigures(
            yardstick: Timing.measure(201) {
                var total = 0
                for number in 0..<100_000 { total = (total ^ number) &* 31 }
                sum &+= total
            },
            screening: Timing.measure(501) { sum &+= pathway.screen(answers).reasons.count },
            folding: Timing.measure(201) { sum &+= Episode(chart).logs.count },
            deciding: Timing.measure(51) {
                sum &+= pathway.decide(Episode(chart), at: moment).criteria.count
            })
        guard sum != 0 else { throw Unlikely() }
        return figures
    }

    private struct Unlikely: Error {}
    private static let first = 1_700_000_000.0

    private static func answers(_ pathway: Pathway) -> Answers {
        var answers = Answers()
        for finding in pathway.vocabulary.findings where finding.words.contains("no") {
            answers[finding.id] = .word("no")
        }
        answers["age_years"] = .number(41)
        answers["onset"] = .word("sudden")
        answers["swelling"] = .word("calf")
        return answers
    }

    private static func chart(_ pathway: Pathway, _ answers: Answers) -> [Entry] {
        let plan = pathway.draftPlan(for: pathway.phases[1].id, reason: "First plan")
        var checkIn = answers
        checkIn["pain_rest"] = .number(1)
        checkIn["pain_morning_change"] = .number(0)
        return (1...entries).map { sequence in
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
                at: Date(timeIntervalSince1970: first + Double(sequence) * 3600),
                author: Author(id: "bench", part: .patient), pathway: pathway.reference, event: event)
        }
    }
}
