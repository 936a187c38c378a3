// SPDX-License-Identifier: Apache-2.0
package import Clinical
package import Foundation

/// What one column of one row holds.
///
/// Only what every driver keeps alike: text, and integers that fit 32 bits.
package enum Value: Hashable, Sendable {
    case null
    case integer(Int)
    case text(String)

    /// Whether every driver gives it back as it was.
    var isKeptAlike: Bool {
        switch self {
        case .null: true
        case .integer(let number): Int32(exactly: number) != nil
        case .text(let text): !text.utf8.contains(0)
        }
    }
}

/// Something that can be bound to a parameter of a statement.
package protocol Bindable {
    var value: Value { get }
}

extension Value: Bindable {
    package var value: Value { self }
}

extension String: Bindable {
    package var value: Value { .text(self) }
}

extension Int: Bindable {
    package var value: Value { .integer(self) }
}

extension Bool: Bindable {
    package var value: Value { .integer(self ? 1 : 0) }
}

extension Instant: Bindable {
    package var value: Value { .text(description) }
}

extension Date: Bindable {
    package var value: Value { Instant(self).value }
}

extension Day: Bindable {
    package var value: Value { .text(description) }
}

extension Identifier: Bindable {
    package var value: Value { .text(rawValue) }
}

extension Optional: Bindable where Wrapped: Bindable {
    package var value: Value { self?.value ?? .null }
}
