// SPDX-License-Identifier: Apache-2.0
import Clinical
import Foundation
import Store
import Web

/// One simulated person's weeks, day by day, through the real engine: nothing is inserted ready-made.
struct SimulatedCourse {
    let person: DemoPerson
    let patient: Author
    let therapist: Author
    let episode: Episode.ID
    let scribe: Scribe
    let recordings: RecordingStore
    let now: Date

    private var pathway: Pathway { scribe.pathway }
    private var leg: SimulatedLeg { person.leg }

    func run(_ chance: inout Chance) async throws {
        try await write([screened()], by: patient, at: time(day: 0, hour: 20))
        if person.twists.contains(.screenedOnly) { return }
        try await write([.evaluated(evaluated())], by: therapist, at: time(day: 1, hour: 10))
        if person.twists.contains(.noPlan) { return }
        if let plan = pathway.draftPlan(for: pathway.phases[0].id, reason: "First plan") {
            try await write([.planWritten(plan)], by: therapist, at: time(day: 1, hour: 10.5))
        }
        for day in 2...max(2, person.daysAgo) {
            try await live(day: day, &chance)
        }
    }

    private func live(day: Int, _ chance: inout Chance) async throws {
        if person.twists.contains(where: { if case .silentFrom(let from) = $0 { day >= from } else { false } }
        ) {
            return
        }
        guard try await scribe.episode(episode).closed == nil else { return }
        let isToday = day >= person.daysAgo
        // The one who swells today checked in not long ago; the others in the morning.
        let morning = isToday ? now.addingTimeInterval(-48 * 60) : time(day: day, hour: 7.5)
        let swells = person.twists.contains { $0 == .swelled(day: day) || ($0 == .swellsToday && isToday) }
        try await write(
            [.checkedIn(CheckIn(answers: morningAnswers(day: day, swells: swells)))], by: patient, at: morning
        )
        if person.twists.contains(.swelled(day: day)) {
            try await examined(day: day)
        }
        if isToday { return }
        try await exercise(day: day, &chance)
        if day % 3 == 1 {
            try await write(
                [.measured(Measured(values: leg.measures(day: day)))], by: therapist,
                at: time(day: day, hour: 15))
            try await tryOut(day: day)
        }
        if day % 7 == 3 { try await treat(day: day) }
        try await sign(day: day)
    }

    /// The lab tests at home: once early and once late, when the leg can do them and nothing holds it.
    private func tryOut(day: Int) async throws {
        let isLate = day + 3 >= person.daysAgo
        let chart = try await scribe.episode(episode)
        guard day == 7 || isLate, leg.healed(day: day) > 0.35, chart.hold == nil, chart.openFlags.isEmpty,
            let phase = chart.plan?.phase, phase != pathway.phases[0].id
        else { return }
        let instant = time(day: day, hour: 16)
        guard instant <= now else { return }
        let trials = SimulatedTrials(
            person: person, patient: patient, episode: episode, recordings: recordings, pathway: pathway,
            today: Day(now, in: scribe.zone))
        // Its own chance: the rest of the demo stays as it is.
        var chance = Chance(seed: UInt64(day) &+ person.name.utf8.reduce(0) { $0 &* 31 &+ UInt64($1) })
        try await write(try await trials.walk(day: day, at: instant, &chance), by: patient, at: instant)
        guard isLate else { return }
        for side in [Side.left, .right] {
            func measured(_ name: String) -> Double {
                leg.measures(day: day)[FactID("\(name)_\(side.rawValue)")] ?? 0
            }
            var events = try await trials.heelRaises(
                Int(measured("single_heel_raise")), side: side, at: instant, &chance)
            if LabGate(.lunge, in: chart) == .open {
                events += try await trials.lunge(measured("knee_to_wall"), side: side, at: instant, &chance)
            }
            if LabGate(.open, in: chart) == .open {
                events += try await trials.stance(day: day, side: side, at: instant, &chance)
            }
            if LabGate(.hop, in: chart) == .open {
                // A hop of 12 cm up for one of 120 cm forwards.
                events += try await trials.hop(
                    measured("single_leg_hop") / 10, side: side, at: instant, &chance)
            }
            for event in events { try await write([event], by: patient, at: instant) }
        }
    }

    private func exercise(day: Int, _ chance: inout Chance) async throws {
        let evening = Moment(time(day: day, hour: 18), zone: scribe.zone)
        let due = pathway.dueToday(try await scribe.episode(episode), at: evening)
        var events: [Event] = []
        let stabs = person.twists.contains(.stabs(day: day))
        for item in due {
            guard case .due(let done, let times) = item.state else { continue }
            for _ in done..<times where chance.happens(0.93) {
                events.append(
                    .sessionLogged(
                        SessionLog(
                            exercise: item.exercise.id, prescribed: item.dose, done: item.dose,
                            asPrescribed: true,
                            painLoadingNRS: leg.loadingPain(day: day),
                            sharpStab: stabs && item.exercise.isLoading)))
            }
        }
        try await write(events, by: patient, at: evening.instant)
    }

    private func treat(day: Int) async throws {
        let chosen = pathway.treatments.filter {
            ["soft_tissue_mobilisation", "heel_to_toe"].contains($0.id.rawValue)
        }
        let items = chosen.map {
            Treated.Item(
                treatment: $0.id, minutes: 10, side: leg.side, dose: "light", response: "tolerated well")
        }
        try await write(
            [.treated(Treated(items: items, note: ""))], by: therapist, at: time(day: day, hour: 16))
    }

    /// The therapist signs what the engine proposes, as the chart page does.
    private func sign(day: Int) async throws {
        if person.twists.contains(where: {
            if case .unsignedFrom(let from) = $0 { day >= from } else { false }
        }) {
            return
        }
        let moment = Moment(time(day: day, hour: 19), zone: scribe.zone)
        try await write(by: therapist, at: moment.instant) { chart in
            let decision = pathway.decide(chart, at: moment)
            switch decision.outcome {
            case .progressPhase(let next):
                guard let plan = chart.plan,
                    let draft = pathway.draftPlan(for: next, limits: plan.limits, reason: "Next phase")
                else { return [] }
                let words = pathway.words(in: "en")
                let criteria = decision.criteria.map { $0.criterion.text(words) }
                return [
                    .phaseChanged(PhaseChanged(from: plan.phase, to: next, criteria: criteria, note: "")),
                    .planWritten(draft)
                ]
            case .discharge where person.twists.contains(.discharge):
                return [.closed(Closed(reason: .discharged, note: "Back to full training."))]
            default: return []
            }
        }
    }

    /// A flag in the past: seen, examined, resumed, with the words a therapist would leave.
    private func examined(day: Int) async throws {
        try await write(by: therapist, at: time(day: day, hour: 9)) { chart in
            chart.openFlags.map {
                .flagAcknowledged(
                    FlagAcknowledged(flag: $0.id, action: "Called. Sent for a same-day ultrasound."))
            }
        }
        var evaluated = evaluated()
        evaluated.clearedRedFlags = "Ultrasound of the leg veins the same day: no clot."
        evaluated.answers["worse_after_improving"] = .word("yes")
        let again = evaluated
        try await write(
            [.evaluated(again), .resumed(Resumed(reason: "No clot on ultrasound; swelling going down."))],
            by: therapist, at: time(day: day, hour: 17))
    }

    private func write(_ events: [Event], by author: Author, at instant: Date) async throws {
        try await write(by: author, at: instant) { _ in events }
    }

    private func write(by author: Author, at instant: Date, _ events: @Sendable (Episode) throws -> [Event])
        async throws
    {
        guard instant <= now else { return }
        try await scribe.write(in: episode, by: author, now: instant, events)
    }

    private func time(day: Int, hour: Double) -> Date {
        let moment = Moment(now, zone: scribe.zone)
        let start = moment.today.advanced(by: day - person.daysAgo).number
        let offset = Double(scribe.zone.secondsFromGMT(for: now))
        return Date(timeIntervalSince1970: Double(start) * 86_400 + hour * 3600 - offset)
    }
}
