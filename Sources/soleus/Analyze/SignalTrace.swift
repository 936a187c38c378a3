// SPDX-License-Identifier: Apache-2.0
import Recordings

/// A quantity in columns of equal time, for drawings.
struct SignalTrace {
    /// The smallest and the largest of each column, nil where no sample fell.
    let columns: [ClosedRange<Double>?]
    let start: Double
    let end: Double

    init(_ trace: Trace, columns count: Int) {
        start = trace.start
        end = trace.end
        var columns = [ClosedRange<Double>?](repeating: nil, count: count)
        let length = max(end - start, 1e-9)
        for (index, value) in trace.values.enumerated() {
            let column = min(count - 1, max(0, Int((trace.time[index] - start) / length * Double(count))))
            guard value.isFinite else { continue }
            columns[column] =
                columns[column].map { min($0.lowerBound, value)...max($0.upperBound, value) } ?? value...value
        }
        self.columns = columns
    }

    /// The column that a time falls into.
    func column(at time: Double) -> Int? {
        guard time >= start, time <= end, end > start else { return nil }
        return min(columns.count - 1, Int((time - start) / (end - start) * Double(columns.count)))
    }
}
