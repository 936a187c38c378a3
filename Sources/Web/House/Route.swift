// SPDX-License-Identifier: Apache-2.0
package import Clinical
package import HTTPTypes
import Hummingbird

/// Who may use a route.
///
/// There is no route without one.
package enum Allow: Sendable, Hashable {
    /// Everybody, signed in or not.
    case everyone
    case only(Set<Role>)

    package static let staff = Allow.only([.therapist, .desk, .admin])

    package func admits(_ role: Role?) -> Bool {
        switch self {
        case .everyone: true
        case .only(let roles): role.map(roles.contains) ?? false
        }
    }
}

/// One route with its policy: the only way to add a handler to the site.
package struct Route: Sendable {
    package let method: HTTPRequest.Method
    package let path: String
    package let allow: Allow
    let sends: Sends
    let handle: @Sendable (Visit) async throws -> Response

    /// What a request to a route carries.
    enum Sends: Sendable, Hashable {
        case nothing
        case form
        /// Bytes as they are, such as a piece of a recording: at most so many, within so long.
        case bytes(upTo: Int, within: Duration)
    }

    static func get(
        _ path: String, _ allow: Allow, _ handle: @escaping @Sendable (Visit) async throws -> Response
    )
        -> Route
    {
        Route(method: .get, path: path, allow: allow, sends: .nothing, handle: handle)
    }

    /// A form.
    ///
    /// Its fields are read, and its origin and token checked, before the handler runs.
    static func post(
        _ path: String, _ allow: Allow, _ handle: @escaping @Sendable (Visit) async throws -> Response
    )
        -> Route
    {
        Route(method: .post, path: path, allow: allow, sends: .form, handle: handle)
    }

    /// Bytes from a page's script, for somebody who is signed in.
    ///
    /// Origin, the token in the header `X-CSRF-Token`, size and time are checked before the handler runs.
    static func put(
        _ path: String, _ roles: Set<Role>, upTo bytes: Int, within deadline: Duration = .seconds(60),
        _ handle: @escaping @Sendable (Visit) async throws -> Response
    )
        -> Route
    {
        Route(
            method: .put, path: path, allow: .only(roles), sends: .bytes(upTo: bytes, within: deadline),
            handle: handle)
    }
}

/// A part of the site: its routes.
protocol Feature: Sendable {
    var routes: [Route] { get }
}
