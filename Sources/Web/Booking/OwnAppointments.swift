// SPDX-License-Identifier: Apache-2.0
import Clinical
import Foundation
import HTTPTypes
import Hummingbird
import Store

/// A patient's own appointments: they stand on the clinic's page and are moved and cancelled from there.
struct OwnAppointments: Feature {
    let site: Site

    var routes: [Route] {
        let patient = Allow.only([.patient])
        return [
            .get("/clinic/appointments/{appointment}/move", patient, chooseMove),
            .post("/clinic/appointments/{appointment}/move", patient, move),
            .post("/clinic/appointments/{appointment}/cancel", patient, cancel),
            .get("/clinic/appointments/{appointment}/appointment.ics", patient) { visit in
                try AppointmentFile(try await appointment(visit), visit).response()
            },
            .post("/clinic/texts", patient, setTexts)
        ]
    }

    /// Their own; another's is not there for them.
    private func appointment(_ visit: Visit) async throws -> Appointment {
        let id = Appointment.ID(try visit.parameter("appointment"))
        let person = try visit.signedIn().person
        guard let found = try await site.diary.find(id)?.appointment, found.patient == person else {
            throw Failure.notFound
        }
        return found
    }

    private func wanted(_ appointment: Appointment) -> WantedSlot {
        WantedSlot(
            service: site.diary.service(of: appointment), therapist: nil, starts: appointment.starts,
            patient: appointment.patient,
            action: "/clinic/appointments/\(appointment.id)/move", back: "/clinic", place: "/clinic")
    }

    @Sendable private func setTexts(_ visit: Visit) async throws -> Response {
        let person = try visit.signedIn().person
        try await site.textRefusals.set(
            visit.form["texts"] == "no", for: .patient(person), by: person.rawValue, now: visit.now)
        return visit.redirect(to: "/clinic?done=texts")
    }

    @Sendable private func chooseMove(_ visit: Visit) async throws -> Response {
        let appointment = try await appointment(visit)
        guard appointment.status == .booked else { return visit.redirect(to: "/clinic") }
        return try visit.page(
            try await MovePage(
                visit, appointment, path: "/clinic/appointments/\(appointment.id)", place: "/clinic"))
    }

    @Sendable private func move(_ visit: Visit) async throws -> Response {
        let appointment = try await appointment(visit)
        let starts = try visit.chosenStart()
        let key = try visit.formKey("move \(visit.form["starts"])", appointment.id.rawValue)
        return try await visit.booking(wanted(appointment)) {
            _ = try await site.diary.reschedule(
                appointment.id, to: starts, by: visit.booker, form: key, now: visit.now)
            try await site.waiting.offer(now: visit.now)
            return visit.redirect(to: "/clinic?done=moved")
        }
    }

    @Sendable private func cancel(_ visit: Visit) async throws -> Response {
        let appointment = try await appointment(visit)
        let key = try visit.formKey("cancel", appointment.id.rawValue)
        return try await visit.booking(wanted(appointment)) {
            _ = try await site.diary.cancel(
                appointment.id, reason: visit.words["booking.by_patient"], by: visit.booker, form: key,
                now: visit.now)
            try await site.waiting.offer(now: visit.now)
            return visit.redirect(to: "/clinic?done=cancelled")
        }
    }
}

/// One of a patient's appointments on the clinic's page.
struct OwnAppointment: Sendable {
    let facts: AppointmentFacts
    let appointmentPath: String
    let cancelID: String
    let canChange: Bool
    let noticeLine: String

    init(_ visit: Visit, _ appointment: Appointment, _ wording: AppointmentWords) {
        let notice = visit.site.clinic.diary.noticeHours
        facts = AppointmentFacts(appointment, wording)
        appointmentPath = "/clinic/appointments/\(appointment.id)"
        cancelID = visit.site.ids.make()
        canChange =
            appointment.status == .booked
            && visit.now.addingTimeInterval(Double(notice) * 3600) <= appointment.starts
        noticeLine = visit.words("booking.refused.notice.text", ["number": String(notice)])
    }
}
