// SPDX-License-Identifier: Apache-2.0
import Motion

/// The sensors of one table: what the layout says, read, checked and turned into our units.
struct SensorReading {
    let head: TableHead
    let layout: Layout
    let limits: ReadingLimits

    func sensors(_ bytes: borrowing Span<UInt8>) throws(ReadingProblem) -> [Sensor] {
        let wanted = Array(Set(layout.sensors.flatMap { [$0.time] + $0.axes })).sorted()
        let body = try TableBody(bytes, head: head, wanted: wanted, limits: limits)
        var sensors: [Sensor] = []
        for columns in layout.sensors { sensors.append(try sensor(columns, body, wanted)) }
        return sensors
    }

    private func sensor(_ columns: SensorColumns, _ body: TableBody, _ wanted: [Int])
        throws(ReadingProblem) -> Sensor
    {
        func values(_ column: Int) -> [Double] {
            wanted.firstIndex(of: column).map { body.columns[$0] } ?? []
        }
        let time = values(columns.time)
        let axes = columns.axes.map(values)
        let count = body.count
        if columns.secondsPerUnit == 1, Self.isWhole(time, axes) {
            // The usual case: the columns are the signals, and nothing is copied that needs no other unit.
            func signal(_ axis: Int) -> [Double] {
                columns.unit == 1 ? axes[axis] : axes[axis].map { $0 * columns.unit }
            }
            return Sensor(
                kind: columns.kind, file: head.file, time: time,
                axes: Axes(x: signal(0), y: signal(1), z: signal(2)),
                lines: (0..<count).map { Int32(clamping: body.line(of: $0)) })
        }
        var sensor = Sensor(kind: columns.kind, file: head.file, time: [], axes: Axes(), lines: [])
        sensor.time.reserveCapacity(count)
        sensor.lines.reserveCapacity(count)
        var (x, y, z): ([Double], [Double], [Double]) = ([], [], [])
        x.reserveCapacity(count)
        y.reserveCapacity(count)
        z.reserveCapacity(count)
        var repeated = 0
        for row in 0..<count {
            let stamp = time[row] * columns.secondsPerUnit
            let values = (
                axes[0][row] * columns.unit, axes[1][row] * columns.unit, axes[2][row] * columns.unit
            )
            if stamp.isNaN || values.0.isNaN || values.1.isNaN || values.2.isNaN {
                // A shorter column of a table, or a sensor that had not begun: the whole reading is not there.
                if stamp.isNaN && values.0.isNaN && values.1.isNaN && values.2.isNaN { continue }
                if stamp.isNaN || !(values.0.isNaN && values.1.isNaN && values.2.isNaN) || layout.isStrict {
                    throw problem(
                        body.line(of: row), "has no number for '\(missing(row, columns, time, axes))'")
                }
                continue
            }
            if let last = sensor.time.last {
                guard stamp >= last else {
                    throw problem(
                        body.line(of: row),
                        "time runs backwards: \(stamp) s after \(last) s; expected ascending")
                }
                if stamp == last {
                    repeated += 1
                    guard columns.repeatsRows || repeated * 10 <= max(sensor.time.count, 10) else {
                        throw problem(
                            body.line(of: row), "time stands still at \(stamp) s; expected it to ascend")
                    }
                    continue
                }
            }
            sensor.time.append(stamp)
            sensor.lines.append(Int32(clamping: body.line(of: row)))
            x.append(values.0)
            y.append(values.1)
            z.append(values.2)
        }
        sensor.axes = Axes(x: x, y: y, z: z)
        return sensor
    }

    /// Every cell has a number and time ascends.
    private static func isWhole(_ time: [Double], _ axes: [[Double]]) -> Bool {
        var last = -Double.infinity
        for stamp in time {
            guard stamp > last else { return false }
            last = stamp
        }
        return axes.allSatisfy { axis in !axis.contains { $0.isNaN } }
    }

    private func problem(_ line: Int, _ problem: String) -> ReadingProblem {
        ReadingProblem(file: head.file, line: line, problem: problem)
    }

    private func missing(_ row: Int, _ columns: SensorColumns, _ time: [Double], _ axes: [[Double]]) -> String
    {
        if time[row].isNaN { return head.names[columns.time] }
        for (axis, values) in zip(columns.axes, axes) where values[row].isNaN { return head.names[axis] }
        return ""
    }
}

extension Layout {
    /// Our own table has a value in every cell; phone recorders pad.
    var isStrict: Bool { format == "Soleus table" }
}
