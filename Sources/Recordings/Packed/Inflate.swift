// SPDX-License-Identifier: Apache-2.0
import CZlib

/// Decompression by zlib, a piece at a time.
final class Inflate {
    enum Container: Int32, Sendable {
        case gzip = 31
        /// A deflate stream alone, as in a zip.
        case raw = -15
    }

    enum Failure: Error, Hashable, Sendable {
        case broken
        case cutOff
    }

    private let container: Container
    /// In one place: zlib remembers where it is.
    private let stream: UnsafeMutablePointer<z_stream>
    private var input: [UInt8] = []
    private var position = 0
    private var hasMember = false
    private var hasEnded = false
    private var space = [UInt8](repeating: 0, count: BytePieces.size)

    init(_ container: Container) {
        self.container = container
        stream = .allocate(capacity: 1)
        stream.initialize(to: z_stream())
    }

    deinit {
        if hasMember { inflateEnd(stream) }
        stream.deallocate()
    }

    /// The next piece of what was packed; empty where it ends.
    ///
    /// For gzip several members may follow each other; what follows the last is not looked at.
    ///
    /// - Parameter packed: Gives the next packed piece, empty at the end.
    /// - Returns: The piece.
    /// - Throws: ``Failure`` or what `packed` throws.
    func next(_ packed: () throws(ReadingProblem) -> [UInt8]) throws -> [UInt8] {
        while !hasEnded {
            if position == input.count {
                input = try packed()
                position = 0
            }
            guard try begin(packed) else { break }
            let (code, made) = step()
            switch code {
            case Z_STREAM_END:
                inflateEnd(stream)
                hasMember = false
                hasEnded = container == .raw
            case Z_OK: break
            // Nothing went in and nothing came out.
            case Z_BUF_ERROR: throw Failure.cutOff
            default: throw Failure.broken
            }
            if made > 0 { return Array(space[..<made]) }
        }
        hasEnded = true
        return []
    }

    /// Makes ready for a member where none is open; false where no further one begins.
    private func begin(_ packed: () throws(ReadingProblem) -> [UInt8]) throws -> Bool {
        if hasMember { return true }
        if container == .gzip {
            while input.count - position < 2 {
                let more = try packed()
                if more.isEmpty { return false }
                input = Array(input[position...]) + more
                position = 0
            }
            guard input[position...].starts(with: [0x1F, 0x8B]) else { return false }
        }
        stream.pointee = z_stream()
        guard soleus_inflate_init(stream, container.rawValue) == Z_OK else { throw Failure.broken }
        hasMember = true
        return true
    }

    private func step() -> (code: Int32, made: Int) {
        let size = input.count - position
        let room = space.count
        let code = input.withUnsafeBufferPointer { input in
            space.withUnsafeMutableBufferPointer { space in
                stream.pointee.next_in = UnsafeMutablePointer(
                    mutating: input.baseAddress.map { $0 + position })
                stream.pointee.avail_in = UInt32(size)
                stream.pointee.next_out = space.baseAddress
                stream.pointee.avail_out = UInt32(room)
                return inflate(stream, Z_NO_FLUSH)
            }
        }
        position += size - Int(stream.pointee.avail_in)
        return (code, room - Int(stream.pointee.avail_out))
    }
}

extension BytePieces {
    /// What was packed in these bytes.
    ///
    /// - Parameters:
    ///   - container: What the bytes are wrapped in.
    ///   - file: The name of the file, for messages.
    /// - Returns: The pieces, unpacked as they are asked for.
    func inflated(_ container: Inflate.Container, file: String) -> BytePieces {
        var packed = self
        let inflate = Inflate(container)
        return BytePieces { () throws(ReadingProblem) -> [UInt8] in
            do {
                return try inflate.next { () throws(ReadingProblem) -> [UInt8] in try packed.next() }
            } catch let problem as ReadingProblem {
                throw problem
            } catch {
                let isCut = (error as? Inflate.Failure) == .cutOff
                throw ReadingProblem(
                    file: file,
                    problem: isCut
                        ? "is cut off: the end of the packed data is missing"
                        : "is broken: the packed data cannot be unpacked")
            }
        }
    }
}
