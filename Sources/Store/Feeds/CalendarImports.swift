// SPDX-License-Identifier: Apache-2.0
package import Foundation

/// What is known of the calendars that the clinic reads elsewhere.
package struct CalendarImports: Sendable {
    private let database: any Database

    package init(_ database: any Database) { self.database = database }

    package struct Standing: Hashable, Sendable {
        package let source: String
        /// When it was last read well; what it said then still counts.
        package let read: Date?
        package let events: Int
        /// What was read with a margin, or left out, in the reader's words.
        package let notices: [String]
        /// Why the last try failed; nil where it did not.
        package let problem: String?
    }

    /// Takes a calendar's turn: of all servers that ask, one gets it, and the next turn is an interval later.
    package func takeTurn(of source: String, every seconds: TimeInterval, now: Date) async throws -> Bool {
        try await database.write { connection in
            try connection.serialize("import \(source)")
            let next = now.addingTimeInterval(seconds)
            let taken = try connection.execute(
                "UPDATE calendar_import SET next_at = \(next) WHERE source = \(source) AND next_at <= \(now)")
            if taken == 1 { return true }
            return try connection.execute(
                """
                INSERT INTO calendar_import (source, next_at, read_at, events, notices, problem)
                VALUES (\(source), \(next), NULL, 0, '', NULL) ON CONFLICT (source) DO NOTHING
                """) == 1
        }
    }

    package func succeeded(_ source: String, events: Int, notices: [String], now: Date) async throws {
        _ = try await database.write { connection in
            try connection.execute(
                """
                UPDATE calendar_import SET read_at = \(now), events = \(events),
                    notices = \(notices.joined(separator: " ")), problem = NULL
                WHERE source = \(source)
                """)
        }
    }

    package func failed(_ source: String, _ problem: String) async throws {
        _ = try await database.write { connection in
            try connection.execute(
                "UPDATE calendar_import SET problem = \(problem) WHERE source = \(source)")
        }
    }

    package func all() async throws -> [Standing] {
        try await database.read { connection in
            try connection.rows(
                "SELECT source, read_at, events, notices, problem FROM calendar_import ORDER BY source"
            ).map { row in
                Standing(
                    source: try row.text("source"), read: try row.dateIfPresent("read_at"),
                    events: try row.integer("events"),
                    notices: try row.text("notices").split(separator: " ").map(String.init),
                    problem: try row.textIfPresent("problem"))
            }
        }
    }

    /// Forgets a calendar that is no longer in the clinic's file, with the times that it took.
    package func forget(_ source: String) async throws {
        _ = try await database.write { connection in
            try connection.serialize("busy \(source)")
            try connection.execute("DELETE FROM diary_change WHERE kind = 'busy' AND source = \(source)")
            return try connection.execute("DELETE FROM calendar_import WHERE source = \(source)")
        }
    }
}
