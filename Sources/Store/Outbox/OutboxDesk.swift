// SPDX-License-Identifier: Apache-2.0
import Clinical
package import Foundation

/// The outbox as the desk sees it.
package struct OutboxDesk: Sendable {
    private let database: any Database

    package init(_ database: any Database) { self.database = database }

    /// A message with whom it is for.
    package struct Line: Hashable, Sendable {
        package let message: Message
        /// The patient's or the visitor's name; empty where nobody has given one.
        package let name: String
    }

    /// What waits first, then what failed; the rest from the newest.
    package func lines(_ states: Set<Message.State>, limit: Int) async throws -> [Line] {
        let isAhead = states == [.waiting, .sending]
        return try await database.read { connection in
            var lines: [Line] = []
            for state in Message.State.allCases where states.contains(state) {
                let order: SQL = isAhead ? "m.due_at, m.id" : "m.changed_at DESC, m.id"
                lines += try connection.rows(
                    """
                    SELECT m.id, m.kind, m.channel, m.appointment, m.starts_at, m.recipient, m.language, m.due_at,
                        m.expires_at, m.state, m.attempts, m.problem, m.subject, m.changed_at,
                        COALESCE(p.name, a.visitor_name, '') AS name
                    FROM outbox_message m JOIN appointment a ON a.id = m.appointment
                        LEFT JOIN person p ON p.id = a.patient
                    WHERE m.state = \(state.rawValue) ORDER BY \(order) LIMIT \(limit)
                    """
                ).map { Line(message: try Message($0), name: try $0.text("name")) }
            }
            return lines
        }
    }

    package func count(_ state: Message.State) async throws -> Int {
        try await database.read { connection in
            try connection.row("SELECT COUNT(*) AS n FROM outbox_message WHERE state = \(state.rawValue)")?
                .integer("n") ?? 0
        }
    }

    package func find(_ id: Message.ID) async throws -> Message? {
        try await database.read { connection in
            try connection.row("SELECT \(Message.columns) FROM outbox_message WHERE id = \(id)")
                .map(Message.init)
        }
    }

    /// Sends what failed or was stopped once more, if it is still true when its turn comes.
    ///
    /// - Returns: false where it neither failed nor was stopped.
    package func sendAgain(_ id: Message.ID, now: Date) async throws -> Bool {
        try await database.write { connection in
            try connection.execute(
                """
                UPDATE outbox_message SET state = 'waiting', attempts = 0, problem = NULL, due_at = \(now),
                    changed_at = \(now)
                WHERE id = \(id) AND state IN ('failed', 'stopped') AND expires_at > \(now)
                """) == 1
        }
    }

    /// Stops what waits.
    ///
    /// - Returns: false where it does not wait.
    package func stop(_ id: Message.ID, now: Date) async throws -> Bool {
        try await database.write { connection in
            try connection.execute(
                """
                UPDATE outbox_message SET state = 'stopped', problem = \(Message.Problem.byDesk.rawValue),
                    changed_at = \(now)
                WHERE id = \(id) AND state = 'waiting'
                """) == 1
        }
    }
}
