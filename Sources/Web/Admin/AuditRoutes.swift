// SPDX-License-Identifier: Apache-2.0
import Clinical
import Foundation
import Hummingbird
import Store

/// Who did what: the record that the clinic answers for.
struct AuditRoutes: Sendable {
    let site: Site

    var routes: [Route] { [.get("/audit", Admin.allow, show)] }

    static let listed = 100

    @Sendable private func show(_ visit: Visit) async throws -> Response {
        let before = Int(visit.query("before")).flatMap { $0 > 0 && $0 < Int(Int32.max) ? $0 : nil }
        var person: Account?
        if !visit.query("person").isEmpty {
            person = try await site.people.find(Person.ID(visit.query("person")))
            guard person != nil else { throw Failure.notFound }
        }
        var result: Result<ChainFault?, any Error>?
        if visit.query("verify") == "1" { result = .success(try await site.auditTrail.verify()) }
        // The record of records: that somebody looked through it stands in it too.
        try await site.audit.recordRead(of: "audit", episode: nil, by: visit.signedIn(), at: visit.now)
        let lines = try await site.auditTrail.lines(limit: Self.listed + 1, before: before, of: person?.id)
        return try visit.page(
            AuditPage(visit, lines: lines, person: person, isFirst: before == nil, checked: try result?.get())
        )
    }
}
