// SPDX-License-Identifier: Apache-2.0
import Foundation
import Motion
import Recordings

/// A result for somebody at a terminal: what was read, a small chart, and the findings.
struct AnalyzeReport {
    let text: String

    private static let width = 72
    private static let steps = Array(" ▁▂▃▄▅▆▇█")

    init(_ result: Analyzer.Result, _ signal: WatchedSignal, title: String) {
        let quality = result.quality
        var lines = [title]
        var read =
            "\(result.format), \(Self.number(quality.seconds, 1)) s, \(Self.number(quality.rateHz, 1)) Hz"
        if !result.request.isCamera {
            read += quality.hasRotation ? ", with gyroscope" : ", no gyroscope"
        }
        if quality.gaps > 0 {
            read += ", \(quality.gaps) gaps (\(Self.number(quality.gapSeconds, 1)) s missing)"
        }
        lines.append("  \(read)")
        lines += result.notes.map { "  \($0)" }
        lines.append("")
        lines += Self.chart(result, signal).map { "  \($0)" }
        lines.append("")
        let width = result.findings.lines.map(\.name.count).max() ?? 0
        lines += result.findings.lines.map { line in
            "  " + line.name.padding(toLength: width + 2, withPad: " ", startingAt: 0) + line.text
        }
        text = lines.joined(separator: "\n") + "\n"
    }

    /// How much moved in each stretch of time, and below it what was found there.
    private static func chart(_ result: Analyzer.Result, _ signal: WatchedSignal) -> [String] {
        let trace = SignalTrace(signal, columns: width)
        let sizes = trace.columns.map { $0.map { $0.upperBound - $0.lowerBound } ?? 0 }
        let largest = max(sizes.max() ?? 0, 1e-9)
        let signal = sizes.map { size in
            steps[min(steps.count - 1, Int((size / largest * Double(steps.count - 1)).rounded(.up)))]
        }
        var found = [Character](repeating: "·", count: width)
        for span in result.findings.spans {
            guard let first = trace.column(at: span.lowerBound), let last = trace.column(at: span.upperBound)
            else { continue }
            for column in first...max(first, last) { found[column] = "─" }
        }
        for mark in result.findings.marks {
            guard let column = trace.column(at: mark.time) else { continue }
            switch mark.kind {
            case .initialContact:
                // Where a column holds several steps, single ones cannot be told.
                let letter: Character = mark.side == .left ? "L" : mark.side == .right ? "R" : "|"
                found[column] = found[column] == "─" || found[column] == letter ? letter : "#"
            case .repetition: found[column] = "^"
            case .rejected: found[column] = "x"
            case .finalContact: continue
            }
        }
        let end = "\(number(trace.end - trace.start, 1)) s"
        let scale = "0" + String(repeating: " ", count: max(1, width - 1 - end.count)) + end
        return [String(signal), String(found), scale]
    }

    private static func number(_ value: Double, _ digits: Int) -> String {
        String(format: "%.\(digits)f", value)
    }
}
