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
    let handle: @Sendable (Visit) async throws -> Response

    static func get(
        _ path: String, _ allow: Allow, _ handle: @escaping @Sendable (Visit) async throws -> Response
    )
        -> Route
    {
        Route(method: .get, path: path, allow: allow, handle: handle)
    }

    /// A form.
    ///
    /// Its fields are read, and its origin and token checked, before the handler runs.
    static func post(
        _ path: String, _ allow: Allow, _ handle: @escaping @Sendable (Visit) async throws -> Response
    )
        -> Route
    {
        Route(method: .post, path: path, allow: allow, handle: handle)
    }
}

/// A part of the site: its routes.
protocol Feature: Sendable {
    var routes: [Route] { get }
}
