// SPDX-License-Identifier: Apache-2.0
import Crypto
import Foundation

/// Rows that each carry a fingerprint of themselves and of the row before, so that tampering shows.
///
/// A row's hash is SHA-256 over a message, in lower-case hex. The message is, in this order:
/// the text `soleus-chain-1`, then the previous row's hash, then every other column of the row but its own
/// hash, in the order of the table. Each is one byte of kind and its content: `n` for null; `t`, the number of
/// UTF-8 bytes as 8 bytes, most significant first, and the bytes; `i` and the integer as 8 bytes, most
/// significant first. The lengths keep two rows from sharing a message by moving text between columns.
///
/// The first row's previous hash is 64 zeros. Whoever can write the file can write a new chain: what a chain
/// shows is a change that did not rewrite all that follows, or that does not agree with a hash kept elsewhere.
enum Chain {
    static let start = String(repeating: "0", count: 64)

    static func hash(previous: String, columns: [Value]) -> String {
        var message: [UInt8] = []
        message.reserveCapacity(512)
        for value in [.text("soleus-chain-1"), .text(previous)] + columns { append(value, to: &message) }
        return Hex.text(SHA256.hash(data: message))
    }

    private static func append(_ value: Value, to message: inout [UInt8]) {
        func append(_ number: Int) {
            withUnsafeBytes(of: Int64(number).bigEndian) { message.append(contentsOf: $0) }
        }
        switch value {
        case .null: message.append(UInt8(ascii: "n"))
        case .integer(let number):
            message.append(UInt8(ascii: "i"))
            append(number)
        case .text(let text):
            message.append(UInt8(ascii: "t"))
            append(text.utf8.count)
            message.append(contentsOf: text.utf8)
        }
    }

    /// One row of a chain as it was found.
    struct Link {
        let sequence: Int
        let previous: String
        let hash: String
        /// Every column but the two hashes, in the order of the table.
        let columns: [Value]
    }

    /// Walks a chain, or a portion of it.
    ///
    /// - Parameters:
    ///   - links: In the order of their sequence.
    ///   - walked: The sequence of the row before the portion.
    ///   - hash: The hash of that row.
    /// - Returns: The first row that is not as it was written; nil where all are.
    static func firstFault(in links: [Link], after walked: Int = 0, previous hash: String = start)
        -> ChainFault?
    {
        var previous = hash
        for (index, link) in links.enumerated() {
            let expected = walked + index + 1
            guard link.sequence == expected else { return .missing(expected) }
            if Self.hash(previous: link.previous, columns: link.columns) != link.hash {
                // It follows another row of the chain: it was written in another place.
                let isElsewhere = link.previous != previous && links.contains { $0.hash == link.previous }
                return isElsewhere ? .reordered(expected) : .altered(expected)
            }
            // The row is whole, and follows another predecessor than the one that stands there now.
            if link.previous != previous { return .altered(max(expected - 1, 1)) }
            previous = link.hash
        }
        return nil
    }
}

/// The first row of a chain that is not as it was written.
package enum ChainFault: Hashable, Sendable {
    case altered(Int)
    case missing(Int)
    /// The row is one of the chain's own, in another's place.
    case reordered(Int)
    /// The row is there, and the derived standing of the chart ends before it.
    case unaccounted(Int)
}
