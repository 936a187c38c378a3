// SPDX-License-Identifier: Apache-2.0
import Crypto
import Foundation
import HTTPTypes
import Hummingbird
import NIOCore

/// The styles, scripts and drawings that are compiled in; nothing is read from the disk, so no path leads there.
struct StaticFiles: Sendable {
    private struct File: Sendable {
        let body: ByteBuffer
        let type: String
        let tag: String
    }

    private let files: [String: File]

    init() {
        var files: [String: File] = [:]
        for (path, text) in EmbeddedFiles.all where path.hasPrefix("static/") {
            let name = String(path.dropFirst("static/".count))
            let digest = SHA256.hash(data: Data(text.utf8)).prefix(12).map { String($0, radix: 16) }.joined()
            files[name] = File(
                body: ByteBuffer(string: text), type: Self.type(of: name), tag: "\"\(digest)\"")
        }
        self.files = files
    }

    func response(_ name: String, _ request: Request) -> Response? {
        guard let file = files[name] else { return nil }
        // The browser asks each time and mostly hears "not modified": a new version is never missed.
        let headers: HTTPFields = [.contentType: file.type, .cacheControl: "no-cache", .eTag: file.tag]
        // A proxy that compresses weakens the tag; a copy may list several.
        let known = (request.headers[.ifNoneMatch] ?? "").split(separator: ",")
            .map { $0.trimmingCharacters(in: .whitespaces) }
        if known.contains(where: { $0 == file.tag || $0 == "W/" + file.tag || $0 == "*" }) {
            return Response(status: .notModified, headers: headers)
        }
        return Response(status: .ok, headers: headers, body: .init(byteBuffer: file.body))
    }

    private static func type(of name: String) -> String {
        switch name.split(separator: ".").last {
        case "css": "text/css; charset=utf-8"
        case "js": "text/javascript; charset=utf-8"
        case "svg": "image/svg+xml"
        case "webmanifest": "application/manifest+json"
        default: "text/plain; charset=utf-8"
        }
    }
}
