// SPDX-License-Identifier: Apache-2.0
import Browser
import Foundation
import LabData
import Motion

/// Every fixture recording with what this machine makes of it, as numbers in hexadecimal, one JSON object a line.
enum Fixtures {
    struct Line: Encodable {
        var name: String
        var hasRotation: Bool
        /// Seven doubles a sample, little-endian, base64.
        var rows: String
        /// What to call, and what it answers: count, and the bits of each number.
        var answers: [Answer]
    }
    struct Answer: Encodable {
        var call: String
        var arguments: [Double?]
        var count: Int
        var bits: [String]
    }

    static func printAll() {
        let encoder = JSONEncoder()
        encoder.outputFormatting = .sortedKeys
        for (name, recording) in recordings() {
            let line = Line(
                name: name, hasRotation: recording.rotation != nil, rows: rows(recording),
                answers: answers(recording))
            if let data = try? encoder.encode(line) { print(String(decoding: data, as: UTF8.self)) }
        }
    }

    /// Made-up ones and those that come with the project on every machine, the shared ones where they are.
    static func recordings() -> [(String, Recording)] {
        var result: [(String, Recording)] = []
        let phone = PhoneSimulation()
        result.append(("made-up raises of the foot", phone.record(Raises().foot, seed: 1)))
        result.append(("made-up raises of the body", phone.record(Raises().body, seed: 2)))
        result.append(("made-up circles", phone.record(FootCircles().movement, seed: 3)))
        for hostile in Hostile.allCases { result.append(("hostile: \(hostile)", hostile.recording)) }
        for jump in (try? CommittedRecording.jumps()) ?? [] {
            result.append(("\(jump.set), \(jump.name)", phone.record(jump.movement, seed: 7)))
        }
        if let body = try? CommittedRecording.standing() {
            result.append(("bmclab, standing", phone.record(body.movement, seed: 8)))
        }
        guard SharedData.isThere else { return result }
        for name in ["HeelRaise", "SqSL", "LatHop", "Lunge"] {
            guard let exercise = try? Exercise(name) else { continue }
            for place in ["LeftFoot", "RightShank", "Pelvis"] {
                if let movement = exercise.movement(place) {
                    result.append(("\(name) \(place)", phone.record(movement, seed: 4)))
                }
            }
        }
        for jump in (try? PlateJump.all()) ?? [] {
            result.append(("jump \(jump.set) \(jump.name)", phone.record(jump.movement, seed: 5)))
        }
        for (name, body) in StandingTrial.some() {
            result.append(("standing \(name)", phone.record(body.movement, seed: 6)))
        }
        return result
    }

    private static func rows(_ recording: Recording) -> String {
        var data = Data()
        func put(_ value: Double) {
            withUnsafeBytes(of: value.bitPattern.littleEndian) { data.append(contentsOf: $0) }
        }
        for index in 0..<recording.count {
            put(recording.time[index])
            for vector in [recording.acceleration[index], recording.rotation?[index] ?? .zero] {
                put(vector.x)
                put(vector.y)
                put(vector.z)
            }
        }
        return data.base64EncodedString()
    }

    private static func answers(_ recording: Recording) -> [Answer] {
        var answers: [Answer] = []
        func add(_ call: String, _ arguments: [Double?], _ write: (inout Encoder) throws(SignalError) -> Void)
        {
            var encoder = Encoder()
            var count = 0
            do {
                try write(&encoder)
                count = encoder.values.count
            } catch {
                encoder = Encoder()
                encoder.write(error)
                count = -encoder.values.count
            }
            let bits = encoder.values.map { String($0.bitPattern, radix: 16) }
            answers.append(Answer(call: call, arguments: arguments, count: count, bits: bits))
        }
        let places: [(Double, Placement)] = [(5, .foot), (4, .shin), (1, .waist)]
        for (code, place) in places {
            add("soleus_heel_raise", [code, 70, 26]) { (encoder) throws(SignalError) in
                encoder.write(
                    try HeelRaiseTest(placement: place, mass: 70, footLength: 26).result(of: recording))
            }
            add("soleus_hop", [code]) { (encoder) throws(SignalError) in
                encoder.write(try HopTest(placement: place).result(of: recording))
            }
        }
        for (code, task) in AnkleTask.allCases.enumerated() {
            add("soleus_ankle", [Double(code)]) { (encoder) throws(SignalError) in
                encoder.write(try AnkleTest(task: task).result(of: recording))
            }
        }
        add("soleus_balance", [1.7]) { (encoder) throws(SignalError) in
            encoder.write(try BalanceTest(height: 1.7).result(of: recording))
        }
        add("soleus_balance", [nil]) { (encoder) throws(SignalError) in
            encoder.write(try BalanceTest().result(of: recording))
        }
        add("soleus_turn", []) { (encoder) throws(SignalError) in
            encoder.write(try TurnTest().result(of: recording))
        }
        add("soleus_walk", [1, -1, 1.7]) { (encoder) throws(SignalError) in
            encoder.write(try GaitAnalysis(recording: recording, placement: .waist, height: 1.7))
        }
        return answers
    }
}
