// SPDX-License-Identifier: Apache-2.0
import Foundation

@testable import Clinical

/// Charts of people who answer and log at random: painful, unsure, silent, alarming; and of the steady ones among
/// them, who log each evening and answer each morning and are seldom anything of that.
struct RandomJournal {
    /// Trouble is so many times rarer.
    let steadiness: Int

    func entries(count: Int, using random: inout SplitMix64) throws -> [Entry] {
        var chart = try Self.begin(using: &random)
        var now = TestChart.at(day: 0, hour: 9)
        while chart.entries.count < count { step(&chart, &now, using: &random) }
        return chart.entries
    }

    static func begin(using random: inout SplitMix64) throws -> TestChart {
        let pathway = try calfTear()
        let phase = pathway.phases[Int.random(in: 0..<pathway.phases.count, using: &random)].id
        return TestChart(pathway, phase: phase, clotExcluded: random.once(in: 3) ? nil : true)
    }

    /// One more event at a random later hour, with what the engine writes after it.
    @discardableResult
    func step(_ chart: inout TestChart, _ now: inout Date, using random: inout SplitMix64)
        -> (event: Event, before: Episode, following: [Event])
    {
        let halfHours = steadiness > 1 ? 24 : Int.random(in: 1...26, using: &random)
        now += Double(halfHours) * 1800
        let before = chart.episode
        let (event, part) = next(chart, now, using: &random)
        return (event, before, chart.add(event, by: part, at: now))
    }

    private func next(_ chart: TestChart, _ now: Date, using random: inout SplitMix64)
        -> (Event, Author.Part)
    {
        // The therapist answers flags and holds after a while, and signs what the engine proposes.
        if chart.episode.hold != nil, random.once(in: 3) {
            if let flag = chart.episode.openFlags.first {
                return (.flagAcknowledged(FlagAcknowledged(flag: flag.id, action: "seen")), .therapist)
            }
            return (.resumed(Resumed(reason: "examined")), .therapist)
        }
        if case .progressPhase(let phase) = chart.pathway.decide(chart.episode, at: Moment(now, zone: .gmt))
            .outcome,
            let plan = chart.pathway.draftPlan(for: phase, reason: "signed")
        {
            return (.planWritten(plan), .therapist)
        }
        let morning =
            Moment(now, zone: .gmt).instant.timeIntervalSince(TestChart.begin)
            .truncatingRemainder(dividingBy: 86_400) < 43_200
        let usual = morning ? 0 : 5
        switch steadiness > 1 && !random.once(in: 5) ? usual : Int.random(in: 0..<12, using: &random) {
        case 0...4: return (checkIn(using: &random), .patient)
        case 5...8: return (log(chart, using: &random), .patient)
        case 9: return (measured(chart.pathway, using: &random), .therapist)
        case 10: return (amended(chart, using: &random), .patient)
        default: return (.messageSent(MessageSent(text: "hello")), .patient)
        }
    }

    private func checkIn(using random: inout SplitMix64) -> Event {
        var answers = TestChart.quiet
        let change = random.once(in: 2 * steadiness) ? [0, 1, 1, 2, 3].randomElement(using: &random) : 0
        answers["pain_morning_change"] =
            random.once(in: 5 * steadiness) ? nil : change.map { .number(Double($0)) }
        if random.once(in: 8 * steadiness) { answers["limp"] = "yes" }
        if random.once(in: 12 * steadiness) { answers["pain_rest"] = 4 }
        let flags = TestChart.quiet.values.keys.filter { TestChart.quiet[$0] == "no" }.sorted()
        if random.once(in: 10 * steadiness), let flag = flags.randomElement(using: &random) {
            answers[flag] = [Answer.word("yes"), .word("unsure"), nil].randomElement(using: &random) ?? nil
        }
        return .checkedIn(CheckIn(answers: answers))
    }

    private func log(_ chart: TestChart, using random: inout SplitMix64) -> Event {
        let exercise = chart.episode.plan?.prescriptions.randomElement(using: &random)?.exercise
        return TestChart.log(
            exercise ?? "double_heel_raise",
            pain: random.once(in: 2 * steadiness)
                ? [2, 3, 4, 6, nil].randomElement(using: &random) ?? nil : 1,
            stab: random.once(in: 25 * steadiness), asPrescribed: !random.once(in: 6 * steadiness))
    }

    private func measured(_ pathway: Pathway, using random: inout SplitMix64) -> Event {
        var values: [FactID: Double] = [:]
        for measure in pathway.vocabulary.measures where !random.once(in: 3) {
            let good = measure.range.upperBound / 2
            let value = measure.unit == "0-10" || measure.id == "palpation_length_cm" ? 0 : good
            if measure.origin == .recorded { values[measure.id] = value }
            guard measure.origin == .recordedBothSides else { continue }
            values["\(measure.id)_left"] = value
            values["\(measure.id)_right"] = value
        }
        if random.once(in: 2) { values["confidence_percent"] = 100 }
        return .measured(Measured(values: values))
    }

    private func amended(_ chart: TestChart, using random: inout SplitMix64) -> Event {
        guard let old = chart.episode.checkIns.randomElement(using: &random),
            case .checkedIn(let new) = checkIn(using: &random)
        else { return .messageSent(MessageSent(text: "nothing to correct")) }
        let replacement: Amended.Replacement = random.once(in: 2) ? .nothing : .checkedIn(new)
        return .amended(Amended(entry: old.entry, replacement: replacement, reason: "slip"))
    }
}

extension FactID: ExpressibleByStringInterpolation {}
