// SPDX-License-Identifier: Apache-2.0
import LabData
import Motion
import Testing

@Suite("Balance") struct BalanceTests {
    @Test("The ellipse of a round cloud is the circle that holds 95 %")
    func ellipse() {
        var chance = SeededGenerator(seed: 1)
        let x = (0..<20_000).map { _ in chance.normal() }
        let y = (0..<20_000).map { _ in chance.normal() }
        // pi · 5.99 for a spread of one.
        #expect(abs(Sway.ellipseArea(x, y) / 18.82 - 1) < 0.02)
        #expect(Sway.ellipseArea([1, 2], [1, 2]).isNaN)
    }

    @Test(
        "is as its authors computed it from the plate, and within 5 and 2 % from a phone",
        .enabled(if: SharedData.isThere, Comment(rawValue: SharedData.missing)))
    func recorded() throws {
        for trial in try StandingTrial.all(8) {
            #expect(abs(Sway.ellipseArea(trial.x, trial.y) / trial.area - 1) < 1e-6)
            #expect(abs(Sway.speed(trial.x, trial.y, rate: 100) / trial.speed - 1) < 1e-5)
            var phone = PhoneSimulation()
            phone.turnNoise = 0.05
            let result = try BalanceTest(height: trial.height).result(
                of: phone.record(trial.body.movement, seed: 1))
            let error = try #require(result.rmsDegrees.value) / trial.body.truth.degrees - 1
            // The targets are for all trials together; one trial may be twice as far off.
            #expect(abs(error) < (trial.isFoam ? 0.04 : 0.1), "\(trial.name)")
            #expect(!result.isLost)
        }
    }

    @Test("ends when the other foot comes down")
    func lost() throws {
        var chance = SeededGenerator(seed: 3)
        var force = Axes()
        let count = 2000
        for index in 0..<count {
            let t = Double(index) / 100
            let lean = (t < 12 ? 0.5 : 9) * Math.radiansPerDegree
            let jolt = t > 12 && t < 12.3 ? 4.0 : 0
            force.append(
                Vector(9.81 * Math.sin(lean) + jolt + 0.05 * chance.normal(), 0, 9.81 * Math.cos(lean)))
        }
        let zero = [Double](repeating: 0, count: count)
        let movement = Movement(start: 0, rate: 100, force: force, turn: Axes(x: zero, y: zero, z: zero))
        let result = try BalanceTest().result(of: PhoneSimulation().record(movement, seed: 1))
        #expect(result.isLost)
        #expect(abs((result.heldSeconds.value ?? 0) - 12) < 0.2)
        #expect(result.rmsCentimetres == .missing(.noHeight))
    }

    @Test("without a gyroscope has its time, and no lean")
    func accelerometerOnly() throws {
        let result = try BalanceTest().result(of: Hostile.noRotation.recording)
        #expect(result.heldSeconds.value != nil)
        #expect(result.rmsDegrees == .missing(.noRotation))
    }
}
