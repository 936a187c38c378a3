// SPDX-License-Identifier: Apache-2.0
package import Clinical
package import Foundation

/// How every chart stands, for the board: one derived row per episode, one query for all.
package struct Standings: Sendable {
    package struct Line: Hashable, Sendable {
        package let episode: Episode.ID
        package let openedAt: Date
        package let patient: Person.ID
        package let name: String
        package let isDisabled: Bool
        /// The last entry that the content knows.
        package let sequence: Int
        /// JSON, as it was given with the last entry.
        package let content: String
    }

    private let database: any Database

    package init(_ database: any Database) { self.database = database }

    /// Every chart; one without entries has sequence 0 and the content `{}`.
    package func all() async throws -> [Line] {
        try await database.read { connection in
            try connection.rows(
                """
                SELECT e.id AS episode, e.opened_at, e.patient, p.name, p.disabled_at,
                    COALESCE(s.sequence, 0) AS sequence, COALESCE(s.content, '{}') AS content
                FROM episode e JOIN person p ON p.id = e.patient LEFT JOIN standing s ON s.episode = e.id
                ORDER BY p.name_key, e.id
                """
            ).map(Self.line)
        }
    }

    package func line(of episode: Episode.ID) async throws -> Line? {
        try await database.read { connection in
            try connection.row(
                """
                SELECT s.episode, e.opened_at, e.patient, p.name, p.disabled_at, s.sequence, s.content
                FROM standing s JOIN episode e ON e.id = s.episode JOIN person p ON p.id = e.patient
                WHERE s.episode = \(episode)
                """
            ).map(Self.line)
        }
    }

    private static func line(_ row: Row) throws -> Line {
        Line(
            episode: Episode.ID(try row.text("episode")), openedAt: try row.date("opened_at"),
            patient: Person.ID(try row.text("patient")), name: try row.text("name"),
            isDisabled: try row.textIfPresent("disabled_at") != nil, sequence: try row.integer("sequence"),
            content: try row.text("content"))
    }
}
