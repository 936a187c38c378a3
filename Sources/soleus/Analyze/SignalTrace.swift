// SPDX-License-Identifier: Apache-2.0

/// A quantity in columns of equal time, for drawings.
struct SignalTrace {
    /// The smallest and the largest of each column; nil where no sample fell.
    let columns: [ClosedRange<Double>?]
    let start: Double
    let end: Double

    init(_ watched: WatchedSignal, columns count: Int) {
        start = watched.start
        end = watched.end
        var columns = [ClosedRange<Double>?](repeating: nil, count: count)
        let length = max(end - start, 1e-9)
        for (cell, range) in watched.cells.enumerated() {
            guard let range else { continue }
            let column = min(
                count - 1, max(0, Int((watched.middle(of: cell) - start) / length * Double(count))))
            columns[column] = columns[column].map { $0.union(range) } ?? range
        }
        self.columns = columns
    }

    /// The column that a time falls into.
    func column(at time: Double) -> Int? {
        guard time >= start, time <= end, end > start else { return nil }
        return min(columns.count - 1, Int((time - start) / (end - start) * Double(columns.count)))
    }
}

/// One quantity as it passes, however long it takes: when its cells are full, two become one.
struct WatchedSignal {
    private static let most = 1 << 14

    let unit: String
    /// The smallest and the largest of each stretch of `width` seconds; nil where no sample fell.
    private(set) var cells: [ClosedRange<Double>?] = []
    private var width = 1.0 / 512
    private(set) var start = 0.0
    private(set) var end = 0.0

    init(unit: String) { self.unit = unit }

    mutating func append(_ value: Double, at time: Double) {
        if cells.isEmpty { start = time }
        end = max(end, time)
        guard value.isFinite else { return }
        while time - start >= width * Double(Self.most) { widen() }
        let cell = max(0, Int((time - start) / width))
        while cells.count <= cell { cells.append(nil) }
        cells[cell] = cells[cell].map { $0.union(value...value) } ?? value...value
    }

    private mutating func widen() {
        width *= 2
        cells = stride(from: 0, to: cells.count, by: 2).map { index in
            guard index + 1 < cells.count, let second = cells[index + 1] else { return cells[index] }
            return cells[index].map { $0.union(second) } ?? second
        }
    }

    /// The middle of a cell, in the recording's seconds.
    func middle(of cell: Int) -> Double { start + (Double(cell) + 0.5) * width }
}

extension ClosedRange {
    /// The smallest range that holds both.
    fileprivate func union(_ other: ClosedRange) -> ClosedRange {
        Swift.min(lowerBound, other.lowerBound)...Swift.max(upperBound, other.upperBound)
    }
}
