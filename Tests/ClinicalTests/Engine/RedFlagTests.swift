// SPDX-License-Identifier: Apache-2.0
import Testing

@testable import Clinical

@Suite("A red flag in the programme") struct RedFlagTests {
    private func chart() throws -> TestChart { TestChart(try calfTear(), phase: "strength") }

    @Test("of any word of the daily list raises, holds and refers at once")
    func everyWord() throws {
        let pathway = try calfTear()
        // A line of tingling alone waits for the therapist's next visit; a stab holds without a flag.
        for id in pathway.checkIn.redFlags where !["line_of_tingling", "sharp_stab"].contains(id) {
            var chart = try chart()
            let following = chart.add(TestChart.checkIn(Answers([id: "yes"])), day: 14)
            #expect(following.map(\.kind) == [.flagRaised, .held], "\(id)")
            guard case .refer(let urgency) = chart.decide(day: 14).outcome else {
                Issue.record("\(id) does not refer")
                continue
            }
            #expect(urgency >= .sameDay)
        }
    }

    @Test("also of the choices: growing swelling, a red cord, no four steps")
    func choices() throws {
        for (id, word) in [
            ("swelling_trend", "worse"), ("swelling", "whole_leg"), ("red_tender_cord", "long"),
            ("four_steps", "no"), ("swelling_trend", "unsure")
        ] {
            var chart = try chart()
            chart.add(TestChart.checkIn(Answers([FactID(id): .word(word)])), day: 21)
            #expect(chart.episode.hold?.content.reason == .redFlag, "\(id) \(word)")
            #expect(chart.episode.openFlags.count == 1)
        }
    }

    @Test("is not a quiet morning")
    func quiet() throws {
        var chart = try chart()
        #expect(chart.add(TestChart.checkIn(), day: 1) == [])
    }

    @Test("that is not sure, or was not answered, holds too")
    func unsure() throws {
        for checkIn in [
            TestChart.checkIn(["pe_breathless": "unsure"]), TestChart.checkIn(without: "pe_breathless")
        ] {
            var chart = try chart()
            chart.add(checkIn, day: 3)
            #expect(chart.decide(day: 3).outcome == .refer(.sameDay))
        }
    }

    @Test("remembers what was told for good: swelling with an earlier clot")
    func lasting() throws {
        var chart = TestChart(try calfTear())
        var evaluated = Samples.evaluated
        evaluated.answers = PlausibleCase.calm.updated(with: ["previous_clot": "yes"])
        chart.add(.evaluated(evaluated), by: .therapist, day: 0)
        let checkIn = TestChart.checkIn(["swelling": "local", "swelling_trend": "worse"])
        guard case .checkedIn(let content) = checkIn else { return }
        let screening = try calfTear().rescreen(content.answers, in: chart.episode)
        #expect(screening.reasons.contains { $0.rule.id == "T-DVT-4c" && $0.fired })
    }

    @Test("told by correcting an earlier check-in counts like a new one")
    func corrected() throws {
        var chart = try chart()
        chart.add(TestChart.checkIn(), day: 1)
        let checkIn = try #require(chart.episode.checkIns.last)
        var answers = checkIn.content.answers
        answers["pe_chest_pain"] = "yes"
        let amended = Amended(
            entry: checkIn.entry, replacement: .checkedIn(CheckIn(answers: answers)), reason: "forgot")
        let following = chart.add(.amended(amended), day: 1, hour: 12)
        #expect(following.map(\.kind) == [.flagRaised, .held])
        #expect(chart.decide(day: 1, hour: 12).outcome == .refer(.emergencyNow))
    }

    @Test("is not taken back by the patient")
    func notTakenBack() throws {
        var chart = try chart()
        chart.add(TestChart.checkIn(["fever": "yes"]), day: 1)
        let checkIn = try #require(chart.episode.checkIns.last)
        let amended = Amended(entry: checkIn.entry, replacement: .nothing, reason: "slip")
        chart.add(.amended(amended), day: 1, hour: 9)
        #expect(chart.episode.openFlags.count == 1)
        #expect(chart.episode.hold != nil)
    }

    @Test("that stands open is not raised twice; a graver one is")
    func twice() throws {
        var chart = try chart()
        chart.add(TestChart.checkIn(["fever": "yes"]), day: 1)
        #expect(chart.add(TestChart.checkIn(["fever": "yes"]), day: 2) == [])
        let graver = chart.add(TestChart.checkIn(["fever": "yes", "pe_breathless": "yes"]), day: 3)
        #expect(graver.map(\.kind) == [.flagRaised])
        #expect(chart.decide(day: 3).outcome == .refer(.emergencyNow))
    }

    @Test("holds again what was let go on while it stood open")
    func holdsAgain() throws {
        var chart = try chart()
        chart.add(TestChart.checkIn(["fever": "yes"]), day: 1)
        chart.add(.resumed(Resumed(reason: "")), by: .therapist, day: 2)
        #expect(chart.decide(day: 2).outcome == .refer(.sameDay))
        let again = chart.add(TestChart.checkIn(["fever": "yes"]), day: 3)
        #expect(again.map(\.kind) == [.held])
    }

    @Test("in the evaluation holds unless the therapist says why it is answered")
    func evaluation() throws {
        for (cleared, kinds) in [("", [Event.Kind.flagRaised, .held]), ("scan clear", [])] {
            var chart = TestChart(try calfTear())
            var evaluated = Samples.evaluated
            evaluated.answers = PlausibleCase.calm.updated(with: ["pop": "low_calf_or_ankle"])
            evaluated.clearedRedFlags = cleared
            #expect(chart.add(.evaluated(evaluated), by: .therapist, day: 0).map(\.kind) == kinds)
        }
    }

    @Test("in the first symptom check holds before there is a plan")
    func screened() throws {
        var chart = TestChart(try calfTear())
        let answers = PlausibleCase.calm.updated(with: ["dark_urine": "yes"])
        let screened = Screened(answers: answers, disposition: .emergencyNow, rules: ["T-RHA-1"])
        #expect(chart.add(.screened(screened), day: 0).map(\.kind) == [.flagRaised, .held])
        #expect(chart.decide(day: 0).outcome == .refer(.emergencyNow))
    }

    @Test("after the end of the episode moves nothing any more")
    func closed() throws {
        var chart = try chart()
        chart.add(.closed(Closed(reason: .discharged, note: "")), by: .therapist, day: 9)
        #expect(chart.add(TestChart.checkIn(["pe_breathless": "yes"]), day: 10) == [])
        #expect(chart.decide(day: 10).outcome == .closed)
        #expect(try calfTear().dueToday(chart.episode, at: TestChart.moment(day: 10)).isEmpty)
    }
}
