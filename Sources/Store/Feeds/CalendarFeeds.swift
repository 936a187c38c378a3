// SPDX-License-Identifier: Apache-2.0
package import Clinical
package import Foundation

/// Private addresses at which somebody's own calendar program reads their appointments.
///
/// Everybody has at most one. Who has the address can read it, so a new one ends the old one.
package struct CalendarFeeds: Sendable {
    private let database: any Database
    private let makeToken: @Sendable () -> Token

    package init(_ database: any Database, makeToken: @escaping @Sendable () -> Token = { .random() }) {
        self.database = database
        self.makeToken = makeToken
    }

    package struct Feed: Hashable, Sendable {
        package let person: Person.ID
        package let made: Date
        /// When a calendar last asked for it.
        package let read: Date?
    }

    /// Makes a new address; the old one ends.
    ///
    /// - Returns: The secret, which is kept nowhere; nil where there is no such patient or therapist.
    package func renew(for person: Person.ID, by maker: Person.ID, now: Date) async throws -> Token? {
        let token = makeToken()
        let made = try await database.write { connection in
            try connection.serialize("feed:\(person)")
            let known = try connection.row(
                """
                SELECT id FROM person
                WHERE id = \(person) AND role IN ('patient', 'therapist') AND disabled_at IS NULL
                """)
            guard known != nil else { return false }
            try Self.end(of: person, now: now, on: connection)
            try connection.execute(
                """
                INSERT INTO calendar_feed (hash, person, made_by, made_at, read_at, ended_at)
                VALUES (\(token.hash), \(person), \(maker), \(now), NULL, NULL)
                """)
            return true
        }
        return made ? token : nil
    }

    /// Ends somebody's address.
    ///
    /// - Returns: false where there was none.
    @discardableResult
    package func end(of person: Person.ID, now: Date) async throws -> Bool {
        try await database.write { try Self.end(of: person, now: now, on: $0) } > 0
    }

    @discardableResult
    private static func end(of person: Person.ID, now: Date, on connection: any Connection) throws -> Int {
        try connection.execute(
            "UPDATE calendar_feed SET ended_at = \(now) WHERE person = \(person) AND ended_at IS NULL")
    }

    package func feed(of person: Person.ID) async throws -> Feed? {
        try await database.read { connection in
            try connection.row(
                """
                SELECT person, made_at, read_at FROM calendar_feed
                WHERE person = \(person) AND ended_at IS NULL
                """
            ).map(Feed.init)
        }
    }

    /// The feeds that can be read, by person.
    package func all() async throws -> [Person.ID: Feed] {
        try await database.read { connection in
            let feeds = try connection.rows(
                "SELECT person, made_at, read_at FROM calendar_feed WHERE ended_at IS NULL"
            ).map(Feed.init)
            return Dictionary(feeds.map { ($0.person, $0) }) { first, _ in first }
        }
    }

    /// Whose address it is, and keeps that it was read.
    ///
    /// - Returns: nil where it was never made, has ended, or its person is shut out.
    package func open(_ token: Token, now: Date) async throws -> Account? {
        let hash = token.hash
        let account = try await database.read { connection in
            try connection.row(
                """
                SELECT \(Account.columns) FROM person
                WHERE disabled_at IS NULL AND role IN ('patient', 'therapist') AND id =
                    (SELECT person FROM calendar_feed WHERE hash = \(hash) AND ended_at IS NULL)
                """
            ).map(Account.init)
        }
        guard account != nil else { return nil }
        try await database.write { connection in
            try connection.execute("UPDATE calendar_feed SET read_at = \(now) WHERE hash = \(hash)")
        }
        return account
    }

    /// The names of those who come, for a feed that shows their initials.
    package func names(of appointments: [Appointment]) async throws -> [Appointment.ID: String] {
        try await database.read { connection in
            var known: [Person.ID: String] = [:]
            var names: [Appointment.ID: String] = [:]
            for appointment in appointments {
                names[appointment.id] = appointment.visitor?.name
                guard let patient = appointment.patient else { continue }
                let name =
                    try known[patient]
                    ?? connection.row("SELECT name FROM person WHERE id = \(patient)")?.text("name")
                known[patient] = name
                names[appointment.id] = name
            }
            return names
        }
    }

    /// The appointments that a feed shows: from a month ago on, cancelled ones too, so that calendars drop them.
    package func appointments(of account: Account, now: Date) async throws -> [Appointment] {
        let from = now.addingTimeInterval(-31 * 86_400)
        let whose: SQL =
            account.role == .therapist ? "therapist = \(account.id)" : "patient = \(account.id)"
        return try await database.read { connection in
            try connection.rows(
                """
                SELECT \(Appointment.columns) FROM appointment
                WHERE \(whose) AND starts_at >= \(from) AND status <> 'held'
                    AND (patient IS NOT NULL OR visitor_name IS NOT NULL)
                ORDER BY starts_at, id LIMIT 2000
                """
            ).map(Appointment.init)
        }
    }
}

extension CalendarFeeds.Feed {
    init(_ row: Row) throws {
        person = Person.ID(try row.text("person"))
        made = try row.date("made_at")
        read = try row.dateIfPresent("read_at")
    }
}
