// SPDX-License-Identifier: Apache-2.0
import LabData
import Motion
import Testing

@Suite("A recording that is none") struct HostileTests {
    typealias Analysis = @Sendable (Recording) throws(SignalError) -> Void
    static let analyses: [(name: String, run: Analysis)] = [
        (
            "heel raise, foot",
            { r throws(SignalError) in _ = try HeelRaiseTest(placement: .foot).result(of: r) }
        ),
        (
            "heel raise, waist",
            { r throws(SignalError) in _ = try HeelRaiseTest(placement: .waist).result(of: r) }
        ),
        ("pumps", { r throws(SignalError) in _ = try AnkleTest(task: .pumps).result(of: r) }),
        ("circles", { r throws(SignalError) in _ = try AnkleTest(task: .circles).result(of: r) }),
        ("lunge", { r throws(SignalError) in _ = try AnkleTest(task: .lunge).result(of: r) }),
        ("balance", { r throws(SignalError) in _ = try BalanceTest(height: 1.7).result(of: r) }),
        ("hop, waist", { r throws(SignalError) in _ = try HopTest(placement: .waist).result(of: r) }),
        ("hop, foot", { r throws(SignalError) in _ = try HopTest(placement: .foot).result(of: r) }),
        ("turns", { r throws(SignalError) in _ = try TurnTest().result(of: r) }),
        ("reaction", { r throws(SignalError) in _ = try ReactionTest(signals: [2, 4, 1e9]).result(of: r) })
    ]

    @Test("gets the reason, and crashes nothing", arguments: Hostile.allCases)
    func errors(hostile: Hostile) {
        for (name, run) in Self.analyses {
            do {
                try run(hostile.recording)
                #expect(hostile.error == nil, "\(name) took a recording that is \(hostile)")
            } catch {
                guard let expected = hostile.error else { continue }
                if case .rate(let hertz, _, _) = error, case .rate(let other, _, _) = expected {
                    #expect(abs(hertz - other) < 1e-6, "\(name)")
                } else {
                    #expect(error == expected, "\(name)")
                }
            }
        }
    }

    @Test("says that there is no gyroscope, where one is needed")
    func noRotation() {
        let recording = Hostile.noRotation.recording
        #expect(throws: SignalError.noRotation) { try HeelRaiseTest(placement: .shin).result(of: recording) }
        #expect(throws: SignalError.noRotation) { try AnkleTest(task: .pumps).result(of: recording) }
        #expect(throws: SignalError.noRotation) { try TurnTest().result(of: recording) }
    }

    @Test("does no harm live either", arguments: Hostile.allCases)
    func live(hostile: Hostile) {
        let recording = hostile.recording
        var raise = LiveHeelRaise(HeelRaiseTest(placement: .shin))
        var foot = LiveHeelRaise(HeelRaiseTest(placement: .foot))
        var ankle = LiveAnkle(AnkleTest(task: .circles))
        var hop = LiveHop(HopTest(placement: .waist))
        var balance = LiveBalance(BalanceTest())
        var turn = LiveTurn()
        for index in 0..<recording.count {
            let (time, force) = (recording.time[index], recording.acceleration[index])
            let rate = recording.rotation?[index] ?? .zero
            raise.append(time: time, force: force, turn: rate)
            foot.append(time: time, force: force, turn: rate)
            ankle.append(time: time, force: force, turn: rate)
            hop.append(time: time, force: force, turn: rate)
            balance.append(time: time, force: force, turn: rate)
            turn.append(time: time, force: force, turn: rate)
        }
        #expect(raise.result().count == 0)
        #expect(foot.result().count == 0)
    }

    @Test("is standing still: no heel raise")
    func long() throws {
        var chance = SeededGenerator(seed: 4)
        var time: [Double] = []
        var force = Axes()
        var turn = Axes()
        // Five minutes in the debug build; scripts/bench-lab takes all of it.
        for index in 0..<18_000 {
            time.append(Double(index) / 60)
            force.append(Vector(0.03 * chance.normal(), 0.03 * chance.normal(), 9.8 + 0.03 * chance.normal()))
            turn.append(Vector(0.1 * chance.normal(), 0.1 * chance.normal(), 0.1 * chance.normal()))
        }
        let recording = Recording(time: time, acceleration: force, rotation: turn)
        #expect(try HeelRaiseTest(placement: .foot).result(of: recording).count == 0)
        #expect(try HeelRaiseTest(placement: .waist).result(of: recording).count == 0)
    }
}
