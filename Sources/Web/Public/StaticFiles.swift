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
    private static let coded = ".base64"

    /// Made once a process: each file is hashed.
    static let embedded = StaticFiles()

    private init() {
        var files: [String: File] = [:]
        for (path, text) in EmbeddedFiles.all where path.hasPrefix("static/") {
            var name = String(path.dropFirst("static/".count))
            var body = Data((name.hasSuffix(".css") ? Self.dense(text) : text).utf8)
            // What is compiled in is text; a picture travels in it as base64.
            if name.hasSuffix(Self.coded),
                let bytes = Data(base64Encoded: text, options: .ignoreUnknownCharacters)
            {
                name = String(name.dropLast(Self.coded.count))
                body = bytes
            }
            let digest = SHA256.hash(data: body).prefix(12).map { String($0, radix: 16) }.joined()
            files[name] = File(
                body: ByteBuffer(bytes: body), type: Self.type(of: name), tag: "\"\(digest)\"")
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

    /// A style sheet without its comments and its layout, both of which are for those who write it.
    ///
    /// Texts in quotes stay as they are; spaces stay wherever they can mean something.
    static func dense(_ css: String) -> String {
        var result: [UInt8] = []
        let bytes = Array(css.utf8)
        var quote: UInt8?
        var index = 0
        var hasSpace = false
        while index < bytes.count {
            let byte = bytes[index]
            if let open = quote {
                result.append(byte)
                if byte == UInt8(ascii: "\\"), index + 1 < bytes.count {
                    index += 1
                    result.append(bytes[index])
                } else if byte == open {
                    quote = nil
                }
            } else if byte == UInt8(ascii: "/"), index + 1 < bytes.count,
                bytes[index + 1] == UInt8(ascii: "*")
            {
                index += 2
                while index + 1 < bytes.count,
                    !(bytes[index] == UInt8(ascii: "*") && bytes[index + 1] == UInt8(ascii: "/"))
                {
                    index += 1
                }
                index += 1
                hasSpace = true
            } else if byte == UInt8(ascii: " ") || byte == UInt8(ascii: "\n") || byte == UInt8(ascii: "\t") {
                hasSpace = true
            } else {
                // No space means anything next to these.
                let around = Array("{};,".utf8)
                if hasSpace, let last = result.last, !around.contains(last), !around.contains(byte) {
                    result.append(UInt8(ascii: " "))
                }
                hasSpace = false
                if byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "'") { quote = byte }
                result.append(byte)
            }
            index += 1
        }
        return String(decoding: result, as: UTF8.self)
    }

    private static func type(of name: String) -> String {
        switch name.split(separator: ".").last {
        case "css": "text/css; charset=utf-8"
        case "js": "text/javascript; charset=utf-8"
        case "svg": "image/svg+xml"
        case "png": "image/png"
        case "webmanifest": "application/manifest+json"
        default: "text/plain; charset=utf-8"
        }
    }
}
