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

/// The sensors of one table, shared by the feeds of its sensors.
final class SensorTable {
    let layout: Layout
    let file: String
    /// Everything that changes, so that a row is one access to it.
    private var reading: SensorReading

    /// Stamps may run back by so many seconds, a browser's jitter; the samples' own order stands.
    static let jitter = PhoneClock().jitter

    init(_ rows: TableRows, layout: Layout) {
        self.layout = layout
        file = rows.head.file
        reading = SensorReading(rows, layout: layout)
    }

    /// Stamps so far that ran back, and stand at their neighbour's.
    var held: Int { reading.held }

    /// The next reading of a sensor; nil where the table ends.
    ///
    /// - Throws: ``ReadingProblem`` with the line, of any sensor of the table.
    func next(_ sensor: Int) throws(ReadingProblem) -> SensorSample? { try reading.next(sensor) }

    /// Reads what nobody asked for, so that a broken end is not passed over.
    func drain() throws(ReadingProblem) { try reading.drain() }
}

/// A table that is read row by row.
///
/// A row that one sensor asks for is kept for the others until they come to it.
private struct SensorReading {
    private var rows: TableRows
    private var sensors: [WaitingSamples]

    init(_ rows: TableRows, layout: Layout) {
        self.rows = rows
        let wanted = Array(Set(layout.sensors.flatMap { [$0.time] + $0.axes })).sorted()
        sensors = layout.sensors.map { WaitingSamples($0, wanted: wanted, isStrict: layout.isStrict) }
        self.rows.want(wanted)
    }

    var held: Int { sensors.map(\.held).max() ?? 0 }

    mutating func next(_ sensor: Int) throws(ReadingProblem) -> SensorSample? {
        while true {
            if let sample = sensors[sensor].next() { return sample }
            guard try rows.next() else { return nil }
            for index in sensors.indices { try sensors[index].take(rows) }
        }
    }

    mutating func drain() throws(ReadingProblem) {
        while try rows.next() {
            for index in sensors.indices {
                sensors[index].forget()
                try sensors[index].take(rows)
            }
        }
    }
}

/// The readings of one sensor: what the layout says, checked and turned into our units, until they are asked for.
private struct WaitingSamples {
    private let columns: SensorColumns
    private let isStrict: Bool
    /// Where time, x, y and z stand in a row.
    private let (time, x, y, z): (Int, Int, Int, Int)
    /// Read, and not yet asked for from `position` on.
    private var samples: [SensorSample] = []
    private var position = 0
    private var last = -Double.infinity
    private var count = 0
    private var repeated = 0
    private(set) var held = 0

    /// Seconds from the neighbour to a stamp that is held there.
    private static let apart = 1e-4

    init(_ columns: SensorColumns, wanted: [Int], isStrict: Bool) {
        func place(_ column: Int) -> Int { wanted.firstIndex(of: column) ?? 0 }
        self.columns = columns
        self.isStrict = isStrict
        (time, x, y, z) = (
            place(columns.time), place(columns.axes[0]), place(columns.axes[1]), place(columns.axes[2])
        )
    }

    mutating func next() -> SensorSample? {
        guard position < samples.count else { return nil }
        defer { position += 1 }
        return samples[position]
    }

    mutating func forget() { position = samples.count }

    /// Takes the present row.
    mutating func take(_ rows: borrowing TableRows) throws(ReadingProblem) {
        var stamp = rows.row[time] * columns.secondsPerUnit
        let value = Vector(rows.row[x], rows.row[y], rows.row[z]) * columns.unit
        if stamp.isNaN || value.x.isNaN || value.y.isNaN || value.z.isNaN {
            return try passOver(rows, isMissing: [stamp, value.x, value.y, value.z].map(\.isNaN))
        }
        if count > 0 {
            guard stamp >= last - SensorTable.jitter else {
                throw rows.problem("time runs backwards: \(stamp) s after \(last) s; expected ascending")
            }
            if stamp < last {
                held += 1
                stamp = last + Self.apart
            }
            if stamp == last {
                repeated += 1
                guard columns.repeatsRows || repeated * 10 <= max(count, 10) else {
                    throw rows.problem("time stands still at \(stamp) s; expected it to ascend")
                }
                return
            }
        }
        last = stamp
        count += 1
        append(SensorSample(time: stamp, value: value, line: rows.line))
    }

    private mutating func append(_ sample: SensorSample) {
        if position > 0, position == samples.count {
            // None waits, so the last place is free.
            position -= 1
            samples[position] = sample
            return
        }
        // What was asked for goes, seldom where much is waiting, so that moving the rest costs little.
        if position > 1024 {
            samples.removeFirst(position)
            position = 0
        }
        samples.append(sample)
    }

    /// A shorter column of a table, or a sensor that had not begun: the whole reading is not there.
    private func passOver(_ rows: borrowing TableRows, isMissing: [Bool]) throws(ReadingProblem) {
        if isMissing.allSatisfy({ $0 }) { return }
        guard isMissing == [false, true, true, true], !isStrict else {
            let column = zip([columns.time] + columns.axes, isMissing).first { $0.1 }?.0 ?? columns.time
            throw rows.problem("has no number for '\(rows.head.names[column])'")
        }
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
