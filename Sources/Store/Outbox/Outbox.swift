// SPDX-License-Identifier: Apache-2.0
import Clinical
package import Foundation

/// The messages that follow from what is done with an appointment.
///
/// They are written in the transaction of the act: an appointment that was booked has its reminders, and one that
/// was not has none.
package struct Outbox: Sendable {
    package enum Event: Hashable, Sendable {
        case booked
        case rescheduled
        case cancelled
        /// A freed slot is kept for somebody of the waiting list.
        case offered
    }

    package let rules: MessageRules

    package init(rules: MessageRules) { self.rules = rules }

    /// What the diary calls within the transaction of every change.
    package var follower: AppointmentChange.Follower {
        { change, connection in
            let event: Event? =
                switch change.kind {
                case .booked, .restored: .booked
                case .moved: Self.event(ofMoving: change)
                case .cancelled: .cancelled
                case .offered: .offered
                case .checkedIn, .done, .noShow: nil
                }
            if let event { try plan(event, for: change.after, at: change.after.changedAt, on: connection) }
        }
    }

    /// Another therapist at the same time is no news for the person, and what was planned stays true.
    ///
    /// The same time on the wall at another instant is what was agreed: it is confirmed, and reminded of anew.
    private static func event(ofMoving change: AppointmentChange) -> Event? {
        if change.before?.starts == change.after.starts { return nil }
        return change.before?.wall == change.after.wall ? .booked : .rescheduled
    }

    /// Writes what follows from an act, and stops what is no longer true.
    ///
    /// - Parameters:
    ///   - event: What was done.
    ///   - appointment: As it is after the act.
    ///   - now: When.
    ///   - connection: The act's transaction.
    /// - Throws: ``StoreError``.
    package func plan(
        _ event: Event, for appointment: Appointment, at now: Date, on connection: any Connection
    ) throws {
        try Self.stop(appointment.id, because: .outdated, at: now, on: connection)
        // Nobody is written to about what is over.
        guard appointment.starts > now else { return }
        let contact = try Contact(of: appointment, on: connection)
        func add(_ kind: Message.Kind, due: Date, expires: Date, hoursBefore: Int? = nil) throws {
            let channel = contact.channel(prefers: rules.prefers)
            try Self.insert(
                Message.id(kind, appointment, hoursBefore: hoursBefore), kind, channel, appointment,
                to: contact, due: rules.allowed(kind, channel, at: due), expires: expires, at: now,
                on: connection)
        }
        switch event {
        case .booked, .rescheduled:
            try add(event == .booked ? .confirmation : .moved, due: now, expires: appointment.starts)
            for hours in rules.reminderHours {
                guard let due = rules.reminder(hours: hours, before: appointment.starts, now: now) else {
                    continue
                }
                try add(.reminder, due: due, expires: appointment.starts, hoursBefore: hours)
            }
        case .cancelled: try add(.cancelled, due: now, expires: appointment.starts)
        case .offered:
            try add(.offer, due: now, expires: min(appointment.heldUntil ?? now, appointment.starts))
        }
    }

    /// Stops every message of an appointment that has not been sent.
    package static func stop(
        _ appointment: Appointment.ID, because problem: Message.Problem, at now: Date,
        on connection: any Connection
    ) throws {
        try connection.execute(
            """
            UPDATE outbox_message SET state = 'stopped', problem = \(problem.rawValue), changed_at = \(now)
            WHERE appointment = \(appointment) AND state = 'waiting'
            """)
    }

    private static func insert(
        _ id: Message.ID, _ kind: Message.Kind, _ channel: Message.Channel, _ appointment: Appointment,
        to contact: Contact, due: Date, expires: Date, at now: Date, on connection: any Connection
    ) throws {
        let recipient = contact[channel]
        let isReachable = !recipient.isEmpty
        try connection.execute(
            """
            INSERT INTO outbox_message (id, kind, channel, appointment, starts_at, recipient, language, due_at,
                expires_at, state, attempts, lease, lease_until, problem, subject, created_at, changed_at)
            VALUES (\(id), \(kind.rawValue), \(channel.rawValue), \(appointment.id), \(appointment.starts),
                \(recipient), \(appointment.language), \(due), \(expires),
                \(isReachable ? Message.State.waiting.rawValue : Message.State.failed.rawValue), 0, NULL, NULL,
                \(isReachable ? nil : contact.absence.rawValue), NULL, \(now), \(now))
            ON CONFLICT (id) DO NOTHING
            """)
    }
}
