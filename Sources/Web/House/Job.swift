// SPDX-License-Identifier: Apache-2.0
package import Foundation
import Store

/// Something that is done again and again, by one of the clinic's servers at a time.
package struct Job: Sendable {
    /// Its name among the leases; add, never rename.
    package let name: String
    /// Seconds from one run to the next, over all servers.
    package let period: Int
    package let run: @Sendable (Date) async throws -> Void

    package init(name: String, period: Int, run: @escaping @Sendable (Date) async throws -> Void) {
        self.name = name
        self.period = period
        self.run = run
    }
}

extension Site {
    /// The jobs of every server.
    package var jobs: [Job] {
        [
            Job(name: "sweep sessions", period: 3600) { [sessions] now in try await sessions.sweep(now: now)
            },
            // A phone that was out of reach may still send the rest within a week.
            Job(name: "sweep recordings", period: 3600) { [recordings] now in
                try await recordings.sweep(begunBefore: now.addingTimeInterval(-7 * 86_400))
            }
        ]
    }
}
