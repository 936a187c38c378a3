// SPDX-License-Identifier: Apache-2.0
import Testing

@testable import Clinical

@Suite("What is due today") struct DueTodayTests {
    private func state(_ exercise: Exercise.ID, of chart: TestChart, day: Int, hour: Double = 8) throws
        -> DueExercise.State
    {
        let due = try calfTear().dueToday(chart.episode, at: TestChart.moment(day: day, hour: hour))
        return try #require(due.first { $0.exercise.id == exercise }).state
    }

    private func day(_ number: Int) -> Day { TestChart.moment(day: number).today }

    @Test("counts the times of the day, and starts anew the next")
    func timesPerDay() throws {
        var chart = TestChart(try calfTear(), phase: "foundation")
        for done in 0..<2 {
            #expect(try state("strap_isometric", of: chart, day: 0, hour: 20) == .due(done: done, of: 2))
            chart.add(TestChart.log("strap_isometric"), day: 0, hour: 10 + Double(done))
        }
        #expect(try state("strap_isometric", of: chart, day: 0, hour: 20) == .done(times: 2))
        chart.add(TestChart.log("strap_isometric"), day: 0, hour: 21)
        #expect(try state("strap_isometric", of: chart, day: 0, hour: 23.9) == .done(times: 3))
        #expect(try state("strap_isometric", of: chart, day: 1, hour: 0) == .due(done: 0, of: 2))
    }

    @Test("leaves days of rest between: three times a week is every second day, and never four")
    func timesPerWeek() throws {
        var chart = TestChart(try calfTear(), phase: "strength")
        var done: [Int] = []
        for day in 0..<21 {
            guard case .due = try state("single_heel_raise", of: chart, day: day) else { continue }
            chart.add(TestChart.log("single_heel_raise"), day: day, hour: 10)
            done.append(day)
        }
        #expect(done == [0, 2, 4, 7, 9, 11, 14, 16, 18])
        #expect(try state("single_heel_raise", of: chart, day: 19) == .resting(until: day(21)))
        #expect(try state("single_heel_raise", of: chart, day: 18, hour: 12) == .done(times: 1))
    }

    @Test(
        "holds no more days in any seven than were prescribed",
        arguments: [1, 2, 3, 4, 5, 6, 7])
    func anyWeek(perWeek: Int) throws {
        var chart = TestChart(try calfTear(), phase: "strength")
        var plan = try #require(chart.episode.plan)
        plan.prescriptions = [.init(exercise: "walking", ladder: [Dose(minutes: 10, timesPerWeek: perWeek)])]
        chart.add(.planWritten(plan), by: .therapist, day: 0, hour: 7.5)
        var done: [Int] = []
        for day in 0..<28 {
            guard case .due = try state("walking", of: chart, day: day) else { continue }
            chart.add(TestChart.log("walking"), day: day, hour: 10)
            done.append(day)
        }
        for start in 0..<22 {
            #expect(done.count { (start..<start + 7).contains($0) } <= perWeek)
        }
        #expect(done.count == 4 * perWeek, "\(done)")
    }

    @Test("opens massage and stretch only when a clot is excluded and the leg is calm enough")
    func locked() throws {
        func isLocked(_ exercise: Exercise.ID, clotExcluded: Bool?, restPain: Int?, day: Int) throws -> Bool {
            var chart = TestChart(try calfTear(), phase: "foundation", clotExcluded: clotExcluded)
            var answers = TestChart.quiet
            answers["pain_rest"] = restPain.map { .number(Double($0)) }
            chart.add(.checkedIn(CheckIn(answers: answers)), day: day, hour: 7.9)
            if case .locked = try state(exercise, of: chart, day: day) { return true }
            return false
        }
        for exercise in ["calf_massage", "strap_stretch"] as [Exercise.ID] {
            #expect(try !isLocked(exercise, clotExcluded: true, restPain: 2, day: 1))
            #expect(try isLocked(exercise, clotExcluded: true, restPain: 3, day: 1))
            #expect(try isLocked(exercise, clotExcluded: true, restPain: nil, day: 1))
            #expect(try isLocked(exercise, clotExcluded: false, restPain: 0, day: 1))
            #expect(try isLocked(exercise, clotExcluded: nil, restPain: 0, day: 1))
        }
        // Known yesterday is known; three days ago is not.
        var chart = TestChart(try calfTear(), phase: "foundation")
        chart.add(TestChart.checkIn(), day: 1)
        #expect(try state("calf_massage", of: chart, day: 3, hour: 8) == .due(done: 0, of: 1))
        guard case .locked(let why) = try state("calf_massage", of: chart, day: 3, hour: 8.1) else {
            Issue.record("open on an old answer")
            return
        }
        #expect(why.map(\.criterion.id) == ["clot_excluded", "rest_pain_settled"])
        #expect(why.map(\.verdict) == [.met, .unknown(missing: ["pain_rest_nrs"])])
    }

    @Test(
        "stretches no earlier than two days after the day of the injury", arguments: [(2, true), (3, false)])
    func stretch(daysSince: Int, locked: Bool) throws {
        var chart = TestChart(try calfTear(), phase: "foundation")
        var evaluated = Samples.evaluated
        evaluated.answers = PlausibleCase.calm
        evaluated.clotExcluded = true
        evaluated.injuredOn = day(1 - daysSince)
        chart.add(.evaluated(evaluated), by: .therapist, day: 1, hour: 1)
        chart.add(TestChart.checkIn(), day: 1)
        guard case .locked = try state("strap_stretch", of: chart, day: 1) else {
            #expect(!locked)
            return
        }
        #expect(locked)
    }

    @Test("locks massage again once a flag was raised after the clot was excluded, even when it is answered")
    func clearanceEnds() throws {
        var chart = TestChart(try calfTear(), phase: "foundation")
        chart.add(TestChart.checkIn(["swelling_trend": "worse"]), day: 1)
        let flag = try #require(chart.episode.openFlags.first)
        chart.add(
            .flagAcknowledged(FlagAcknowledged(flag: flag.id, action: "")), by: .therapist, day: 1, hour: 9)
        chart.add(.resumed(Resumed(reason: "")), by: .therapist, day: 1, hour: 9)
        chart.add(TestChart.checkIn(), day: 2)
        guard case .locked = try state("calf_massage", of: chart, day: 2) else {
            Issue.record("massage is open without a new look at the leg")
            return
        }
    }

    @Test("pauses what loads the calf after a step down, and only that")
    func paused() throws {
        var chart = TestChart(try calfTear(), phase: "foundation", step: 1)
        chart.add(TestChart.log(pain: 7), day: 0, hour: 18)
        let until = TestChart.at(day: 2, hour: 18)
        #expect(try state("double_heel_raise", of: chart, day: 1) == .pausedUntil(until))
        #expect(try state("double_heel_raise", of: chart, day: 2, hour: 17.9) == .pausedUntil(until))
        #expect(try state("double_heel_raise", of: chart, day: 2, hour: 18) == .due(done: 0, of: 1))
        #expect(try state("ankle_pumps", of: chart, day: 1) == .due(done: 0, of: 3))
    }

    @Test("is nothing before a plan, while it is held, and while a flag stands open")
    func nothing() throws {
        let pathway = try calfTear()
        let moment = TestChart.moment(day: 1)
        #expect(pathway.dueToday(.empty, at: moment).isEmpty)
        var chart = TestChart(pathway, phase: "foundation")
        #expect(pathway.dueToday(chart.episode, at: moment).count == chart.episode.plan?.prescriptions.count)
        chart.add(.held(Held(reason: .therapist, note: "")), by: .therapist, day: 0, hour: 9)
        #expect(pathway.dueToday(chart.episode, at: moment).isEmpty)
        var flagged = TestChart(pathway, phase: "foundation")
        flagged.add(TestChart.checkIn(["fever": "yes"]), day: 0, hour: 9)
        flagged.add(.resumed(Resumed(reason: "")), by: .therapist, day: 0, hour: 10)
        #expect(pathway.dueToday(flagged.episode, at: moment).isEmpty)
    }

    @Test("gives the dose of the step; a shorter ladder stays on its last rung")
    func doses() throws {
        let pathway = try calfTear()
        let chart = TestChart(pathway, phase: "foundation", step: 2)
        let due = pathway.dueToday(chart.episode, at: TestChart.moment(day: 1))
        let doses = Dictionary(uniqueKeysWithValues: due.map { ($0.exercise.id, $0.dose) })
        #expect(doses["calf_massage"] == Dose(minutes: 5, timesPerDay: 2))
        #expect(doses["double_heel_raise"] == Dose(sets: 3, reps: 10, timesPerDay: 1))
        #expect(doses["ankle_pumps"] == Dose(sets: 2, reps: 15, timesPerDay: 3))
    }
}
