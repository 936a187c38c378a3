// SPDX-License-Identifier: Apache-2.0
import Testing

@testable import Clinical

@Suite("The criteria of a phase") struct CriteriaTests {
    private func verdict(_ id: Criterion.ID, _ chart: TestChart, day: Int, hour: Double = 8) throws -> Verdict
    {
        let standings = chart.decide(day: day, hour: hour).criteria
        return try #require(standings.first { $0.criterion.id == id }).verdict
    }

    private func measured(_ values: [FactID: Double]) -> Event { .measured(Measured(values: values)) }

    @Test(
        "are met on their number, not under it",
        arguments: [(9.9, Verdict.notMet), (10, .met), (10.1, .met)])
    func edges(minutes: Double, expected: Verdict) throws {
        var chart = TestChart(try calfTear(), phase: "foundation")
        #expect(try verdict("walks_10_minutes", chart, day: 1) == .unknown(missing: ["walk_minutes"]))
        chart.add(measured(["walk_minutes": minutes]), by: .therapist, day: 1)
        #expect(try verdict("walks_10_minutes", chart, day: 1) == expected)
    }

    @Test("forget a measurement after its days, to the hour")
    func freshness() throws {
        var chart = TestChart(try calfTear(), phase: "foundation")
        chart.add(measured(["walk_minutes": 20]), by: .therapist, day: 1)
        #expect(try verdict("walks_10_minutes", chart, day: 8, hour: 8) == .met)
        #expect(try verdict("walks_10_minutes", chart, day: 8, hour: 8.01).isUnknown)
        chart.add(TestChart.checkIn(), day: 8)
        #expect(try verdict("walks_without_limp", chart, day: 10, hour: 8) == .met)
        #expect(try verdict("walks_without_limp", chart, day: 10, hour: 8.01).isUnknown)
    }

    @Test("count the newest value, wherever it was taken")
    func newest() throws {
        var chart = TestChart(try calfTear(), phase: "foundation")
        chart.add(measured(["walk_minutes": 20]), by: .therapist, day: 1)
        var evaluated = Samples.evaluated
        evaluated.answers = PlausibleCase.calm
        evaluated.values = ["walk_minutes": 5]
        chart.add(.evaluated(evaluated), by: .therapist, day: 2)
        #expect(try verdict("walks_10_minutes", chart, day: 2) == .notMet)
        chart.add(measured(["walk_minutes": 12]), by: .therapist, day: 3)
        #expect(try verdict("walks_10_minutes", chart, day: 3) == .met)
    }

    @Test("take the latest answer, even where it is 'not sure'; an older one does not stand in for it")
    func latestAnswer() throws {
        var chart = TestChart(try calfTear(), phase: "foundation")
        chart.add(TestChart.checkIn(["limp": "no"]), day: 1)
        chart.add(TestChart.checkIn(["limp": "unsure"]), day: 2)
        #expect(try verdict("walks_without_limp", chart, day: 2).isUnknown)
        chart.add(TestChart.checkIn(["limp": "yes"]), day: 3)
        #expect(try verdict("walks_without_limp", chart, day: 3) == .notMet)
    }

    @Test(
        "compare the injured leg with the other one",
        arguments: [
            (18.0, 20.0, Verdict.met), (17.9, 20, .notMet), (22, 20, .met), (0, 20, .notMet),
            (20, 0, .unknown(missing: ["heel_raise_lsi_percent"]))
        ])
    func symmetry(left: Double, right: Double, expected: Verdict) throws {
        var chart = TestChart(try calfTear(), phase: "strength")
        chart.add(
            measured(["single_heel_raise_left": left, "single_heel_raise_right": right]), by: .therapist,
            day: 1)
        #expect(try verdict("single_raises_even", chart, day: 1) == expected)
    }

    @Test("know nothing of symmetry with one side, with both sides injured, or with an old side")
    func symmetryUnknown() throws {
        var chart = TestChart(try calfTear(), phase: "strength")
        chart.add(measured(["single_heel_raise_left": 30]), by: .therapist, day: 1)
        #expect(try verdict("single_raises_even", chart, day: 1).isUnknown)
        chart.add(measured(["single_heel_raise_right": 30]), by: .therapist, day: 10)
        #expect(try verdict("single_raises_even", chart, day: 15, hour: 8) == .met)
        #expect(try verdict("single_raises_even", chart, day: 15, hour: 9).isUnknown)
        var both = Samples.evaluated
        both.answers = PlausibleCase.calm
        both.injuredSide = .both
        chart.add(.evaluated(both), by: .therapist, day: 12)
        #expect(try verdict("single_raises_even", chart, day: 12).isUnknown)
    }

    @Test("go by the therapist's number for this person")
    func limits() throws {
        let limits: [Criterion.ID: Double] = ["walks_10_minutes": 20, "walks_without_limp": 1]
        var chart = TestChart(try calfTear(), phase: "foundation", limits: limits)
        chart.add(measured(["walk_minutes": 15]), by: .therapist, day: 1)
        chart.add(TestChart.checkIn(), day: 1)
        #expect(try verdict("walks_10_minutes", chart, day: 1) == .notMet)
        // A number changes nothing about a word.
        #expect(try verdict("walks_without_limp", chart, day: 1) == .met)
        let standing = try #require(
            chart.decide(day: 1).criteria.first { $0.criterion.id == "walks_10_minutes" })
        #expect(standing.criterion.limit?.value == 20)
        #expect(standing.reading?.value == .number(15))
        #expect(standing.reading?.at == TestChart.at(day: 1))
        let words = try calfTear().words(in: "en")
        #expect(standing.criterion.text(words).contains("20"))
    }

    @Test("lead on once all are met and the leg is calm, and the therapist signs")
    func allMet() throws {
        var chart = TestChart(try calfTear(), phase: "protect")
        #expect(chart.decide(day: 1).outcome == .repeat)
        let following = chart.add(TestChart.checkIn(), day: 1)
        #expect(chart.decide(day: 1).outcome == .progressPhase("foundation"))
        #expect(following == [])
        #expect(chart.episode.plan?.phase == "protect")
    }

    @Test("of the last phase lead to the end of care")
    func discharge() throws {
        var chart = TestChart(try calfTear(), phase: "maintain")
        chart.add(TestChart.checkIn(["pain_worst_24h": 0]), day: 1)
        #expect(chart.decide(day: 1).outcome == .repeat)
        chart.add(
            measured(["single_heel_raise_left": 30, "single_heel_raise_right": 30]), by: .therapist, day: 1)
        #expect(chart.decide(day: 1).outcome == .discharge)
        chart.add(TestChart.checkIn(["pain_worst_24h": 0, "limp": "yes"]), day: 2)
        #expect(chart.decide(day: 2).outcome == .repeat)
    }

    @Test("lead nowhere before a plan")
    func noPlan() throws {
        let decision = try calfTear().decide(.empty, at: TestChart.moment(day: 1))
        #expect(decision.outcome == .awaitingPlan)
        #expect(decision.criteria == [])
    }
}
