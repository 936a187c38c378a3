// SPDX-License-Identifier: Apache-2.0
import Crypto
import Foundation

/// A secret that only its holder knows: 256 bits of chance, in base64url.
///
/// The store keeps its hash, so that a copy of the database opens no session. A plain SHA-256 is enough
/// because nobody can guess 256 bits.
package struct Token: Hashable, Sendable {
    package let text: String

    package init(_ text: String) { self.text = text }

    /// A new one, from the system's source of randomness.
    package static func random() -> Token {
        let bytes = SymmetricKey(size: .bits256).withUnsafeBytes { Data($0) }
        let text = bytes.base64EncodedString()
            .replacing("+", with: "-").replacing("/", with: "_").replacing("=", with: "")
        return Token(text)
    }

    package var hash: String { Hex.text(SHA256.hash(data: Data(text.utf8))) }
}
