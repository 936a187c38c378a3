// SPDX-License-Identifier: Apache-2.0
import LabData
import Motion
import Testing

@Suite("Heel raises, made up") struct HeelRaiseTests {
    struct Row: Sendable {
        var count: Int
        var period: Double
        var height: Double
        var tilt: Double
    }

    static let rows = [
        Row(count: 1, period: 2, height: 7, tilt: 40), Row(count: 3, period: 2, height: 7, tilt: 40),
        Row(count: 10, period: 2, height: 9, tilt: 50), Row(count: 10, period: 2, height: 3, tilt: 18),
        Row(count: 12, period: 1.2, height: 6, tilt: 35), Row(count: 5, period: 4, height: 8, tilt: 45)
    ]

    @Test("are counted from the foot, at any mounting", arguments: rows)
    func foot(row: Row) throws {
        for seed in 0..<3 {
            let result = try HeelRaiseTest(placement: .foot).result(
                of: PhoneSimulation().record(made(row).foot, seed: seed))
            #expect(result.count == row.count, "seed \(seed): \(result.rejected)")
        }
    }

    @Test("are counted from shin, thigh, waist and chest", arguments: rows)
    func body(row: Row) throws {
        for (seed, placement) in [Placement.shin, .thigh, .waist, .chest].enumerated() {
            let result = try HeelRaiseTest(placement: placement).result(
                of: PhoneSimulation().record(made(row).body, seed: seed))
            #expect(result.count == row.count, "\(placement): \(result.rejected)")
        }
    }

    private func made(_ row: Row) -> Raises {
        var raises = Raises()
        (raises.count, raises.period, raises.height, raises.tilt) = (
            row.count, row.period, row.height, row.tilt
        )
        return raises
    }

    @Test("keep their times")
    func times() throws {
        let raises = Raises()
        let result = try HeelRaiseTest(placement: .foot).result(
            of: PhoneSimulation().record(raises.foot, seed: 1))
        for (index, raise) in result.repetitions.enumerated() {
            // The top is 0.8 s after the start; start and end are where the foot is tilted by 6° of 40°.
            #expect(abs(raise.top - raises.start(index) - 0.8) < 0.06)
            #expect(raise.start > raises.start(index) && raise.end < raises.start(index) + 1.6)
        }
        #expect(abs((result.cycleSeconds.value ?? 0) - 2) < 0.01)
        #expect((result.tempoErrorSeconds.value ?? 1) < 0.02)
    }

    @Test("begin on the body where it sets off, within a hundredth of a second in the mean")
    func starts() throws {
        let raises = Raises()
        var late: [Double] = []
        for seed in 0..<4 {
            let result = try HeelRaiseTest(placement: .waist).result(
                of: PhoneSimulation().record(raises.body, seed: seed))
            for (index, raise) in result.repetitions.enumerated() {
                late.append(raise.start - raises.start(index))
            }
        }
        #expect(abs(Statistics.mean(late)) < 0.01)
        #expect(late.allSatisfy { abs($0) < 0.04 })
    }

    @Test("count on both sides of a pause of many seconds")
    func pause() throws {
        var raises = Raises()
        (raises.count, raises.period, raises.pause) = (4, 16, 13)
        for (seed, placement) in [Placement.shin, .thigh, .waist, .chest].enumerated() {
            let result = try HeelRaiseTest(placement: placement).result(
                of: PhoneSimulation().record(raises.body, seed: seed))
            #expect(result.count == 4, "\(placement): \(result.rejected)")
        }
    }

    @Test("of which a hole hides a part are left out, and the others count")
    func hole() throws {
        let raises = Raises()
        let test = HeelRaiseTest(placement: .foot)
        let whole = PhoneSimulation().record(raises.foot, seed: 1)
        // From 0.3 s to 0.9 s after a start the foot is away from the floor.
        let hidden = raises.start(4) + 0.3...raises.start(4) + 0.9
        let kept = whole.time.indices.filter { !hidden.contains(whole.time[$0]) }
        func part(_ axes: Axes) -> Axes {
            Axes(x: kept.map { axes.x[$0] }, y: kept.map { axes.y[$0] }, z: kept.map { axes.z[$0] })
        }
        let rotation = try #require(whole.rotation)
        let recording = Recording(
            time: kept.map { whole.time[$0] }, acceleration: part(whole.acceleration),
            rotation: part(rotation))
        let result = try test.result(of: recording)
        #expect(result.count == 7)
        #expect(result.quality.gaps.count == 1)
        #expect(result.rejected.allSatisfy { $0.because == .cut })
    }

    @Test("have the height that the body rose, within half a centimetre")
    func height() throws {
        let result = try HeelRaiseTest(placement: .waist, mass: 70).result(
            of: PhoneSimulation().record(Raises().body, seed: 1))
        for raise in result.repetitions { #expect(abs((raise.heightCentimetres.value ?? 0) - 7) < 0.5) }
        let displacement = try #require(result.displacementCentimetres.value)
        #expect(abs(displacement - 56) < 3)
        #expect(result.workJoules == .value(70 * 9.80665 * displacement / 100))
    }

    @Test("have a heel height only if the foot's length is known")
    func footHeight() throws {
        let recording = PhoneSimulation().record(Raises().foot, seed: 1)
        let without = try HeelRaiseTest(placement: .foot).result(of: recording)
        #expect(without.displacementCentimetres == .missing(.noFootLength))
        #expect(without.workJoules == .missing(.noMass))
        let with = try HeelRaiseTest(placement: .foot, mass: 70, footLength: 26).result(of: recording)
        // 0.72 · 26 cm · sin 40°.
        #expect(abs((with.peakHeightCentimetres.value ?? 0) - 12.0) < 0.5)
    }

    @Test("tire: the last three against the first three")
    func fatigue() throws {
        var raises = Raises()
        (raises.count, raises.fading) = (10, 0.94)
        let result = try HeelRaiseTest(placement: .foot, footLength: 26).result(
            of: PhoneSimulation().record(raises.foot, seed: 2))
        #expect(result.count == 10)
        // The tilt falls to 0.94⁷ = 65 %; height is its sine.
        #expect(abs((result.fatiguePercent.value ?? 0) - 33) < 3)
        #expect((result.slopeCentimetres.value ?? 0) < -0.3)
    }

    @Test("end for a reason")
    func end() throws {
        let stopped = try HeelRaiseTest(placement: .foot).result(
            of: PhoneSimulation().record(Raises().foot, seed: 1))
        #expect(stopped.end == .stopped)
        var slow = Raises()
        slow.period = 3
        let late = try HeelRaiseTest(placement: .foot).result(
            of: PhoneSimulation().record(slow.foot, seed: 1))
        #expect(late.end == .paceLost)
        var none = Raises()
        none.count = 0
        #expect(
            try HeelRaiseTest(placement: .foot).result(of: PhoneSimulation().record(none.foot, seed: 1)).end
                == .noneCounted)
    }

    @Test("are the same whichever way the phone is turned")
    func rotation() throws {
        let movement = Raises().foot
        let counts = try (0..<6).map {
            try HeelRaiseTest(placement: .foot).result(of: PhoneSimulation().record(movement, seed: $0))
                .repetitions
        }
        let first = try #require(counts.first)
        for other in counts {
            for (a, b) in zip(first, other) { #expect(abs(a.top - b.top) < 0.06) }
        }
    }

    @Test("are counted live as afterwards, and the window stays bounded")
    func live() throws {
        var raises = Raises()
        raises.count = 25
        for (placement, movement) in [(Placement.foot, raises.foot), (.shin, raises.body)] {
            let recording = PhoneSimulation().record(movement, seed: 1)
            let rotation = try #require(recording.rotation)
            var live = LiveHeelRaise(HeelRaiseTest(placement: placement))
            var shown = 0
            for index in 0..<recording.count {
                live.append(
                    time: recording.time[index], force: recording.acceleration[index], turn: rotation[index])
                #expect(live.count >= shown - 1)
                shown = live.count
            }
            let after = try HeelRaiseTest(placement: placement).result(of: recording)
            #expect(live.result().count == 25)
            #expect(after.count == 25)
        }
    }
}
