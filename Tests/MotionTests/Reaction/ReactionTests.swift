// SPDX-License-Identifier: Apache-2.0
import LabData
import Motion
import Testing

@Suite("Reaction") struct ReactionTests {
    @Test("is timed within two samples, the median within one, the latency taken off", arguments: 0..<3)
    func times(seed: Int) throws {
        let steps = Steps(count: 10, seed: seed)
        let recording = PhoneSimulation().record(steps.movement, seed: seed)
        let plain = try ReactionTest(signals: steps.signals).result(of: recording)
        let late = try ReactionTest(signals: steps.signals, latency: 0.05).result(of: recording)
        for (index, truth) in steps.delays.enumerated() {
            let seconds = try #require(plain.responses[index].seconds.value)
            #expect(abs(seconds - truth) < 0.034)
            #expect(abs((late.responses[index].seconds.value ?? 0) - seconds + 0.05) < 0.02)
        }
        #expect(plain.falseStarts == 0)
        #expect(abs((plain.medianSeconds.value ?? 0) - Statistics.median(steps.delays)) < 0.017)
    }

    @Test("of a phone so still that every sample is the same is no false start")
    func perfectlyStill() throws {
        var phone = PhoneSimulation()
        (phone.forceNoise, phone.turnNoise, phone.turnBias) = (0, 0, 0)
        let steps = Steps(count: 10, seed: 4)
        let result = try ReactionTest(signals: steps.signals).result(
            of: phone.record(steps.movement, seed: 4))
        #expect(result.falseStarts == 0)
        #expect(abs((result.medianSeconds.value ?? 0) - Statistics.median(steps.delays)) < 0.034)
    }

    @Test("to a step knows the way, from the first answer's")
    func ways() throws {
        let steps = Steps(count: 8, seed: 1)
        let result = try ReactionTest(signals: steps.signals, isDrill: true).result(
            of: PhoneSimulation().record(steps.movement, seed: 2))
        for (response, way) in zip(result.responses, steps.ways) {
            let error = (try #require(response.directionDegrees)) * Math.radiansPerDegree - way
            #expect(Math.cos(error) > 0.95)
        }
    }

    @Test("before the signal is a false start; none at all has a reason")
    func none() throws {
        let steps = Steps(count: 4, seed: 1)
        let recording = PhoneSimulation().record(steps.movement, seed: 1)
        let early = try ReactionTest(
            signals: steps.signals.indices.map { steps.signals[$0] + steps.delays[$0] - 0.05 }
        )
        .result(of: recording)
        #expect(early.falseStarts == 4)
        #expect(early.medianSeconds == .missing(.tooFew(needed: 3, got: 0)))
        let outside = try ReactionTest(signals: [1e6, -5]).result(of: recording)
        #expect(outside.responses.allSatisfy { $0.seconds == .missing(.gap) })
    }
}
