// SPDX-License-Identifier: Apache-2.0
import Hummingbird
import NIOCore

/// What the site tells those who index it.
enum Sitemap {
    /// The pages worth finding, those of them that this site has.
    private static let pages = [
        "/", "/check", "/book", "/guide", "/guide/exercises", "/guide/sources", "/reviews", "/contact"
    ]

    static func response(_ visit: Visit) -> Response {
        let there = Set(visit.site.routes.filter { $0.method == .get }.map(\.path))
        let urls = pages.filter(there.contains).map {
            "<url><loc>\(escaped(visit.origin + $0))</loc></url>\n"
        }
        let xml = """
            <?xml version="1.0" encoding="UTF-8"?>
            <urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">
            \(urls.joined())</urlset>

            """
        return text(xml, type: "application/xml; charset=utf-8")
    }

    /// What only opens with a link or a session is nothing for an index.
    static func robots(_ visit: Visit) -> Response {
        text(
            "User-agent: *\nDisallow: /enter/\nDisallow: /book/manage/\nDisallow: /sign-in\n\nSitemap: \(visit.origin)/sitemap.xml\n",
            type: "text/plain; charset=utf-8")
    }

    private static func text(_ text: String, type: String) -> Response {
        Response(
            status: .ok, headers: [.contentType: type, .cacheControl: "no-cache"],
            body: .init(byteBuffer: ByteBuffer(string: text)))
    }

    private static func escaped(_ text: String) -> String {
        text.replacing("&", with: "&amp;").replacing("<", with: "&lt;")
    }
}
