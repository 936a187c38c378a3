// SPDX-License-Identifier: Apache-2.0
import LabData
import Motion
import Testing

@testable import Recordings

@Suite("A hostile recording in a file") struct HostileFileTests {
    /// Every analysis at a place where it is made, with what it may need.
    static let requests: [AnalysisRequest] = AnalysisKind.allCases.flatMap { kind in
        let tasks = kind == .ankle ? AnkleTask.allCases : [.pumps]
        return tasks.flatMap { task in
            kind.placements(task: task).map { placement in
                var request = AnalysisRequest(kind: kind, placement: placement)
                (request.ankleTask, request.side, request.signals) = (task, .left, [2, 4, 6])
                (request.height, request.mass, request.footLength) = (1.7, 70, 26)
                return request
            }
        }
    }

    /// What reader or analysis says; nil where the file is analysed.
    static func said(_ hostile: Hostile, _ request: AnalysisRequest) -> String? {
        let file = RecordingFile(name: "trial.csv", bytes: Array(hostile.recording.text.utf8))
        do {
            _ = try Analyzer(request).result(of: RecordingReader().read([file]))
            return nil
        } catch {
            return "\(error)"
        }
    }

    /// What has to be said of a recording that no analysis takes.
    static func expected(_ hostile: Hostile) -> String? {
        switch hostile {
        case .empty: "holds no samples"
        case .oneSample: "is too short"
        case .nan: "has no number for 'acc_x'"
        case .infinite: "expected a number for 'gyr_y', found 'inf'"
        case .constant: "never changes"
        case .backwards, .reversed: "backwards"
        case .sameInstant: "time stands still"
        case .tooFast, .tenHertz: "samples a second"
        default: nil
        }
    }

    @Test("is refused with its name and the reason, whatever is asked of it", arguments: Hostile.allCases)
    func refused(hostile: Hostile) {
        guard let expected = Self.expected(hostile) else { return }
        for request in Self.requests {
            let said = Self.said(hostile, request) ?? "was analysed"
            #expect(
                said.hasPrefix("trial.csv") && said.contains(expected),
                "\(request.kind.rawValue) at \(request.placement.rawValue): \(said)")
        }
    }

    @Test("is analysed or refused, and never written as nan or inf", arguments: Hostile.allCases)
    func whole(hostile: Hostile) throws {
        for request in Self.requests {
            let file = RecordingFile(name: "trial.csv", bytes: Array(hostile.recording.text.utf8))
            guard let read = try? RecordingReader().read([file]),
                let result = try? Analyzer(request).result(of: read)
            else { continue }
            let json = result.json(file: nil).line.lowercased()
            #expect(!json.contains(":nan") && !json.contains(":inf") && !json.contains(":-inf"), "\(request)")
        }
    }

    @Test("without a gyroscope is refused by what needs one")
    func noRotation() {
        for request in Self.requests where [.heelRaise, .turn].contains(request.kind) {
            #expect(Self.said(.noRotation, request)?.contains("has no gyroscope") == true)
        }
    }

    @Test("of one thousand samples a second and of four hours is analysed")
    func large() throws {
        var phone = PhoneSimulation()
        (phone.rate, phone.jitterSeconds) = (1000, 0.0002)
        var raises = Raises()
        raises.count = 3
        // Events come in their order, so stamps ascend.
        var page = PhoneSimulation()
        page.jitter = .sampling
        #expect(try Self.count(phone.record(raises.foot, seed: 1)) == 3)
        // Four hours, of which all but the first seconds are a phone at rest, at the least rate taken.
        var long = page.record(raises.foot, seed: 1)
        var chance = SeededGenerator(seed: 2)
        let (last, rest) = (long.time[long.count - 1], long.acceleration[long.count - 1])
        for index in 1...(4 * 3600 * 30) {
            long.time.append(last + Double(index) / 30)
            long.acceleration.append(rest + Vector(0, 0, 0.1 * chance.unit()))
            long.rotation?.append(Vector(0.1 * chance.unit(), 0, 0))
        }
        #expect(try Self.count(long) == 3)
    }

    private static func count(_ recording: Recording) throws -> Int {
        let file = RecordingFile(name: "trial.csv", bytes: Array(recording.text.utf8))
        let read = try RecordingReader().read([file])
        return try HeelRaiseTest(placement: .foot).result(of: read.recording).count
    }
}
