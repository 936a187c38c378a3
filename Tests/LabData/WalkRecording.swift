// SPDX-License-Identifier: Apache-2.0
import Foundation
public import Motion

/// A shared recording of somebody who walks, from one sensor with a gyroscope.
public struct WalkRecording: Sendable {
    public let name: String
    public let placement: Placement
    private let path: String

    static let places: [(ending: String, placement: Placement)] = [
        ("lower-back", .lowerBack), ("foot", .foot), ("shin", .shin)
    ]
    /// With a gyroscope; the phones of another set have none.
    static let sets = ["gaitmap-example", "ipol-gait", "mobgap-lab", "semiogram", "stroke-treadmill"]

    /// All of them, by set and name.
    public static func all() throws -> [WalkRecording] {
        try sets.flatMap { set in
            let folder = SharedData.folder.appending(path: "walk/\(set)")
            let files = try FileManager.default.contentsOfDirectory(atPath: folder.path).sorted()
            return files.compactMap { file in
                places.first { file.hasSuffix("\($0.ending).csv.gz") }.map {
                    WalkRecording(
                        name: "\(set) \(file)", placement: $0.placement, path: "walk/\(set)/\(file)")
                }
            }
        }
    }

    public func recording() throws -> Recording {
        let table = try SharedData.table(path)
        return Recording(
            time: table["t_s"] ?? [], acceleration: Axes(table, "acc_x", "acc_y", "acc_z"),
            rotation: Axes(table, "gyr_x", "gyr_y", "gyr_z"))
    }
}
