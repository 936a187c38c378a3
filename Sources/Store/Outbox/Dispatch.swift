// SPDX-License-Identifier: Apache-2.0
import Clinical
package import Foundation

/// The messages on their way: who takes one has it alone until the lease ends.
///
/// A sender that ends in the middle leaves it unknown whether the message went out; it is sent again, with the
/// same identity, by which mail systems and gateways can tell. In every other case a message goes out once.
package struct Dispatch: Sendable {
    private let database: any Database
    private let rules: MessageRules

    package init(_ database: any Database, rules: MessageRules) {
        self.database = database
        self.rules = rules
    }

    /// A message in the hands of one sender.
    package struct Taken: Sendable {
        package let message: Message
        package let appointment: Appointment
        /// Opens the page on which the appointment is moved or cancelled.
        package let link: Token
        let lease: String
    }

    /// Longer than any sending may take.
    package static let leaseSeconds = 180.0
    /// Between the tries; after the last the desk must look.
    static let pauses: [TimeInterval] = [60, 300, 900, 3600, 4 * 3600]

    /// Takes the next messages that are due.
    ///
    /// - Parameters:
    ///   - limit: How many at most.
    ///   - channels: Those that the clinic can send by.
    ///   - lease: Names this taking; another for each.
    ///   - links: One new secret for each message.
    ///   - now: When.
    /// - Returns: In the order of their times, each with the appointment as it is now.
    /// - Throws: ``StoreError``.
    package func take(
        _ limit: Int, by channels: Set<Message.Channel>, lease: String, links: [Token], now: Date
    ) async throws -> [Taken] {
        let rules = rules
        return try await database.write { connection in
            try connection.serialize("outbox")
            var taken: [Taken] = []
            for message in try Self.due(by: channels, on: connection, now: now)
            where taken.count < min(limit, links.count) {
                if let one = try Self.take(
                    message, rules, lease: lease, link: links[taken.count], now: now, on: connection)
                {
                    taken.append(one)
                }
            }
            return taken
        }
    }

    private static let looked = 100

    /// Of the channels that are set up alone: however much waits for the other, it is not in the way.
    private static func due(by channels: Set<Message.Channel>, on connection: any Connection, now: Date)
        throws
        -> [Message]
    {
        let which: SQL
        switch (channels.contains(.email), channels.contains(.text)) {
        case (true, true): which = "channel IN ('email', 'text')"
        case (true, false): which = "channel = 'email'"
        case (false, true): which = "channel = 'text'"
        case (false, false): return []
        }
        return try connection.rows(
            """
            SELECT \(Message.columns) FROM outbox_message
            WHERE \(which) AND (state = 'waiting' AND due_at <= \(now)
                OR state = 'sending' AND lease_until <= \(now))
            ORDER BY due_at, id LIMIT \(looked)
            """
        ).map(Message.init)
    }

    private static func take(
        _ message: Message, _ rules: MessageRules, lease: String, link: Token, now: Date,
        on connection: any Connection
    ) throws -> Taken? {
        let appointment = try connection.row(
            "SELECT \(Appointment.columns) FROM appointment WHERE id = \(message.appointment)"
        ).map(Appointment.init)
        guard let appointment, message.isTrue(of: appointment) else {
            try end(message.id, .stopped, .outdated, now, on: connection)
            return nil
        }
        guard message.expires > now else {
            try end(message.id, .stopped, .tooLate, now, on: connection)
            return nil
        }
        let allowed = rules.allowed(message.kind, message.channel, at: now)
        guard allowed <= now else {
            try connection.execute(
                """
                UPDATE outbox_message
                SET state = 'waiting', lease = NULL, lease_until = NULL, due_at = \(allowed)
                WHERE id = \(message.id)
                """)
            return nil
        }
        if message.state == .sending, message.attempts > pauses.count {
            try end(message.id, .failed, .interrupted, now, on: connection)
            return nil
        }
        let contact = try Contact(of: appointment, on: connection)
        if message.channel == .text, contact.refusesTexts, !contact.email.isEmpty {
            try sendByMail(message.id, to: contact.email, now, on: connection)
            return nil
        }
        let recipient = contact[message.channel]
        guard !recipient.isEmpty else {
            try end(message.id, .failed, contact.absence, now, on: connection)
            return nil
        }
        try connection.execute(
            """
            UPDATE outbox_message SET state = 'sending', attempts = attempts + 1, lease = \(lease),
                lease_until = \(now.addingTimeInterval(leaseSeconds)), recipient = \(recipient),
                changed_at = \(now)
            WHERE id = \(message.id)
            """)
        try connection.execute(
            """
            INSERT INTO appointment_link (hash, appointment, created_at)
            VALUES (\(link.hash), \(appointment.id), \(now))
            """)
        let row = try connection.row(
            "SELECT \(Message.columns) FROM outbox_message WHERE id = \(message.id)")
        return try row.map {
            Taken(message: try Message($0), appointment: appointment, link: link, lease: lease)
        }
    }

    /// They said in the meantime that they want no text messages; an e-mail waits for its turn.
    private static func sendByMail(
        _ id: Message.ID, to address: String, _ now: Date, on connection: any Connection
    ) throws {
        try connection.execute(
            """
            UPDATE outbox_message SET channel = 'email', recipient = \(address), state = 'waiting',
                lease = NULL, lease_until = NULL, changed_at = \(now)
            WHERE id = \(id)
            """)
    }

    private static func end(
        _ id: Message.ID, _ state: Message.State, _ problem: Message.Problem, _ now: Date,
        on connection: any Connection
    ) throws {
        try connection.execute(
            """
            UPDATE outbox_message SET state = \(state.rawValue), problem = \(problem.rawValue), lease = NULL,
                lease_until = NULL, changed_at = \(now)
            WHERE id = \(id)
            """)
    }

    /// Keeps that it was sent.
    package func sent(_ taken: Taken, subject: String, now: Date) async throws {
        try await database.write { connection in
            try connection.execute(
                """
                UPDATE outbox_message SET state = 'sent', problem = NULL, lease = NULL, lease_until = NULL,
                    subject = \(subject), changed_at = \(now)
                WHERE id = \(taken.message.id) AND lease = \(taken.lease)
                """)
        }
    }

    /// Keeps that it was not sent: it waits for its next try, or for the desk.
    package func failed(_ taken: Taken, _ problem: Message.Problem, now: Date) async throws {
        let message = taken.message
        let pause = problem.isPassing ? Self.pauses.dropFirst(message.attempts - 1).first : nil
        let due = pause.map { rules.allowed(message.kind, message.channel, at: now.addingTimeInterval($0)) }
        let state = due == nil ? Message.State.failed : .waiting
        try await database.write { connection in
            try connection.execute(
                """
                UPDATE outbox_message SET state = \(state.rawValue), problem = \(problem.rawValue), lease = NULL,
                    lease_until = NULL, due_at = COALESCE(\(due), due_at), changed_at = \(now)
                WHERE id = \(message.id) AND lease = \(taken.lease)
                """)
        }
    }
}

extension Message {
    /// Whether the appointment is still what the message says of it.
    func isTrue(of appointment: Appointment) -> Bool {
        guard appointment.starts == starts else { return false }
        return switch kind {
        case .cancelled: appointment.status == .cancelled
        case .offer: appointment.status == .held
        case .confirmation, .moved, .reminder:
            appointment.status == .booked || appointment.status == .checkedIn
        }
    }
}
