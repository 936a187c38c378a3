// SPDX-License-Identifier: Apache-2.0
import Motion

/// Sensors with clocks of their own, brought onto the acceleration's time stamps.
struct SensorMerge {
    let sensors: [Sensor]
    let name: String

    func read(format: String, notes: [String]) throws(ReadingProblem) -> RecordingReader.Read {
        var notes = notes
        var base: Sensor
        if let total = try only(.acceleration) {
            base = total
        } else if let user = try only(.userAcceleration) {
            guard let gravity = try only(.gravity) else {
                throw ReadingProblem(
                    file: user.file,
                    problem:
                        "holds acceleration without gravity, which does not say which way is up; expected "
                        + "acceleration with gravity, or the gravity sensor beside it")
            }
            base = user
            let other = try shared(gravity, with: &base)
            for index in 0..<base.axes.count { base.axes[index] = base.axes[index] + other[index] }
            notes.append("gravity added to acceleration without gravity")
        } else {
            throw ReadingProblem(
                file: name, problem: "holds no acceleration; expected it with gravity, in m/s²")
        }
        guard !base.time.isEmpty else {
            throw ReadingProblem(file: base.file, problem: "holds no samples below its line of names")
        }
        var rotation: Axes?
        if let gyroscope = try only(.rotation) {
            if gyroscope.time == base.time {
                rotation = gyroscope.axes
            } else {
                let before = base.time.count
                rotation = try shared(gyroscope, with: &base)
                let lost = before - base.time.count
                notes.append(
                    "rotation interpolated to the acceleration's time stamps"
                        + (lost > 0 ? ", \(lost) samples outside it left out" : ""))
            }
        }
        return RecordingReader.Read(
            recording: Recording(time: base.time, acceleration: base.axes, rotation: rotation),
            format: format, notes: notes, file: base.file, lines: base.lines)
    }

    private func only(_ kind: Sensor.Kind) throws(ReadingProblem) -> Sensor? {
        let found = sensors.filter { $0.kind == kind && !$0.time.isEmpty }
        guard found.count < 2 else {
            throw ReadingProblem(
                file: name, problem: "holds \(kind.rawValue) twice: \(found[0].file) and \(found[1].file)")
        }
        return found.first ?? sensors.first { $0.kind == kind }
    }

    /// The other sensor at the base's times, by linear interpolation; the base keeps only the time of both.
    private func shared(_ other: Sensor, with base: inout Sensor) throws(ReadingProblem) -> Axes {
        var result = Axes()
        var kept = Sensor(kind: base.kind, file: base.file, time: [], axes: Axes(), lines: [])
        var next = 0
        for index in base.time.indices {
            let time = base.time[index]
            while next < other.time.count, other.time[next] < time { next += 1 }
            guard next < other.time.count else { break }
            let value: Vector
            if other.time[next] == time {
                value = other.axes[next]
            } else if next > 0 {
                let (early, late) = (other.time[next - 1], other.time[next])
                let share = (time - early) / (late - early)
                value = other.axes[next - 1] * (1 - share) + other.axes[next] * share
            } else {
                continue
            }
            kept.time.append(time)
            kept.axes.append(base.axes[index])
            kept.lines.append(base.lines[index])
            result.append(value)
        }
        guard !kept.time.isEmpty else {
            throw ReadingProblem(
                file: other.file, problem: "shares no time with \(base.file); expected parts of one recording"
            )
        }
        base = kept
        return result
    }
}
