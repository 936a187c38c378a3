// SPDX-License-Identifier: Apache-2.0
package import Clinical
package import Foundation

/// What somebody asks for.
package struct BookingWish: Hashable, Sendable {
    /// Id of a ``Service``.
    package var service: String
    /// nil: whoever is free.
    package var therapist: Person.ID?
    package var starts: Date
    package var language: String

    package init(service: String, therapist: Person.ID?, starts: Date, language: String) {
        self.service = service
        self.therapist = therapist
        self.starts = starts
        self.language = language
    }
}

/// For whom it is.
package enum BookedPerson: Hashable, Sendable {
    case patient(Person.ID)
    case visitor(Visitor)
}

extension Diary {
    /// Keeps a slot for a few minutes while a visitor fills in the form.
    ///
    /// - Returns: The hold, with the link that manages it and the appointment it becomes.
    /// - Throws: ``BookingRefusal``, ``StoreError``.
    package func hold(_ wish: BookingWish, form: FormKey, now: Date) async throws -> Outcome {
        try await once(form, linked: true, now: now) { writing, _ in
            let service = try service(wish.service, for: .visitor)
            let therapists = try writing.therapists(for: service, wanted: wish.therapist)
            try writing.lock(keys(service, therapists))
            let until = Instant(now.addingTimeInterval(Double(rules.holdMinutes) * 60)).date
            let made = try place(wish.starts, service, therapists, by: .visitor, writing) { appointment in
                appointment.language = wish.language
                appointment.heldUntil = until
            }
            return Done(ids: [made.id])
        }
    }

    /// Makes an appointment of a hold.
    ///
    /// A hold that is over is taken up again where its time is still free.
    package func confirm(
        _ id: Appointment.ID, for person: BookedPerson, request: EvaluationRequest.ID? = nil,
        by booker: Booker,
        form: FormKey, now: Date
    ) async throws -> Outcome {
        try await once(form, now: now) { writing, _ in
            let seen = try writing.find(id)
            try writing.lock(keys(seen) + person.keys)
            let before = try writing.find(id)
            var after = before
            let isOver = before.holdEnd == .expired
            guard before.status == .held || isOver else { throw BookingRefusal.wrongStatus(before.status) }
            guard before.starts > now else { throw BookingRefusal.past }
            if isOver, try !isFree(before, writing) { throw BookingRefusal.expired }
            try check(person, by: booker, adding: 1, before, writing)
            after.status = .booked
            after.heldUntil = nil
            after.cancelReason = nil
            after.request = request ?? before.request
            after.assign(person)
            if case .patient(let patient) = person {
                let range = Claim.minute(after.starts)..<Claim.minute(after.ends)
                guard try writing.isFree(Claim.person(patient), range) else { throw BookingRefusal.taken }
            }
            try writing.keep(&after)
            try writing.leaveWaitingList(with: id)
            let change = AppointmentChange(kind: .booked, before: nil, after: after, link: nil)
            return Done(changes: [change], ids: [id])
        }
    }

    /// Books at once, without a hold; a series week by week at the same time on the clock, all or none.
    ///
    /// - Parameters:
    ///   - wish: The first one.
    ///   - person: For whom.
    ///   - weeks: How many; from 1 to ``DiaryRules/longestSeries``, and more than 1 for staff only.
    ///   - booker: Who books.
    ///   - form: The form that asks.
    ///   - now: When.
    /// - Returns: The appointments in their order, with a link to the first where it is a visitor's.
    /// - Throws: ``BookingRefusal``, ``StoreError``.
    package func book(
        _ wish: BookingWish, for person: BookedPerson, weeks: Int = 1, by booker: Booker, form: FormKey,
        now: Date
    ) async throws -> Outcome {
        guard weeks == 1 || booker.isStaff, (1...DiaryRules.longestSeries).contains(weeks) else {
            throw BookingRefusal.tooMany(limit: DiaryRules.longestSeries)
        }
        let isVisitor = if case .visitor = person { true } else { false }
        return try await once(form, linked: isVisitor, now: now) { writing, link in
            let service = try service(wish.service, for: booker)
            let therapists = try writing.therapists(for: service, wanted: wish.therapist)
            try writing.lock(keys(service, therapists) + person.keys)
            try check(person, by: booker, adding: weeks, nil, writing)
            let starts = try weekly(wish.starts, weeks)
            let series: String? = weeks > 1 ? ids.make() : nil
            let able = try together(therapists, starts, service, person, writing)
            let made = try starts.map { start in
                try place(start, service, able, by: booker, writing) { appointment in
                    appointment.language = wish.language
                    appointment.status = .booked
                    appointment.series = series
                    appointment.assign(person)
                }
            }
            let changes = made.enumerated().map { index, made in
                AppointmentChange(kind: .booked, before: nil, after: made, link: index == 0 ? link : nil)
            }
            return Done(changes: changes, ids: made.map(\.id))
        }
    }

    /// The same time on the clock, week after week, whatever the clock does in between.
    ///
    /// - Throws: ``BookingRefusal/notOffered`` where a week's clock leaves that time out.
    func weekly(_ first: Date, _ weeks: Int) throws -> [Date] {
        let wall = WallTime(first, in: rules.zone)
        return try (0..<weeks).map { week in
            if week == 0 { return first }
            let time = WallTime(wall.day.advanced(by: 7 * week), minute: wall.minute)
            guard let instant = time.instants(in: rules.zone).first else { throw BookingRefusal.notOffered }
            return instant
        }
    }

    /// Those of the therapists who are free at all times; one person comes to one therapist.
    private func together(
        _ therapists: [Therapist], _ starts: [Date], _ service: Service, _ person: BookedPerson,
        _ writing: DiaryWriting
    ) throws -> [Therapist] {
        for start in starts {
            let minute = Claim.minute(start)
            guard case .patient(let patient) = person else { break }
            guard try writing.isFree(Claim.person(patient), minute..<(minute + service.minutes)) else {
                throw BookingRefusal.taken
            }
        }
        guard starts.count > 1 else { return therapists }
        let taken = minutes(of: service)
        let able = try therapists.first { therapist in
            try starts.allSatisfy { start in
                let range = Claim.minute(start)..<(Claim.minute(start) + taken)
                return try works(therapist, from: start, for: service, writing)
                    && writing.isFree(Claim.therapist(therapist.id), range)
            }
        }
        guard let able else { throw BookingRefusal.taken }
        return [able]
    }

    /// Puts an appointment at a time with the first therapist who works then and is free.
    private func place(
        _ start: Date, _ service: Service, _ therapists: [Therapist], by booker: Booker,
        _ writing: DiaryWriting, _ fill: (inout Appointment) -> Void
    ) throws -> Appointment {
        let (therapist, place) = try free(start, service, therapists, by: booker, writing)
        var made = Appointment(
            id: ids.make(), service: service, therapist: therapist, place: place, starts: start,
            zone: rules.zone, language: "en", by: booker.id, now: writing.now)
        fill(&made)
        try writing.insert(made)
        return made
    }
}

extension Appointment {
    mutating func assign(_ person: BookedPerson) { (patient, visitor) = (person.patient, person.visitor) }

    /// For whom it is; nil for a hold that nobody has filled in.
    package var person: BookedPerson? { BookedPerson(patient: patient, visitor: visitor) }
}

extension BookedPerson {
    /// - Returns: nil for nobody.
    init?(patient: Person.ID?, visitor: Visitor?) {
        guard let person = patient.map(Self.patient) ?? visitor.map(Self.visitor) else { return nil }
        self = person
    }

    package var patient: Person.ID? { if case .patient(let id) = self { id } else { nil } }
    package var visitor: Visitor? { if case .visitor(let visitor) = self { visitor } else { nil } }

    /// What is locked while their open appointments are counted.
    var keys: [String] {
        switch self {
        case .patient(let id): [Claim.person(id)]
        case .visitor(let visitor):
            ["phone:\(visitor.phoneKey)"] + (visitor.emailKey.map { ["email:\($0)"] } ?? [])
        }
    }
}
