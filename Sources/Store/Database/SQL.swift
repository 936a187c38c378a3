// SPDX-License-Identifier: Apache-2.0

/// A statement whose text is written in the source and whose values are always bound parameters.
///
/// A value in an interpolation never becomes text, and the literal around it is a `StaticString`, so no
/// statement can be put together from what a person typed.
package struct SQL: Sendable, ExpressibleByStringInterpolation {
    fileprivate enum Part: Sendable {
        case text(StaticString)
        case name(String)
        case parameter(Value)
    }

    private var parts: [Part]

    package init(stringLiteral text: StaticString) { parts = [.text(text)] }

    package init(stringInterpolation: StringInterpolation) { parts = stringInterpolation.parts }

    package struct StringInterpolation: StringInterpolationProtocol {
        fileprivate var parts: [Part] = []

        package init(literalCapacity: Int, interpolationCount: Int) {
            parts.reserveCapacity(2 * interpolationCount + 1)
        }

        package mutating func appendLiteral(_ text: StaticString) {
            if text.utf8CodeUnitCount > 0 { parts.append(.text(text)) }
        }

        package mutating func appendInterpolation(_ value: some Bindable) {
            parts.append(.parameter(value.value))
        }

        package mutating func appendInterpolation(_ value: (some Bindable)?) {
            parts.append(.parameter(value?.value ?? .null))
        }

        /// A name of the schema; anything else in this place is a mistake in the source.
        mutating func appendName(_ name: String) {
            precondition(
                name.utf8.allSatisfy { (97...122).contains($0) || $0 == 95 }, "not a name of the schema")
            parts.append(.name(name))
        }

        /// Another statement's text and parameters, in this place.
        package mutating func appendInterpolation(_ sql: SQL) { parts += sql.parts }
    }

    /// What stands between the brackets of `IN (…)`; nothing is in a list of none.
    package static func list(_ values: some Sequence<some Bindable>) -> SQL {
        values.reduce(nil as SQL?) { list, value in list.map { "\($0), \(value)" } ?? "\(value)" } ?? "NULL"
    }

    /// The text with a driver's own placeholders, and the values in the order of their parameters.
    ///
    /// `placeholder` gives what stands for the parameter of a number from 1: `?`, or `$1`. Values that one
    /// product would cut and another refuse are refused here: text with a null character, of which a chain's
    /// hash would know more than the row keeps, and integers beyond 32 bits.
    package func rendered(placeholder: (Int) -> String) throws -> (text: String, values: [Value]) {
        var text = ""
        var values: [Value] = []
        for part in parts {
            switch part {
            case .text(let literal): literal.withUTF8Buffer { text += String(decoding: $0, as: UTF8.self) }
            case .name(let name): text += name
            case .parameter(let value):
                guard value.isKeptAlike else { throw StoreError.refused("a value that cannot be kept") }
                values.append(value)
                text += placeholder(values.count)
            }
        }
        return (text, values)
    }
}
