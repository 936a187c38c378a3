// SPDX-License-Identifier: Apache-2.0
import Clinical
import Recordings

/// What the analysis found one by one: each repetition, stride or flight, as a table.
struct LabTable: Sendable {
    struct Row: Sendable {
        let number: String
        let cells: [String]
    }

    let columns: [String]
    let rows: [Row]

    /// - Returns: nil where the analysis lists nothing.
    init?(_ findings: Findings, _ words: Words) {
        let lists = ["repetitions", "cycles", "flights", "responses", "turns", "strides"]
        let found = lists.lazy.compactMap { name in findings.json.first { $0.key == name } }.first
        guard case .list(let items)? = found?.value, case .object(let first)? = items.first else {
            return nil
        }
        let keys = first.map(\.key)
        columns = keys.map { words.has("lab.column.\($0)") ? words["lab.column.\($0)"] : $0 }
        rows = items.enumerated().compactMap { index, item in
            guard case .object(let pairs) = item else { return nil }
            return Row(number: String(index + 1), cells: pairs.map { Self.text($0.value) })
        }
    }

    private static func text(_ value: JSON) -> String {
        switch value {
        case .number(let number): ((number * 100).rounded() / 100).plain
        case .whole(let number): String(number)
        case .text(let text): text
        default: "–"
        }
    }
}
