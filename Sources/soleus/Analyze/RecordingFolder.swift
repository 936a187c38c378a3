// SPDX-License-Identifier: Apache-2.0
import Foundation
import Recordings

/// Finds the files of one recording.
enum RecordingFolder {
    /// The file at a path; the sensor tables of a folder; or a table named after its sensor with those beside it.
    ///
    /// - Throws: ``ReadingProblem`` where nothing is there, or nothing that could be a recording.
    static func files(at path: String) throws(ReadingProblem) -> [RecordingFile] {
        var isFolder: ObjCBool = false
        guard FileManager.default.fileExists(atPath: path, isDirectory: &isFolder) else {
            throw ReadingProblem(file: path, problem: "there is no such file")
        }
        if isFolder.boolValue {
            let tables = names(in: path)
            guard !tables.isEmpty else {
                throw ReadingProblem(
                    file: path,
                    problem: "the folder holds none of: "
                        + RecordingReader.tableNames.sorted().map { "\($0).csv" }.joined(separator: ", "))
            }
            return read(tables.map { "\(path)/\($0)" })
        }
        let parts = path.split(separator: "/", omittingEmptySubsequences: false)
        let name = parts.last.map(String.init) ?? path
        guard sensorNames.contains(RecordingFile.stem(of: name).lowercased()) else { return read([path]) }
        let folder = parts.dropLast().joined(separator: "/")
        let prefix = parts.count > 1 ? "\(folder)/" : ""
        let beside = names(in: parts.count > 1 ? (folder.isEmpty ? "/" : folder) : ".").filter {
            $0 != name && RecordingFile.stem(of: $0).lowercased() != RecordingFile.stem(of: name).lowercased()
        }
        return read([path] + beside.map { prefix + $0 })
    }

    /// Tables that hold one sensor and have the others beside them; `Raw Data.csv` holds what there is.
    private static let sensorNames: Set<String> = ["accelerometer", "totalacceleration"]

    private static func names(in folder: String) -> [String] {
        let all = (try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []
        return all.filter(RecordingReader.isTable).sorted()
    }

    private static func read(_ paths: [String]) -> [RecordingFile] {
        paths.map { path in
            RecordingFile(name: path) { () throws(ReadingProblem) -> BytePieces in try pieces(path) }
        }
    }

    private static func pieces(_ path: String) throws(ReadingProblem) -> BytePieces {
        let unreadable = ReadingProblem(file: path, problem: "cannot be read")
        guard let handle = FileHandle(forReadingAtPath: path) else { throw unreadable }
        return BytePieces { () throws(ReadingProblem) -> [UInt8] in
            do { return try handle.read(upToCount: BytePieces.size).map(Array.init) ?? [] } catch {
                throw unreadable
            }
        }
    }
}
