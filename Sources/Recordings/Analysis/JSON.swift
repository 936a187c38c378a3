// SPDX-License-Identifier: Apache-2.0

/// JSON in the order in which it was made, with a null where nothing can be known.
package indirect enum JSON: Hashable, Sendable {
    case null
    case flag(Bool)
    case whole(Int)
    case number(Double)
    case text(String)
    case list([JSON])
    case object([Pair])
    /// A list that was written already: see ``longList(_:_:)``.
    case written(String)

    package struct Pair: Hashable, Sendable {
        package let key: String
        package let value: JSON

        package init(_ key: String, _ value: JSON) {
            self.key = key
            self.value = value
        }
    }

    /// A number; null for none and for what is no number.
    package static func optional(_ value: Double?) -> JSON {
        guard let value, value.isFinite else { return .null }
        return .number(value)
    }

    package static func optional(_ text: String?) -> JSON { text.map(JSON.text) ?? .null }

    package static func object(_ pairs: KeyValuePairs<String, JSON>) -> JSON {
        .object(pairs.map { Pair($0.key, $0.value) })
    }

    /// A list that may be long, of which no more than the text is kept.
    package static func longList<Items: Sequence>(_ items: Items, _ json: (Items.Element) -> JSON) -> JSON {
        var text = "["
        for (index, item) in items.enumerated() {
            if index > 0 { text += "," }
            json(item).write(into: &text)
        }
        return .written(text + "]")
    }

    /// One line of text; numbers in the fewest digits that give the same bits again.
    package var line: String {
        var text = ""
        write(into: &text)
        return text
    }

    private func write(into text: inout String) {
        switch self {
        case .null: text += "null"
        case .flag(let flag): text += flag ? "true" : "false"
        case .whole(let number): text += String(number)
        case .number(let number): text += number.isFinite ? number.description : "null"
        case .text(let content): Self.quote(content, into: &text)
        case .written(let list): text += list
        case .list(let items):
            text += "["
            for (index, item) in items.enumerated() {
                if index > 0 { text += "," }
                item.write(into: &text)
            }
            text += "]"
        case .object(let pairs):
            text += "{"
            for (index, pair) in pairs.enumerated() {
                if index > 0 { text += "," }
                Self.quote(pair.key, into: &text)
                text += ":"
                pair.value.write(into: &text)
            }
            text += "}"
        }
    }

    private static func quote(_ content: String, into text: inout String) {
        text += "\""
        for scalar in content.unicodeScalars {
            switch scalar {
            case "\"": text += "\\\""
            case "\\": text += "\\\\"
            case "\n": text += "\\n"
            case "\r": text += "\\r"
            case "\t": text += "\\t"
            case _ where scalar.value < 0x20:
                let digits = String(scalar.value, radix: 16)
                text += "\\u" + String(repeating: "0", count: 4 - digits.count) + digits
            default: text.unicodeScalars.append(scalar)
            }
        }
        text += "\""
    }
}
