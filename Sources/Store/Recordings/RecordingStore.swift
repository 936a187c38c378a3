// SPDX-License-Identifier: Apache-2.0
package import Clinical
import Crypto
package import Foundation

/// Raw recordings by their content's hash, taken in pieces that can be resumed.
///
/// announce → pieces → finish. Each step is one transaction, so that a connection, a phone or a server that dies
/// between two of them leaves a recording that goes on where it stood; one that turns out to be other bytes than
/// its hash says is removed whole. A recording belongs to one chart: knowing a hash opens nothing of another.
package struct RecordingStore: Sendable {
    package static let largestPiece = 512 << 10
    package static let largestRecording = 32 << 20
    /// How many of one chart may be on their way at once.
    package static let mostOpen = 8

    private let database: any Database

    package init(_ database: any Database) { self.database = database }

    /// Announces a recording, or asks how far it has come.
    ///
    /// - Throws: ``RecordingRefusal``, or ``StoreError``.
    @discardableResult
    package func begin(_ upload: RecordingUpload, now: Date) async throws -> RecordingProgress {
        try Self.check(upload)
        return try await database.write { connection in
            try connection.serialize("recordings of \(upload.episode)")
            if let known = try Self.row(upload.episode, upload.hash, on: connection) {
                guard try known.integer("bytes") == upload.bytes else {
                    throw RecordingRefusal.length(announced: try known.integer("bytes"))
                }
                return try Self.progress(known)
            }
            let open = try connection.rows(
                "SELECT hash FROM recording WHERE episode = \(upload.episode) AND at IS NULL")
            guard open.count < Self.mostOpen else { throw RecordingRefusal.tooMany(open.count) }
            try connection.execute(
                """
                INSERT INTO recording (episode, hash, bytes, kind, placement, side, rate_millihertz, uploaded_by,
                    begun_at, received)
                VALUES (\(upload.episode), \(upload.hash), \(upload.bytes), \(upload.kind), \(upload.placement),
                    \(upload.side?.rawValue), \(Int((upload.rateHz * 1000).rounded())), \(upload.uploadedBy),
                    \(now), 0)
                """)
            return RecordingProgress(received: 0, bytes: upload.bytes, isFinished: false)
        }
    }

    /// Takes the next piece; a piece that is there already is passed over, as after a lost answer.
    ///
    /// - Parameters:
    ///   - piece: Up to ``largestPiece`` bytes.
    ///   - offset: Where in the recording it begins.
    ///   - hash: The recording's hash, as announced.
    ///   - episode: The chart.
    /// - Returns: How far the recording has come.
    /// - Throws: ``RecordingRefusal``, or ``StoreError``; then nothing of the piece is kept.
    @discardableResult
    package func append(_ piece: [UInt8], at offset: Int, to hash: String, of episode: Episode.ID)
        async throws -> RecordingProgress
    {
        guard (1...Self.largestPiece).contains(piece.count) else {
            throw RecordingRefusal.malformed("a piece has 1 to \(Self.largestPiece) bytes")
        }
        let content = Data(piece).base64EncodedString()
        return try await database.write { connection in
            try connection.serialize("recordings of \(episode)")
            guard let known = try Self.row(episode, hash, on: connection) else {
                throw RecordingRefusal.unknown
            }
            let progress = try Self.progress(known)
            guard offset >= 0, offset <= progress.received else {
                throw RecordingRefusal.gap(received: progress.received)
            }
            let end = offset + piece.count
            guard end <= progress.bytes else { throw RecordingRefusal.length(announced: progress.bytes) }
            if end <= progress.received { return progress }
            guard offset == progress.received else {
                throw RecordingRefusal.gap(received: progress.received)
            }
            // Of two that send the same piece one finds the other's place taken.
            let moved = try connection.execute(
                """
                UPDATE recording SET received = \(end)
                WHERE episode = \(episode) AND hash = \(hash) AND received = \(offset) AND at IS NULL
                """)
            guard moved == 1 else { throw RecordingRefusal.gap(received: progress.received) }
            try connection.execute(
                """
                INSERT INTO recording_piece (episode, hash, start, bytes, content)
                VALUES (\(episode), \(hash), \(offset), \(piece.count), \(content))
                """)
            return RecordingProgress(received: end, bytes: progress.bytes, isFinished: false)
        }
    }

    /// Checks all bytes against the hash and keeps the recording, or removes what came of it.
    ///
    /// - Throws: ``RecordingRefusal/wrongHash`` after the removal; ``RecordingRefusal`` or ``StoreError`` else.
    @discardableResult
    package func finish(_ hash: String, of episode: Episode.ID, now: Date) async throws -> StoredRecording {
        let stored = try await database.write { connection -> StoredRecording? in
            try connection.serialize("recordings of \(episode)")
            guard let known = try Self.row(episode, hash, on: connection) else {
                throw RecordingRefusal.unknown
            }
            let progress = try Self.progress(known)
            if progress.isFinished { return try Self.stored(known) }
            guard progress.received == progress.bytes else {
                throw RecordingRefusal.incomplete(received: progress.received, bytes: progress.bytes)
            }
            guard try Self.hash(Self.bytes(episode, hash, on: connection)) == hash else {
                try Self.remove(episode, hash, on: connection)
                return nil
            }
            try connection.execute(
                "UPDATE recording SET at = \(now) WHERE episode = \(episode) AND hash = \(hash) AND at IS NULL"
            )
            return try Self.row(episode, hash, on: connection).map(Self.stored)
        }
        guard let stored else { throw RecordingRefusal.wrongHash }
        return stored
    }

    /// A finished recording's bytes, checked against its hash.
    ///
    /// - Throws: ``RecordingRefusal/unknown`` where this chart has none, ``RecordingRefusal/damaged`` where the
    ///   bytes are others.
    package func bytes(_ hash: String, of episode: Episode.ID) async throws -> [UInt8] {
        let bytes = try await database.snapshot { connection -> [UInt8]? in
            guard let known = try Self.row(episode, hash, on: connection),
                try Self.progress(known).isFinished
            else { return nil }
            return try Self.bytes(episode, hash, on: connection)
        }
        guard let bytes else { throw RecordingRefusal.unknown }
        guard Self.hash(bytes) == hash else { throw RecordingRefusal.damaged }
        return bytes
    }

    /// The finished recordings of a chart, oldest first.
    package func all(of episode: Episode.ID) async throws -> [StoredRecording] {
        try await database.read { connection in
            try connection.rows(
                """
                SELECT \(Self.columns) FROM recording
                WHERE episode = \(episode) AND at IS NOT NULL ORDER BY at, hash
                """
            ).map(Self.stored)
        }
    }

    /// Removes what was announced before a moment and never finished.
    ///
    /// - Returns: How many recordings were given up.
    @discardableResult
    package func sweep(begunBefore moment: Date) async throws -> Int {
        try await database.write { connection in
            let rows = try connection.rows(
                "SELECT episode, hash FROM recording WHERE at IS NULL AND begun_at < \(moment)")
            for row in rows {
                try Self.remove(Episode.ID(try row.text("episode")), try row.text("hash"), on: connection)
            }
            return rows.count
        }
    }
}

extension RecordingStore {
    fileprivate static let columns: SQL = """
        episode, hash, bytes, kind, placement, side, rate_millihertz, uploaded_by, begun_at, received, at
        """

    fileprivate static func check(_ upload: RecordingUpload) throws {
        let digits = Set("0123456789abcdef".utf8)
        guard upload.hash.utf8.count == 64, upload.hash.utf8.allSatisfy(digits.contains) else {
            throw RecordingRefusal.malformed("the hash is SHA-256 in lower-case hexadecimal digits")
        }
        guard (1...largestRecording).contains(upload.bytes) else {
            throw RecordingRefusal.malformed("a recording has 1 to \(largestRecording) bytes")
        }
        guard upload.rateHz.isFinite, (0...100_000).contains(upload.rateHz) else {
            throw RecordingRefusal.malformed("the rate is from 0 to 100000 samples a second")
        }
        guard upload.side != .both else { throw RecordingRefusal.malformed("a side is left or right") }
    }

    fileprivate static func hash(_ bytes: [UInt8]) -> String { Hex.text(SHA256.hash(data: bytes)) }

    fileprivate static func row(_ episode: Episode.ID, _ hash: String, on connection: any Connection) throws
        -> Row?
    {
        try connection.row(
            "SELECT \(columns) FROM recording WHERE episode = \(episode) AND hash = \(hash)")
    }

    fileprivate static func progress(_ row: Row) throws -> RecordingProgress {
        RecordingProgress(
            received: try row.integer("received"), bytes: try row.integer("bytes"),
            isFinished: try row.textIfPresent("at") != nil)
    }

    fileprivate static func stored(_ row: Row) throws -> StoredRecording {
        StoredRecording(
            upload: RecordingUpload(
                episode: Episode.ID(try row.text("episode")), hash: try row.text("hash"),
                bytes: try row.integer("bytes"), kind: try row.text("kind"),
                placement: try row.text("placement"),
                side: try row.textIfPresent("side").flatMap(Side.init(rawValue:)),
                rateHz: Double(try row.integer("rate_millihertz")) / 1000,
                uploadedBy: Person.ID(try row.text("uploaded_by"))),
            at: try row.date("at"))
    }

    fileprivate static func bytes(_ episode: Episode.ID, _ hash: String, on connection: any Connection) throws
        -> [UInt8]
    {
        let rows = try connection.rows(
            """
            SELECT content FROM recording_piece WHERE episode = \(episode) AND hash = \(hash) ORDER BY start
            """)
        var bytes: [UInt8] = []
        for row in rows {
            guard let piece = Data(base64Encoded: try row.text("content")) else {
                throw RecordingRefusal.damaged
            }
            bytes.append(contentsOf: piece)
        }
        return bytes
    }

    fileprivate static func remove(_ episode: Episode.ID, _ hash: String, on connection: any Connection)
        throws
    {
        try connection.execute("DELETE FROM recording_piece WHERE episode = \(episode) AND hash = \(hash)")
        try connection.execute(
            "DELETE FROM recording WHERE episode = \(episode) AND hash = \(hash) AND at IS NULL")
    }
}
