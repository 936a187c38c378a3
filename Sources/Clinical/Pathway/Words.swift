// SPDX-License-Identifier: Apache-2.0

/// One language's texts by dotted key.
///
/// Made from a YAML file of nested keys.
public struct Words: Hashable, Sendable {
    private var texts: [String: [String]]

    public init(_ texts: [String: [String]] = [:]) { self.texts = texts }

    /// The text, or the key itself where it is missing: a missing text is seen, not hidden.
    public subscript(key: String) -> String { texts[key]?.joined(separator: " ") ?? key }

    /// The lines of a list; empty where the key is missing.
    public func lines(_ key: String) -> [String] { texts[key] ?? [] }

    public func has(_ key: String) -> Bool { texts[key] != nil }

    /// Takes in another catalogue; a key of both keeps the other's text.
    public mutating func merge(_ other: Words) { texts.merge(other.texts) { _, new in new } }

    public var keys: some Collection<String> { texts.keys }

    /// The text with `{name}` filled in.
    public func callAsFunction(_ key: String, _ values: KeyValuePairs<String, String>) -> String {
        values.reduce(self[key]) { $0.replacing("{\($1.key)}", with: $1.value) }
    }

    /// The text for a count: `<key>.one` for 1, `<key>.other` for the rest, with `{count}` filled in.
    public func callAsFunction(_ key: String, count: Int) -> String {
        self("\(key).\(count == 1 ? "one" : "other")", ["count": String(count)])
    }
}

extension String {
    fileprivate func replacing(_ part: String, with text: String) -> String {
        var result = ""
        var rest = self[...]
        while let found = rest.firstRange(of: part) {
            result += rest[..<found.lowerBound]
            result += text
            rest = rest[found.upperBound...]
        }
        return result + rest
    }
}
