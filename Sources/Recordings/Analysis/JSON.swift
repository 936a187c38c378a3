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
    /// A list that was written already, in pieces: see ``longList(_:_:)``.
    case written([String])

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
        var pieces: [String] = []
        var text = "["
        for (index, item) in items.enumerated() {
            if index > 0 { text += "," }
            text += json(item).line
            // Short, since a text that grows is in memory twice.
            if text.utf8.count > 1 << 16 {
                pieces.append(text)
                text = ""
            }
        }
        return .written(pieces + [text + "]"])
    }

    /// One line of text; numbers in the fewest digits that give the same bits again.
    package var line: String {
        var line = ""
        write { line += $0 }
        return line
    }

    /// Hands out the line in pieces, so that a long one is never in memory as a whole.
    ///
    /// - Parameters:
    ///   - end: What follows it, in the last piece.
    ///   - piece: Takes each.
    package func write(ending end: String = "", _ piece: (String) -> Void) {
        var text = ""
        write(into: &text, piece)
        piece(text + end)
    }

    private func write(into text: inout String, _ piece: (String) -> Void) {
        switch self {
        case .null: text += "null"
        case .flag(let flag): text += flag ? "true" : "false"
        case .whole(let number): text += String(number)
        case .number(let number): text += number.isFinite ? number.description : "null"
        case .text(let content): Self.quote(content, into: &text)
        case .written(let pieces):
            for next in pieces {
                piece(text)
                text = next
            }
        case .list(let items):
            text += "["
            for (index, item) in items.enumerated() {
                if index > 0 { text += "," }
                item.write(into: &text, piece)
            }
            text += "]"
        case .object(let pairs):
            text += "{"
            for (index, pair) in pairs.enumerated() {
                if index > 0 { text += "," }
                Self.quote(pair.key, into: &text)
                text += ":"
                pair.value.write(into: &text, piece)
            }
            text += "}"
        }
    }

    private static func quote(_ content: String, into text: inout String) {
        text += "\""
        defer { text += "\"" }
        // Most texts are names, which stand for themselves.
        guard
            content.utf8.contains(where: { $0 < 0x20 || $0 == UInt8(ascii: "\"") || $0 == UInt8(ascii: "\\") }
            )
        else {
            text += content
            return
        }
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
    }
}
