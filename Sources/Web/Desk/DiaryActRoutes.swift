// SPDX-License-Identifier: Apache-2.0
import Clinical
import Foundation
import HTTPTypes
import Hummingbird
import Store

/// What is done with an appointment at the desk.
struct DiaryActRoutes: Sendable {
    let site: Site
    private var diary: DiaryRoutes { DiaryRoutes(site: site) }

    var routes: [Route] {
        let desk = Allow.only([.desk])
        return [
            .post("/diary/{appointment}/step", Desk.allow, step),
            .post("/diary/{appointment}/cancel", Desk.allow, cancel),
            .post("/diary/{appointment}/restore", Desk.allow, restore),
            .get("/diary/{appointment}/move", Desk.allow, chooseMove),
            .post("/diary/{appointment}/move", Desk.allow, move),
            .post("/diary/{appointment}/reassign", desk, reassign),
            .post("/diary/{appointment}/swap", desk, swap)
        ]
    }

    /// Runs an act on the appointment of the path and goes back to it.
    private func act(
        _ visit: Visit, _ name: String, _ kind: Act.Kind, _ asked: String...,
        body: (Appointment, Int, Diary.FormKey) async throws -> Diary.Outcome
    ) async throws -> Response {
        let appointment = try await diary.entry(visit).appointment
        guard let version = Int(visit.form["version"]) else { throw Failure.badForm }
        let key = try visit.formKey(name, appointment.id.rawValue, asked.joined(separator: "\u{1F}"))
        let path = "/diary/\(appointment.id)"
        let starts = Instant(visit.form["starts"])?.date ?? appointment.starts
        let wanted = WantedSlot(
            service: site.diary.service(of: appointment), therapist: nil, starts: starts,
            patient: appointment.patient, action: "\(path)/move",
            hidden: [HiddenField(name: "version", value: String(appointment.version))], back: path,
            place: "/diary")
        return try await visit.booking(wanted) {
            let outcome = try await body(appointment, version, key)
            for changed in outcome.appointments { try await visit.record(kind, changed.id.rawValue) }
            let frees: Set<String> = ["cancel", "move", "swap", "reassign"]
            if frees.contains(name) { try await site.waiting.offer(now: visit.now) }
            if visit.wantsJSON, let changed = outcome.appointments.first {
                return try MadeBooking(changed, manage: path).response(.ok)
            }
            return visit.redirect(to: "\(path)?done=\(name)")
        }
    }

    @Sendable private func step(_ visit: Visit) async throws -> Response {
        guard let step = Diary.Step(rawValue: visit.form["step"]) else { throw Failure.badForm }
        return try await act(visit, "step", .bookingChanged, step.rawValue) { appointment, version, key in
            try await site.diary.take(step, of: appointment.id, version: version, form: key, now: visit.now)
        }
    }

    @Sendable private func cancel(_ visit: Visit) async throws -> Response {
        let reason = String(visit.form["reason"].prefix(200))
        return try await act(visit, "cancel", .bookingCancelled, reason) { appointment, version, key in
            try await site.diary.cancel(
                appointment.id, version: version, reason: reason, by: visit.booker, form: key, now: visit.now)
        }
    }

    @Sendable private func restore(_ visit: Visit) async throws -> Response {
        try await act(visit, "restore", .bookingChanged) { appointment, version, key in
            try await site.diary.restore(
                appointment.id, version: version, by: visit.booker, form: key, now: visit.now)
        }
    }

    @Sendable private func chooseMove(_ visit: Visit) async throws -> Response {
        let appointment = try await diary.entry(visit).appointment
        guard appointment.status == .booked else { return visit.redirect(to: "/diary/\(appointment.id)") }
        return try visit.page(
            try await MovePage(visit, appointment, path: "/diary/\(appointment.id)", place: "/diary"))
    }

    @Sendable private func move(_ visit: Visit) async throws -> Response {
        let starts = try visit.chosenStart()
        // A therapist does not fill another's day.
        let session = try visit.signedIn()
        let own = session.role == .therapist ? session.person : nil
        return try await act(visit, "move", .bookingChanged, visit.form["starts"]) {
            appointment, version, key in
            try await site.diary.reschedule(
                appointment.id, version: version, to: starts, therapist: own, by: visit.booker, form: key,
                now: visit.now)
        }
    }

    @Sendable private func reassign(_ visit: Visit) async throws -> Response {
        let (therapist, place) = (visit.form["therapist"], visit.form["place"])
        return try await act(visit, "reassign", .bookingChanged, therapist, place) {
            appointment, version, key in
            try await site.diary.reassign(
                appointment.id, version: version, therapist: Person.ID(therapist),
                place: place.isEmpty ? nil : place, by: visit.booker, form: key, now: visit.now)
        }
    }

    @Sendable private func swap(_ visit: Visit) async throws -> Response {
        let other = visit.form["other"].split(separator: " ").map { String($0) }
        guard other.count == 2, let theirs = Int(other[1]) else { throw Failure.badForm }
        _ = try await diary.entry(visit, other[0])
        return try await act(visit, "swap", .bookingChanged, visit.form["other"]) {
            appointment, version, key in
            try await site.diary.swap(
                (appointment.id, version), (Appointment.ID(other[0]), theirs), by: visit.booker, form: key,
                now: visit.now)
        }
    }
}
