// SPDX-License-Identifier: Apache-2.0
import Clinical
import Foundation
import Recordings

/// The table behind the drawing: each repetition, stride or flight, or else what was felt second by second.
struct LabTable: Sendable {
    struct Row: Sendable {
        let number: String
        let cells: [String]
    }

    let title: String
    /// What the rows are numbered by.
    let numbered: String
    let columns: [String]
    let rows: [Row]

    /// - Parameters:
    ///   - json: What the analysis lists.
    ///   - trace: Seconds and values of the drawing.
    ///   - words: The site's words.
    init(_ json: [JSON.Pair], _ trace: [(time: Double, value: Double)], _ words: Words) {
        guard let items = Self.items(json), let first = items.first else {
            title = words["lab.result.each_second"]
            numbered = words["lab.column.second"]
            columns = ["lowest", "highest"].map { words["lab.column.\($0)"] }
            rows = Self.seconds(trace)
            return
        }
        title = words["lab.result.each"]
        numbered = words["lab.result.number"]
        columns = first.map { words.has("lab.column.\($0.key)") ? words["lab.column.\($0.key)"] : $0.key }
        rows = items.enumerated().map { index, pairs in
            Row(number: String(index + 1), cells: pairs.map { Self.text($0.value, words) })
        }
    }

    private static func items(_ json: [JSON.Pair]) -> [[JSON.Pair]]? {
        let names = ["repetitions", "cycles", "flights", "responses", "turns", "strides"]
        switch names.lazy.compactMap({ name in json.first { $0.key == name } }).first?.value {
        case .list(let items):
            return items.compactMap { item in
                guard case .object(let pairs) = item else { return nil }
                return pairs
            }
        case .written(let pieces):
            let strides = try? JSONDecoder().decode([WrittenStride].self, from: Data(pieces.joined().utf8))
            return strides?.map(\.pairs)
        default: return nil
        }
    }

    /// The lowest and the highest of each second.
    private static func seconds(_ trace: [(time: Double, value: Double)]) -> [Row] {
        guard let start = trace.first?.time else { return [] }
        let known = trace.filter(\.value.isFinite)
        let bySecond = Dictionary(grouping: known) { Int(($0.time - start).rounded(.down)) }
        return bySecond.sorted { $0.key < $1.key }.map { second, samples in
            let values = samples.map(\.value)
            return Row(
                number: String(second),
                cells: [values.min(), values.max()].map { text(.optional($0), Words()) })
        }
    }

    private static func text(_ value: JSON, _ words: Words) -> String {
        switch value {
        case .number(let number): ((number * 100).rounded() / 100).plain
        case .whole(let number): String(number)
        case .flag(let flag): words["lab.cell.\(flag ? "yes" : "no")"]
        case .text(let text): words["lab.cell.\(text)"]
        default: "–"
        }
    }
}

/// A stride as the analysis of a walk writes it down.
private struct WrittenStride: Decodable {
    let side: String
    let start: Double
    let end: Double
    let length: Double?
    let stance: Double?
    let swing: Double?

    enum CodingKeys: String, CodingKey {
        case side
        case start = "start_s"
        case end = "end_s"
        case length = "length_m"
        case stance = "stance_s"
        case swing = "swing_s"
    }

    var pairs: [JSON.Pair] {
        [
            .init("side", .text(side)), .init("start_s", .number(start)), .init("end_s", .number(end)),
            .init("length_m", .optional(length)), .init("stance_s", .optional(stance)),
            .init("swing_s", .optional(swing))
        ]
    }
}
