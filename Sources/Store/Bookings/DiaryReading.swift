// SPDX-License-Identifier: Apache-2.0
package import Clinical
package import Foundation

/// An appointment with the name of whoever comes.
package struct DiaryEntry: Hashable, Sendable {
    package let appointment: Appointment
    /// nil for a hold that nobody has filled in.
    package let name: String?
    /// How the person is reached.
    package let phone: String?

    static let columns: SQL = """
        \(Appointment.columns),
        COALESCE((SELECT p.name FROM person p WHERE p.id = appointment.patient), visitor_name) AS who,
        COALESCE((SELECT p.phone FROM person p WHERE p.id = appointment.patient), visitor_phone) AS whose_phone
        """

    init(_ row: Row) throws {
        appointment = try Appointment(row)
        name = try row.textIfPresent("who")
        phone = try row.textIfPresent("whose_phone")
    }
}

extension Diary {
    package func find(_ id: Appointment.ID) async throws -> DiaryEntry? {
        try await database.read { connection in
            try connection.row("SELECT \(DiaryEntry.columns) FROM appointment WHERE id = \(id)")
                .map(DiaryEntry.init)
        }
    }

    /// What stands in the diary between two instants, in the order of the starts; holds that are over do not.
    package func entries(from: Date, to: Date, therapist: Person.ID? = nil, now: Date) async throws
        -> [DiaryEntry]
    {
        let only: SQL = if let therapist { "AND therapist = \(therapist)" } else { "" }
        return try await database.read { connection in
            try connection.rows(
                """
                SELECT \(DiaryEntry.columns) FROM appointment
                WHERE starts_at >= \(from) AND starts_at < \(to) \(only)
                    AND (held_until IS NULL OR held_until > \(now))
                    AND (status <> 'cancelled' OR patient IS NOT NULL OR visitor_name IS NOT NULL)
                ORDER BY starts_at, therapist, id
                """
            ).map(DiaryEntry.init)
        }
    }

    /// A patient's appointments that have not ended, the next first.
    package func appointments(of patient: Person.ID, now: Date) async throws -> [Appointment] {
        try await database.read { connection in
            try connection.rows(
                """
                SELECT \(Appointment.columns) FROM appointment
                WHERE patient = \(patient) AND ends_at > \(now) AND status <> 'cancelled'
                    AND (held_until IS NULL OR held_until > \(now))
                ORDER BY starts_at, id
                """
            ).map(Appointment.init)
        }
    }

    /// What a visitor's link opens: its own appointment, until that starts.
    package func appointment(of link: Token, now: Date) async throws -> Appointment? {
        try await database.read { connection in
            try connection.row(
                """
                SELECT \(Appointment.columns) FROM appointment
                WHERE id = (SELECT l.appointment FROM appointment_link l WHERE l.hash = \(link.hash))
                    AND starts_at > \(now)
                """
            ).map(Appointment.init)
        }
    }

    package func therapists() async throws -> [Therapist] {
        try await database.read { connection in
            try DiaryWriting(rules: rules, connection: connection, now: .distantPast).therapists()
        }
    }

    /// The free slots of a service on days that can be booked.
    ///
    /// - Parameters:
    ///   - service: What is to be booked.
    ///   - therapist: With whom; nil: with anybody.
    ///   - days: On which days; those past or too far ahead are left out.
    ///   - patient: Who must be free as well.
    ///   - now: When.
    /// - Returns: One slot for each therapist and start, in order.
    /// - Throws: ``StoreError``.
    package func slots(
        of service: Service, with therapist: Person.ID?, on days: ClosedRange<Day>, patient: Person.ID? = nil,
        now: Date
    ) async throws -> [Slot] {
        let today = Day(now, in: rules.zone)
        let first = max(days.lowerBound, today)
        let last = min(days.upperBound, today.advanced(by: rules.bookAheadDays))
        guard first <= last else { return [] }
        let also = patient.map { [Claim.person($0)] } ?? []
        let availability = try await database.read { connection in
            try DiaryWriting(rules: rules, connection: connection, now: now)
                .availability(of: service, on: first...last, wanted: therapist, also: also)
        }
        return availability.slots(
            of: service, on: first...last, from: now.addingTimeInterval(60), also: also)
    }

    /// The free slots that are nearest to a time, for whoever came too late; one for each start, in order.
    package func nearest(
        to start: Date, of service: Service, with therapist: Person.ID?, patient: Person.ID? = nil,
        count: Int = 6, now: Date
    ) async throws -> [Slot] {
        let day = Day(start, in: rules.zone)
        let days = day.advanced(by: -3)...day.advanced(by: 10)
        var seen: Set<Date> = []
        return try await slots(of: service, with: therapist, on: days, patient: patient, now: now)
            .filter { seen.insert($0.starts).inserted }
            .sorted { abs($0.starts.timeIntervalSince(start)) < abs($1.starts.timeIntervalSince(start)) }
            .prefix(count).sorted { $0.starts < $1.starts }
    }

    /// The changes to the hours that have not ended.
    package func changes(now: Date) async throws -> [DiaryChange] {
        try await database.read { connection in
            try DiaryWriting(rules: rules, connection: connection, now: now)
                .changes(now, now.addingTimeInterval(3 * 366 * 86_400))
        }
    }

    /// The changes to the hours that reach into a time.
    package func changes(from: Date, to: Date) async throws -> [DiaryChange] {
        try await database.read { connection in
            try DiaryWriting(rules: rules, connection: connection, now: from).changes(from, to)
        }
    }
}
