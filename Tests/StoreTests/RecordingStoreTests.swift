// SPDX-License-Identifier: Apache-2.0
import Clinical
import Crypto
import Foundation
import Testing

@testable import Store

@Suite("A raw recording", .onEveryBackend) struct RecordingStoreTests {
    private static let bytes: [UInt8] = (0..<1_300_000).map { UInt8(truncatingIfNeeded: $0 &* 31 &+ $0 >> 9) }

    private func upload(_ bytes: [UInt8] = Self.bytes, hash: String? = nil, episode: Episode.ID = "e1")
        -> RecordingUpload
    {
        RecordingUpload(
            episode: episode, hash: hash ?? Hex.text(SHA256.hash(data: bytes)), bytes: bytes.count,
            kind: "heel-raise", placement: "foot", side: .left, rateHz: 59.8, uploadedBy: "anna")
    }

    private func send(_ upload: RecordingUpload, _ bytes: [UInt8], to store: RecordingStore, from: Int = 0)
        async throws
    {
        var offset = from
        while offset < bytes.count {
            let end = min(offset + RecordingStore.largestPiece, bytes.count)
            let progress = try await store.append(
                Array(bytes[offset..<end]), at: offset, to: upload.hash, of: upload.episode)
            #expect(progress.received == end)
            offset = end
        }
    }

    @Test("comes in pieces, is checked against its hash, and reads back as it was")
    func whole() async throws {
        let clinic = try await TestClinic()
        let store = RecordingStore(clinic.database)
        let upload = upload()
        #expect(try await store.begin(upload, now: time()).received == 0)
        #expect(try await store.all(of: "e1") == [])
        try await send(upload, Self.bytes, to: store)
        let stored = try await store.finish(upload.hash, of: "e1", now: time(5))
        #expect(stored.upload == upload)
        #expect(stored.at == time(5))
        #expect(try await store.all(of: "e1") == [stored])
        #expect(try await store.bytes(upload.hash, of: "e1") == Self.bytes)
        // The phone did not hear the answer and says it all again.
        #expect(try await store.begin(upload, now: time(9)).isFinished)
        #expect(try await store.append([Self.bytes[0]], at: 0, to: upload.hash, of: "e1").isFinished)
        #expect(try await store.finish(upload.hash, of: "e1", now: time(9)) == stored)
    }

    @Test("goes on where it stood after a lost connection, and passes over a piece that it has")
    func resumed() async throws {
        let clinic = try await TestClinic()
        let store = RecordingStore(clinic.database)
        let upload = upload()
        try await store.begin(upload, now: time())
        let piece = Array(Self.bytes[0..<400_000])
        try await store.append(piece, at: 0, to: upload.hash, of: "e1")
        #expect(try await store.append(piece, at: 0, to: upload.hash, of: "e1").received == 400_000)
        let again = try await store.begin(upload, now: time(60))
        #expect(again == RecordingProgress(received: 400_000, bytes: 1_300_000, isFinished: false))
        await #expect(throws: RecordingRefusal.incomplete(received: 400_000, bytes: 1_300_000)) {
            try await store.finish(upload.hash, of: "e1", now: time(61))
        }
        try await send(upload, Self.bytes, to: store, from: again.received)
        try await store.finish(upload.hash, of: "e1", now: time(62))
        #expect(try await store.bytes(upload.hash, of: "e1") == Self.bytes)
    }

    @Test("that is not what its hash says is refused, and nothing of it stays")
    func wrongHash() async throws {
        let clinic = try await TestClinic()
        let store = RecordingStore(clinic.database)
        let upload = upload(hash: String(repeating: "a", count: 64))
        try await store.begin(upload, now: time())
        try await send(upload, Self.bytes, to: store)
        await #expect(throws: RecordingRefusal.wrongHash) {
            try await store.finish(upload.hash, of: "e1", now: time(1))
        }
        await #expect(throws: RecordingRefusal.unknown) { try await store.bytes(upload.hash, of: "e1") }
        let rows = try await clinic.database.read { connection in
            try connection.rows("SELECT start FROM recording_piece").count
                + connection.rows("SELECT hash FROM recording").count
        }
        #expect(rows == 0)
        #expect(try await store.begin(upload, now: time(2)).received == 0)
    }

    @Test("is refused at the door when it cannot be right")
    func malformed() async throws {
        let clinic = try await TestClinic()
        let store = RecordingStore(clinic.database)
        for hash in ["", "abc", String(repeating: "A", count: 64), String(repeating: "g", count: 64)] {
            await #expect(throws: RecordingRefusal.self) {
                try await store.begin(upload(hash: hash), now: time())
            }
        }
        await #expect(throws: RecordingRefusal.self) { try await store.begin(upload([]), now: time()) }
        let good = upload([1, 2, 3])
        await #expect(throws: RecordingRefusal.unknown) {
            try await store.append([1], at: 0, to: good.hash, of: "e1")
        }
        try await store.begin(good, now: time())
        await #expect(throws: RecordingRefusal.gap(received: 0)) {
            try await store.append([2], at: 1, to: good.hash, of: "e1")
        }
        await #expect(throws: RecordingRefusal.gap(received: 0)) {
            try await store.append([2], at: -1, to: good.hash, of: "e1")
        }
        await #expect(throws: RecordingRefusal.length(announced: 3)) {
            try await store.append([1, 2, 3, 4], at: 0, to: good.hash, of: "e1")
        }
        await #expect(throws: RecordingRefusal.self) {
            try await store.append([], at: 0, to: good.hash, of: "e1")
        }
        let other = upload([1, 2, 3, 4], hash: good.hash)
        await #expect(throws: RecordingRefusal.length(announced: 3)) {
            try await store.begin(other, now: time())
        }
        #expect(try await store.begin(good, now: time()).received == 0)
    }

    @Test("of one chart is not to be had through another")
    func apart() async throws {
        let clinic = try await TestClinic()
        try await clinic.charts.open("e2", for: "anna", now: time())
        let store = RecordingStore(clinic.database)
        let upload = upload([1, 2, 3])
        try await store.begin(upload, now: time())
        try await send(upload, [1, 2, 3], to: store)
        try await store.finish(upload.hash, of: "e1", now: time())
        await #expect(throws: RecordingRefusal.unknown) { try await store.bytes(upload.hash, of: "e2") }
        #expect(try await store.all(of: "e2") == [])
    }

    @Test("of which one piece is sent by two at once is written once")
    func raced() async throws {
        let clinic = try await TestClinic()
        let store = RecordingStore(clinic.database)
        let upload = upload()
        try await store.begin(upload, now: time())
        let piece = Array(Self.bytes[0..<500_000])
        await withTaskGroup(of: Void.self) { group in
            for _ in 0..<8 {
                group.addTask { _ = try? await store.append(piece, at: 0, to: upload.hash, of: "e1") }
            }
        }
        #expect(try await store.begin(upload, now: time()).received == 500_000)
        try await send(upload, Self.bytes, to: store, from: 500_000)
        try await store.finish(upload.hash, of: "e1", now: time(1))
        #expect(try await store.bytes(upload.hash, of: "e1") == Self.bytes)
    }

    @Test(
        "never finished is given up after its time, and only then; a chart has no more than eight on their way"
    )
    func swept() async throws {
        let clinic = try await TestClinic()
        let store = RecordingStore(clinic.database)
        for number in 0..<8 {
            try await store.begin(upload([UInt8(number)]), now: time(Double(number)))
        }
        await #expect(throws: RecordingRefusal.tooMany(8)) {
            try await store.begin(upload([9]), now: time(9))
        }
        try await store.append([0], at: 0, to: upload([0]).hash, of: "e1")
        try await store.finish(upload([0]).hash, of: "e1", now: time(9))
        try await store.append([1], at: 0, to: upload([1]).hash, of: "e1")
        #expect(try await store.sweep(begunBefore: time(4)) == 3)
        #expect(try await store.all(of: "e1").map(\.upload.hash) == [upload([0]).hash])
        await #expect(throws: RecordingRefusal.unknown) {
            try await store.append([1], at: 0, to: upload([1]).hash, of: "e1")
        }
        try await store.begin(upload([9]), now: time(9))
    }

    @Test("that somebody altered in the database is not given out")
    func tampered() async throws {
        let clinic = try await TestClinic()
        let store = RecordingStore(clinic.database)
        let upload = upload([1, 2, 3])
        try await store.begin(upload, now: time())
        try await send(upload, [1, 2, 3], to: store)
        try await store.finish(upload.hash, of: "e1", now: time())
        try clinic.tamper("UPDATE recording_piece SET content = 'AQIE'")
        await #expect(throws: RecordingRefusal.damaged) { try await store.bytes(upload.hash, of: "e1") }
    }

    @Test("whose writing is stopped in the middle of a step is as it was before that step")
    func stopped() async throws {
        let clinic = try await TestClinic()
        let store = RecordingStore(clinic.database)
        let upload = upload([1, 2, 3])
        try await store.begin(upload, now: time())
        try clinic.tamper(clinic.place.stop("INSERT", on: "recording_piece"))
        await #expect(throws: (any Error).self) {
            try await store.append([1, 2], at: 0, to: upload.hash, of: "e1")
        }
        try clinic.tamper(clinic.place.letGo("recording_piece"))
        #expect(try await store.begin(upload, now: time(1)).received == 0)
        try await send(upload, [1, 2, 3], to: store)
        try clinic.tamper(clinic.place.stop("UPDATE", on: "recording"))
        await #expect(throws: (any Error).self) {
            try await store.finish(upload.hash, of: "e1", now: time(2))
        }
        try clinic.tamper(clinic.place.letGo("recording"))
        #expect(try await store.all(of: "e1") == [])
        try await store.finish(upload.hash, of: "e1", now: time(3))
        #expect(try await store.bytes(upload.hash, of: "e1") == [1, 2, 3])
    }
}

@Suite("A server that is killed with a recording on its way") struct KilledUploadTests {
    static let bytes: [UInt8] = (0..<900_000).map { UInt8(truncatingIfNeeded: $0 &* 7) }

    /// Does the first steps of an upload and dies at once, as by `kill -9`.
    static func live(_ steps: Int, in path: String) async throws {
        let store = RecordingStore(try await SQLiteDatabase(path: path, create: false, now: time()))
        let upload = Self.upload
        if steps > 0 { try await store.begin(upload, now: time()) }
        if steps > 1 { try await store.append(Array(bytes[0..<500_000]), at: 0, to: upload.hash, of: "e1") }
        if steps > 2 {
            try await store.append(Array(bytes[500_000...]), at: 500_000, to: upload.hash, of: "e1")
        }
        if steps > 3 { try await store.finish(upload.hash, of: "e1", now: time()) }
        kill(getpid(), SIGKILL)
    }

    static var upload: RecordingUpload {
        RecordingUpload(
            episode: "e1", hash: Hex.text(SHA256.hash(data: bytes)), bytes: bytes.count, kind: "gait",
            placement: "lower-back", side: nil, rateHz: 100, uploadedBy: "anna")
    }

    @Test("leaves it where it stood, to the piece", arguments: 0...4)
    func killed(steps: Int) async throws {
        let clinic = try await TestClinic(.sqlite)
        let path = clinic.place.path
        await #expect(processExitsWith: .signal(SIGKILL)) { [steps = steps as Int, path = path as String] in
            try await KilledUploadTests.live(steps, in: path)
        }
        let store = RecordingStore(try await SQLiteDatabase(path: path, create: false, now: time()))
        let expected = [0, 0, 500_000, 900_000, 900_000][steps]
        var progress = try await store.begin(Self.upload, now: time())
        #expect(progress.received == expected)
        #expect(progress.isFinished == (steps == 4))
        while progress.received < Self.bytes.count {
            let end = min(progress.received + 400_000, Self.bytes.count)
            progress = try await store.append(
                Array(Self.bytes[progress.received..<end]), at: progress.received, to: Self.upload.hash,
                of: "e1")
        }
        try await store.finish(Self.upload.hash, of: "e1", now: time(1))
        #expect(try await store.bytes(Self.upload.hash, of: "e1") == Self.bytes)
    }
}
