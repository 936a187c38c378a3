// SPDX-License-Identifier: Apache-2.0
import HTTPTypes
import Hummingbird

/// Refuses what another site makes a browser send.
///
/// Source: the rule of Go 1.25's `CrossOriginProtection`. A request of a signed-in person carries a token besides.
enum SameSite {
    static func require(_ request: Request) throws {
        let isOwn = isOwn(
            fetchSite: request.headers[.secFetchSite], origin: request.headers[.origin],
            host: request.head.authority)
        guard isOwn else { throw Failure.crossSite }
    }

    /// Whether one of this site's own pages sent it, or no browser at all.
    ///
    /// - Parameters:
    ///   - fetchSite: What the browser makes of it; over plain HTTP browsers tell it to this machine alone.
    ///   - origin: The page's scheme, host and port; `null` is a page that hides where it is from.
    ///   - host: The host and port that were asked.
    /// - Returns: false where it may be another site's.
    static func isOwn(fetchSite: String?, origin: String?, host: String?) -> Bool {
        if let fetchSite { return fetchSite == "same-origin" || fetchSite == "none" }
        guard let origin = origin?.lowercased() else { return true }
        guard let host = host?.lowercased(), !host.isEmpty else { return false }
        return origin == "https://\(host)" || origin == "http://\(host)"
    }
}
