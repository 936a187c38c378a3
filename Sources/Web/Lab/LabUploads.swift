// SPDX-License-Identifier: Apache-2.0
import Clinical
import Foundation
import HTTPTypes
import Hummingbird
import NIOCore
import Recordings
import Store

/// Takes raw recordings in pieces: each can be sent again, and after a lost connection the next goes on from there.
struct LabUploads: Sendable {
    let site: Site

    /// What a piece says of the whole.
    private struct Piece {
        let from: Int
        let upload: RecordingUpload
    }

    /// One piece; the last one closes the recording, once its hash is right.
    func take(_ visit: Visit, into episode: Episode.ID) async throws -> Response {
        let piece = try Self.piece(visit, episode)
        let store = site.recordings
        do {
            try await store.begin(piece.upload, now: visit.now)
            var progress = try await store.append(
                Array(buffer: visit.bytes), at: piece.from, to: piece.upload.hash, of: episode)
            if progress.received == progress.bytes, !progress.isFinished {
                try await store.finish(piece.upload.hash, of: episode, now: visit.now)
                progress = try await store.begin(piece.upload, now: visit.now)
                try await site.audit.record(
                    Act(
                        actor: visit.signedIn().person, role: visit.signedIn().role, kind: .wrote,
                        episode: episode, detail: "recording"), at: visit.now)
            }
            return Self.json(.ok, received: progress.received)
        } catch RecordingRefusal.gap(let received) {
            // The script goes on from what is here.
            return Self.json(.conflict, received: received)
        } catch let refusal as RecordingRefusal {
            throw Failure(refusal)
        }
    }

    /// The bytes of a finished recording of this chart.
    func bytes(_ hash: String, of episode: Episode.ID) async throws -> [UInt8] {
        do {
            return try await site.recordings.bytes(hash, of: episode)
        } catch let refusal as RecordingRefusal {
            throw Failure(refusal)
        }
    }

    private static func piece(_ visit: Visit, _ episode: Episode.ID) throws -> Piece {
        let hash = try visit.parameter("hash")
        guard isHash(hash), let from = Int(visit.query("from")), from >= 0,
            let size = Int(visit.query("size")),
            (1...RecordingStore.largestRecording).contains(size),
            let task = LabTask(rawValue: visit.query("task")),
            let placement = LabPlacement(rawValue: visit.query("placement")),
            task.takes(placement), visit.bytes.readableBytes > 0
        else { throw Failure.badForm }
        let side = Side(rawValue: visit.query("side"))
        guard !task.hasSide || side == .left || side == .right else { throw Failure.badForm }
        return Piece(
            from: from,
            upload: RecordingUpload(
                episode: episode, hash: hash, bytes: size, kind: task.analysis.rawValue,
                placement: placement.rawValue, side: task.hasSide ? side : nil,
                rateHz: min(max(Double(visit.query("rate")) ?? 0, 0), 10_000),
                uploadedBy: try visit.signedIn().person))
    }

    /// SHA-256 in lower-case hexadecimal digits.
    static func isHash(_ text: String) -> Bool {
        text.utf8.count == 64 && text.utf8.allSatisfy { (48...57).contains($0) || (97...102).contains($0) }
    }

    private static func json(_ status: HTTPResponse.Status, received: Int) -> Response {
        Response(
            status: status, headers: [.contentType: "application/json"],
            body: .init(byteBuffer: ByteBuffer(string: "{\"received\":\(received)}")))
    }
}

extension Failure {
    init(_ refusal: RecordingRefusal) {
        switch refusal {
        case .malformed: self = .badForm
        case .unknown: self = .notFound
        case .gap, .incomplete: self = .changedMeanwhile
        case .length, .wrongHash: self = .refused("recording_wrong")
        case .tooMany: self = .busy
        case .damaged: self = .refused("recording_damaged")
        }
    }
}
