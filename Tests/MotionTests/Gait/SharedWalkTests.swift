// SPDX-License-Identifier: Apache-2.0
import Foundation
import LabData
import Motion
import Testing

/// Recordings of some people of each set beside the project, up to half a minute of each.
@Suite(
    "The gait engine on people's walks",
    .enabled(if: SharedData.isThere, Comment(rawValue: SharedData.missing)))
struct SharedWalkTests {
    /// The first recording of each person: what stands before the first `-` or `_` of a name is the person.
    static let names: [String] = ["ipol-gait", "mobgap-lab", "semiogram", "stroke-treadmill"].flatMap { set in
        let folder = SharedData.folder.appending(path: "walk/\(set)")
        let all = (try? FileManager.default.contentsOfDirectory(atPath: folder.path)) ?? []
        var people: Set<Substring> = []
        return Array(
            all.sorted().filter { $0.hasSuffix("_lower-back.csv.gz") }
                .filter { people.insert($0.prefix { $0 != "-" && $0 != "_" }).inserted }.map {
                    "\(set)/\($0)"
                }.prefix(4))
    }

    static func recording(_ name: String) throws -> Recording {
        let table = try SharedData.table("walk/\(name)")
        let all = Recording(
            time: table["t_s"] ?? [], acceleration: Axes(table, "acc_x", "acc_y", "acc_z"),
            rotation: Axes(table, "gyr_x", "gyr_y", "gyr_z"))
        var first = Recording(time: [], acceleration: Axes(), rotation: Axes())
        for index in 0..<min(all.count, 3000) {
            first.time.append(all.time[index])
            first.acceleration.append(all.acceleration[index])
            first.rotation?.append(all.rotation?[index] ?? .zero)
        }
        return first
    }

    @Test("has people to look at")
    func people() { #expect(Self.names.count >= 10, "\(Self.names)") }

    @Test("finds the same contacts in twenty random rotations", arguments: names)
    func rotations(name: String) throws {
        let recording = try Self.recording(name)
        let straight = try GaitAnalysis(recording: recording, placement: .lowerBack).contacts
        #expect(straight.count > 5, "contacts of \(name)")
        for seed in 1...20 {
            let turned = try GaitAnalysis(
                recording: recording.turned(seed: UInt64(seed)), placement: .lowerBack)
            #expect(straight.map(\.side) == turned.contacts.map(\.side), "rotation \(seed)")
            let apart = zip(straight, turned.contacts).map { abs($0.time - $1.time) }.max() ?? 0
            #expect(apart < 1e-3, "rotation \(seed): a contact is \(apart) s elsewhere")
        }
    }

    @Test("streams to the same numbers, bit for bit", arguments: names)
    func stream(name: String) throws {
        let recording = try Self.recording(name)
        var stream = GaitStream(placement: .lowerBack, height: 1.7)
        for index in 0..<recording.count { try stream.append(recording.sample(index)) }
        #expect(try stream.finish() == GaitAnalysis(recording: recording, placement: .lowerBack, height: 1.7))
    }
}
