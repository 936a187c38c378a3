// SPDX-License-Identifier: Apache-2.0
import Motion
import Testing

@Suite("A recording that is no good") struct HostileInputTests {
    static func still(_ count: Int, rate: Double = 100) -> Recording {
        Recording(
            time: (0..<count).map { Double($0) / rate },
            acceleration: Axes(
                x: (0..<count).map { 9.81 + 0.001 * Double($0 % 3) }, y: [Double](repeating: 0, count: count),
                z: [Double](repeating: 0, count: count)), rotation: nil)
    }

    struct Row: Sendable, CustomTestStringConvertible {
        let testDescription: String
        let recording: Recording
        let error: SignalError
    }

    static let rows: [Row] = {
        var reversed = still(500)
        reversed.time[300] = reversed.time[299] - 1
        var standing = still(500)
        standing.time[300] = standing.time[299]
        var broken = still(500)
        broken.acceleration.y[123] = .nan
        var endless = still(500)
        endless.acceleration.z[7] = .infinity
        var dead = still(500)
        dead.acceleration.x = [Double](repeating: 9.81, count: 500)
        return [
            Row(
                testDescription: "empty", recording: still(0),
                error: .tooShort(neededSeconds: 2, gotSeconds: 0)),
            Row(
                testDescription: "one sample", recording: still(1),
                error: .tooShort(neededSeconds: 2, gotSeconds: 0)),
            Row(
                testDescription: "time runs back", recording: reversed, error: .timeNotAscending(sample: 300)),
            Row(
                testDescription: "time stands still", recording: standing,
                error: .timeNotAscending(sample: 300)),
            Row(testDescription: "not a number", recording: broken, error: .notFinite(sample: 123)),
            Row(testDescription: "infinite", recording: endless, error: .notFinite(sample: 7)),
            Row(testDescription: "a dead sensor", recording: dead, error: .constant),
            Row(
                testDescription: "10 Hz", recording: still(101, rate: 10),
                error: .rate(hertz: 10, least: 20, most: 1000))
        ]
    }()

    @Test("is refused with what is wrong and where", arguments: rows)
    func refused(row: Row) {
        for placement in Placement.allCases {
            #expect(throws: row.error) {
                try GaitAnalysis(recording: row.recording, placement: placement, side: .left)
            }
        }
    }

    @Test("holds no walk where nobody walked", arguments: Placement.allCases)
    func rest(placement: Placement) throws {
        for rate in [25.0, 60, 1000] {
            let analysis = try GaitAnalysis(
                recording: Self.still(Int(10 * rate), rate: rate), placement: placement, side: .left)
            #expect(analysis.bouts.isEmpty)
            #expect(analysis.summary.cadence == .missing(.noWalking))
        }
    }

    @Test("may be clipped, noise, or one long blow, and crashes nothing", arguments: Placement.allCases)
    func noise(placement: Placement) throws {
        var seed: UInt64 = 5
        func chance() -> Double {
            seed = seed &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
            return Double(seed >> 11) / Double(UInt64(1) << 53) - 0.5
        }
        for scale in [0.5, 20, 1e6] {
            for clip in [1.0, 20] {
                var recording = Self.still(3000)
                var rotation = Axes()
                for index in 0..<3000 {
                    recording.acceleration[index] = Vector(
                        max(-clip, min(clip, scale * chance())), max(-clip, min(clip, scale * chance())),
                        max(-clip, min(clip, scale * chance())))
                    rotation.append(Vector(scale * chance(), scale * chance(), scale * chance()))
                }
                recording.rotation = rotation
                let analysis = try GaitAnalysis(
                    recording: recording, placement: placement, side: .right, height: 1.7)
                #expect(analysis.contacts.allSatisfy { $0.time.isFinite })
                #expect(analysis.strides.allSatisfy { $0.duration > 0 })
            }
        }
    }

    @Test("may have gaps: what was in between is not walked")
    func gap() throws {
        var recording = WalkTests.steady.recording()
        recording.time = recording.time.map { $0 < 11 ? $0 : $0 + 600 }
        let analysis = try GaitAnalysis(recording: recording, placement: .lowerBack)
        #expect(analysis.bouts.count == 2)
        #expect(analysis.contacts.allSatisfy { $0.time < 11.5 || $0.time > 610 })
    }

    @Test("may last four hours")
    func long() throws {
        let part = WalkTests.steady.recording(rate: 50)
        var stream = GaitStream(placement: .lowerBack)
        for round in 0..<600 {
            for index in 0..<part.count where round % 20 == 0 || index % 2 == 0 {
                let acceleration = round % 20 == 0 ? part.acceleration[index] : Vector(9.81, 0, 0)
                try stream.append(
                    MotionSample(
                        time: part.time[index] + 24 * Double(round), acceleration: acceleration, rotation: nil
                    ))
            }
        }
        #expect(stream.finish().bouts.count == 30)
    }
}
