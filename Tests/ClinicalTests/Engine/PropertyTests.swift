// SPDX-License-Identifier: Apache-2.0
import Foundation
import Testing

@testable import Clinical

/// What must hold after every entry of every journal, whoever wrote it and however badly it went.
@Suite("In thousands of random entries") struct PropertyTests {
    /// The chart after one random entry, and what the engine made of it.
    private struct Walk: Sendable {
        let chart: TestChart
        let now: Date
        let event: Event
        let before: Episode
        let following: [Event]
        let decision: Decision

        var moment: Moment { Moment(now, zone: .gmt) }
    }

    private static let seeds = 0..<12 as Range<UInt64>

    /// One journal per seed, walked once for all tests.
    private static let walks = Result {
        try seeds.map { seed in
            var random = SplitMix64(seed: seed)
            var chart = try RandomJournal.begin(using: &random)
            var now = TestChart.at(day: 0, hour: 9)
            let person = RandomJournal(steadiness: seed.isMultiple(of: 2) ? 1 : 6)
            return (0..<200).map { _ in
                let (event, before, following) = person.step(&chart, &now, using: &random)
                return Walk(
                    chart: chart, now: now, event: event, before: before, following: following,
                    decision: chart.pathway.decide(chart.episode, at: Moment(now, zone: .gmt)))
            }
        }
    }

    private func walk(seed: UInt64, _ check: (Walk) throws -> Void) throws {
        for walk in try Self.walks.get()[Int(seed)] { try check(walk) }
    }

    @Test("the walks go everywhere: up, back, on, held, flagged")
    func notVacuous() throws {
        var seen: Set<String> = []
        for seed in Self.seeds {
            try walk(seed: seed) { walk in
                seen.formUnion(walk.following.map(\.kind.rawValue))
                if case .planChanged(let plan) = walk.following.first { seen.insert(plan.reason) }
                if case .progressPhase = walk.decision.outcome { seen.insert("progress") }
                seen.insert(walk.decision.answer.rawValue)
            }
        }
        let expected = ["flag_raised", "held", "plan_changed", "step_up", "step_back", "progress"]
        #expect(seen.isSuperset(of: expected + LoadAnswer.allCases.map(\.rawValue)), "\(seen)")
    }

    @Test("nobody is led on while anything that it rests on is unknown", arguments: seeds)
    func unknownNeverProgresses(seed: UInt64) throws {
        try walk(seed: seed) { walk in
            let decision = walk.decision
            switch decision.outcome {
            case .progressPhase, .discharge:
                #expect(decision.criteria.allSatisfy { $0.verdict == .met })
                #expect(decision.answer == .calm || decision.answer == .noLoad)
                #expect(walk.chart.episode.openFlags.isEmpty && walk.chart.episode.hold == nil)
            case .progressStep:
                #expect(decision.answer == .calm)
                #expect(walk.chart.episode.openFlags.isEmpty && walk.chart.episode.hold == nil)
            default: break
            }
        }
    }

    @Test("no dose rises without two good days, told by another way of counting", arguments: seeds)
    func twoGoodDays(seed: UInt64) throws {
        try walk(seed: seed) { walk in
            guard case .planChanged(let plan) = walk.following.first, let old = walk.before.plan,
                plan.step > old.step
            else { return }
            let chart = walk.chart.episode
            let loading = chart.logs.filter {
                $0.at > (walk.before.doseChangedAt ?? .distantPast)
                    && walk.chart.pathway.exercise($0.content.exercise)?.isLoading == true
            }
            let days = Set(loading.map { walk.moment.day(of: $0.at) }).sorted().suffix(2)
            #expect(days.count == 2)
            for log in loading where days.contains(walk.moment.day(of: log.at)) {
                #expect(log.content.asPrescribed && log.content.sharpStab != true)
                let pain = try #require(log.content.painLoadingNRS)
                #expect(pain <= old.painCeilingNRS)
            }
            for day in days {
                let mornings = chart.checkIns.filter { walk.moment.day(of: $0.at) == day.advanced(by: 1) }
                let changes = mornings.compactMap { $0.content.answers.number("pain_morning_change") }
                #expect(!changes.isEmpty && changes.allSatisfy { $0 < 1 })
            }
        }
    }

    @Test("a red flag holds and refers within the same decision", arguments: seeds)
    func redFlagHolds(seed: UInt64) throws {
        try walk(seed: seed) { walk in
            let answers: Answers
            switch walk.event {
            case .checkedIn(let checkIn): answers = checkIn.answers
            case .amended(let amended):
                guard case .checkedIn(let checkIn) = amended.replacement else { return }
                answers = checkIn.answers
            default: return
            }
            let screening = walk.chart.pathway.rescreen(answers, in: walk.before)
            guard screening.disposition >= .sameDay else { return }
            #expect(walk.chart.episode.hold != nil, "\(screening.reasons)")
            guard case .refer(let urgency) = walk.decision.outcome else {
                Issue.record("not referred: \(screening.reasons)")
                return
            }
            #expect(urgency >= screening.disposition)
            #expect(walk.chart.episode.plan == walk.before.plan)
            #expect(walk.chart.pathway.dueToday(walk.chart.episode, at: walk.moment).isEmpty)
        }
    }

    @Test("deciding is pure: again, and from the entries anew, it says the same", arguments: seeds)
    func pure(seed: UInt64) throws {
        var count = 0
        try walk(seed: seed) { walk in
            count += 1
            guard count.isMultiple(of: 20) else { return }
            let pathway = walk.chart.pathway
            #expect(pathway.decide(walk.chart.episode, at: walk.moment) == walk.decision)
            #expect(pathway.decide(Episode(walk.chart.entries), at: walk.moment) == walk.decision)
        }
    }

    @Test("after a step back the dose does not rise before the pause is over", arguments: seeds)
    func pauseAfterStepBack(seed: UInt64) throws {
        var steppedBackAt: Date?
        try walk(seed: seed) { walk in
            if case .planWritten = walk.event { steppedBackAt = nil }
            guard case .planChanged(let plan) = walk.following.first, let old = walk.before.plan else {
                return
            }
            if plan.step <= old.step {
                steppedBackAt = walk.now
            } else if let back = steppedBackAt {
                #expect(walk.now.timeIntervalSince(back) >= walk.chart.pathway.response.retryH * 3600)
            }
        }
    }

    @Test("the step stays on the ladder and moves by one", arguments: seeds)
    func onTheLadder(seed: UInt64) throws {
        try walk(seed: seed) { walk in
            guard let plan = walk.chart.episode.plan else { return }
            #expect((0...plan.lastStep).contains(plan.step))
            if case .planChanged(let changed) = walk.following.first, let old = walk.before.plan {
                #expect(abs(changed.step - old.step) <= 1)
                #expect(changed.phase == old.phase && changed.prescriptions == old.prescriptions)
                #expect(changed.painCeilingNRS == old.painCeilingNRS && changed.limits == old.limits)
            }
        }
    }

    @Test("the engine writes only flags, holds and steps, never another phase", arguments: seeds)
    func engineWrites(seed: UInt64) throws {
        try walk(seed: seed) { walk in
            let kinds = Set(walk.following.map(\.kind))
            #expect(kinds.isSubset(of: [.flagRaised, .held, .planChanged]))
            #expect(!(kinds.contains(.planChanged) && kinds.contains(.held)))
            if walk.before.hold != nil { #expect(kinds.isSubset(of: [.flagRaised])) }
        }
    }

    @Test("nothing is due while it is held or a flag stands open", arguments: seeds)
    func nothingDueWhileHeld(seed: UInt64) throws {
        try walk(seed: seed) { walk in
            guard walk.chart.episode.hold != nil || !walk.chart.episode.openFlags.isEmpty else { return }
            #expect(walk.chart.pathway.dueToday(walk.chart.episode, at: walk.moment).isEmpty)
        }
    }

    @Test("a limp this morning opens no later phase")
    func limp() throws {
        for seed in Self.seeds {
            try walk(seed: seed) { walk in
                guard walk.chart.episode.checkIns.last?.content.answers.word("limp") == "yes",
                    case .checkedIn = walk.event, walk.chart.episode.plan?.phase != "protect"
                else { return }
                if case .progressPhase = walk.decision.outcome { Issue.record("led on limping") }
            }
        }
    }
}
