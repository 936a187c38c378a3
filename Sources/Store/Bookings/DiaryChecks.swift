// SPDX-License-Identifier: Apache-2.0
import Clinical
import Foundation

/// The clinic's rules, asked on every path: what a page hides, a request may still ask for.
extension Diary {
    func service(_ id: String, for booker: Booker) throws -> Service {
        guard let service = rules.service(id), service.isPublic || booker.isStaff else {
            throw BookingRefusal.unknown
        }
        return service
    }

    /// Of an appointment that is there; the clinic may have dropped it from its list since.
    package func service(of appointment: Appointment) -> Service {
        rules.service(appointment.service)
            ?? Service(
                id: appointment.service, names: [:],
                minutes: Claim.minute(appointment.ends) - Claim.minute(appointment.starts),
                bufferMinutes: Claim.minute(appointment.busyUntil) - Claim.minute(appointment.ends))
    }

    func minutes(of service: Service) -> Int { service.minutes + service.bufferMinutes }

    func keys(_ service: Service, _ therapists: [Therapist]) -> [String] {
        therapists.map { Claim.therapist($0.id) } + rules.places(for: service).map { Claim.place($0.id) }
    }

    func keys(_ appointment: Appointment) -> [String] {
        appointment.claims.map(\.resource) + ["appointment:\(appointment.id)"]
    }

    func works(_ therapist: Therapist, from start: Date, for service: Service, _ writing: DiaryWriting) throws
        -> Bool
    {
        try hours(of: [therapist], around: start, writing).works(therapist, from: start, for: service)
    }

    /// When the therapists work around a time, whatever is booked.
    private func hours(of therapists: [Therapist], around start: Date, _ writing: DiaryWriting) throws
        -> Availability
    {
        let changes = try writing.changes(
            start.addingTimeInterval(-2 * 86_400), start.addingTimeInterval(2 * 86_400))
        return Availability(rules: rules, therapists: therapists, changes: changes)
    }

    /// Whether everything that an appointment claims is free of others.
    func isFree(_ appointment: Appointment, _ writing: DiaryWriting) throws -> Bool {
        for (resource, range) in appointment.claims {
            let others = try writing.connection.rows(
                """
                SELECT appointment FROM appointment_claim
                WHERE resource = \(resource) AND active = 1 AND starts < \(range.upperBound)
                    AND starts > \(range.lowerBound - 1440) AND ends > \(range.lowerBound)
                    AND appointment <> \(appointment.id)
                """)
            if !others.isEmpty { return false }
        }
        return true
    }

    /// Who gives the service at a time, and where.
    func free(
        _ start: Date, _ service: Service, _ therapists: [Therapist], by booker: Booker,
        _ writing: DiaryWriting
    ) throws -> (therapist: Person.ID, place: String?) {
        try check(start, by: booker, writing.now)
        let range = Claim.minute(start)..<(Claim.minute(start) + minutes(of: service))
        var hours = try hours(of: therapists, around: start, writing)
        hours.therapists = therapists.filter { hours.works($0, from: start, for: service) }
        guard !hours.therapists.isEmpty else { throw BookingRefusal.notOffered }
        if !booker.isStaff { try checkIsOffered(start, service, hours) }
        let busy = try writing.busy(hours.therapists.map { Claim.therapist($0.id) }, range)
        guard let free = hours.therapists.first(where: { busy[Claim.therapist($0.id)] == nil }) else {
            throw BookingRefusal.taken
        }
        return (free.id, try writing.place(for: service, range))
    }

    /// Whole minutes, not past, not further ahead than the clinic plans.
    func check(_ start: Date, by booker: Booker, _ now: Date) throws {
        guard start.timeIntervalSince1970.truncatingRemainder(dividingBy: 60) == 0 else {
            throw BookingRefusal.notOffered
        }
        guard start > now else { throw BookingRefusal.past }
        // The desk plans a series beyond what is open to others, though not for years.
        let days = booker.isStaff ? rules.bookAheadDays + 366 : rules.bookAheadDays
        guard Day(start, in: rules.zone) <= Day(now, in: rules.zone).advanced(by: days) else {
            throw BookingRefusal.tooFarAhead(days: rules.bookAheadDays)
        }
    }

    /// Others than staff take the starts that are offered, so that no gap is left that nobody can use.
    private func checkIsOffered(_ start: Date, _ service: Service, _ hours: Availability) throws {
        let day = Day(start, in: rules.zone)
        let offered = hours.slots(of: service, on: day...day, from: start)
        guard offered.first?.starts == start else { throw BookingRefusal.notOffered }
    }

    /// Who may have how many open appointments.
    ///
    /// `own` is one of theirs that is counted already, such as a hold that they confirm.
    func check(
        _ person: BookedPerson, by booker: Booker, adding count: Int, _ own: Appointment?,
        _ writing: DiaryWriting
    ) throws {
        if case .patient(let id) = person {
            let patient = try writing.connection.row(
                "SELECT id FROM person WHERE id = \(id) AND role = 'patient' AND disabled_at IS NULL")
            guard patient != nil else { throw BookingRefusal.unknown }
        }
        guard !booker.isStaff else { return }
        let own = own?.id ?? ""
        let matching: SQL =
            switch person {
            case .patient(let id): "patient = \(id)"
            case .visitor(let visitor):
                if let email = visitor.emailKey {
                    "(phone_key = \(visitor.phoneKey) OR email_key = \(email))"
                } else {
                    "phone_key = \(visitor.phoneKey)"
                }
            }
        let open = try writing.connection.rows(
            """
            SELECT id FROM appointment
            WHERE \(matching) AND starts_at > \(writing.now) AND status IN ('held', 'booked', 'checked_in')
                AND (held_until IS NULL OR held_until > \(writing.now)) AND id <> \(own)
            """)
        guard open.count + count <= rules.openBookingsMax else {
            throw BookingRefusal.tooMany(limit: rules.openBookingsMax)
        }
    }

    /// Others than staff change an appointment only in good time.
    func checkNotice(_ appointment: Appointment, by booker: Booker, _ now: Date) throws {
        guard !booker.isStaff, appointment.status != .held else { return }
        guard now.addingTimeInterval(Double(rules.noticeHours) * 3600) <= appointment.starts else {
            throw BookingRefusal.notice(hours: rules.noticeHours)
        }
    }
}
