// SPDX-License-Identifier: Apache-2.0
import Motion

/// One reading of one sensor, in our units.
struct SensorSample: Hashable, Sendable {
    /// Seconds.
    var time: Double
    /// m/s² in the sign of a specific force, or deg/s.
    var value: Vector
    /// The line of the file.
    var line: Int
}

/// The sensors of one table, read row by row: what the layout says, checked and turned into our units.
///
/// Shared by the feeds of its sensors: a row that one asks for is kept for the others until they come to it.
final class SensorTable {
    let layout: Layout
    private var rows: TableRows
    private var feeds: [Feed]

    /// Stamps may run back by so many seconds, a browser's jitter; the samples' own order stands.
    static let jitter = PhoneClock().jitter
    /// Seconds from the neighbour to a stamp that is held there.
    private static let apart = 1e-4

    /// What is known of one sensor while its table is read.
    private struct Feed {
        let columns: SensorColumns
        /// Where time, x, y and z stand in a row.
        let time: Int
        let axes: [Int]
        /// Read, and not yet asked for from `next` on.
        var waiting: [SensorSample] = []
        var next = 0
        var last = -Double.infinity
        var count = 0
        var repeated = 0
        var held = 0
    }

    init(_ rows: TableRows, layout: Layout) {
        self.layout = layout
        self.rows = rows
        let wanted = Array(Set(layout.sensors.flatMap { [$0.time] + $0.axes })).sorted()
        func place(_ column: Int) -> Int { wanted.firstIndex(of: column) ?? 0 }
        feeds = layout.sensors.map { Feed(columns: $0, time: place($0.time), axes: $0.axes.map(place)) }
        self.rows.want(wanted)
    }

    var file: String { rows.head.file }
    /// Stamps so far that ran back, and stand at their neighbour's.
    var held: Int { feeds.map(\.held).max() ?? 0 }

    /// The next reading of a sensor; nil where the table ends.
    ///
    /// - Throws: ``ReadingProblem`` with the line, of any sensor of the table.
    func next(_ sensor: Int) throws(ReadingProblem) -> SensorSample? {
        while feeds[sensor].next == feeds[sensor].waiting.count {
            guard try rows.next() else { return nil }
            for index in feeds.indices { try take(&feeds[index]) }
        }
        defer { feeds[sensor].next += 1 }
        return feeds[sensor].waiting[feeds[sensor].next]
    }

    /// Reads what nobody asked for, so that a broken end is not passed over.
    func drain() throws(ReadingProblem) {
        while try rows.next() {
            for index in feeds.indices {
                feeds[index].next = feeds[index].waiting.count
                try take(&feeds[index])
            }
        }
    }

    private func take(_ feed: inout Feed) throws(ReadingProblem) {
        let columns = feed.columns
        var stamp = rows.row[feed.time] * columns.secondsPerUnit
        let value =
            Vector(rows.row[feed.axes[0]], rows.row[feed.axes[1]], rows.row[feed.axes[2]]) * columns.unit
        if stamp.isNaN || value.x.isNaN || value.y.isNaN || value.z.isNaN {
            return try passOver(columns, isMissing: [stamp, value.x, value.y, value.z].map(\.isNaN))
        }
        if feed.count > 0 {
            guard stamp >= feed.last - Self.jitter else {
                throw problem("time runs backwards: \(stamp) s after \(feed.last) s; expected ascending")
            }
            if stamp < feed.last {
                feed.held += 1
                stamp = feed.last + Self.apart
            }
            if stamp == feed.last {
                feed.repeated += 1
                guard columns.repeatsRows || feed.repeated * 10 <= max(feed.count, 10) else {
                    throw problem("time stands still at \(stamp) s; expected it to ascend")
                }
                return
            }
        }
        feed.last = stamp
        feed.count += 1
        // What was asked for goes, seldom where much is waiting, so that moving the rest costs little.
        if feed.next == feed.waiting.count || feed.next > 1024 {
            feed.waiting.removeFirst(feed.next)
            feed.next = 0
        }
        feed.waiting.append(SensorSample(time: stamp, value: value, line: rows.line))
    }

    /// A shorter column of a table, or a sensor that had not begun: the whole reading is not there.
    private func passOver(_ columns: SensorColumns, isMissing: [Bool]) throws(ReadingProblem) {
        if isMissing.allSatisfy({ $0 }) { return }
        guard isMissing == [false, true, true, true], !layout.isStrict else {
            let column = zip([columns.time] + columns.axes, isMissing).first { $0.1 }?.0 ?? columns.time
            throw problem("has no number for '\(rows.head.names[column])'")
        }
    }

    private func problem(_ problem: String) -> ReadingProblem {
        ReadingProblem(file: file, line: rows.line, problem: problem)
    }
}

extension Layout {
    /// Our own table has a value in every cell; phone recorders pad.
    var isStrict: Bool { format == "Soleus table" }
}

/// One sensor of a recording, in its own time.
struct SensorFeed {
    let kind: Sensor
    private let table: SensorTable
    private let index: Int
    private var ahead: SensorSample?

    init(_ table: SensorTable, _ index: Int) {
        kind = table.layout.sensors[index].kind
        self.table = table
        self.index = index
    }

    var file: String { table.file }

    mutating func next() throws(ReadingProblem) -> SensorSample? {
        if let sample = ahead {
            ahead = nil
            return sample
        }
        return try table.next(index)
    }

    /// The next reading, which still comes with ``next()``.
    mutating func peek() throws(ReadingProblem) -> SensorSample? {
        if ahead == nil { ahead = try table.next(index) }
        return ahead
    }
}
