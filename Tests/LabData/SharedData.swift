// SPDX-License-Identifier: Apache-2.0
public import Foundation
public import Motion

/// The recordings beside the project, in `../shared/data`; not part of it, and not on every machine.
public enum SharedData {
    public static let folder = URL(filePath: #filePath)
        .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
        .appending(path: "../shared/data").standardizedFileURL

    public static var isThere: Bool { FileManager.default.fileExists(atPath: folder.path) }

    /// Said by every test that needs them.
    public static let missing = "the shared recordings are not beside the project (../shared/data)"

    public struct Unreadable: Error { public let path: String }

    /// A table of numbers, by column.
    public static func table(_ path: String) throws -> [String: [Double]] {
        let lines = String(decoding: try unzipped(path), as: UTF8.self).split(separator: "\n")
        guard let head = lines.first else { throw Unreadable(path: path) }
        let names = head.split(separator: ",").map { $0.trimmingCharacters(in: .whitespaces) }
        var columns = [[Double]](repeating: [], count: names.count)
        for line in lines.dropFirst() {
            let cells = line.split(separator: ",", omittingEmptySubsequences: false)
            guard cells.count == names.count else { throw Unreadable(path: path) }
            for (index, cell) in cells.enumerated() { columns[index].append(Double(cell) ?? .nan) }
        }
        return Dictionary(uniqueKeysWithValues: zip(names, columns))
    }

    public static func json<Value: Decodable>(_ path: String, as type: Value.Type) throws -> Value {
        try JSONDecoder().decode(Value.self, from: Data(contentsOf: folder.appending(path: path)))
    }

    private static func unzipped(_ path: String) throws -> Data {
        let file = folder.appending(path: path).path
        guard FileManager.default.fileExists(atPath: file) else { throw Unreadable(path: path) }
        let process = Process()
        process.executableURL = URL(filePath: "/bin/gzip")
        process.arguments = ["-dc", file]
        let pipe = Pipe()
        process.standardOutput = pipe
        try process.run()
        let data = try pipe.fileHandleForReading.readToEnd() ?? Data()
        process.waitUntilExit()
        guard process.terminationStatus == 0 else { throw Unreadable(path: path) }
        return data
    }
}

extension Axes {
    /// Three columns of a table.
    public init(_ table: [String: [Double]], _ x: String, _ y: String, _ z: String) {
        self.init(x: table[x] ?? [], y: table[y] ?? [], z: table[z] ?? [])
    }
}
