// SPDX-License-Identifier: Apache-2.0
import Foundation

/// The recordings that come with the project; where they are from stands in `Fixtures/README.md`.
public enum CommittedRecording {
    static let folder = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "Fixtures")

    /// A countermovement jump of BMClab, and a drop jump over two plates.
    public static func jumps() throws -> [PlateJump] {
        let jump = try columns("bmclab-jump")
        let drop = try columns("gidiel-drop-jump")
        return [
            PlateJump.standing(name: "jump", set: "bmclab", newtons: jump[0], rate: 450),
            PlateJump.standing(
                name: "drop jump", set: "gidiel", newtons: zip(drop[0], drop[1]).map { $0 + $1 }, rate: 500)
        ]
    }

    /// A person who stands on foam for a quarter of a minute.
    public static func standing() throws -> StandingBody {
        let cop = try columns("bmclab-standing")
        return StandingBody(x: cop[0].map { $0 / 100 }, y: cop[1].map { $0 / 100 }, height: 1.575)
    }

    private static func columns(_ name: String) throws -> [[Double]] {
        let text = try String(contentsOf: folder.appending(path: "\(name).csv"), encoding: .utf8)
        var columns: [[Double]] = []
        for line in text.split(separator: "\n").dropFirst() {
            let cells = line.split(separator: ",").compactMap { Double($0) }
            if columns.isEmpty { columns = cells.map { _ in [] } }
            for (index, cell) in cells.enumerated() { columns[index].append(cell) }
        }
        return columns
    }
}
