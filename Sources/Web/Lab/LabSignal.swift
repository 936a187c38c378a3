// SPDX-License-Identifier: Apache-2.0
import Clinical
import Foundation
import Recordings

/// The raw signal as a drawing: how strongly the phone was pushed, or how high the sticker was, over time, with
/// what was found in it.
struct LabSignal: Sendable {
    struct Mark: Sendable {
        let markX: String
        let markClass: String
    }

    /// What a kind of line means.
    struct Meaning: Sendable {
        let lineClass: String
        let meaning: String
    }

    let path: String
    let marks: [Mark]
    /// None where nothing is marked.
    let legend: [Meaning]
    let hasLegend: Bool
    let low: String
    let high: String
    let lastSecond: String

    /// The drawing is 360 wide, as all of them; the axis stands at 24.
    private static let left = 24.0
    private static let columns = 336
    private static let top = 20.0
    private static let bottom = 110.0

    init?(
        _ analysis: LabAnalysis, _ trace: [(time: Double, value: Double)], injured: Side?, _ words: Words
    ) {
        let known = trace.filter(\.value.isFinite)
        guard let start = trace.first?.time, let end = trace.last?.time, end > start,
            let low = known.map(\.value).min(), let largest = known.map(\.value).max()
        else { return nil }
        let duration = end - start
        let high = max(largest, low + 0.1)
        func x(_ time: Double) -> Double {
            Self.left + (time - start) / duration * Double(Self.columns)
        }
        func y(_ value: Double) -> String {
            (Self.bottom - (value - low) / (high - low) * (Self.bottom - Self.top)).oneDigit
        }
        // The smallest and the largest of each column: nothing that was felt is lost in drawing.
        var ranges = [ClosedRange<Double>?](repeating: nil, count: Self.columns)
        for (time, value) in known {
            let column = min(Self.columns - 1, Int(x(time) - Self.left))
            ranges[column] =
                ranges[column].map { min($0.lowerBound, value)...max($0.upperBound, value) } ?? value...value
        }
        path = ranges.enumerated().compactMap { column, range in
            range.map { (Self.left + Double(column) + 0.5, $0) }
        }.enumerated().map { index, point in
            "\(index == 0 ? "M" : "L")\(point.0.oneDigit) \(y(point.1.lowerBound))V\(y(point.1.upperBound))"
        }.joined()
        let found = analysis.side.map { injured == nil || $0 == injured ? "injured" : "other" } ?? "both"
        let marks: [Mark] = analysis.result.findings.marks.compactMap { mark in
            switch mark.kind {
            case .rejected: Mark(markX: x(mark.time).oneDigit, markClass: "second")
            case .finalContact: nil
            default: Mark(markX: x(mark.time).oneDigit, markClass: found)
            }
        }
        self.marks = marks
        legend = [(found, "signal_found"), ("second", "signal_left")].filter { kind, _ in
            marks.contains { $0.markClass == kind }
        }.map { Meaning(lineClass: $0, meaning: words["lab.result.\($1)"]) }
        hasLegend = !legend.isEmpty
        self.low = low.oneDigit
        self.high = high.oneDigit
        lastSecond = String(Int(duration.rounded()))
    }
}
