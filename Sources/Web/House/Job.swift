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
    /// What a clinic's servers do without being asked.
    ///
    /// - Parameters:
    ///   - address: Where people reach the site.
    ///   - seconds: How often to look for what is due.
    /// - Returns: All jobs. Each runs apart from the others: a slow calendar must not keep a reminder.
    package func jobs(address: String, every seconds: Int) -> [Job] {
        let postman = Postman(site: self, address: address)
        return [
            Job(name: "messages", period: seconds) { _ in _ = try await postman.sendDue() },
            // Holds that are over end, and what became free is kept for whoever waits.
            Job(name: "waiting", period: seconds) { now in try await waiting.offer(now: now) },
            Job(name: "calendars", period: seconds) { _ in
                try await CalendarImporter(site: self).readDue()
            },
            Job(name: "sweep sessions", period: 3600) { now in try await sessions.sweep(now: now) },
            // A phone that was out of reach may still send the rest within a week.
            Job(name: "sweep recordings", period: 3600) { now in
                try await recordings.sweep(begunBefore: now.addingTimeInterval(-7 * 86_400))
            }
        ]
    }
}
