// SPDX-License-Identifier: Apache-2.0
import Testing

@testable import Clinical

@Suite("What a phone measured") struct MeasuredFactsTests {
    private func standing(_ id: Criterion.ID, _ chart: TestChart, day: Int) throws -> Decision.Standing {
        try #require(chart.decide(day: day).criteria.first { $0.criterion.id == id })
    }

    private func verdict(_ id: Criterion.ID, _ chart: TestChart, day: Int) throws -> Verdict {
        try standing(id, chart, day: day).verdict
    }

    private func both(_ measure: String, _ injured: Double, _ other: Double, unit: String) -> Event {
        func result(_ side: Side, _ value: Double) -> MeasuredValue {
            MeasuredValue(
                fact: FactID("\(measure)_\(side.rawValue)"), value: value, unit: unit, side: side,
                placement: "shin", method: "ankle", methodVersion: "1", rateHz: 60, gaps: 0)
        }
        return .measured(Measured([result(.left, injured), result(.right, other)]))
    }

    @Test(
        "answers the knee-to-wall criterion in degrees of the shin, 3.6 of them a centimetre",
        arguments: [(37.81, Verdict.met), (37.79, .notMet)])
    func kneeToWall(injured: Double, expected: Verdict) throws {
        var chart = TestChart(try calfTear(), phase: "foundation")
        #expect(try verdict("ankle_range_near_other", chart, day: 1).isUnknown)
        chart.add(both("knee_to_wall_angle", injured, 45, unit: "deg"), day: 1)
        #expect(try verdict("ankle_range_near_other", chart, day: 1) == expected)
    }

    @Test("counts where it is newer than what was typed, and not where it is older")
    func newer() throws {
        var chart = TestChart(try calfTear(), phase: "foundation")
        chart.add(both("knee_to_wall", 11, 11, unit: "cm"), day: 1)
        chart.add(both("knee_to_wall_angle", 30, 45, unit: "deg"), day: 2)
        #expect(try verdict("ankle_range_near_other", chart, day: 2) == .notMet)
        chart.add(both("knee_to_wall", 11, 11, unit: "cm"), day: 3)
        #expect(try verdict("ankle_range_near_other", chart, day: 3) == .met)
    }

    @Test("of a walk stands beside the limp for the therapist to judge, and decides nothing")
    func walk() throws {
        var chart = TestChart(try calfTear(), phase: "foundation")
        func standing(day: Int) throws -> Decision.Standing {
            try #require(chart.decide(day: day).criteria.first { $0.criterion.id == "walks_without_limp" })
        }
        #expect(try standing(day: 1).aids.isEmpty)
        chart.add(both("step_time", 0.75, 0.5, unit: "s"), day: 1)
        let unanswered = try standing(day: 1)
        #expect(unanswered.aids.map(\.measure) == ["step_time_lsi_percent"])
        #expect(unanswered.aids.map(\.reading.value) == [.number(150)])
        #expect(unanswered.verdict.isUnknown, "however lopsided the steps, a limp is the therapist's word")
        chart.add(TestChart.checkIn(["limp": "no"]), day: 2)
        #expect(try standing(day: 2).verdict == .met)
        #expect(try standing(day: 16).aids.isEmpty, "two weeks later the walk says nothing any more")
    }

    @Test(
        "holds one leg's height against the other's only where both were measured alike",
        arguments: [
            (["hop-edge-model", "1", "waist"], true), (["hop-impacts-at-foot", "1", "waist"], false),
            (["hop-edge-model", "2", "waist"], false), (["hop-edge-model", "1", "shin"], false)
        ])
    func methods(left: [String], areAlike: Bool) throws {
        var chart = TestChart(try calfTear(), phase: "power")
        let right = ["hop-edge-model", "1", "waist"]
        for (side, value, way) in [(Side.left, 11.8, left), (.right, 12, right)] {
            let result = MeasuredValue(
                fact: FactID("hop_height_\(side.rawValue)"), value: value, unit: "cm", side: side,
                placement: way[2], method: way[0], methodVersion: way[1], rateHz: 60, gaps: 0)
            chart.add(.measured(Measured([result])), day: 1)
        }
        let standing = try standing("hops_even", chart, day: 1)
        #expect(areAlike ? standing.verdict == .met : standing.verdict.isUnknown)
        #expect(standing.isUnlike == !areAlike)
    }

    @Test("counts heel raises the same whichever way they were measured")
    func counts() throws {
        var chart = TestChart(try calfTear(), phase: "strength")
        for (side, method) in [(Side.left, "camera-sticker"), (.right, "heel-raise-tilt-of-foot")] {
            let result = MeasuredValue(
                fact: FactID("single_heel_raise_\(side.rawValue)"), value: 20, unit: "reps", side: side,
                placement: "foot", method: method, methodVersion: "1", rateHz: 60, gaps: 0)
            chart.add(.measured(Measured([result])), day: 1)
        }
        #expect(try verdict("single_raises_even", chart, day: 1) == .met)
    }

    @Test("never sets one leg's hop length against the other's hop height")
    func hops() throws {
        var chart = TestChart(try calfTear(), phase: "power")
        chart.add(.measured(Measured(values: ["single_leg_hop_left": 120, "hop_height_right": 12])), day: 1)
        #expect(try verdict("hops_even", chart, day: 1).isUnknown)
        chart.add(both("hop_height", 10.8, 12, unit: "cm"), day: 2)
        #expect(try verdict("hops_even", chart, day: 2) == .met)
        chart.add(both("hop_height", 10.7, 12, unit: "cm"), day: 3)
        #expect(try verdict("hops_even", chart, day: 3) == .notMet)
    }

    @Test("is annotated with published error, detectable change, and the norm of the person's age and sex")
    func annotated() throws {
        let pathway = try calfTear()
        var raises = Samples.result
        (raises.fact, raises.value, raises.unit) = ("single_heel_raise_left", 20, "reps")
        let man = pathway.annotated(raises, years: 39, sex: "male")
        #expect(man.norm?.value == 33)
        #expect(man.norm?.tag == .secondary)
        #expect(man.detectableChange?.value == 6.5)
        #expect(man.error?.statistic == .standardError)
        #expect(pathway.annotated(raises, years: 40, sex: "female").norm?.value == 25)
        #expect(pathway.annotated(raises, years: nil, sex: "male").norm == nil)
        #expect(pathway.annotated(raises, years: 30, sex: nil).norm == nil)
        var speed = raises
        (speed.fact, speed.unit) = ("walking_speed", "m/s")
        #expect(pathway.annotated(speed, years: 45, sex: "male").norm?.value == 1.434)
        #expect(pathway.annotated(speed, years: 45, sex: "male").detectableChange == nil)
        speed.unit = "km/h"
        #expect(pathway.annotated(speed, years: 45, sex: "male").error == raises.error)
    }

    @Test("is a measure that the chart knows, for every method that is listed")
    func known() throws {
        let pathway = try calfTear()
        for method in pathway.methods {
            let measure = try #require(pathway.vocabulary.measure(method.measure))
            #expect(measure.unit == method.unit)
            for number in [method.error, method.detectableChange].compactMap({ $0 }) {
                #expect(number.tag != .recalled)
                #expect(number.unit == method.unit)
            }
        }
    }
}
