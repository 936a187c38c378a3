// SPDX-License-Identifier: Apache-2.0
import LabData
import Motion

/// Targets 8 and 9: time in the air, time on the ground, and what follows from both.
enum JumpTargets {
    /// One flight that was found, beside the plate's.
    private struct Pair: Sendable {
        var isLateSampled: Bool
        var isSoft: Bool
        var seconds: Double
        var truth: Double
        var strength: Double?
        var trueStrength: Double?
    }

    private static func pairs(_ bench: Bench) async throws -> [Pair] {
        try await bench.each(PlateJump.all()) { jump in
            var pairs: [Pair] = []
            for seed in 0..<bench.seeds {
                for jitter in [PhoneSimulation.Jitter.stamps, .sampling] {
                    var phone = PhoneSimulation()
                    phone.jitter = jitter
                    let found = try HopTest(placement: .waist).result(
                        of: phone.record(jump.movement, seed: seed))
                    for flight in found.flights {
                        guard
                            let index = jump.flights.firstIndex(where: {
                                ($0.takeoff - flight.takeoff).magnitude < 0.15
                            })
                        else { continue }
                        let truth = jump.flights[index].landing - jump.flights[index].takeoff
                        let contact = jump.contacts[index].flatMap { $0 < 1 ? $0 : nil }
                        pairs.append(
                            Pair(
                                isLateSampled: jitter == .sampling, isSoft: flight.isSoft == true,
                                seconds: flight.seconds, truth: truth,
                                strength: flight.reactiveStrength.value,
                                trueStrength: contact.map { 9.80665 * truth * truth / 8 / $0 }))
                    }
                }
            }
            return pairs
        }.flatMap { $0 }
    }

    static func flights(_ bench: Bench) async throws -> [Figure] {
        let pairs = try await pairs(bench)
        let kinds: [(String, (Pair) -> Bool)] = [
            ("flight, stamps off by up to 15 ms", { !$0.isLateSampled }),
            ("flight, stamps off, stiff landings", { !$0.isLateSampled && !$0.isSoft }),
            ("flight, stamps off, soft landings", { !$0.isLateSampled && $0.isSoft }),
            ("flight, samples themselves off by up to 15 ms", { $0.isLateSampled })
        ]
        var figures = kinds.map { name, belongs in
            let errors = Errors(pairs.filter(belongs).map { ($0.seconds - $0.truth) * 1000 }, "ms")
            return Figure(
                number: 8, what: name, data: "all shared force-plate jumps at 60 Hz, \(bench.seeds) phones",
                found: errors.words, target: "|bias| ≤ 3 ms, SD ≤ 8 ms",
                isMet: errors.isWithin(bias: 3, spread: 8))
        }
        let heights = Errors(
            pairs.filter { !$0.isLateSampled }.map {
                9.80665 / 8 * ($0.seconds * $0.seconds - $0.truth * $0.truth) * 100
            }, "cm")
        figures.append(
            Figure(
                number: 8, what: "height from flight", data: figures[0].data, found: heights.words,
                target: "SD ≤ 0.9 cm", isMet: heights.spread <= 0.9))
        return figures
    }

    static func strength(_ bench: Bench) async throws -> [Figure] {
        let errors = Errors(
            try await pairs(bench).filter { !$0.isLateSampled }.compactMap { pair in
                guard let found = pair.strength, let truth = pair.trueStrength else { return nil }
                return found - truth
            }, "m/s")
        return [
            Figure(
                number: 9, what: "reactive strength index",
                data: "drop jumps on plates, \(bench.seeds) phones",
                found: errors.words, target: "|bias| < 0.03 m/s, SD < 0.10 m/s (peers 0.056, 0.127)",
                isMet: errors.isWithin(bias: 0.03, spread: 0.1))
        ]
    }
}
