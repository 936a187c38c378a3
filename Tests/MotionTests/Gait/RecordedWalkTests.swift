// SPDX-License-Identifier: Apache-2.0
import Foundation
import Motion
import Testing

@Suite("A walk that was recorded") struct RecordedWalkTests {
    static let folder = URL(filePath: #filePath).deletingLastPathComponent().appending(
        path: "../../Recordings/gait")

    static func recording(_ name: String, every: Int = 1) throws -> Recording {
        let text = try String(contentsOf: folder.appending(path: "\(name).csv"), encoding: .utf8)
        var time: [Double] = []
        var (acceleration, rotation) = (Axes(), Axes())
        for (number, line) in text.split(separator: "\n").dropFirst().enumerated() where number % every == 0 {
            let row = line.split(separator: ",").compactMap { Double($0) }
            try #require(row.count == 7, "line \(number + 2) of \(name)")
            time.append(row[0])
            acceleration.append(Vector(row[1], row[2], row[3]))
            rotation.append(Vector(row[4], row[5], row[6]))
        }
        return Recording(time: time, acceleration: acceleration, rotation: rotation)
    }

    static func contacts(_ name: String) throws -> [(time: Double, side: BodySide)] {
        let text = try String(contentsOf: folder.appending(path: "\(name)-contacts.csv"), encoding: .utf8)
        return try text.split(separator: "\n").dropFirst().map { line in
            let row = line.split(separator: ",")
            return try (#require(Double(row[0])), #require(BodySide(rawValue: String(row[1]))))
        }
    }

    @Test("in a laboratory has every step that the insoles saw, on its side", arguments: [1, 2])
    func laboratory(every: Int) throws {
        let name = "mobgap-lab-HA001-Test5-Trial1"
        let walk = try GaitAnalysis(
            recording: Self.recording(name, every: every), placement: .lowerBack, height: 1.59)
        for contact in try Self.contacts(name) {
            #expect(
                walk.contacts.contains { abs($0.time - contact.time) < 0.1 && $0.side == contact.side },
                "the \(contact.side) step at \(contact.time) s")
        }
        // 0.98 m/s by the insoles; a waist is not asked for more than a quarter of it.
        let speed = try #require(walk.summary.walkingSpeed.value)
        #expect(abs(speed - 1.2) < 0.35, "\(speed) m/s")
    }

    @Test("with a limp has the steps that the feet made")
    func limp() throws {
        let waist = try GaitAnalysis(
            recording: Self.recording("stroke-treadmill-pp01-lower-back"), placement: .lowerBack)
        var steps: [InitialContact] = []
        for side in BodySide.allCases {
            let foot = try GaitAnalysis(
                recording: Self.recording("stroke-treadmill-pp01-\(side)-foot"), placement: .foot, side: side)
            steps += foot.contacts
        }
        let inside = steps.filter { $0.time > 22 && $0.time < 48 }
        #expect(inside.count > 25)
        let found = inside.filter { step in
            waist.contacts.contains { abs($0.time - step.time) < 0.2 && $0.side == step.side }
        }
        // A floor against falling back, not the accuracy, which docs/measures/gait.md gives.
        #expect(Double(found.count) >= 0.85 * Double(inside.count), "\(found.count) of \(inside.count)")
        // The left leg is the slow one: the right step comes late.
        let asymmetry = try #require(waist.summary.stepTimeAsymmetry.value)
        #expect(asymmetry > 10, "\(asymmetry) %")
    }

    @Test("streams to the same numbers")
    func stream() throws {
        for name in ["mobgap-lab-HA001-Test5-Trial1", "stroke-treadmill-pp01-lower-back"] {
            let recording = try Self.recording(name)
            var stream = GaitStream(placement: .lowerBack, height: 1.6)
            for index in 0..<recording.count {
                try stream.append(
                    MotionSample(
                        time: recording.time[index], acceleration: recording.acceleration[index],
                        rotation: recording.rotation?[index]))
            }
            #expect(
                try stream.finish() == GaitAnalysis(recording: recording, placement: .lowerBack, height: 1.6))
        }
    }
}
