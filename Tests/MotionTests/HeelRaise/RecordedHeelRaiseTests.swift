// SPDX-License-Identifier: Apache-2.0
import LabData
import Motion
import Testing

@Suite("Heel raises, recorded", .enabled(if: SharedData.isThere, Comment(rawValue: SharedData.missing)))
struct RecordedHeelRaiseTests {
    static let placements: [String: Placement] = [
        "LeftFoot": .foot, "RightFoot": .foot, "LeftShank": .shin, "RightShank": .shin, "LeftThigh": .thigh,
        "RightThigh": .thigh, "Pelvis": .waist, "Chest": .chest
    ]

    private func counts(_ name: String, stretch: Double = 1, amplitude: Double = 1) throws -> [String: [Int]]
    {
        let exercise = try Exercise(name)
        var counts: [String: [Int]] = [:]
        for (place, placement) in Self.placements {
            guard let movement = exercise.movement(place, stretch: stretch, amplitude: amplitude) else {
                continue
            }
            for (seed, jitter) in [PhoneSimulation.Jitter.stamps, .sampling].enumerated() {
                var phone = PhoneSimulation()
                phone.jitter = jitter
                let recording = phone.record(movement, seed: seed)
                counts[place, default: []].append(
                    try HeelRaiseTest(placement: placement).result(of: recording).count)
            }
        }
        return counts
    }

    @Test("are ten, from every place", arguments: [(1.0, 1.0), (0.75, 1), (2, 1), (1, 0.5)])
    func ten(stretch: Double, amplitude: Double) throws {
        for (place, counts) in try counts("HeelRaise", stretch: stretch, amplitude: amplitude) {
            #expect(counts == [10, 10], "\(place)")
        }
    }

    /// Phones with which single choices, one after another, went wrong by one.
    struct Hard: Sendable {
        var place: String
        var stretch: Double
        var amplitude: Double
        var seed: Int
    }
    static let hard = [
        Hard(place: "LeftShank", stretch: 0.75, amplitude: 1, seed: 45),
        Hard(place: "RightThigh", stretch: 0.75, amplitude: 1, seed: 45),
        Hard(place: "Pelvis", stretch: 2, amplitude: 0.4, seed: 154),
        Hard(place: "Pelvis", stretch: 3, amplitude: 0.4, seed: 4),
        Hard(place: "Pelvis", stretch: 3, amplitude: 0.4, seed: 6),
        Hard(place: "RightShank", stretch: 3, amplitude: 0.4, seed: 11)
    ]

    @Test("are ten where the phone's rounding hides them, live as afterwards", arguments: hard)
    func hidden(_ hard: Hard) throws {
        let movement = try #require(
            try Exercise("HeelRaise").movement(hard.place, stretch: hard.stretch, amplitude: hard.amplitude))
        var phone = PhoneSimulation()
        phone.jitter = hard.seed.isMultiple(of: 2) ? .stamps : .sampling
        let recording = phone.record(movement, seed: hard.seed)
        let test = HeelRaiseTest(placement: try #require(Self.placements[hard.place]))
        #expect(try test.result(of: recording).count == 10)
        #expect(test.live(of: recording).count == 10)
    }

    @Test("are ten in the recording with its holes, from every place, live as afterwards")
    func holes() throws {
        let table = try SharedData.table("heel-raise/cmu-imu-exercise/HeelRaise.csv.gz")
        for (place, placement) in Self.placements {
            let turn = Axes(table, "\(place)_gx", "\(place)_gy", "\(place)_gz")
            func degrees(_ radians: [Double]) -> [Double] { radians.map { $0 / Math.radiansPerDegree } }
            let recording = Recording(
                time: table["t_s"] ?? [],
                acceleration: Axes(table, "\(place)_ax", "\(place)_ay", "\(place)_az"),
                rotation: Axes(x: degrees(turn.x), y: degrees(turn.y), z: degrees(turn.z)))
            let test = HeelRaiseTest(placement: placement)
            let result = try test.result(of: recording)
            #expect(result.count == 10, "\(place)")
            #expect(result.quality.gaps.count == 9)
            #expect(test.live(of: recording).count == 10, "\(place), live")
        }
    }

    @Test("are not seen in squats, hops and lunges", arguments: ["SqSL", "LatHop", "Lunge"])
    func none(name: String) throws {
        for (place, counts) in try counts(name) { #expect(counts == [0, 0], "\(place)") }
    }

    @Test("of the Fairfield people are one each", arguments: FairfieldRaise.files)
    func fairfield(file: String) throws {
        let movement = try FairfieldRaise.movement(file)
        for seed in 0..<2 {
            let recording = PhoneSimulation().record(movement, seed: seed)
            #expect(try HeelRaiseTest(placement: .foot).result(of: recording).count == 1)
        }
    }

    @Test("have cycles within 60 ms, and the ankle's range within 2°")
    func agreement() throws {
        let exercise = try Exercise("HeelRaise")
        let angles = try SharedData.table("heel-raise/cmu-imu-exercise/HeelRaise_angles.csv.gz")
        let numbers = angles["rep"] ?? []
        for (place, column) in [("LeftFoot", "LeftAnkleAngle_X"), ("RightFoot", "RightAnkleAngle_X")] {
            let movement = try #require(exercise.movement(place))
            let raises = try HeelRaiseTest(placement: .foot).result(
                of: PhoneSimulation().record(movement, seed: 1)
            ).repetitions
            var cycles: [Double] = []
            var ranges: [Double] = []
            for index in raises.indices {
                let angle = numbers.indices.filter { numbers[$0] == Double(index + 1) }
                    .compactMap { angles[column]?[$0] }
                let range = try #require(angle.max()) - (try #require(angle.min()))
                ranges.append(try #require(raises[index].rangeDegrees.value) - range)
                guard index > 0 else { continue }
                cycles.append(
                    raises[index].start - raises[index - 1].start
                        - (exercise.repetitions[index].start - exercise.repetitions[index - 1].start))
            }
            #expect(abs(Statistics.mean(cycles)) < 0.005)
            #expect(1.96 * Statistics.standardDeviation(cycles) < 0.06)
            #expect(abs(Statistics.mean(ranges)) < 2)
            #expect(Statistics.standardDeviation(ranges) < 2)
        }
    }
}
