// SPDX-License-Identifier: Apache-2.0
package import Clinical
import Crypto
import Foundation

/// Where new identities come from.
package struct IDSource: Sendable {
    private let next: @Sendable () -> String

    package init(_ next: @escaping @Sendable () -> String) { self.next = next }

    /// 128 bits of chance, in hexadecimal digits: nothing about the row can be read from its identity.
    package static let random = IDSource {
        Hex.text(SymmetricKey(size: .bits128).withUnsafeBytes { Array($0) })
    }

    package func make() -> String { next() }

    package func make<Of>(_ type: Identifier<Of>.Type = Identifier<Of>.self) -> Identifier<Of> {
        Identifier(next())
    }
}
