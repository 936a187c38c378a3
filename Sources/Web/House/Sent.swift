// SPDX-License-Identifier: Apache-2.0
import Foundation
import HTTPTypes
import Hummingbird
import NIOCore
import Store

/// Reads what a request carries, once its origin, its token and its size are in order.
enum Sent {
    private static let largestForm = 64 * 1024
    private static let formDeadline = Duration.seconds(30)

    /// The fields of a form; the form of a signed-in person carries that session's token.
    static func form(in request: Request, by session: Session?) async throws -> Form {
        try SameSite.require(request)
        try requireLength(of: request, upTo: largestForm)
        let type = request.headers[.contentType] ?? ""
        guard type.isEmpty || type.hasPrefix("application/x-www-form-urlencoded") else {
            throw Failure.badForm
        }
        let text = String(buffer: try await body(of: request, upTo: largestForm, within: formDeadline))
        guard let form = Form(encoded: text) else { throw Failure.badForm }
        if let session, !equal(form["csrf"], session.csrf) { throw Failure.crossSite }
        return form
    }

    /// The bytes of a request whose header carries the session's token; nothing is read before it was checked.
    static func bytes(
        in request: Request, by session: Session?, upTo limit: Int, within deadline: Duration
    ) async throws -> ByteBuffer {
        try SameSite.require(request)
        guard let session, let token = request.headers[.csrfToken], equal(token, session.csrf) else {
            throw Failure.crossSite
        }
        try requireLength(of: request, upTo: limit)
        return try await body(of: request, upTo: limit, within: deadline)
    }

    private static func requireLength(of request: Request, upTo limit: Int) throws {
        if let length = request.headers[.contentLength].flatMap({ Int($0) }), length > limit {
            throw Failure.tooLarge
        }
    }

    private static func body(of request: Request, upTo limit: Int, within deadline: Duration) async throws
        -> ByteBuffer
    {
        let body = request.body
        return try await withThrowingTaskGroup(of: ByteBuffer?.self) { group in
            group.addTask { try await body.collect(upTo: limit) }
            // The idle timeout starts anew with every byte; a body that drips in must end all the same.
            group.addTask {
                try await Task.sleep(for: deadline)
                return nil
            }
            defer { group.cancelAll() }
            guard let bytes = try await group.next() ?? nil else { throw Failure.tooSlow }
            return bytes
        }
    }

    /// Compares without telling by its time how much was right.
    private static func equal(_ left: String, _ right: String) -> Bool {
        let (left, right) = (Array(left.utf8), Array(right.utf8))
        guard left.count == right.count else { return false }
        return zip(left, right).reduce(0) { $0 | ($1.0 ^ $1.1) } == 0
    }
}
