// SPDX-License-Identifier: Apache-2.0
import LabData
import Motion

/// Targets 4, 6, 10 and 11: camera, shin angle, load and reaction.
enum OtherTargets {
    static func camera(_: Bench) async throws -> [Figure] {
        let video = StickerVideo()
        let start = video.centre(0)
        var camera = CameraHeelRaise(stickerDiameter: 20, x: start.x + 3, y: start.y - 4, radius: 10)
        for number in 0..<video.frameCount {
            if let frame = video.frame(number) { _ = camera.append(frame, at: video.seconds(number)) }
        }
        let result = camera.result()
        let errors = Errors(
            result.heightCentimetres.indices.map {
                (result.heightCentimetres[$0] - video.trueHeight($0)) * 10
            }, "mm")
        return [
            Figure(
                number: 4, what: "height by camera", data: "rendered video at 0.7 mm a pixel, 5 raises",
                found: "\(errors.rootMeanSquare.short) mm RMS, \(result.count) raises",
                target: "≤ 0.5 mm RMS, 5 raises", isMet: errors.rootMeanSquare <= 0.5 && result.count == 5)
        ]
    }

    static func lunge(_ bench: Bench) async throws -> [Figure] {
        var errors = Errors([], "°")
        for angle in [20.0, 35, 44.9, 60] {
            let lean = angle * Math.radiansPerDegree
            let zero = [Double](repeating: 0, count: 600)
            let force = Axes(
                x: zero, y: zero.map { _ in 9.81 * Math.cos(lean) },
                z: zero.map { _ in 9.81 * Math.sin(lean) })
            let pose = Movement(start: 0, rate: 100, force: force, turn: Axes(x: zero, y: zero, z: zero))
            for seed in 0..<bench.seeds {
                var phone = Bench.phone(seed)
                phone.isMountedAnyhow = false
                let result = try AnkleTest(task: .lunge).result(of: phone.record(pose, seed: seed))
                errors.values.append((result.angleDegrees.value ?? .infinity) - angle)
            }
        }
        let worst = errors.values.map { $0.magnitude }.max() ?? .nan
        // A step of 0.1 m/s² is 0.29° at half a step either way.
        return [
            Figure(
                number: 6, what: "static angle of the shin", data: "made-up poses, \(bench.seeds) phones",
                found: "worst \(worst.short)°, \(errors.words)", target: "≤ 0.1° and the rounding (0.29°)",
                isMet: worst <= 0.39 && errors.bias.magnitude <= 0.1)
        ]
    }

    static func load(_: Bench) async throws -> [Figure] {
        try ["PDS13CF1", "PDS13OR1"].map { name in
            let table = try SharedData.table("balance/bmclab-pds/\(name)_grf.csv.gz")
            let (left, right) = (table["LGRF_Y"] ?? [], table["RGRF_Y"] ?? [])
            let (leftSum, rightSum) = (left.reduce(0, +), right.reduce(0, +))
            let direct = rightSum / (rightSum + leftSum) * 100
            let share = LoadShare(left: left, right: right).rightPercent.value ?? .nan
            let error = (share - direct).magnitude
            return Figure(
                number: 10, what: "left and right load", data: "BMClab \(name), a plate per foot",
                found: "right \(share.short) %, \(error.short) from the direct ratio", target: "within 0.1 %",
                isMet: error <= 0.1)
        }
    }

    static func reaction(_ bench: Bench) async throws -> [Figure] {
        let found = try await bench.each(Array(0..<bench.seeds)) { seed in
            let steps = Steps(count: 10, seed: seed)
            let result = try ReactionTest(signals: steps.signals).result(
                of: Bench.phone(seed).record(steps.movement, seed: seed))
            return zip(result.responses, steps.delays).compactMap { response, truth in
                response.seconds.value.map { ($0 - truth) * 1000 }
            }
        }
        let errors = Errors(found.flatMap { $0 }, "ms")
        return [
            Figure(
                number: 11, what: "reaction time",
                data:
                    "made-up steps, ten a phone, \(bench.seeds) phones; the page measures the browser's latency "
                    + "(Tests/Browser/test_lab.py)",
                found: errors.words, target: "SD ≤ 10 ms", isMet: errors.spread <= 10)
        ]
    }
}
