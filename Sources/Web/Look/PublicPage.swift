// SPDX-License-Identifier: Apache-2.0
import Clinical
import Foundation
import HTTPTypes
import Hummingbird
import HummingbirdCore

/// A page that search engines and links may know.
protocol PublicPage: Page {
    /// One or two sentences for a list of results.
    var summary: String { get }
    /// Where it lives, such as `/guide`.
    var path: String { get }
    /// What it says, for machines; nil where there is nothing to say.
    func structuredData(_ visit: Visit) -> String?
}

extension PublicPage {
    func structuredData(_ visit: Visit) -> String? { nil }
}

/// What the head of a public page says to machines.
struct PageMeta: Sendable {
    let description: String
    let canonical: String
    let card: String
    let structuredData: String?

    init(_ page: some PublicPage, _ visit: Visit) {
        description = page.summary
        canonical = visit.origin + page.path
        card = visit.origin + "/static/card.png"
        structuredData = page.structuredData(visit)
    }
}

extension Visit {
    var isGet: Bool { request.method == .get }
    /// The path that was asked for, with its query.
    var target: String { request.uri.string }

    /// The site's own address, without a slash at its end: as it was configured, else as the browser asked for it.
    var origin: String {
        if let url = site.publicURL { return url }
        let host = request.head.authority ?? ""
        // What a browser sends ends up in links; nothing but a host may.
        let isHost =
            !host.isEmpty && host.utf8.count <= 255
            && host.allSatisfy { $0.isASCII && ($0.isLetter || $0.isNumber || ".-:[]".contains($0)) }
        return (site.isSecure ? "https://" : "http://") + (isHost ? host : "localhost")
    }
}
