// SPDX-License-Identifier: Apache-2.0
import Foundation

@testable import Clinical

/// A chart that grows entry by entry, with what the engine writes after each, as the store does it.
struct TestChart {
    let pathway: Pathway
    private(set) var entries: [Entry] = []
    private(set) var episode = Episode.empty

    /// Day 0 of every test chart, midnight.
    static let begin = Date(timeIntervalSince1970: 20_500 * 86_400)

    static func at(day: Int, hour: Double = 8) -> Date {
        begin.addingTimeInterval(Double(day) * 86_400 + hour * 3600)
    }

    static func moment(day: Int, hour: Double = 8) -> Moment { Moment(at(day: day, hour: hour), zone: .gmt) }

    init(_ pathway: Pathway) { self.pathway = pathway }

    /// A person evaluated on day 0 with nothing that worries, and a plan of this phase.
    init(
        _ pathway: Pathway, phase: Phase.ID, step: Int = 0, clotExcluded: Bool? = true,
        limits: [Criterion.ID: Double] = [:]
    ) {
        self.init(pathway)
        var evaluated = Samples.evaluated
        evaluated.answers = PlausibleCase.calm
        evaluated.values = [:]
        evaluated.clotExcluded = clotExcluded
        evaluated.injuredOn = Day(Self.at(day: -4), in: .gmt)
        add(.evaluated(evaluated), by: .therapist, at: Self.at(day: 0, hour: 6))
        guard var plan = pathway.draftPlan(for: phase, limits: limits, reason: "test") else { return }
        plan.step = step
        add(.planWritten(plan), by: .therapist, at: Self.at(day: 0, hour: 7))
    }

    /// Appends an event and what follows from it.
    ///
    /// - Returns: What the engine wrote.
    @discardableResult
    mutating func add(_ event: Event, by part: Author.Part = .patient, at: Date) -> [Event] {
        let id = append(event, by: part, at: at)
        let following = pathway.consequences(
            of: event, entry: id, in: episode, at: Moment(at, zone: .gmt))
        for event in following { append(event, by: .engine, at: at) }
        return following
    }

    @discardableResult
    mutating func add(_ event: Event, by part: Author.Part = .patient, day: Int, hour: Double = 8) -> [Event]
    {
        add(event, by: part, at: Self.at(day: day, hour: hour))
    }

    @discardableResult
    private mutating func append(_ event: Event, by part: Author.Part, at: Date) -> Entry.ID {
        let sequence = episode.sequence + 1
        let entry = Entry(
            id: .init("e\(sequence)"), episode: "ep", sequence: sequence, at: at,
            author: Author(id: .init(part.rawValue), part: part), pathway: pathway.reference, event: event)
        entries.append(entry)
        episode = episode.applying(entry)
        return entry.id
    }

    func decide(day: Int, hour: Double = 8) -> Decision {
        pathway.decide(episode, at: Self.moment(day: day, hour: hour))
    }
}

extension TestChart {
    /// A quiet morning: nothing hurts more, every red flag denied.
    static let quiet: Answers = {
        var answers: Answers = [
            "pain_rest": 1, "pain_worst_24h": 2, "pain_morning_change": 0, "swelling": "none",
            "swelling_trend": "same", "four_steps": "yes", "limp": "no", "stand_both_feet": "yes",
            "red_tender_cord": "none", "sharp_stab": "no"
        ]
        for id in (try? calfTear())?.checkIn.redFlags ?? [] { answers[id] = "no" }
        return answers
    }()

    /// A check-in that differs from a quiet morning so.
    static func checkIn(_ changes: Answers = [:], without left: FactID...) -> Event {
        var answers = quiet.updated(with: changes)
        for id in left { answers[id] = nil }
        return .checkedIn(CheckIn(answers: answers))
    }

    static func log(
        _ exercise: Exercise.ID = "double_heel_raise", pain: Int? = 1, stab: Bool? = false,
        asPrescribed: Bool = true
    ) -> Event {
        .sessionLogged(
            SessionLog(
                exercise: exercise, prescribed: Dose(sets: 2, reps: 10), done: Dose(sets: 2, reps: 10),
                asPrescribed: asPrescribed, painLoadingNRS: pain, sharpStab: stab))
    }
}
