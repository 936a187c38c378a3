// SPDX-License-Identifier: Apache-2.0

/// The bytes of a file, piece by piece, so that a long one is never in memory as a whole.
package struct BytePieces {
    package typealias Next = () throws(ReadingProblem) -> [UInt8]

    private let source: Next
    private var ahead: [UInt8]?

    /// - Parameter next: Gives the next piece; an empty one where the file ends.
    package init(_ next: @escaping Next) { source = next }

    /// Bytes that are in memory already.
    package init(_ bytes: ArraySlice<UInt8>) {
        var rest = bytes
        source = { () throws(ReadingProblem) -> [UInt8] in
            let piece = rest.prefix(Self.size)
            rest = rest.dropFirst(piece.count)
            return Array(piece)
        }
    }

    /// How large a piece is, about.
    package static let size = 1 << 16

    package mutating func next() throws(ReadingProblem) -> [UInt8] {
        if let piece = ahead {
            ahead = nil
            return piece
        }
        return try source()
    }

    /// The first bytes, by which a packed file is known; they still come with ``next()``.
    mutating func peek() throws(ReadingProblem) -> [UInt8] {
        var start = try next()
        // A pipe may hand out a byte at a time.
        while start.count < 4 {
            let more = try source()
            if more.isEmpty { break }
            start += more
        }
        ahead = start
        return start
    }

    /// Everything, up to a limit.
    ///
    /// - Returns: nil where there is more.
    mutating func all(limit: Int) throws(ReadingProblem) -> [UInt8]? {
        var bytes: [UInt8] = []
        while true {
            let piece = try next()
            if piece.isEmpty { return bytes }
            bytes += piece
            guard bytes.count <= limit else { return nil }
        }
    }
}
