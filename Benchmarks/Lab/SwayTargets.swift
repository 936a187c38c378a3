// SPDX-License-Identifier: Apache-2.0
import LabData
import Motion

/// Target 7: sway from a plate as its authors computed it, and from a phone.
enum SwayTargets {
    private struct Trial: Sendable {
        var isFoam: Bool
        var area: Double
        var speed: Double
        /// Of the lean's root mean square, %.
        var errors: [Double]
    }

    static func figures(_ bench: Bench) async throws -> [Figure] {
        let trials = try await bench.each(StandingTrial.all()) { trial in
            let body = trial.body
            let truth = body.truth.degrees
            let errors: [Double] = try (0..<min(bench.seeds, 10)).map { seed in
                var phone = Bench.phone(seed)
                phone.turnNoise = 0.05
                let result = try BalanceTest(height: trial.height).result(
                    of: phone.record(body.movement, seed: seed))
                return ((result.rmsDegrees.value ?? .nan) / truth - 1) * 100
            }
            return Trial(
                isFoam: trial.isFoam, area: (Sway.ellipseArea(trial.x, trial.y) / trial.area - 1).magnitude,
                speed: (Sway.speed(trial.x, trial.y, rate: 100) / trial.speed - 1).magnitude, errors: errors)
        }
        let area = trials.map { $0.area }.max() ?? .nan
        let speed = trials.map { $0.speed }.max() ?? .nan
        let data = "BMClab, \(trials.count) trials of 60 s"
        var figures = [
            Figure(
                number: 7, what: "ellipse and speed from the plate", data: data,
                found: "area within \(area), speed within \(speed) of the authors'",
                target: "area within 1e-6, speed within 1e-5", isMet: area <= 1e-6 && speed <= 1e-5)
        ]
        for (isFoam, most) in [(false, 5.0), (true, 2.0)] {
            let errors = Errors(trials.filter { $0.isFoam == isFoam }.flatMap { $0.errors }, "%")
            figures.append(
                Figure(
                    number: 7, what: "sway from a phone on \(isFoam ? "foam" : "firm ground")",
                    data: "\(data), \(min(bench.seeds, 10)) phones",
                    found: "root mean square of the lean off by \(errors.rootMeanSquare.short) % "
                        + "(n = \(errors.values.count))",
                    target: "\(most) %", isMet: errors.rootMeanSquare <= most))
        }
        return figures
    }
}
