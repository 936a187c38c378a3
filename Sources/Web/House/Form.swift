// SPDX-License-Identifier: Apache-2.0
import Foundation

/// The fields of a sent form, as text.
struct Form: Sendable {
    private var values: [String: [String]] = [:]

    init() {}

    /// Reads `application/x-www-form-urlencoded`; nil where a percent escape is broken.
    init?(encoded text: String) {
        for pair in text.split(separator: "&") {
            let parts = pair.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
            guard let name = Self.decoded(parts[0]), let value = Self.decoded(parts.count > 1 ? parts[1] : "")
            else { return nil }
            values[name, default: []].append(value)
        }
    }

    /// The field's text without spaces at its ends; empty where it was not sent.
    subscript(name: String) -> String { trimmed(values[name]?.first ?? "") }

    func all(_ name: String) -> [String] { (values[name] ?? []).map(trimmed) }

    func has(_ name: String) -> Bool { values[name] != nil }

    var names: some Collection<String> { values.keys }

    private func trimmed(_ text: String) -> String { text.trimmingCharacters(in: .whitespacesAndNewlines) }

    private static func decoded(_ text: Substring) -> String? {
        text.replacing("+", with: " ").removingPercentEncoding.map {
            // No text of a person needs control characters; they would only travel into logs and files.
            String($0.unicodeScalars.filter { $0.value >= 32 || $0 == "\n" || $0 == "\t" })
        }
    }
}
