// SPDX-License-Identifier: Apache-2.0
import Testing

@testable import Clinical

@Suite("One step up") struct StepUpTests {
    private func chart(step: Int = 0) throws -> TestChart {
        TestChart(try calfTear(), phase: "foundation", step: step)
    }

    /// Two evenings and the two mornings after them.
    private func twoDays(
        first: Event = TestChart.log(), morning: Event? = TestChart.checkIn(),
        second: Event = TestChart.log(), last: Event = TestChart.checkIn(), step: Int = 0
    ) throws -> TestChart {
        var chart = try chart(step: step)
        chart.add(first, day: 0, hour: 18)
        if let morning { chart.add(morning, day: 1) }
        chart.add(second, day: 1, hour: 18)
        chart.add(last, day: 2)
        return chart
    }

    @Test("follows two good days with quiet mornings, and not before")
    func twoGoodDays() throws {
        var chart = try chart()
        chart.add(TestChart.log(), day: 0, hour: 18)
        #expect(chart.add(TestChart.checkIn(), day: 1) == [])
        chart.add(TestChart.log(), day: 1, hour: 18)
        #expect(chart.episode.plan?.step == 0)
        let following = chart.add(TestChart.checkIn(), day: 2)
        #expect(following.map(\.kind) == [.planChanged])
        #expect(chart.episode.plan?.step == 1)
        #expect(chart.episode.plan?.reason == "step_up")
        // The days that led here are used up.
        chart.add(TestChart.log(), day: 2, hour: 18)
        chart.add(TestChart.checkIn(), day: 3)
        #expect(chart.episode.plan?.step == 1)
    }

    @Test("needs no two days in a row")
    func daysApart() throws {
        var chart = try chart()
        for day in [0, 3] {
            chart.add(TestChart.log(), day: day, hour: 18)
            chart.add(TestChart.checkIn(), day: day + 1)
        }
        #expect(chart.episode.plan?.step == 1)
    }

    @Test("does not follow where a day or a morning was not good, or is not known")
    func notGood() throws {
        let unknown = TestChart.checkIn(without: "pain_morning_change")
        let cases: [(String, TestChart)] = [
            ("a set was not done", try twoDays(second: TestChart.log(asPrescribed: false))),
            ("a set was not done on the first day", try twoDays(first: TestChart.log(asPrescribed: false))),
            ("pain above the ceiling", try twoDays(second: TestChart.log(pain: 3))),
            ("pain above the ceiling on the first day", try twoDays(first: TestChart.log(pain: 3))),
            ("pain not known", try twoDays(second: TestChart.log(pain: nil))),
            ("pain not known on the first day", try twoDays(first: TestChart.log(pain: nil))),
            ("last morning not known", try twoDays(last: unknown)),
            ("first morning not known", try twoDays(morning: unknown)),
            ("first morning not logged", try twoDays(morning: nil)),
            ("first morning worse", try twoDays(morning: TestChart.checkIn(["pain_morning_change": 1]))),
            ("last morning worse", try twoDays(last: TestChart.checkIn(["pain_morning_change": 1])))
        ]
        for (title, chart) in cases { #expect(chart.episode.plan?.step == 0, "\(title)") }
    }

    @Test("ends at the top of the ladder")
    func top() throws {
        let top = try #require(try chart().episode.plan).lastStep
        let chart = try twoDays(step: top)
        #expect(chart.episode.plan?.step == top)
        #expect(try twoDays(step: top - 1).episode.plan?.step == top)
    }

    @Test("does not follow from days before a hold")
    func beforeAHold() throws {
        var chart = try chart()
        chart.add(TestChart.log(), day: 0, hour: 18)
        chart.add(TestChart.checkIn(), day: 1)
        chart.add(TestChart.log(), day: 1, hour: 18)
        chart.add(TestChart.checkIn(["swelling_trend": "worse"]), day: 2)
        let flag = try #require(chart.episode.openFlags.first)
        chart.add(.flagAcknowledged(FlagAcknowledged(flag: flag.id, action: "")), by: .therapist, day: 3)
        chart.add(.resumed(Resumed(reason: "scan clear")), by: .therapist, day: 3)
        chart.add(TestChart.checkIn(), day: 4)
        #expect(chart.episode.plan?.step == 0)
        #expect(chart.decide(day: 4).outcome == .repeat)
    }

    @Test("does not follow in the pause after a step down")
    func pause() throws {
        var chart = try chart(step: 2)
        chart.add(TestChart.log(pain: 7), day: 0, hour: 8)
        #expect(chart.episode.plan?.step == 1)
        // Whoever does not pause is not led on for it.
        chart.add(TestChart.log(), day: 0, hour: 18)
        chart.add(TestChart.checkIn(), day: 1, hour: 7)
        chart.add(TestChart.log(), day: 1, hour: 18)
        chart.add(TestChart.checkIn(), day: 2, hour: 7.9)
        #expect(chart.episode.plan?.step == 1)
        chart.add(TestChart.checkIn(), day: 2, hour: 8)
        #expect(chart.episode.plan?.step == 2)
    }
}
