// SPDX-License-Identifier: Apache-2.0
import Clinical
import Foundation
import HTTPTypes
import Hummingbird
import NIOCore
import Store

/// What everybody may see: the first page, the styles and drawings, and the sign of life.
struct PublicPages: Feature {
    let site: Site
    private let files = StaticFiles()

    init(site: Site) { self.site = site }

    var routes: [Route] {
        [
            .get("/", .everyone, home),
            .get("/guide", .everyone) { try $0.page(GuidePage($0)) },
            .get("/healthz", .everyone) { _ in
                Response(
                    status: .ok, headers: [.contentType: "text/plain"], body: .init(byteBuffer: Self.alive))
            },
            .get("/robots.txt", .everyone) { _ in
                Response(
                    status: .ok, headers: [.contentType: "text/plain"],
                    body: .init(byteBuffer: ByteBuffer(string: "User-agent: *\nDisallow: /enter/\n")))
            },
            .get("/static/{file}", .everyone) { visit in
                guard let response = try files.response(visit.parameter("file"), visit.request) else {
                    throw Failure.notFound
                }
                return response
            }
        ]
    }

    private static let alive = ByteBuffer(string: "ok\n")

    /// Who is signed in goes to their own first page.
    @Sendable private func home(_ visit: Visit) async throws -> Response {
        switch visit.session?.role {
        case .patient: return visit.redirect(to: "/today")
        case .therapist: return visit.redirect(to: "/board")
        case .desk: return visit.redirect(to: "/people")
        case .admin: return visit.redirect(to: "/staff")
        case nil: return try visit.page(HomePage(visit))
        }
    }
}

/// The clinic's first page.
struct HomePage: Page {
    static let template = "home"
    let title: String
    let hours: [String]
    let address: [String]
    let emergency: String
    let emergencyCall: String
    let emergencyLink: String
    var place: String? { "/" }

    init(_ visit: Visit) {
        title = visit.words["home.title"]
        let clinic = visit.site.clinic
        hours = clinic.hourLines(visit.words)
        address = clinic.address
        emergency = visit.words("home.emergency", ["emergency": clinic.emergency])
        emergencyCall = visit.words("check.call", ["number": clinic.emergency])
        emergencyLink = clinic.emergencyLink
    }
}
