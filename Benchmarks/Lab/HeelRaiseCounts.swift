// SPDX-License-Identifier: Apache-2.0
import LabData
import Motion

/// Target 1: heel raises are counted exactly, and nothing else is counted.
enum HeelRaiseCounts {
    static let placements: [(place: String, placement: Placement)] = [
        ("LeftFoot", .foot), ("RightFoot", .foot), ("LeftShank", .shin), ("RightShank", .shin),
        ("LeftThigh", .thigh), ("RightThigh", .thigh), ("Pelvis", .waist), ("Chest", .chest)
    ]
    /// Times the duration, and part of the amplitude.
    static let copies = [(1.0, 1.0), (0.75, 1), (1.5, 0.7), (2, 0.4), (3, 1), (3, 0.4)]

    static func figures(_ bench: Bench) async throws -> [Figure] {
        var figures = try await raises(bench)
        figures.append(try await others(bench))
        figures.append(try await fairfield(bench))
        figures.append(try await otherPeople(bench))
        return figures
    }

    /// Some simulated phones on one movement.
    private struct Work: Sendable {
        var name: String
        var movement: Movement
        var placement: Placement
        var seeds: Range<Int>
        var wanted: Int
    }
    private struct Counted: Sendable {
        var name: String
        var all = 0
        var wrong = 0
        var wrongLive = 0
    }

    private static func count(_ work: Work) throws -> Counted {
        var counted = Counted(name: work.name)
        let test = HeelRaiseTest(placement: work.placement)
        for seed in work.seeds {
            let recording = Bench.phone(seed).record(work.movement, seed: seed)
            counted.all += 1
            counted.wrong += try test.result(of: recording).count == work.wanted ? 0 : 1
            counted.wrongLive += test.live(of: recording).count == work.wanted ? 0 : 1
        }
        return counted
    }

    private static func works(
        _ bench: Bench, _ name: String, _ movement: Movement, _ placement: Placement, _ wanted: Int
    )
        -> [Work]
    {
        stride(from: 0, to: bench.seeds, by: 10).map {
            Work(
                name: name, movement: movement, placement: placement,
                seeds: $0..<min($0 + 10, bench.seeds), wanted: wanted)
        }
    }

    private static func figure(
        _ what: String, _ data: String, _ target: String, _ counts: [Counted], live: Bool
    )
        -> Figure
    {
        var wrong: [String: Int] = [:]
        var all = 0
        for counted in counts {
            all += counted.all
            let number = live ? counted.wrongLive : counted.wrong
            if number > 0 { wrong[counted.name, default: 0] += number }
        }
        let places = wrong.sorted { $0.key < $1.key }.map { "\($0.key) \($0.value)" }.joined(separator: ", ")
        let sum = wrong.values.reduce(0, +)
        return Figure(
            number: 1, what: what, data: data,
            found: "wrong in \(sum) of \(all)\(places.isEmpty ? "" : ": \(places)")", target: target,
            isMet: sum == 0)
    }

    private static func raises(_ bench: Bench) async throws -> [Figure] {
        let exercise = try Exercise("HeelRaise")
        var all: [Work] = []
        for (stretch, amplitude) in copies {
            for (place, placement) in placements {
                if let movement = exercise.movement(place, stretch: stretch, amplitude: amplitude) {
                    all += works(bench, "\(place) ×\(stretch) of \(amplitude)", movement, placement, 10)
                }
            }
        }
        let counts = try await bench.each(all, count)
        let data =
            "CMU, ten raises, 8 places × 6 durations (0.75 to 3) and sizes (0.4 to 1), \(bench.seeds) phones"
        return [false, true].map {
            figure($0 ? "heel raises, live" : "heel raises, afterwards", data, "ten each", counts, live: $0)
        }
    }

    private static func others(_ bench: Bench) async throws -> Figure {
        var all: [Work] = []
        for name in ["SqSL", "LatHop", "Lunge"] {
            let exercise = try Exercise(name)
            for (place, placement) in placements {
                if let movement = exercise.movement(place) {
                    all += works(bench, "\(name) \(place)", movement, placement, 0)
                }
            }
        }
        return figure(
            "heel raises in squats, hops and lunges", "CMU, 3 exercises × 8 places, \(bench.seeds) phones",
            "none", try await bench.each(all, count), live: false)
    }

    private static func fairfield(_ bench: Bench) async throws -> Figure {
        var all: [Work] = []
        for file in FairfieldRaise.files {
            all += works(bench, file, try FairfieldRaise.movement(file), .foot, 1)
        }
        return figure(
            "heel raises of five more people",
            "Fairfield, ankle angle as a phone on the foot, \(bench.seeds) phones",
            "one each", try await bench.each(all, count), live: false)
    }

    /// People who walk, jump and stand: every one of their recordings as it is.
    private static func otherPeople(_ bench: Bench) async throws -> Figure {
        let walks = try await bench.each(WalkRecording.all()) { walk in
            let count = try HeelRaiseTest(placement: walk.placement).result(of: walk.recording()).count
            return Counted(name: walk.name, all: 1, wrong: count)
        }
        var all: [Work] = []
        for jump in try PlateJump.all() {
            var movement = jump.movement
            movement.hasTurn = true
            all.append(Work(name: jump.name, movement: movement, placement: .waist, seeds: 0..<4, wanted: 0))
        }
        for trial in try StandingTrial.all() {
            all.append(
                Work(
                    name: trial.name, movement: trial.body.movement, placement: .waist, seeds: 0..<2,
                    wanted: 0))
        }
        let stood = try await bench.each(all, count)
        return figure(
            "heel raises of people who walk, jump and stand",
            "\(walks.count) recordings of walking, \(all.count) of jumping and standing on plates", "none",
            walks + stood, live: false)
    }
}
