// SPDX-License-Identifier: Apache-2.0
package import Motion

/// Makes a recording of what phones and sensors write.
///
/// What a file is, is told by the names of its columns, and where these leave it open by the file's own name.
/// What remains open is refused: no unit and no sign is guessed.
package struct RecordingReader: Sendable {
    package var limits = ReadingLimits()

    package init() {}

    /// A recording with how it was recognised.
    package struct Read: Sendable {
        package let recording: Recording
        /// `phyphox`, `Sensor Logger`, `SensorLog` or `Soleus table`.
        package let format: String
        /// What recognising it rests on, and what was left out, in sentences.
        package let notes: [String]
        /// The file with the acceleration.
        package let file: String
        let lines: [Int32]

        /// Everything that a stream holds.
        init(_ stream: inout RecordingStream) throws(ReadingProblem) {
            var time: [Double] = []
            var (acceleration, rotation) = (Axes(), Axes())
            var lines: [Int32] = []
            while let sample = try stream.next() {
                time.append(sample.motion.time)
                acceleration.append(sample.motion.acceleration)
                if let turn = sample.motion.rotation { rotation.append(turn) }
                lines.append(Int32(clamping: sample.line))
            }
            recording = Recording(
                time: time, acceleration: acceleration,
                rotation: rotation.count == time.count ? rotation : nil)
            (format, notes, file) = (stream.format, stream.notes, stream.file)
            self.lines = lines
        }

        /// The line of the file that a sample was read from.
        package func line(ofSample sample: Int) -> Int? {
            lines.indices.contains(sample) ? Int(lines[sample]) : nil
        }
    }

    /// Reads one recording from its files: one table, a zip, or the tables of several sensors.
    ///
    /// - Throws: ``ReadingProblem`` with file, line and what was expected.
    package func read(_ files: [RecordingFile]) throws(ReadingProblem) -> Read {
        var stream = try open(files)
        return try Read(&stream)
    }

    /// Begins to read one recording from its files, as ``read(_:)`` does, without having it all in memory.
    ///
    /// - Throws: ``ReadingProblem`` where the files are not recognised.
    package func open(_ files: [RecordingFile]) throws(ReadingProblem) -> RecordingStream {
        var found: [OpenFile] = []
        for file in files { found += try unpacked(file) }
        var phone: SensorLogger.Phone?
        for file in found where file.isMetadata { phone = try SensorLogger.phone(file) }
        var tables: [SensorTable] = []
        var formats: [String] = []
        var notes: [String] = []
        for file in found where !file.isMetadata {
            let rows = try TableRows(file, limits: limits)
            guard let layout = try layout(rows.head, phone: phone) else {
                // Beside others it may be a barometer; alone it should have been the recording.
                if found.count > 1 { continue }
                throw unknown(rows.head)
            }
            tables.append(SensorTable(rows, layout: layout))
            if !formats.contains(layout.format) { formats.append(layout.format) }
            notes += layout.notes.filter { !notes.contains($0) }
        }
        let name = files.first?.name ?? "nothing"
        guard !tables.isEmpty else {
            throw ReadingProblem(file: name, problem: "holds no table of a sensor; \(Self.expected)")
        }
        return try RecordingStream(
            tables, name: name, format: formats.joined(separator: " and "), notes: notes)
    }

    /// A table as it is, unpacked from gzip, or the sensor tables of a zip.
    func unpacked(_ file: RecordingFile) throws(ReadingProblem) -> [OpenFile] {
        var pieces = try file.open()
        let start = try pieces.peek()
        if start.starts(with: [0x1F, 0x8B]) {
            return [OpenFile(name: file.name, pieces: pieces.inflated(.gzip, file: file.name))]
        }
        guard ZipArchive.isZip(start) else { return [OpenFile(name: file.name, pieces: pieces)] }
        guard let bytes = try pieces.all(limit: limits.bytes) else {
            throw ReadingProblem(file: file.name, problem: "is larger than \(limits.bytes) bytes")
        }
        let archive = try ZipArchive(bytes, file: file.name, limits: limits)
        var tables: [OpenFile] = []
        for item in archive.items where Self.isTable(item.name) { tables.append(try archive.open(item)) }
        guard !tables.isEmpty else {
            throw ReadingProblem(
                file: file.name,
                problem:
                    "holds none of: \(Self.tableNames.sorted().map { "\($0).csv" }.joined(separator: ", "))")
        }
        return tables
    }

    private func layout(_ head: TableHead, phone: SensorLogger.Phone?) throws(ReadingProblem) -> Layout? {
        if let layout = try OwnTable.layout(head) { return layout }
        if let layout = try SensorLog.layout(head) { return layout }
        if let layout = try Phyphox.layout(head) { return layout }
        return try SensorLogger.layout(head, phone: phone)
    }

    private func unknown(_ head: TableHead) -> ReadingProblem {
        let names = head.names.prefix(4).joined(separator: ",")
        let shown = String(names.prefix(60).map { $0.isASCII && !$0.isNewline ? $0 : "?" })
        return ReadingProblem(
            file: head.file, line: 1, problem: "the columns '\(shown)' are not recognised; \(Self.expected)")
    }

    private static let expected =
        "expected t_s,acc_x,acc_y,acc_z[,gyr_x,gyr_y,gyr_z], or an export of phyphox, Sensor Logger or SensorLog"

    /// The names of tables that can be part of a recording; a zip or a folder holds many more.
    package static let tableNames: Set<String> = [
        "accelerometer", "totalacceleration", "gravity", "gyroscope", "metadata", "linear accelerometer",
        "linear acceleration", "raw data", "acceleration", "multisensor", "rawdata"
    ]

    /// - Returns: true for a table at any depth but in phyphox's own `meta`.
    package static func isTable(_ path: String) -> Bool {
        let parts = path.split(separator: "/")
        guard let name = parts.last?.lowercased(), name.hasSuffix(".csv") || name.hasSuffix(".csv.gz") else {
            return false
        }
        return !parts.dropLast().contains("meta") && tableNames.contains(RecordingFile.stem(of: name))
    }
}
