// SPDX-License-Identifier: Apache-2.0
import Clinical
import Foundation
import HTTPTypes
import Hummingbird
import Store

/// The diary as the desk sees it, and booking for somebody.
///
/// A therapist sees and changes their own appointments only.
struct DiaryRoutes: Sendable {
    let site: Site

    var routes: [Route] {
        [
            .get("/diary", Desk.allow, list),
            .get("/diary/new", Desk.allow) { try await new($0) },
            .post("/diary/new", Desk.allow, book),
            .get("/diary/{appointment}", Desk.allow, show)
        ]
    }

    @Sendable private func list(_ visit: Visit) async throws -> Response {
        let session = try visit.signedIn()
        try await site.audit.recordRead(of: "diary", episode: nil, by: session, at: visit.now)
        let all = try await site.diary.therapists()
        let only = session.role == .therapist ? session.person : visit.chosenTherapist(of: all)
        let isWeek = visit.query("view") == "week"
        let view = DiaryPage.View(
            day: Day(visit.query("day")) ?? visit.moment.today, isWeek: isWeek, therapist: only)
        let shown = all.filter { view.therapist == nil || $0.id == view.therapist }
        let from = Claim.date((view.days.lowerBound.number - 1) * 1440)
        let to = Claim.date((view.days.upperBound.number + 2) * 1440)
        let entries = try await site.diary.entries(
            from: from, to: to, therapist: view.therapist, now: visit.now
        )
        .filter { view.days.contains($0.appointment.wall.day) }
        let availability = Availability(
            rules: site.clinic.diary, therapists: shown,
            changes: try await site.diary.changes(from: from, to: to))
        let shifted = session.role == .desk ? try await site.diary.shifted(now: visit.now).count : 0
        return try visit.page(
            DiaryPage(visit, view, entries, availability, shown: shown, all: all, shifted: shifted))
    }

    private func new(_ visit: Visit, problem: String? = nil) async throws -> Response {
        let (found, patient) = try await visit.sought()
        let page = NewBookingPage(
            visit, found: found, patient: patient, therapists: try await therapists(visit), problem: problem)
        return try visit.page(page, status: problem == nil ? .ok : .unprocessableContent)
    }

    /// Whom this member of staff may book for.
    private func therapists(_ visit: Visit) async throws -> [Therapist] {
        let session = try visit.signedIn()
        let all = try await site.diary.therapists()
        return session.role == .therapist ? all.filter { $0.id == session.person } : all
    }

    @Sendable private func book(_ visit: Visit) async throws -> Response {
        let session = try visit.signedIn()
        let allowed = try await therapists(visit)
        let therapist = visit.chosenTherapist(of: allowed)
        if therapist == nil, session.role == .therapist || !visit.form["therapist"].isEmpty {
            throw Failure.notFound
        }
        guard let service = site.clinic.diary.service(visit.form["service"]),
            let starts = start(visit),
            let weeks = Int(visit.form["weeks"].isEmpty ? "1" : visit.form["weeks"])
        else { return try await new(visit, problem: visit.words["diary.problem.time"]) }
        guard let (person, language) = try await visit.bookedPerson() else {
            return try await new(visit, problem: visit.words["diary.problem.person"])
        }
        let form = visit.form
        let key = try visit.formKey(
            "book \(Instant(starts))", service.id, form["therapist"], form["weeks"], form["patient"],
            form["name"],
            form["phone"], form["email"])
        let names = ["service", "therapist", "weeks", "patient", "name", "phone", "email"]
        let wanted = WantedSlot(
            service: service, therapist: therapist, starts: starts, action: "/diary/new",
            hidden: names.map { HiddenField(name: $0, value: form[$0]) }, back: "/diary", place: "/diary")
        return try await visit.booking(wanted) {
            let outcome = try await site.diary.book(
                BookingWish(
                    service: service.id, therapist: therapist, starts: starts, language: language),
                for: person, weeks: weeks, by: visit.booker, form: key, now: visit.now)
            guard let made = outcome.appointments.first else { throw Failure.notFound }
            try await visit.record(.booked, made.id.rawValue)
            if visit.wantsJSON {
                return try MadeBooking(made, manage: "/diary/\(made.id)").response(.created)
            }
            return visit.redirect(to: "/diary?day=\(made.wall.day)&done=booked")
        }
    }

    /// The instant of a button, or of the day and the time that were typed.
    private func start(_ visit: Visit) -> Date? {
        if let instant = Instant(visit.form["starts"]) { return instant.date }
        guard let day = Day(visit.form["day"]), let minute = WallTime.minute(visit.form["time"]) else {
            return nil
        }
        return WallTime(day, minute: minute).instants(in: site.clinic.zone).first
    }

    @Sendable private func show(_ visit: Visit) async throws -> Response {
        let entry = try await entry(visit)
        try await site.audit.recordRead(
            of: "appointment", episode: nil, by: visit.signedIn(), at: visit.now)
        let all = try await site.diary.therapists()
        let day = entry.appointment.starts
        let others = try await site.diary.entries(
            from: day.addingTimeInterval(-7 * 86_400), to: day.addingTimeInterval(7 * 86_400), now: visit.now
        ).filter { $0.appointment.status == .booked && $0.appointment.starts > visit.now }
        return try visit.page(AppointmentPage(visit, entry, therapists: all, others: others))
    }
}

extension DiaryRoutes {
    /// The appointment of the path; a therapist is shown their own only.
    func entry(_ visit: Visit, _ id: String? = nil) async throws -> DiaryEntry {
        let session = try visit.signedIn()
        let id = Appointment.ID(try id ?? visit.parameter("appointment"))
        guard let entry = try await site.diary.find(id),
            session.role == .desk || entry.appointment.therapist == session.person
        else { throw Failure.notFound }
        return entry
    }
}
