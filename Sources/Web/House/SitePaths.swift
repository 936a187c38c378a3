// SPDX-License-Identifier: Apache-2.0
import HTTPTypes
import Synchronization

/// Which methods each path of the site takes, found the first time that somebody asks: every page asks.
final class SitePaths: Sendable {
    private struct Path {
        let parts: [Substring]
        let method: HTTPRequest.Method
    }

    private let known = Mutex<[Path]?>(nil)

    /// - Parameters:
    ///   - path: What a request asks for, without its query.
    ///   - routes: The site's routes.
    /// - Returns: The methods, as `Allow` lists them; nil where the site has no such path.
    func methods(at path: String, routes: () -> [Route]) -> String? {
        let paths = known.withLock { known in
            if let known { return known }
            let found = routes().map { Path(parts: $0.path.split(separator: "/"), method: $0.method) }
            known = found
            return found
        }
        let asked = path.split(separator: "/")
        var methods = Set<String>()
        for path in paths where path.parts.count == asked.count {
            guard zip(path.parts, asked).allSatisfy({ $0.hasPrefix("{") || $0 == $1 }) else { continue }
            methods.insert(path.method.rawValue)
            if path.method == .get { methods.insert("HEAD") }
        }
        return methods.isEmpty ? nil : methods.sorted().joined(separator: ", ")
    }
}
