// SPDX-License-Identifier: Apache-2.0
import LabData
import Motion
import Testing

@Suite("The ankle") struct AnkleTests {
    @Test(
        "draws circles that are counted with their direction",
        arguments: [(10, 2.0, 15.0, 15.0), (7, 3, 20, 10), (5, 5, 20, 20), (10, 1, 5, 5)])
    func circles(count: Int, period: Double, pitch: Double, roll: Double) throws {
        for isClockwise in [false, true] {
            var circles = FootCircles()
            (circles.count, circles.period, circles.pitch, circles.roll) = (count, period, pitch, roll)
            circles.isClockwise = isClockwise
            let result = try AnkleTest(task: .circles).result(
                of: PhoneSimulation().record(circles.movement, seed: count))
            #expect(result.count == count)
            let directions = Set(result.cycles.map { $0.direction })
            #expect(directions.count == 1)
            // The foot leans to its sides as the angle grows: see FootCircles.
            #expect(directions.first == (isClockwise ? .counterclockwise : .clockwise))
        }
    }

    @Test("that pumps draws no circles")
    func pumping() throws {
        var pumps = FootCircles()
        pumps.roll = 1
        let recording = PhoneSimulation().record(pumps.movement, seed: 1)
        #expect(try AnkleTest(task: .circles).result(of: recording).count == 0)
        let result = try AnkleTest(task: .pumps).result(of: recording)
        #expect(abs(result.count - 10) <= 1)
        // The first and the last swing are half of one, from rest.
        #expect(abs((result.angleDegrees.value ?? 0) - 30) < 3)
    }

    @Test(
        "pumps ten times in the recording",
        .enabled(if: SharedData.isThere, Comment(rawValue: SharedData.missing)))
    func recorded() throws {
        let table = try SharedData.table("ankle/maskul-ankle/FAN_FC_FOOT.csv.gz")
        let rate = Axes(table, "gx", "gy", "gz")
        var turn = Axes()
        for index in 0..<rate.count { turn.append(rate[index] / Math.radiansPerDegree) }
        let movement = Movement(start: 0, rate: 100, force: Axes(table, "ax", "ay", "az"), turn: turn)
        for seed in 0..<4 {
            let recording = PhoneSimulation().record(movement, seed: seed)
            #expect(try AnkleTest(task: .pumps).result(of: recording).count == 10)
            #expect(try AnkleTest(task: .circles).result(of: recording).count == 0)
        }
    }

    /// A shin that leans so far, then stands, at 100 Hz.
    private func lunges(_ angles: [Double], hold: Double = 3) -> Movement {
        var force = Axes()
        var lean = 0.0
        var poses = [0.0]
        for angle in angles { poses += [angle, 0] }
        for angle in poses {
            for _ in 0..<Int(hold * 100) {
                lean += (angle - lean) * 0.05
                let radians = lean * Math.radiansPerDegree
                force.append(Vector(0, 9.81 * Math.cos(radians), 9.81 * Math.sin(radians)))
            }
        }
        let zero = [Double](repeating: 0, count: force.count)
        return Movement(start: 0, rate: 100, force: force, turn: Axes(x: zero, y: zero, z: zero))
    }

    @Test("lunges: the shin's angle within six tenths of a degree, along the shin or at any mounting")
    func lunge() throws {
        let movement = lunges([38, 40, 42])
        for isMountedAnyhow in [false, true] {
            var phone = PhoneSimulation()
            phone.isMountedAnyhow = isMountedAnyhow
            let result = try AnkleTest(task: .lunge).result(of: phone.record(movement, seed: 5))
            #expect(result.count == 3)
            #expect(result.isAlongShin == !isMountedAnyhow)
            for (cycle, truth) in zip(result.cycles, [38.0, 40, 42]) {
                // The made-up shin creeps up to its angle; the last 1.5° count as held.
                #expect(abs(cycle.rangeDegrees - truth) < 0.6)
            }
            #expect(abs((result.spreadDegrees.value ?? 0) - 2) < 0.3)
        }
    }
}
