// SPDX-License-Identifier: Apache-2.0

/// A zip file's directory, and its files on demand.
///
/// After PKWARE's APPNOTE 6.3, sections 4.3.7, 4.3.12 and 4.3.16: stored and deflated files, no encryption, no
/// zip64, one disk.
struct ZipArchive: Sendable {
    struct Item: Sendable {
        let name: String
        fileprivate let method: Int
        fileprivate let packed: Int
        fileprivate let offset: Int
    }

    let file: String
    let items: [Item]
    private let bytes: [UInt8]

    static func isZip(_ bytes: [UInt8]) -> Bool { bytes.starts(with: [0x50, 0x4B, 0x03, 0x04]) }

    init(_ bytes: [UInt8], file: String, limits: ReadingLimits) throws(ReadingProblem) {
        self.file = file
        self.bytes = bytes
        func broken() -> ReadingProblem {
            ReadingProblem(file: file, problem: "is no whole zip file; it may be cut off")
        }
        guard let end = Self.end(of: bytes), let count = Self.number(bytes, end + 10, 2),
            var position = Self.number(bytes, end + 16, 4)
        else { throw broken() }
        guard count <= limits.files else {
            throw ReadingProblem(
                file: file, problem: "holds \(count) files; \(limits.files) are read at most")
        }
        var items: [Item] = []
        for _ in 0..<count {
            guard Self.number(bytes, position, 4) == 0x0201_4B50,
                let flags = Self.number(bytes, position + 8, 2),
                let method = Self.number(bytes, position + 10, 2),
                let packed = Self.number(bytes, position + 20, 4),
                let nameLength = Self.number(bytes, position + 28, 2),
                let extraLength = Self.number(bytes, position + 30, 2),
                let commentLength = Self.number(bytes, position + 32, 2),
                let offset = Self.number(bytes, position + 42, 4),
                position + 46 + nameLength <= bytes.count
            else { throw broken() }
            let name = String(decoding: bytes[(position + 46)..<(position + 46 + nameLength)], as: UTF8.self)
            guard flags & 1 == 0 else {
                throw ReadingProblem(
                    file: file, problem: "is encrypted; expected a zip without a password")
            }
            items.append(Item(name: name, method: method, packed: packed, offset: offset))
            position += 46 + nameLength + extraLength + commentLength
        }
        self.items = items
    }

    /// Begins to read a file of the archive.
    func open(_ item: Item) throws(ReadingProblem) -> OpenFile {
        let name = "\(file)/\(item.name)"
        guard Self.number(bytes, item.offset, 4) == 0x0403_4B50,
            let nameLength = Self.number(bytes, item.offset + 26, 2),
            let extraLength = Self.number(bytes, item.offset + 28, 2),
            item.offset + 30 + nameLength + extraLength + item.packed <= bytes.count
        else { throw ReadingProblem(file: name, problem: "is broken in the zip file") }
        let start = item.offset + 30 + nameLength + extraLength
        let packed = BytePieces(bytes[start..<(start + item.packed)])
        switch item.method {
        case 0: return OpenFile(name: name, pieces: packed)
        case 8: return OpenFile(name: name, pieces: packed.inflated(.raw, file: name))
        default:
            throw ReadingProblem(file: name, problem: "is packed in a way that is not read; expected deflate")
        }
    }

    /// Where the end of the directory is written: within the last 65,557 bytes.
    private static func end(of bytes: [UInt8]) -> Int? {
        guard bytes.count >= 22 else { return nil }
        for index in stride(from: bytes.count - 22, through: max(0, bytes.count - 65_557), by: -1)
        where number(bytes, index, 4) == 0x0605_4B50 {
            return index
        }
        return nil
    }

    /// A little-endian number; nil beyond the end.
    private static func number(_ bytes: [UInt8], _ index: Int, _ width: Int) -> Int? {
        guard index >= 0, index + width <= bytes.count else { return nil }
        return (0..<width).reduce(0) { $0 | Int(bytes[index + $1]) << (8 * $1) }
    }
}
