// SPDX-License-Identifier: Apache-2.0
import Clinical
import Foundation
import Store
import Testing

@testable import Store

/// A clinic with appointments, for the outbox; its clock stands at 2026-11-22T12:00:00Z, 07:00 in New York.
struct OutboxClinic {
    static let zone = TimeZone(identifier: "America/New_York") ?? .gmt

    let clinic: TestClinic
    var rules = MessageRules(zone: zone)
    var database: any Database { clinic.database }
    var outbox: Outbox { Outbox(rules: rules) }
    var dispatch: Dispatch { Dispatch(database, rules: rules) }
    var desk: OutboxDesk { OutboxDesk(database) }

    init() async throws { clinic = try await TestClinic() }

    static let hour = 3600.0

    /// An appointment of a visitor, in so many hours.
    @discardableResult
    func book(
        _ id: String, in hours: Double, email: String? = "vera@example.org", phone: String = "555-0101",
        status: Appointment.Status = .booked
    ) async throws -> Appointment {
        let service = Service(id: "evaluation", names: ["en": "First evaluation"], minutes: 45)
        var appointment = Appointment(
            id: Appointment.ID(id), service: service, therapist: "tom", place: nil,
            starts: time(hours * Self.hour), zone: Self.zone, language: "en", by: "visitor", now: time())
        appointment.status = status
        appointment.heldUntil = status == .held ? time(Self.hour) : nil
        appointment.visitor = Visitor(name: "Vera Holm", phone: phone, email: email)
        try await save(appointment)
        return appointment
    }

    func save(_ appointment: Appointment) async throws {
        try await database.write { connection in
            try connection.execute(
                "DELETE FROM outbox_message WHERE appointment = \(appointment.id) AND 1 = 0")
            try connection.execute(
                """
                INSERT INTO appointment (\(Appointment.columns)) VALUES (\(appointment.id),
                    \(appointment.version), \(appointment.status.rawValue), \(appointment.service),
                    \(appointment.therapist), NULL, \(appointment.starts), \(appointment.ends),
                    \(appointment.busyUntil), \(appointment.zone), \(appointment.wall.description),
                    \(appointment.patient), \(appointment.visitor?.name), \(appointment.visitor?.phone),
                    \(appointment.visitor?.email), 'en', NULL, NULL, \(appointment.heldUntil),
                    \(appointment.uid), \(appointment.sequence), NULL, 'visitor', \(time()), \(time()))
                ON CONFLICT (id) DO UPDATE SET status = \(appointment.status.rawValue),
                    starts_at = \(appointment.starts), ends_at = \(appointment.ends),
                    busy_until = \(appointment.busyUntil), sequence = \(appointment.sequence),
                    held_until = \(appointment.heldUntil)
                """)
        }
    }

    func plan(_ event: Outbox.Event, _ appointment: Appointment, at now: Date = time()) async throws {
        try await database.write { try outbox.plan(event, for: appointment, at: now, on: $0) }
    }

    /// Kind, state and problem of every message, oldest due first.
    func said() async throws -> [String] {
        try await database.read { connection in
            try connection.rows(
                "SELECT \(Message.columns) FROM outbox_message ORDER BY due_at, kind, id"
            ).map {
                let message = try Message($0)
                return [message.kind.rawValue, message.state.rawValue, message.problem?.rawValue]
                    .compactMap { $0 }.joined(separator: " ")
            }
        }
    }

    func take(
        at now: Date, _ channels: Set<Message.Channel> = [.email, .text],
        lease: String = IDSource.random.make()
    ) async throws -> [Dispatch.Taken] {
        try await dispatch.take(
            10, by: channels, lease: lease, links: (0..<10).map { _ in Token.random() }, now: now)
    }
}
