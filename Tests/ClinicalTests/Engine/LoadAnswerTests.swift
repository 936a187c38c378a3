// SPDX-License-Identifier: Apache-2.0
import Testing

@testable import Clinical

/// An evening of heel raises and the morning after it; the ceiling of the phase is 2.
struct NightCase: CustomTestStringConvertible, Sendable {
    let testDescription: String
    let log: Event
    let morning: Event
    let answer: LoadAnswer
    /// Step 1 before; what it is the morning after.
    let step: Int
    let held: Held.Reason?

    init(
        _ title: String, log: Event = TestChart.log(), morning: Answers = [:], without: FactID? = nil,
        _ answer: LoadAnswer, step: Int = 1, held: Held.Reason? = nil
    ) {
        testDescription = title
        self.log = log
        var answers = TestChart.quiet.updated(with: morning)
        if let without { answers[without] = nil }
        self.morning = .checkedIn(CheckIn(answers: answers))
        self.answer = answer
        self.step = step
        self.held = held
    }
}

@Suite("The 24-hour rule") struct LoadAnswerTests {
    static let nights = [
        NightCase("A morning as usual leaves it calm", .calm),
        NightCase("A better morning leaves it calm", morning: ["pain_morning_change": -2], .calm),
        NightCase("One point worse: the same again", morning: ["pain_morning_change": 1], .morningUp),
        // After the step back the leg rests: what led there is settled, the next try waits.
        NightCase(
            "Two points worse: one step down", morning: ["pain_morning_change": 2], .waitingRetry, step: 0),
        NightCase(
            "Three points worse: one step down", morning: ["pain_morning_change": 3], .waitingRetry, step: 0),
        NightCase("A limp: one step down", morning: ["limp": "yes"], .waitingRetry, step: 0),
        NightCase(
            "Four steps only limping: one step down", morning: ["four_steps": "limping"], .waitingRetry,
            step: 0),
        NightCase("A morning that is not known waits", without: "pain_morning_change", .unknown),
        NightCase("Pain on the ceiling is within it", log: TestChart.log(pain: 2), .calm),
        NightCase("Pain above the ceiling: the same again", log: TestChart.log(pain: 3), .aboveCeiling),
        NightCase("Pain of 5 is above the ceiling, not yet high", log: TestChart.log(pain: 5), .aboveCeiling),
        NightCase("Pain of 6 steps down at once", log: TestChart.log(pain: 6), .waitingRetry, step: 0),
        NightCase("Pain that is not known waits", log: TestChart.log(pain: nil), .unknown),
        NightCase(
            "A stab in the exercise stops it", log: TestChart.log(stab: true), .sharpStab, held: .sharpStab),
        NightCase(
            "A stab told in the morning stops it", morning: ["sharp_stab": "yes"], .sharpStab,
            held: .sharpStab),
        NightCase("Not sure about a stab is no stab", morning: ["sharp_stab": "unsure"], .calm),
        NightCase(
            "What does not load the calf is no load", log: TestChart.log("ankle_pumps", pain: 6), .noLoad)
    ]

    @Test("answers each night as the programme says", arguments: nights)
    func night(night: NightCase) throws {
        var chart = TestChart(try calfTear(), phase: "foundation", step: 1)
        chart.add(night.log, day: 0, hour: 18)
        chart.add(night.morning, day: 1, hour: 8)
        #expect(chart.decide(day: 1, hour: 8).answer == night.answer)
        #expect(chart.episode.plan?.step == night.step)
        #expect(chart.episode.hold?.content.reason == night.held)
        #expect(chart.episode.openFlags.isEmpty)
    }

    @Test("steps down from the lowest step by staying there, and pauses")
    func lowest() throws {
        var chart = TestChart(try calfTear(), phase: "foundation", step: 0)
        chart.add(TestChart.log(pain: 8), day: 0, hour: 18)
        #expect(chart.episode.plan?.step == 0)
        #expect(chart.episode.steppedBackAt == TestChart.at(day: 0, hour: 18))
        #expect(chart.decide(day: 2, hour: 17.99).answer == .waitingRetry)
        #expect(chart.decide(day: 2, hour: 18).answer == .noLoad)
    }

    /// The first number is the morning change of day 1, and so on; `nil` is a morning without an answer to it.
    @Test(
        "stops a leg that has not settled in three days",
        arguments: [
            ([1, 1, 1], false), ([1, 1, 1, 1], true), ([1, 1, 1, 0], false), ([1, 0, 1, 1, 1], false),
            ([1, 0, 1, 1, 1, 1], true), ([1, nil, 1, 1], true), ([1, nil, nil, 1], true),
            ([1, nil, 0, 1], false), ([nil, nil, nil, nil], false), ([nil, 1, 1, 1], false)
        ] as [([Int?], Bool)])
    func settles(mornings: [Int?], held: Bool) throws {
        var chart = TestChart(try calfTear(), phase: "foundation", step: 1)
        chart.add(TestChart.log(), day: 0, hour: 18)
        for (index, change) in mornings.enumerated() {
            // Each morning a little earlier than the day before.
            var answers = TestChart.quiet
            answers["pain_morning_change"] = change.map { .number(Double($0)) }
            chart.add(.checkedIn(CheckIn(answers: answers)), day: index + 1, hour: 9 - Double(index) / 4)
        }
        #expect((chart.episode.hold?.content.reason == .notSettled) == held)
        if held { #expect(chart.decide(day: mornings.count).outcome == .hold(.notSettled)) }
    }

    @Test("forgets what was before the therapist let it go on")
    func resumed() throws {
        var chart = TestChart(try calfTear(), phase: "foundation", step: 1)
        chart.add(TestChart.log(stab: true), day: 0, hour: 18)
        #expect(chart.episode.hold?.content.reason == .sharpStab)
        chart.add(.resumed(Resumed(reason: "examined")), by: .therapist, day: 1, hour: 10)
        chart.add(TestChart.checkIn(), day: 2)
        #expect(chart.episode.hold == nil)
        #expect(chart.decide(day: 2).answer == .noLoad)
    }

    @Test("takes a corrected log at its new word")
    func corrected() throws {
        var chart = TestChart(try calfTear(), phase: "foundation", step: 1)
        chart.add(TestChart.log(pain: 1), day: 0, hour: 18)
        let log = try #require(chart.episode.logs.last)
        var correct = log.content
        correct.painLoadingNRS = 7
        let amended = Amended(entry: log.entry, replacement: .sessionLogged(correct), reason: "slip")
        chart.add(.amended(amended), day: 0, hour: 19)
        #expect(chart.episode.plan?.step == 0)
    }
}
