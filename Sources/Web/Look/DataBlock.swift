// SPDX-License-Identifier: Apache-2.0
import Foundation
import Mustache

/// JSON inside a `<script type="application/ld+json">`, which a browser reads to its first `</`, and never runs.
///
/// The template `structured-data` says `{{% CONTENT_TYPE: JSON}}`; whatever it holds goes through here, so that no
/// clinic's name can end the element.
struct DataBlock: MustacheContentType {
    static let name = "JSON"

    /// The same JSON without any character that HTML reads: in JSON they stand only inside texts.
    func escapeText(_ text: String) -> String {
        var result = ""
        for scalar in text.unicodeScalars {
            switch scalar {
            case "<", ">", "&", "\u{2028}", "\u{2029}":
                let digits = String(scalar.value, radix: 16)
                result += "\\u" + String(repeating: "0", count: 4 - digits.count) + digits
            default: result.unicodeScalars.append(scalar)
            }
        }
        return result
    }

    /// nil where a value has no JSON, which no text and no whole number has.
    static func json(_ value: some Encodable) -> String? {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        return (try? encoder.encode(value)).map { String(decoding: $0, as: UTF8.self) }
    }
}
