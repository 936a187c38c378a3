// SPDX-License-Identifier: Apache-2.0
import LabData
import Motion
import Testing

@Suite("A phone's clock") struct PhoneClockTests {
    @Test("tells late stamps from late samples", arguments: 0..<5)
    func jitter(seed: Int) throws {
        var phone = PhoneSimulation()
        phone.jitter = .stamps
        #expect(try PhoneClock().even(phone.record(Raises().foot, seed: seed)).quality.stampTrust < 0.1)
        phone.jitter = .sampling
        #expect(try PhoneClock().even(phone.record(Raises().foot, seed: seed)).quality.stampTrust > 0.8)
    }

    @Test("puts samples where they were taken", arguments: [PhoneSimulation.Jitter.stamps, .sampling])
    func places(jitter: PhoneSimulation.Jitter) throws {
        var phone = PhoneSimulation()
        phone.jitter = jitter
        phone.isMountedAnyhow = false
        phone.turnBias = 0
        let movement = Raises().foot
        let stretch = try #require(try PhoneClock().even(phone.record(movement, seed: 3)).stretches.first)
        let rotation = try #require(stretch.rotation)
        var squares = 0.0
        for index in 0..<stretch.count {
            let error = rotation[index].y - movement.sample(at: stretch.seconds(at: Double(index))).turn.y
            squares += error * error
        }
        // A wrong clock is 1.5 deg/s off here and more: 60 deg/s in 0.4 s, times 9 ms of jitter. Late samples
        // leave holes of up to 45 ms, across which the grid is straight.
        #expect((squares / Double(stretch.count)).squareRoot() < (jitter == .stamps ? 0.8 : 1.3))
    }

    @Test("says the rate, the gaps and the step of rounding")
    func quality() throws {
        var recording = PhoneSimulation().record(Raises().body, seed: 1)
        for index in 400..<recording.count { recording.time[index] += 0.5 }
        let (stretches, quality) = try PhoneClock().even(recording)
        #expect(stretches.count == 2)
        #expect(quality.gaps.count == 1)
        #expect(abs(quality.rate - 60) < 0.5)
        #expect(abs(quality.accelerationStep - 0.1) < 1e-6)
    }

    @Test("keeps the instants of a recording that lost single samples")
    func lost() throws {
        var phone = PhoneSimulation()
        phone.isMountedAnyhow = false
        let whole = phone.record(Raises().foot, seed: 2)
        let kept = (0..<whole.count).filter { $0 % 150 != 75 }
        let recording = Recording(
            time: kept.map { whole.time[$0] },
            acceleration: Axes(
                x: kept.map { whole.acceleration.x[$0] }, y: kept.map { whole.acceleration.y[$0] },
                z: kept.map { whole.acceleration.z[$0] }),
            rotation: whole.rotation.map { turn in
                Axes(x: kept.map { turn.x[$0] }, y: kept.map { turn.y[$0] }, z: kept.map { turn.z[$0] })
            })
        let result = try HeelRaiseTest(placement: .foot).result(of: recording)
        #expect(result.count == Raises().count)
        for index in 1..<result.count {
            #expect(abs(result.repetitions[index].start - result.repetitions[index - 1].start - 2) < 0.03)
        }
    }

    @Test("takes 100 Hz, 200 Hz and 1 kHz", arguments: [100.0, 200, 1000])
    func rates(rate: Double) throws {
        var phone = PhoneSimulation()
        phone.rate = rate
        phone.jitterSeconds = 0.0002
        let recording = phone.record(Raises().foot, seed: 1)
        #expect(try HeelRaiseTest(placement: .foot).result(of: recording).count == Raises().count)
    }
}
