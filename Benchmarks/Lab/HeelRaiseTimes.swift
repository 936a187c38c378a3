// SPDX-License-Identifier: Apache-2.0
import LabData
import Motion

/// Targets 2 and 3: how long a heel raise takes, and how far the ankle goes.
enum HeelRaiseTimes {
    private struct Work: Sendable {
        var place: String
        var placement: Placement
        var movement: Movement
    }

    private static func works(_ exercise: Exercise) -> [Work] {
        HeelRaiseCounts.placements.compactMap { place, placement in
            exercise.movement(place).map { Work(place: place, placement: placement, movement: $0) }
        }
    }

    /// The raises of each simulated phone that saw all ten.
    private static func raises(_ work: Work, _ seeds: Int) throws -> [[HeelRaise]] {
        try (0..<seeds).map { seed in
            try HeelRaiseTest(placement: work.placement).result(
                of: Bench.phone(seed).record(work.movement, seed: seed)
            ).repetitions
        }.filter { $0.count == 10 }
    }

    static func cycles(_ bench: Bench) async throws -> [Figure] {
        let exercise = try Exercise("HeelRaise")
        let truth = exercise.repetitions
        return try await bench.each(works(exercise)) { work in
            var errors = Errors([], "ms")
            for raises in try raises(work, bench.seeds) {
                for index in 1..<10 {
                    let cycle = raises[index].start - raises[index - 1].start
                    errors.values.append((cycle - (truth[index].start - truth[index - 1].start)) * 1000)
                }
            }
            return Figure(
                number: 2, what: "cycle time from \(work.place)",
                data: "CMU, start to start by the authors, \(bench.seeds) phones", found: errors.words,
                target: "|bias| < 5 ms, limits of agreement within ±60 ms",
                isMet: errors.isWithin(bias: 5, spread: 60 / 1.96))
        }
    }

    static func ranges(_ bench: Bench) async throws -> [Figure] {
        let exercise = try Exercise("HeelRaise")
        let angles = try SharedData.table("heel-raise/cmu-imu-exercise/HeelRaise_angles.csv.gz")
        let feet = works(exercise).filter { $0.placement == .foot }
        return try await bench.each(feet) { work in
            let column = angles[work.place == "LeftFoot" ? "LeftAnkleAngle_X" : "RightAnkleAngle_X"] ?? []
            let numbers = angles["rep"] ?? []
            let truths: [Double] = (1...10).map { rep in
                let angle = column.indices.filter { numbers[$0] == Double(rep) }.map { column[$0] }
                return (angle.max() ?? .nan) - (angle.min() ?? .nan)
            }
            var errors = Errors([], "°")
            for raises in try raises(work, bench.seeds) {
                for (raise, truth) in zip(raises, truths) {
                    errors.values.append((raise.rangeDegrees.value ?? .nan) - truth)
                }
            }
            return Figure(
                number: 3, what: "ankle range from \(work.place)",
                data: "CMU joint angles, \(bench.seeds) phones", found: errors.words,
                target: "|bias| ≤ 2°, SD ≤ 2°", isMet: errors.isWithin(bias: 2, spread: 2))
        }
    }
}
