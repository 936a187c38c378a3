// SPDX-License-Identifier: Apache-2.0
import Clinical
package import Foundation

/// The clinic's appointments.
///
/// Every act is one transaction, is done once for each form, and is kept from overlapping by the database.
package struct Diary: Sendable {
    package let rules: DiaryRules
    let database: any Database
    let ids: IDSource
    let follow: AppointmentChange.Follower

    /// - Parameters:
    ///   - database: The clinic's memory.
    ///   - rules: From `clinic.yaml`.
    ///   - ids: Where identities come from.
    ///   - follow: Is told every change within its transaction.
    package init(
        _ database: any Database, rules: DiaryRules, ids: IDSource = .random,
        follow: @escaping AppointmentChange.Follower = { _, _ in }
    ) {
        self.database = database
        self.rules = rules
        self.ids = ids
        self.follow = follow
    }

    /// What an act led to.
    package struct Outcome: Sendable {
        /// What was made or changed, as it stands now.
        package let appointments: [Appointment]
        /// The secret of the link with which a visitor manages the first of them.
        package let link: Token?

        package init(appointments: [Appointment], link: Token?) {
            self.appointments = appointments
            self.link = link
        }
    }

    /// The identity of a form with what it asks: the same one is answered alike and done once.
    package struct FormKey: Hashable, Sendable {
        let key: String
        let asked: String

        /// - Parameters:
        ///   - key: At least 128 bits of chance, as the site puts into each form.
        ///   - asked: Everything that the form asks for.
        package init(_ key: String, asked: String...) {
            self.key = key
            self.asked = Digest.hex(asked)
        }
    }

    /// What an act did, before it is kept under its form.
    struct Done {
        var changes: [AppointmentChange] = []
        var ids: [Appointment.ID] = []
    }

    /// Runs an act once for its form.
    ///
    /// The link's secret is made from chance that is kept here and from the form's key, which is not: the same
    /// form is given the same link, and a copy of the database opens none.
    func once(
        _ form: FormKey, linked: Bool = false, now: Date,
        _ act: @Sendable (DiaryWriting, Token?) throws -> Done
    ) async throws -> Outcome {
        let salt = Token.random().text
        return try await database.write { connection in
            let writing = DiaryWriting(rules: rules, connection: connection, now: now)
            let hash = Digest.hex("form", form.key)
            try connection.serialize("form \(hash)")
            let kept = try connection.row(
                "SELECT asked, salt, answer FROM booking_form WHERE hash = \(hash)")
            if let kept {
                guard try kept.text("asked") == form.asked else { throw BookingRefusal.formReused }
                let ids = try kept.text("answer").split(separator: " ").map { Appointment.ID(String($0)) }
                let link = linked ? Self.link(try kept.text("salt"), form) : nil
                return Outcome(appointments: try ids.map(writing.find), link: link)
            }
            let link = linked ? Self.link(salt, form) : nil
            let done = try act(writing, link)
            if let link, let first = done.ids.first {
                try Self.add(link, to: first, now: now, on: connection)
            }
            let answer = done.ids.map(\.rawValue).joined(separator: " ")
            try connection.execute(
                """
                INSERT INTO booking_form (hash, asked, salt, answer, at)
                VALUES (\(hash), \(form.asked), \(salt), \(answer), \(now))
                """)
            for change in done.changes { try follow(change, connection) }
            return Outcome(appointments: try done.ids.map(writing.find), link: link)
        }
    }

    private static func link(_ salt: String, _ form: FormKey) -> Token {
        Token(Digest.hex("link", salt, form.key))
    }

    static func add(_ link: Token, to id: Appointment.ID, now: Date, on connection: any Connection) throws {
        try connection.execute(
            """
            INSERT INTO appointment_link (hash, appointment, created_at)
            VALUES (\(link.hash), \(id), \(now))
            """)
    }

    /// Lets go of every hold that is over, and forgets forms of more than a week ago.
    package func sweep(now: Date) async throws {
        try await database.write { connection in
            let writing = DiaryWriting(rules: rules, connection: connection, now: now)
            let over = try connection.rows(
                "SELECT id FROM appointment WHERE status = 'held' AND held_until <= \(now) ORDER BY id")
            for row in over { try writing.end(hold: Appointment.ID(try row.text("id"))) }
            try connection.execute(
                "DELETE FROM booking_form WHERE at < \(now.addingTimeInterval(-7 * 86_400))")
        }
    }
}
