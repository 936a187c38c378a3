// SPDX-License-Identifier: Apache-2.0
package import Clinical
package import Foundation

extension Diary {
    /// Moves an appointment to another time, with the same or another therapist.
    ///
    /// - Parameters:
    ///   - id: Which.
    ///   - version: The one that the person saw; nil where the link's page shows only the newest.
    ///   - start: The new start.
    ///   - therapist: Who gives it then; nil: whoever is free, the present one first.
    ///   - booker: Who moves it.
    ///   - form: The form that asks.
    ///   - now: When.
    /// - Returns: The appointment at its new time.
    /// - Throws: ``BookingRefusal``, ``StoreError``.
    package func reschedule(
        _ id: Appointment.ID, version: Int? = nil, to start: Date, therapist: Person.ID? = nil,
        by booker: Booker, form: FormKey, now: Date
    ) async throws -> Outcome {
        try await once(form, now: now) { writing, _ in
            let seen = try writing.find(id)
            let service = service(of: seen)
            var therapists = try writing.therapists(for: service, wanted: therapist)
            if let index = therapists.firstIndex(where: { $0.id == seen.therapist }) {
                therapists.insert(therapists.remove(at: index), at: 0)
            }
            try writing.lock(keys(service, therapists) + keys(seen))
            let before = try writing.find(id)
            try check(version, before)
            guard before.status == .booked else { throw BookingRefusal.wrongStatus(before.status) }
            try checkNotice(before, by: booker, now)
            // Its own time does not stand in its way: half an hour later is free of itself.
            try writing.unclaim(id)
            if let patient = before.patient {
                let minute = Claim.minute(start)
                guard try writing.isFree(Claim.person(patient), minute..<(minute + service.minutes)) else {
                    throw BookingRefusal.taken
                }
            }
            let found = try free(start, service, therapists, by: booker, writing)
            var after = before
            after.move(to: start, with: found.therapist, at: found.place, service, rules.zone)
            try writing.keep(&after, releasing: false)
            return Done(
                changes: [AppointmentChange(kind: .moved, before: before, after: after, link: nil)], ids: [id]
            )
        }
    }

    /// Exchanges the times, therapists and places of two appointments.
    package func swap(
        _ first: (id: Appointment.ID, version: Int?), _ second: (id: Appointment.ID, version: Int?),
        by booker: Booker, form: FormKey, now: Date
    ) async throws -> Outcome {
        let (one, other) = (first, second)
        return try await once(form, now: now) { [one, other] writing, _ in
            guard one.id != other.id else { throw BookingRefusal.unknown }
            let seen = try (writing.find(one.id), writing.find(other.id))
            let services = (service(of: seen.0), service(of: seen.1))
            let places = [services.0, services.1].flatMap { rules.places(for: $0) }.map { Claim.place($0.id) }
            try writing.lock(keys(seen.0) + keys(seen.1) + places)
            let before = try (writing.find(one.id), writing.find(other.id))
            try check(one.version, before.0)
            try check(other.version, before.1)
            for appointment in [before.0, before.1] {
                guard appointment.status == .booked else {
                    throw BookingRefusal.wrongStatus(appointment.status)
                }
                try writing.unclaim(appointment.id)
            }
            var after = before
            try exchange(&after.0, with: before.1, services.0, by: booker, writing)
            try writing.keep(&after.0, releasing: false)
            try exchange(&after.1, with: before.0, services.1, by: booker, writing)
            try writing.keep(&after.1, releasing: false)
            return Done(
                changes: [
                    AppointmentChange(kind: .moved, before: before.0, after: after.0, link: nil),
                    AppointmentChange(kind: .moved, before: before.1, after: after.1, link: nil)
                ], ids: [one.id, other.id])
        }
    }

    /// Gives an appointment to another therapist or another place at the same time.
    package func reassign(
        _ id: Appointment.ID, version: Int?, therapist: Person.ID, place: String?, by booker: Booker,
        form: FormKey, now: Date
    ) async throws -> Outcome {
        try await once(form, now: now) { writing, _ in
            let seen = try writing.find(id)
            let service = service(of: seen)
            let able = try writing.therapists(for: service, wanted: therapist)
            try writing.lock(keys(service, able) + keys(seen))
            let before = try writing.find(id)
            try check(version, before)
            guard before.status == .booked || before.status == .checkedIn else {
                throw BookingRefusal.wrongStatus(before.status)
            }
            if let place {
                guard rules.places(for: service).contains(where: { $0.id == place }) else {
                    throw BookingRefusal.unknown
                }
            }
            var after = before
            after.therapist = therapist
            after.place = service.needs == nil ? nil : place ?? before.place
            after.sequence += 1
            guard try isFree(after, writing) else { throw BookingRefusal.taken }
            if therapist != before.therapist, let new = able.first {
                guard try works(new, from: before.starts, for: service, writing) else {
                    throw BookingRefusal.notOffered
                }
            }
            try writing.keep(&after)
            return Done(
                changes: [AppointmentChange(kind: .moved, before: before, after: after, link: nil)], ids: [id]
            )
        }
    }

    private func exchange(
        _ appointment: inout Appointment, with other: Appointment, _ service: Service, by booker: Booker,
        _ writing: DiaryWriting
    ) throws {
        try check(other.starts, by: booker, writing.now)
        let able = try writing.therapists(for: service, wanted: other.therapist)
        guard let therapist = able.first,
            try works(therapist, from: other.starts, for: service, writing)
        else { throw BookingRefusal.notOffered }
        let fits = rules.places(for: service).contains { $0.id == other.place }
        let start = Claim.minute(other.starts)
        let place =
            fits ? other.place : try writing.place(for: service, start..<(start + minutes(of: service)))
        appointment.move(to: other.starts, with: other.therapist, at: place, service, rules.zone)
        guard try isFree(appointment, writing) else { throw BookingRefusal.taken }
    }

    func check(_ version: Int?, _ appointment: Appointment) throws {
        if let version, version != appointment.version { throw BookingRefusal.changed }
    }
}

extension Appointment {
    fileprivate mutating func move(
        to start: Date, with therapist: Person.ID, at place: String?, _ service: Service, _ zone: TimeZone
    ) {
        self.therapist = therapist
        self.place = place
        starts = start
        ends = start.addingTimeInterval(Double(service.minutes) * 60)
        busyUntil = ends.addingTimeInterval(Double(service.bufferMinutes) * 60)
        self.zone = zone.identifier
        wall = WallTime(start, in: zone)
        sequence += 1
    }
}
