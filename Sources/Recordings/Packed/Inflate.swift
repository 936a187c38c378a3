// SPDX-License-Identifier: Apache-2.0
import CZlib

/// Decompression by zlib, with an end to how much may come out.
enum Inflate {
    enum Container: Int32, Sendable {
        case gzip = 31
        /// A deflate stream alone, as in a zip.
        case raw = -15
    }

    enum Failure: Error, Hashable, Sendable {
        case broken
        case cutOff
        /// More bytes than the limit.
        case tooBig
    }

    /// - Parameters:
    ///   - bytes: One stream; for gzip several members one after the other.
    ///   - container: What the stream is wrapped in.
    ///   - limit: How many bytes may come out.
    ///   - expected: How many bytes will, where that is known.
    /// - Returns: What was packed.
    /// - Throws: ``Failure``.
    static func bytes(
        _ bytes: ArraySlice<UInt8>, _ container: Container, limit: Int, expected: Int? = nil
    ) throws(Failure) -> [UInt8] {
        var output: [UInt8] = []
        output.reserveCapacity(min(expected ?? bytes.count &* 4, limit))
        var rest = bytes
        repeat {
            rest = try member(rest, container, limit: limit, into: &output)
        } while container == .gzip && rest.count >= 2 && rest.starts(with: [0x1F, 0x8B])
        return output
    }

    /// - Returns: What follows the stream.
    private static func member(
        _ bytes: ArraySlice<UInt8>, _ container: Container, limit: Int, into output: inout [UInt8]
    ) throws(Failure) -> ArraySlice<UInt8> {
        var stream = z_stream()
        guard soleus_inflate_init(&stream, container.rawValue) == Z_OK else { throw .broken }
        defer { inflateEnd(&stream) }
        var chunk = [UInt8](repeating: 0, count: 1 << 16)
        var position = bytes.startIndex
        while true {
            let end = min(position + (1 << 20), bytes.endIndex)
            let size = end - position
            let room = chunk.count
            let (code, used, made) = bytes[position..<end].withUnsafeBufferPointer { input in
                chunk.withUnsafeMutableBufferPointer { space in
                    stream.next_in = UnsafeMutablePointer(mutating: input.baseAddress)
                    stream.avail_in = UInt32(size)
                    stream.next_out = space.baseAddress
                    stream.avail_out = UInt32(room)
                    let code = inflate(&stream, Z_NO_FLUSH)
                    return (code, size - Int(stream.avail_in), room - Int(stream.avail_out))
                }
            }
            position += used
            guard output.count + made <= limit else { throw .tooBig }
            output.append(contentsOf: chunk[0..<made])
            switch code {
            case Z_STREAM_END: return bytes[position...]
            case Z_OK: continue
            case Z_BUF_ERROR: throw .cutOff
            default: throw .broken
            }
        }
    }
}
