// SPDX-License-Identifier: Apache-2.0
package import Motion

/// A recording while it is read: sample by sample, with every sensor on the acceleration's time stamps.
///
/// Of a file no more than some lines are in memory, and of several sensors what one of them is ahead of the
/// others.
package struct RecordingStream {
    /// `phyphox`, `Sensor Logger`, `SensorLog` or `Soleus table`.
    package let format: String
    /// What recognising it rests on, and once it is read, what was left out, in sentences.
    package private(set) var notes: [String]
    /// The file with the acceleration.
    package var file: String { base.file }

    private var base: SensorFeed
    private var gravity: SensorBeside?
    private var rotation: SensorBeside?
    private let tables: [SensorTable]
    /// Readings of the acceleration, those with a gravity, and those handed out.
    private var (read, lifted, kept) = (0, 0, 0)
    private var hasEnded = false

    /// A sample with the line of the file that it was read from.
    package struct Sample: Hashable, Sendable {
        package let motion: MotionSample
        package let line: Int
    }

    /// - Parameters:
    ///   - tables: What was found.
    ///   - name: What all of it is called, for messages.
    ///   - format: What all of it was recognised as.
    ///   - notes: What that rests on.
    /// - Throws: ``ReadingProblem`` where the sensors make no recording.
    init(_ tables: [SensorTable], name: String, format: String, notes: [String]) throws(ReadingProblem) {
        var feeds = tables.flatMap { table in
            table.layout.sensors.indices.map { SensorFeed(table, $0) }
        }
        self.tables = tables
        self.format = format
        self.notes = notes
        if let total = try Self.only(.acceleration, &feeds, name) {
            base = total
        } else if let user = try Self.only(.userAcceleration, &feeds, name) {
            guard let gravity = try Self.only(.gravity, &feeds, name) else {
                throw ReadingProblem(
                    file: user.file,
                    problem:
                        "holds acceleration without gravity, which does not say which way is up; expected "
                        + "acceleration with gravity, or the gravity sensor beside it")
            }
            base = user
            self.gravity = SensorBeside(gravity)
            self.notes.append("gravity added to acceleration without gravity")
        } else {
            throw ReadingProblem(
                file: name, problem: "holds no acceleration; expected it with gravity, in m/s²")
        }
        rotation = try Self.only(.rotation, &feeds, name).map { SensorBeside($0) }
    }

    /// The one sensor of a kind; of several the one that holds anything.
    private static func only(_ kind: Sensor, _ feeds: inout [SensorFeed], _ name: String)
        throws(ReadingProblem) -> SensorFeed?
    {
        let all = feeds.indices.filter { feeds[$0].kind == kind }
        guard all.count > 1 else { return all.first.map { feeds[$0] } }
        var found: [SensorFeed] = []
        for index in all where try feeds[index].peek() != nil { found.append(feeds[index]) }
        guard found.count < 2 else {
            throw ReadingProblem(
                file: name, problem: "holds \(kind.rawValue) twice: \(found[0].file) and \(found[1].file)")
        }
        return found.first ?? feeds[all[0]]
    }

    /// The next sample; nil where the recording ends.
    ///
    /// - Throws: ``ReadingProblem`` with file, line and what was expected.
    package mutating func next() throws(ReadingProblem) -> Sample? {
        while !hasEnded, let sample = try base.next() {
            read += 1
            var acceleration = sample.value
            switch try gravity?.value(at: sample.time) {
            case .value(let more): acceleration += more
            case .tooEarly: continue
            case .ended: return try end()
            case nil: break
            }
            lifted += 1
            var turn: Vector?
            switch try rotation?.value(at: sample.time) {
            case .value(let value): turn = value
            case .tooEarly: continue
            case .ended: return try end()
            case nil: break
            }
            kept += 1
            return Sample(
                motion: MotionSample(time: sample.time, acceleration: acceleration, rotation: turn),
                line: sample.line)
        }
        return try end()
    }

    /// Reads what is left of every table and says what was not used.
    private mutating func end() throws(ReadingProblem) -> Sample? {
        guard !hasEnded else { return nil }
        hasEnded = true
        while let sample = try base.next() {
            read += 1
            switch try gravity?.value(at: sample.time) {
            case .value, nil: lifted += 1
            case .tooEarly, .ended: continue
            }
        }
        try rotation?.drain()
        for table in tables { try table.drain() }
        let held = tables.reduce(0) { $0 + $1.held }
        if held > 0 {
            notes.append(
                "\(held) time stamps that ran back by up to \(SensorTable.jitter) s held at their neighbour's"
            )
        }
        guard read > 0 else {
            throw ReadingProblem(file: file, problem: "holds no samples below its line of names")
        }
        if kept == 0, let other = lifted == 0 ? gravity ?? rotation : rotation ?? gravity {
            throw ReadingProblem(
                file: other.feed.file,
                problem: "shares no time with \(file); expected parts of one recording")
        }
        if let rotation, !rotation.isExact || rotation.count != lifted {
            let lost = lifted - kept
            notes.append(
                "rotation interpolated to the acceleration's time stamps"
                    + (lost > 0 ? ", \(lost) samples outside it left out" : ""))
        }
        return nil
    }
}
