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
    private let files = StaticFiles.embedded

    init(site: Site) { self.site = site }

    var routes: [Route] {
        [
            .get("/", .everyone, home),
            .get("/guide", .everyone) { try $0.page(GuidePage($0)) },
            .get("/guide/exercises", .everyone) { try $0.page(ExercisesPage($0)) },
            .get("/guide/sources", .everyone) { try $0.page(SourcesPage($0)) },
            .get("/contact", .everyone) { visit in
                try visit.page(ContactPage(visit, changes: try await site.diary.changes(now: visit.now)))
            },
            .get("/sitemap.xml", .everyone) { Sitemap.response($0) },
            .get("/healthz", .everyone) { _ in
                Response(
                    status: .ok, headers: [.contentType: "text/plain"], body: .init(byteBuffer: Self.alive))
            },
            .get("/robots.txt", .everyone) { Sitemap.robots($0) },
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
        case nil:
            let team = try await site.people.list(role: .therapist).filter { $0.disabledAt == nil }
            let reviews = try await site.reviews.shown(at: visit.now, limit: 2)
            let changes = try await site.diary.changes(now: visit.now)
            return try visit.page(HomePage(visit, team: team, reviews: reviews, changes: changes))
                .withoutCopies()
        }
    }
}
