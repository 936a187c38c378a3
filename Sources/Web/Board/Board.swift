// SPDX-License-Identifier: Apache-2.0
import Clinical
import Foundation
import Hummingbird
import Store

/// The therapist's board: who needs what, the most urgent first.
struct Board: Feature {
    let site: Site

    var routes: [Route] { [.get("/board", .only([.therapist]), show)] }

    /// Reads one derived row per chart and folds none.
    @Sendable private func show(_ visit: Visit) async throws -> Response {
        try await site.audit.recordRead(of: "board", episode: nil, by: visit.signedIn(), at: visit.now)
        let charts = try await site.standings.all().map {
            try BoardLine($0, response: site.pathway.response, now: visit.now)
        }
        let requests = try await site.requests.list().map(BoardLine.init)
        return try visit.page(BoardPage(visit, lines: (charts + requests).sorted(by: <)))
    }
}
