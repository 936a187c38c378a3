// SPDX-License-Identifier: Apache-2.0
import Foundation
import Motion
import Recordings

/// A recording as a drawing: the length of the acceleration, stretches that count, and contacts by side.
struct AnalyzePlot {
    let svg: String

    private static let (width, height) = (1200.0, 320.0)
    private static let (left, right, top, bottom) = (56.0, 16.0, 40.0, 40.0)

    init(_ result: Analyzer.Result, _ signal: WatchedSignal, title: String) {
        let columns = Int(Self.width - Self.left - Self.right)
        let trace = SignalTrace(signal, columns: columns)
        let values = trace.columns.compactMap { $0 }
        let low = values.map(\.lowerBound).min() ?? 0
        let high = max(values.map(\.upperBound).max() ?? 1, low + 0.1)
        func x(_ time: Double) -> Double {
            let length = max(trace.end - trace.start, 1e-9)
            return Self.left + (time - trace.start) / length * Double(columns)
        }
        func y(_ value: Double) -> Double {
            Self.top + (high - value) / (high - low) * (Self.height - Self.top - Self.bottom)
        }
        var parts = [Self.head(result, title)]
        let plotHeight = Self.height - Self.top - Self.bottom
        for span in result.findings.spans {
            let (from, to) = (x(span.lowerBound), x(span.upperBound))
            parts.append(
                "<rect class=\"span\" x=\"\(Self.n(from))\" y=\"\(Self.n(Self.top))\" "
                    + "width=\"\(Self.n(max(to - from, 1)))\" height=\"\(Self.n(plotHeight))\"/>")
        }
        parts.append("<path class=\"signal\" d=\"\(Self.path(trace, y))\"/>")
        for mark in result.findings.marks { parts.append(Self.mark(mark, x(mark.time))) }
        parts += Self.axes(trace, signal.unit, low, high, y)
        parts.append("</svg>")
        svg = parts.joined(separator: "\n") + "\n"
    }

    private static func head(_ result: Analyzer.Result, _ title: String) -> String {
        let name = escaped(title)
        let what = "\(result.request.kind.rawValue), \(result.request.place)"
        return """
            <svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 \(n(width)) \(n(height))" role="img">
            <title>\(name): \(what)</title>
            <style>
            svg { background: #fff; font: 13px sans-serif } text { fill: #333 }
            .signal { fill: none; stroke: #555; stroke-width: 1 } .span { fill: #e4ecf7 } .axis { stroke: #888 }
            .left { stroke: #1f5fbf; fill: #1f5fbf } .right { stroke: #b3470e; fill: #b3470e }
            .unsided { stroke: #555; fill: #555 } .final { stroke-dasharray: 2 3 } .rejected { fill: none; stroke: #888 }
            @media (prefers-color-scheme: dark) {
            svg { background: #16191d } text { fill: #ddd } .signal { stroke: #aaa } .span { fill: #23324a }
            .left { stroke: #7db0ff; fill: #7db0ff } .right { stroke: #ffa56b; fill: #ffa56b } }
            </style>
            <text x="\(n(left))" y="20">\(name) · \(what)</text>
            <g><rect class="left" x="\(n(width - 330))" y="10" width="10" height="10"/>\
            <text x="\(n(width - 314))" y="20">left</text>\
            <rect class="right" x="\(n(width - 270))" y="10" width="10" height="10"/>\
            <text x="\(n(width - 254))" y="20">right</text>\
            <rect class="span" x="\(n(width - 200))" y="10" width="10" height="10"/>\
            <text x="\(n(width - 184))" y="20">\(result.request.kind == .gait ? "walking" : "counted")</text></g>
            """
    }

    private static func path(_ trace: SignalTrace, _ y: (Double) -> Double) -> String {
        var path = ""
        var isDrawing = false
        for (column, range) in trace.columns.enumerated() {
            guard let range else {
                // More columns than samples leaves some empty; a real gap is longer than a few.
                if column > 0, trace.columns[max(0, column - 8)...column].allSatisfy({ $0 == nil }) {
                    isDrawing = false
                }
                continue
            }
            let x = n(left + Double(column) + 0.5)
            path += "\(isDrawing ? "L" : "M")\(x) \(n(y(range.lowerBound)))"
            if range.upperBound > range.lowerBound { path += "V\(n(y(range.upperBound)))" }
            isDrawing = true
        }
        return path
    }

    private static func mark(_ mark: Findings.Mark, _ x: Double) -> String {
        let side = mark.side?.rawValue ?? "unsided"
        let (top, bottom) = (n(Self.top), n(height - Self.bottom))
        switch mark.kind {
        case .initialContact:
            return "<path class=\"\(side)\" d=\"M\(n(x)) \(top)V\(bottom)\"/>"
        case .finalContact:
            return "<path class=\"\(side) final\" d=\"M\(n(x)) \(top)V\(bottom)\"/>"
        case .repetition:
            return "<circle class=\"\(side)\" cx=\"\(n(x))\" cy=\"\(n(Self.top + 6))\" r=\"4\"/>"
        case .rejected:
            return "<circle class=\"rejected\" cx=\"\(n(x))\" cy=\"\(n(Self.top + 6))\" r=\"4\"/>"
        }
    }

    private static func axes(
        _ trace: SignalTrace, _ unit: String, _ low: Double, _ high: Double, _ y: (Double) -> Double
    ) -> [String] {
        let base = height - bottom
        var parts = ["<path class=\"axis\" d=\"M\(n(left)) \(n(base))H\(n(width - right))\"/>"]
        for part in [0.0, 0.25, 0.5, 0.75, 1] {
            let x = left + part * (width - left - right)
            let time = trace.start + part * (trace.end - trace.start)
            let anchor = part == 0 ? "start" : part == 1 ? "end" : "middle"
            parts.append(
                "<text x=\"\(n(x))\" y=\"\(n(base + 18))\" text-anchor=\"\(anchor)\">\(n(time)) s</text>")
        }
        for value in [low, high] {
            parts.append(
                "<text x=\"\(n(left - 6))\" y=\"\(n(y(value) + 4))\" text-anchor=\"end\">\(n(value))</text>")
        }
        parts.append("<text x=\"8\" y=\"\(n(top - 6))\">\(unit)</text>")
        return parts
    }

    private static func n(_ value: Double) -> String {
        let text = String(format: "%.1f", value)
        return text.hasSuffix(".0") ? String(text.dropLast(2)) : text
    }

    private static func escaped(_ text: String) -> String {
        text.replacingOccurrences(of: "&", with: "&amp;").replacingOccurrences(of: "<", with: "&lt;")
            .replacingOccurrences(of: ">", with: "&gt;")
    }
}
