// SPDX-License-Identifier: Apache-2.0
import Clinical
import Foundation

/// One write to the diary: what it may see and how it takes a time.
///
/// Every path goes the same way: ``lock(_:)`` what it will take, look whether it is free, then ``keep(_:_:)`` the
/// claims. The look finds the right answer for the person; that nothing overlaps is the database's promise.
struct DiaryWriting {
    let rules: DiaryRules
    let connection: any Connection
    let now: Date

    /// Waits for everybody who writes to these resources, and lets go of holds that are over.
    func lock(_ resources: some Sequence<String>) throws {
        let resources = Set(resources).sorted()
        try connection.serialize(resources.map { "claim \($0)" })
        // By the few holds that are over, and not by a resource's many claims: as fast in a full diary.
        let over = try connection.rows(
            """
            SELECT id FROM appointment
            WHERE status = 'held' AND held_until <= \(now) AND EXISTS (
                SELECT 1 FROM appointment_claim c
                WHERE c.appointment = appointment.id AND c.resource IN (\(SQL.list(resources))))
            """
        ).map { try $0.text("id") }
        for id in over.sorted() { try end(hold: Appointment.ID(id)) }
    }

    /// Ends a hold that nobody confirmed; somebody it was offered to waits on.
    func end(hold id: Appointment.ID) throws {
        try letGo(id, because: Appointment.expired, "AND held_until <= \(now)")
    }

    /// Ends a hold that somebody does not want.
    func giveBack(_ id: Appointment.ID) throws { try letGo(id, because: Appointment.declined, "") }

    private func letGo(_ id: Appointment.ID, because reason: String, _ which: SQL) throws {
        let ended = try connection.execute(
            """
            UPDATE appointment SET status = 'cancelled', held_until = NULL, cancel_reason = \(reason),
                version = version + 1, changed_at = \(now)
            WHERE id = \(id) AND status = 'held' \(which)
            """)
        guard ended == 1 else { return }
        try connection.execute(
            "UPDATE appointment_claim SET active = 0, held_until = NULL WHERE appointment = \(id)")
        try waitOn(without: id)
    }

    /// Whoever was offered this time does not have it, and waits on.
    func waitOn(without offer: Appointment.ID) throws {
        try connection.execute(
            "UPDATE waiting SET status = 'waiting' WHERE offer = \(offer) AND status = 'offered'")
    }

    /// Whoever was offered this time has it, and waits no more.
    func leaveWaitingList(with offer: Appointment.ID) throws {
        try connection.execute(
            "UPDATE waiting SET status = 'booked' WHERE offer = \(offer) AND status IN ('offered', 'waiting')"
        )
    }

    func find(_ id: Appointment.ID) throws -> Appointment {
        let row = try connection.row("SELECT \(Appointment.columns) FROM appointment WHERE id = \(id)")
        guard let row else { throw StoreError.notFound }
        return try Appointment(row)
    }

    /// Who can be booked, in the order of their names.
    func therapists() throws -> [Therapist] {
        try connection.rows(
            """
            SELECT id, name, email FROM person WHERE role = 'therapist' AND disabled_at IS NULL
            ORDER BY name_key, id
            """
        ).map { row in
            Therapist(
                id: Person.ID(try row.text("id")), name: try row.text("name"),
                profile: rules.profile(try row.textIfPresent("email")))
        }
    }

    /// Who gives a service; of these only the one who is wanted, if anybody is.
    func able(for service: Service, wanted: Person.ID?) throws -> [Therapist] {
        try therapists().filter { $0.offers(service) && (wanted == nil || $0.id == wanted) }
    }

    /// As ``able(for:wanted:)``; somebody there is.
    func therapists(for service: Service, wanted: Person.ID?) throws -> [Therapist] {
        let able = try able(for: service, wanted: wanted)
        guard !able.isEmpty else { throw BookingRefusal.unknown }
        return able
    }

    /// The one-off changes that reach into a time.
    func changes(_ from: Date, _ to: Date) throws -> [DiaryChange] {
        try connection.rows(
            """
            SELECT \(DiaryChange.columns) FROM diary_change
            WHERE ends_at > \(from) AND starts_at < \(to) ORDER BY starts_at, id
            """
        ).map(DiaryChange.init)
    }

    /// When each of the resources is taken between two minutes, in order; a hold that is over does not count.
    func busy(_ resources: [String], _ range: Range<Int>) throws -> [String: [Range<Int>]] {
        let rows = try connection.rows(
            """
            SELECT resource, starts, ends FROM appointment_claim
            WHERE resource IN (\(SQL.list(resources))) AND active = 1 AND starts < \(range.upperBound)
                AND starts > \(range.lowerBound - 1440) AND ends > \(range.lowerBound)
                AND (held_until IS NULL OR held_until > \(now))
            ORDER BY resource, starts
            """)
        return try rows.reduce(into: [:]) { busy, row in
            busy[try row.text("resource"), default: []].append(
                (try row.integer("starts"))..<(try row.integer("ends")))
        }
    }

    func isFree(_ resource: String, _ range: Range<Int>) throws -> Bool {
        try busy([resource], range).isEmpty
    }

    /// Everything that slots between two days depend on.
    func availability(
        of service: Service, on days: ClosedRange<Day>, wanted: Person.ID?, also: [String] = []
    ) throws -> Availability {
        // A day of any zone lies within these.
        let from = (days.lowerBound.number - 1) * 1440
        let to = (days.upperBound.number + 2) * 1440
        let able = try able(for: service, wanted: wanted)
        let resources =
            able.map { Claim.therapist($0.id) } + rules.places(for: service).map { Claim.place($0.id) }
        return Availability(
            rules: rules, therapists: able, changes: try changes(Claim.date(from), Claim.date(to)),
            busy: try busy(resources + also, from..<to))
    }

    /// A free room or table for the service at a time; nil where it needs none.
    func place(for service: Service, _ range: Range<Int>) throws -> String? {
        guard service.needs != nil else { return nil }
        let places = rules.places(for: service).map(\.id)
        let busy = try busy(places.map(Claim.place), range)
        guard let place = places.first(where: { busy[Claim.place($0)] == nil }) else {
            throw BookingRefusal.taken
        }
        return place
    }

    /// Keeps a new appointment.
    func insert(_ appointment: Appointment) throws {
        let made = appointment
        let (phone, email) = (made.visitor?.phoneKey, made.visitor?.emailKey)
        try connection.execute(
            """
            INSERT INTO appointment (\(Appointment.columns), phone_key, email_key)
            VALUES (\(made.id), \(made.version), \(made.status.rawValue), \(made.service), \(made.therapist),
                \(made.place), \(made.starts), \(made.ends), \(made.busyUntil), \(made.zone),
                \(made.wall.description), \(made.patient), \(made.visitor?.name), \(made.visitor?.phone),
                \(made.visitor?.email), \(made.language), \(made.request), \(made.series),
                \(made.heldUntil), \(made.uid), \(made.sequence), \(made.cancelReason), \(made.createdBy),
                \(made.createdAt), \(made.changedAt), \(phone), \(email))
            """)
        try claim(made)
    }

    /// Keeps a changed appointment, unless somebody changed it in between.
    ///
    /// `releasing` is false where its claims were let go of already, as a swap does.
    func keep(_ changed: inout Appointment, releasing: Bool = true) throws {
        let seen = changed.version
        changed.version += 1
        changed.changedAt = Instant(now).date
        let (phone, email) = (changed.visitor?.phoneKey, changed.visitor?.emailKey)
        let written = try connection.execute(
            """
            UPDATE appointment SET version = \(changed.version), status = \(changed.status.rawValue),
                therapist = \(changed.therapist), place = \(changed.place), starts_at = \(changed.starts),
                ends_at = \(changed.ends), busy_until = \(changed.busyUntil),
                wall = \(changed.wall.description), patient = \(changed.patient),
                visitor_name = \(changed.visitor?.name), visitor_phone = \(changed.visitor?.phone),
                visitor_email = \(changed.visitor?.email), phone_key = \(phone), email_key = \(email),
                language = \(changed.language), request = \(changed.request),
                held_until = \(changed.heldUntil), sequence = \(changed.sequence),
                cancel_reason = \(changed.cancelReason), changed_at = \(changed.changedAt)
            WHERE id = \(changed.id) AND version = \(seen)
            """)
        guard written == 1 else { throw BookingRefusal.changed }
        if releasing { try unclaim(changed.id) }
        try claim(changed)
    }

    func unclaim(_ id: Appointment.ID) throws {
        try connection.execute("DELETE FROM appointment_claim WHERE appointment = \(id)")
    }

    private func claim(_ appointment: Appointment) throws {
        let isActive = appointment.status != .cancelled
        for (resource, range) in appointment.claims {
            try connection.execute(
                """
                INSERT INTO appointment_claim (appointment, resource, starts, ends, active, held_until)
                VALUES (\(appointment.id), \(resource), \(range.lowerBound), \(range.upperBound),
                    \(isActive), \(appointment.heldUntil))
                """)
        }
    }
}

extension Visitor {
    /// The same telephone, however it is typed: its last ten digits.
    var phoneKey: String { String(phone.filter { $0.isASCII && $0.isNumber }.suffix(10)) }
    var emailKey: String? { email.map { Account.folded(email: $0) } }
}
