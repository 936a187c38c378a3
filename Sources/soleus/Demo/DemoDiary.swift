// SPDX-License-Identifier: Apache-2.0
import Clinical
import Foundation
import Store
import Web

/// The demo's diary: two weeks around today, as the desk would have made it, appointment by appointment.
struct DemoDiary {
    let site: Site
    let desk: Person.ID
    let therapists: [Person.ID]
    let patients: [String: Person.ID]
    let now: Date

    private var diary: Diary { site.diary }
    private var today: Day { Day(now, in: site.clinic.zone) }
    private var booker: Booker { .staff(desk) }

    func build() async throws {
        try await series(of: DemoVisits.series)
        for visits in DemoVisits.all {
            for offset in visits.days where try await keep(visits, offset) && visits.isOnce { break }
        }
        try await cancel(DemoVisits.cancelled)
        try await online()
        try await waiting()
    }

    /// The same time every week; it begins on the first day on which all weeks are free.
    private func series(of visits: DemoVisits) async throws {
        guard let patient = patients[visits.name] else { return }
        for offset in visits.days {
            let booked = now.addingTimeInterval(86_400 * Double(offset - 3))
            let slots = try await slots(visits, patient, on: today.advanced(by: offset), booked)
            for slot in slots.prefix(3) {
                do {
                    let made = try await diary.book(
                        wish(visits.service, slot), for: .patient(patient), weeks: DemoVisits.weeks,
                        by: booker,
                        form: form("series"), now: booked)
                    for appointment in made.appointments { try await live(appointment, isMissed: false) }
                    return
                } catch is BookingRefusal { continue }
            }
        }
    }

    /// Books a visit at about its usual time, and lets it take place if it is over.
    ///
    /// - Returns: false where there is no time on that day, such as a holiday.
    private func keep(_ visits: DemoVisits, _ offset: Int) async throws -> Bool {
        let day = today.advanced(by: offset)
        let ahead = visits.service == "evaluation" ? 0.5 : 3
        let booked = now.addingTimeInterval(86_400 * (Double(min(0, offset)) - ahead))
        guard let patient = patients[visits.name],
            let slot = try await slots(visits, patient, on: day, booked).first
        else { return false }
        let made = try await diary.book(
            wish(visits.service, slot), for: .patient(patient), by: booker, form: form("visit"), now: booked)
        for appointment in made.appointments {
            try await live(appointment, isMissed: visits.isMissed)
        }
        return true
    }

    /// What the desk had done with it by now.
    private func live(_ appointment: Appointment, isMissed: Bool) async throws {
        let arrived = appointment.starts.addingTimeInterval(-6 * 60)
        if isMissed {
            guard appointment.ends <= now else { return }
            _ = try await diary.take(
                .noShow, of: appointment.id, version: nil, form: form("missed"), now: appointment.ends)
        } else {
            guard arrived <= now else { return }
            _ = try await diary.take(
                .checkIn, of: appointment.id, version: nil, form: form("arrived"), now: arrived)
            guard appointment.ends <= now else { return }
            _ = try await diary.take(
                .done, of: appointment.id, version: nil, form: form("done"), now: appointment.ends)
        }
        // A clinic that sends nothing yet: what waited to be sent lapsed when the appointment began.
        try await site.database.write { connection in
            try Outbox.stop(appointment.id, because: .tooLate, at: appointment.starts, on: connection)
        }
    }

    private func cancel(_ visit: DemoVisits) async throws {
        guard let patient = patients[visit.name],
            let next = try await diary.appointments(of: patient, now: now).last(where: {
                $0.status == .booked
            })
        else { return }
        _ = try await diary.cancel(
            next.id, reason: "Called: the child is ill. Will ring next week.", by: booker,
            form: form("cancel"), now: now.addingTimeInterval(-50 * 60))
    }

    /// A visitor who booked on the site an hour ago, and one who is filling in the form now.
    private func online() async throws {
        let earlier = now.addingTimeInterval(-3600)
        if let slot = try await firstSlot("evaluation", from: 1, earlier) {
            let held = try await diary.hold(
                wish("evaluation", slot), form: form("hold"), now: earlier)
            for appointment in held.appointments {
                _ = try await diary.confirm(
                    appointment.id, for: .visitor(Visitor(name: "Demo, Ruth", phone: "(555) 010-2003")),
                    by: .visitor, form: form("confirm"), now: earlier.addingTimeInterval(140))
            }
        }
        if let slot = try await firstSlot("treatment", from: 2, now) {
            _ = try await diary.hold(wish("treatment", slot), form: form("hold"), now: now)
        }
    }

    /// One who waits for a therapist who is away, and one for whom a slot is kept.
    private func waiting() async throws {
        guard let away = therapists.last else { return }
        let days = today.advanced(by: 8)...today.advanced(by: 10)
        let midnights = [days.lowerBound, days.upperBound.advanced(by: 1)].compactMap {
            WallTime($0, minute: 0).instants(in: site.clinic.zone).first
        }
        guard let from = midnights.first, let until = midnights.last else { return }
        _ = try await diary.add(
            DiaryChange(
                id: site.ids.make(), kind: .closed, therapist: away, starts: from, ends: until,
                note: "Course in Newark"), by: desk, now: now)
        func waits(_ visitor: Visitor, for therapist: Person.ID?, _ days: ClosedRange<Day>) async throws {
            try await site.waiting.join(
                Waiting(
                    id: site.ids.make(), at: now.addingTimeInterval(-26 * 3600), service: "treatment",
                    therapist: therapist, visitor: visitor, language: site.clinic.language,
                    earliest: days.lowerBound, latest: days.upperBound))
        }
        try await waits(
            Visitor(name: "Demo, Wilma", phone: "(555) 010-2004"), for: away, days)
        try await waits(
            Visitor(name: "Demo, Hugo", phone: "(555) 010-2005"), for: nil,
            today...today.advanced(by: 6))
        try await site.waiting.offer(now: now)
    }

    // MARK: Slots

    /// The free ones of a day, the nearest to the visits' usual time first.
    private func slots(_ visits: DemoVisits, _ patient: Person.ID, on day: Day, _ booked: Date) async throws
        -> [Slot]
    {
        guard let service = site.clinic.diary.service(visits.service) else { return [] }
        let therapist = therapists[min(visits.therapist, therapists.count - 1)]
        return try await diary.slots(
            of: service, with: therapist, on: day...day, patient: patient, now: booked
        ).sorted { abs($0.wall.minute - visits.minute) < abs($1.wall.minute - visits.minute) }
    }

    private func firstSlot(_ service: String, from offset: Int, _ instant: Date) async throws -> Slot? {
        guard let service = site.clinic.diary.service(service) else { return nil }
        let days = today.advanced(by: offset)...today.advanced(by: offset + 7)
        return try await diary.slots(of: service, with: nil, on: days, now: instant).first
    }

    private func wish(_ service: String, _ slot: Slot) -> BookingWish {
        BookingWish(
            service: service, therapist: slot.therapist, starts: slot.starts, language: site.clinic.language)
    }

    private func form(_ asked: String) -> Diary.FormKey { Diary.FormKey(site.ids.make(), asked: asked) }
}
