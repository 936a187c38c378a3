// SPDX-License-Identifier: Apache-2.0
import CZlib
import Motion

@testable import Recordings

func file(_ name: String, _ text: String) -> RecordingFile {
    RecordingFile(name: name, bytes: Array(text.utf8))
}

func read(_ files: RecordingFile..., limits: ReadingLimits = ReadingLimits()) throws -> RecordingReader.Read {
    var reader = RecordingReader()
    reader.limits = limits
    return try reader.read(files)
}

/// What a refusal says; nil where the files are read.
func refusal(_ files: RecordingFile..., limits: ReadingLimits = ReadingLimits()) -> String? {
    var reader = RecordingReader()
    reader.limits = limits
    do {
        _ = try reader.read(files)
        return nil
    } catch {
        return "\(error)"
    }
}

extension [UInt8] {
    fileprivate static func little(_ number: Int, _ width: Int) -> [UInt8] {
        (0..<width).map { UInt8(truncatingIfNeeded: number >> (8 * $0)) }
    }
}

/// A gzip file of one stored block after the other.
func gzip(_ bytes: [UInt8]) -> [UInt8] {
    var packed: [UInt8] = [0x1F, 0x8B, 8, 0, 0, 0, 0, 0, 0, 255]
    var rest = bytes[...]
    repeat {
        let block = rest.prefix(65_535)
        rest = rest.dropFirst(block.count)
        packed.append(rest.isEmpty ? 1 : 0)
        packed += [UInt8].little(block.count, 2) + [UInt8].little(~block.count, 2) + block
    } while !rest.isEmpty
    return packed + [UInt8].little(Int(crc32(0, bytes, UInt32(bytes.count))), 4)
        + [UInt8].little(bytes.count, 4)
}

/// A zip file whose files are stored.
func zip(_ files: [(name: String, text: String)]) -> [UInt8] {
    var body: [UInt8] = []
    var directory: [UInt8] = []
    for file in files {
        let bytes = Array(file.text.utf8)
        let sum = [UInt8].little(Int(crc32(0, bytes, UInt32(bytes.count))), 4)
        let size = [UInt8].little(bytes.count, 4)
        let name = Array(file.name.utf8)
        let offset = body.count
        body += [0x50, 0x4B, 3, 4, 20, 0, 0, 0, 0, 0, 0, 0, 0, 0] + sum + size + size
        body += [UInt8].little(name.count, 2) + [0, 0] + name + bytes
        directory += [0x50, 0x4B, 1, 2, 20, 0, 20, 0, 0, 0, 0, 0, 0, 0, 0, 0] + sum + size + size
        directory += [UInt8].little(name.count, 2) + [UInt8](repeating: 0, count: 12)
        directory += [UInt8].little(offset, 4) + name
    }
    let count = [UInt8].little(files.count, 2)
    return body + directory + [0x50, 0x4B, 5, 6, 0, 0, 0, 0] + count + count
        + [UInt8].little(directory.count, 4) + [UInt8].little(body.count, 4) + [0, 0]
}
