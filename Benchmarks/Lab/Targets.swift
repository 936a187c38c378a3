// SPDX-License-Identifier: Apache-2.0
import LabData
import Motion

/// The twelve targets of the calf lab, measured on the recordings beside the project.
///
/// One person raises the heels, and the constants were chosen on these recordings: the figures show that the
/// code does what it did, not what it will do on other people.
enum Targets {
    static let placements: [(String, Placement)] = [
        ("LeftFoot", .foot), ("RightFoot", .foot), ("LeftShank", .shin), ("RightShank", .shin),
        ("LeftThigh", .thigh), ("RightThigh", .thigh), ("Pelvis", .waist), ("Chest", .chest)
    ]

    static func printAll(seeds: Int) throws {
        guard SharedData.isThere else {
            print("nothing to measure: \(SharedData.missing)")
            return
        }
        try heelRaises(seeds)
        try cyclesAndRange(seeds)
        camera()
        print("5 work, LSI, fatigue beside their MDC: the Clinical room's, from its data; not measured here")
        lunge()
        try sway(seeds)
        try flights(seeds)
        try load()
        reaction(seeds)
        print(
            "12 placement, rate, gaps, rounding, method: in every result's `quality`, `method` and `placement`"
        )
    }

    private static func phone(_ seed: Int) -> PhoneSimulation {
        var phone = PhoneSimulation()
        phone.jitter = seed.isMultiple(of: 2) ? .stamps : .sampling
        return phone
    }

    private static func heelRaises(_ seeds: Int) throws {
        var (exact, live, all) = (0, 0, 0)
        for (stretch, amplitude) in [(1.0, 1.0), (0.75, 1), (1.5, 0.7), (2, 0.4), (3, 1), (3, 0.4)] {
            let exercise = try Exercise("HeelRaise")
            for (place, placement) in placements {
                guard let movement = exercise.movement(place, stretch: stretch, amplitude: amplitude) else {
                    continue
                }
                for seed in 0..<seeds {
                    let recording = phone(seed).record(movement, seed: seed)
                    let test = HeelRaiseTest(placement: placement)
                    all += 1
                    exact += try test.result(of: recording).count == 10 ? 1 : 0
                    var watcher = LiveHeelRaise(test)
                    for index in 0..<recording.count {
                        watcher.append(
                            time: recording.time[index], force: recording.acceleration[index],
                            turn: recording.rotation?[index] ?? .zero)
                    }
                    live += watcher.result().count == 10 ? 1 : 0
                }
            }
        }
        print(
            "1 heel raises, 8 places × 6 speeds and sizes: exact \(exact) of \(all), live \(live) of \(all)")
        var (wrong, others) = (0, 0)
        for name in ["SqSL", "LatHop", "Lunge"] {
            let exercise = try Exercise(name)
            for (place, placement) in placements {
                guard let movement = exercise.movement(place) else { continue }
                for seed in 0..<seeds {
                    others += 1
                    let recording = phone(seed).record(movement, seed: seed)
                    wrong += try HeelRaiseTest(placement: placement).result(of: recording).count > 0 ? 1 : 0
                }
            }
        }
        print("  squats, hops, lunges with a heel raise in them: \(wrong) of \(others)")
        var ones = 0
        for file in FairfieldRaise.files {
            let movement = try FairfieldRaise.movement(file)
            for seed in 0..<seeds {
                let recording = phone(seed).record(movement, seed: seed)
                ones += try HeelRaiseTest(placement: .foot).result(of: recording).count == 1 ? 1 : 0
            }
        }
        print("  Fairfield, one each: \(ones) of \(FairfieldRaise.files.count * seeds)")
    }

    private static func cyclesAndRange(_ seeds: Int) throws {
        let exercise = try Exercise("HeelRaise")
        let angles = try SharedData.table("heel-raise/cmu-imu-exercise/HeelRaise_angles.csv.gz")
        for (place, placement) in placements {
            guard let movement = exercise.movement(place) else { continue }
            var cycles: [Double] = []
            var ranges: [Double] = []
            for seed in 0..<seeds {
                let raises = try HeelRaiseTest(placement: placement).result(
                    of: phone(seed).record(movement, seed: seed)
                ).repetitions
                guard raises.count == 10 else { continue }
                for index in 0..<10 {
                    if index > 0 {
                        let truth = exercise.repetitions[index].start - exercise.repetitions[index - 1].start
                        cycles.append((raises[index].start - raises[index - 1].start - truth) * 1000)
                    }
                    let column = angles["\(place == "LeftFoot" ? "Left" : "Right")AnkleAngle_X"] ?? []
                    let angle = column.indices.filter { angles["rep"]?[$0] == Double(index + 1) }.map {
                        column[$0]
                    }
                    if placement == .foot, let high = angle.max(), let low = angle.min(),
                        let range = raises[index].rangeDegrees.value
                    {
                        ranges.append(range - (high - low))
                    }
                }
            }
            print("2 cycle from \(place): \(agreement(cycles, "ms"))")
            if !ranges.isEmpty { print("3 ankle range from \(place): \(agreement(ranges, "°"))") }
        }
    }

    static func agreement(_ errors: [Double], _ unit: String) -> String {
        let spread = Statistics.standardDeviation(errors)
        return
            "bias \(short(Statistics.mean(errors))) \(unit), SD \(short(spread)) \(unit), limits of agreement "
            + "±\(short(1.96 * spread)) \(unit) (n = \(errors.count))"
    }

    static func short(_ value: Double) -> Double { Speed.round(value, 1000) }

    private static func camera() {
        let video = StickerVideo()
        let start = video.centre(0)
        var camera = CameraHeelRaise(stickerDiameter: 20, x: start.x + 3, y: start.y - 4, radius: 10)
        for number in 0..<video.frameCount {
            if let frame = video.frame(number) { _ = camera.append(frame, at: video.seconds(number)) }
        }
        let result = camera.result()
        let errors = result.heightCentimetres.indices.map {
            (result.heightCentimetres[$0] - video.trueHeight($0)) * 10
        }
        let mean = Statistics.mean(errors.map { $0 * $0 })
        print("4 camera at 0.7 mm/px: \(short(mean.squareRoot())) mm RMS, \(result.count) of 5 raises")
    }

    private static func lunge() {
        var worst = 0.0
        for (seed, angle) in [20.0, 35, 44.9, 60].enumerated() {
            let lean = angle * Math.radiansPerDegree
            let count = 600
            let zero = [Double](repeating: 0, count: count)
            let pose = Movement(
                start: 0, rate: 100,
                force: Axes(
                    x: zero, y: zero.map { _ in 9.81 * Math.cos(lean) },
                    z: zero.map { _ in 9.81 * Math.sin(lean) }),
                turn: Axes(x: zero, y: zero, z: zero))
            var phone = phone(seed)
            phone.isMountedAnyhow = false
            let result = try? AnkleTest(task: .lunge).result(of: phone.record(pose, seed: seed))
            worst = max(worst, ((result?.angleDegrees.value ?? .infinity) - angle).magnitude)
        }
        print("6 static angle of the shin: worst error \(short(worst))°")
    }

    private static func sway(_ seeds: Int) throws {
        var (area, speed) = (0.0, 0.0)
        var errors: [Bool: [Double]] = [:]
        for trial in try StandingTrial.all() {
            area = max(area, (Sway.ellipseArea(trial.x, trial.y) / trial.area - 1).magnitude)
            speed = max(speed, (Sway.speed(trial.x, trial.y, rate: 100) / trial.speed - 1).magnitude)
            let body = trial.body
            let truth = body.truth.degrees
            for seed in 0..<min(seeds, 10) {
                var phone = phone(seed)
                phone.turnNoise = 0.05
                let result = try BalanceTest(height: trial.height).result(
                    of: phone.record(body.movement, seed: seed))
                errors[trial.isFoam, default: []].append(
                    ((result.rmsDegrees.value ?? .nan) / truth - 1) * 100)
            }
        }
        print("7 plate: ellipse within \(area), speed within \(speed) of the authors'")
        for isFoam in [false, true] {
            let some = errors[isFoam] ?? []
            let mean = Statistics.mean(some.map { $0 * $0 }).squareRoot()
            print(
                "  phone on \(isFoam ? "foam" : "firm ground"): RMS of the lean off by \(short(mean)) % (n = \(some.count))"
            )
        }
    }

    private static func flights(_ seeds: Int) throws {
        var all: [String: [Double]] = [:]
        var strengths: [Double] = []
        for jump in try PlateJump.all() {
            for seed in 0..<seeds {
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
                        let kind =
                            jitter == .sampling ? "late samples" : flight.isSoft == true ? "soft" : "stiff"
                        all[kind, default: []].append((flight.seconds - truth) * 1000)
                        if jitter == .stamps, let contact = jump.contacts[index], contact < 1,
                            let strength = flight.reactiveStrength.value
                        {
                            strengths.append(strength - 9.80665 * truth * truth / 8 / contact)
                        }
                    }
                }
            }
        }
        print("8 flight: \(agreement((all["soft"] ?? []) + (all["stiff"] ?? []), "ms"))")
        for (kind, errors) in all.sorted(by: { $0.key < $1.key }) {
            print("  \(kind): \(agreement(errors, "ms"))")
        }
        print("9 RSI at the body's centre: \(agreement(strengths, "m/s"))")
    }

    private static func load() throws {
        for name in ["PDS13CF1", "PDS13OR1"] {
            let table = try SharedData.table("balance/bmclab-pds/\(name)_grf.csv.gz")
            let (left, right) = (table["LGRF_Y"] ?? [], table["RGRF_Y"] ?? [])
            let direct = right.reduce(0, +) / (right.reduce(0, +) + left.reduce(0, +)) * 100
            let share = LoadShare(left: left, right: right).rightPercent.value ?? .nan
            print(
                "10 load \(name): right \(short(share)) %, \(short((share - direct).magnitude)) from the direct ratio"
            )
        }
    }

    private static func reaction(_ seeds: Int) {
        var errors: [Double] = []
        for seed in 0..<seeds {
            let steps = Steps(count: 10, seed: seed)
            let result = try? ReactionTest(signals: steps.signals).result(
                of: PhoneSimulation().record(steps.movement, seed: seed))
            for (response, truth) in zip(result?.responses ?? [], steps.delays) {
                if let seconds = response.seconds.value { errors.append((seconds - truth) * 1000) }
            }
        }
        print(
            "11 reaction, made-up steps: \(agreement(errors, "ms")); the browser's latency is the page's to measure"
        )
    }
}
