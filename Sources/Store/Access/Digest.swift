// SPDX-License-Identifier: Apache-2.0
import Crypto
import Foundation

/// SHA-256 over several texts, of which none can be taken for a part of another.
enum Digest {
    static func hex(_ parts: some Sequence<String>) -> String {
        var hasher = SHA256()
        for part in parts { hasher.update(data: Data("\(part.utf8.count):\(part)".utf8)) }
        return Hex.text(hasher.finalize())
    }

    static func hex(_ parts: String...) -> String { hex(parts) }
}
