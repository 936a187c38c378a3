// SPDX-License-Identifier: Apache-2.0

/// One file as it came: its name, for messages and for what only a name tells, and its bytes.
package struct RecordingFile: Sendable {
    package typealias Open = @Sendable () throws(ReadingProblem) -> BytePieces

    package let name: String
    /// Begins to read the file.
    let open: Open

    package init(name: String, bytes: [UInt8]) {
        self.init(name: name) { () throws(ReadingProblem) -> BytePieces in BytePieces(bytes[...]) }
    }

    /// - Parameters:
    ///   - name: For messages and for what only a name tells.
    ///   - open: Begins to read the file.
    package init(name: String, open: @escaping Open) {
        self.name = name
        self.open = open
    }

    /// The last part of a name without `.csv` or `.csv.gz`: `Gyroscope` of `monday/Gyroscope.csv`.
    package static func stem(of name: String) -> String {
        var stem = name.split(separator: "/").last.map(String.init) ?? name
        for ending in [".gz", ".csv"] where stem.lowercased().hasSuffix(ending) {
            stem.removeLast(ending.count)
        }
        return stem
    }
}

/// A file, or a file of an archive, that is being read, unpacked.
struct OpenFile {
    let name: String
    let pieces: BytePieces

    var isMetadata: Bool { RecordingFile.stem(of: name).lowercased() == "metadata" }
}

/// How much is read at most, so that no file can take the machine.
package struct ReadingLimits: Hashable, Sendable {
    /// Bytes of one file after decompression.
    package var bytes = 512 << 20
    /// Samples of one file: 46 hours at 100 Hz.
    package var samples = 1 << 24
    /// Bytes of one line.
    package var lineBytes = 1 << 16
    package var columns = 1000
    /// Files of one archive or folder.
    package var files = 1000

    package init() {}
}
