// SPDX-License-Identifier: Apache-2.0
import Clinical
import Foundation
import HTTPTypes
import Hummingbird
import Store

/// Booking without an account: a service, a free time that is kept for ten minutes, a name, and a link.
struct Booking: Feature {
    let site: Site

    var routes: [Route] {
        [
            .get("/book", .everyone, choose),
            .post("/book", .everyone, choose),
            .post("/book/hold", .everyone, hold),
            .get("/book/manage/{link}", .everyone) { try await show($0, link: $0.parameter("link")) },
            .post("/book/manage/{link}/confirm", .everyone, confirm),
            .post("/book/manage/{link}/cancel", .everyone, cancel),
            .post("/book/manage/{link}/detach", .everyone, detach),
            .post("/book/manage/{link}/texts", .everyone, setTexts),
            .get("/book/manage/{link}/move", .everyone, chooseMove),
            .post("/book/manage/{link}/move", .everyone, move),
            .get("/book/manage/{link}/appointment.ics", .everyone) { visit in
                try AppointmentFile(try await appointment(visit), visit).response()
            }
        ] + WaitingVisitors(site: site).routes
    }

    // MARK: Choosing

    @Sendable private func choose(_ visit: Visit) async throws -> Response {
        if let role = visit.session?.role, role == .desk || role == .therapist {
            return visit.redirect(to: "/diary")
        }
        let therapists = try await site.diary.therapists()
        let service = site.clinic.publicServices.first { $0.id == visit.given("service") }
        var slots: [Slot] = []
        if let service {
            let week = SlotWeek(visit, from: visit.given("from"))
            slots = try await site.diary.slots(
                of: service, with: visit.chosenTherapist(of: therapists), on: week.days,
                patient: visit.session?.person, now: visit.now)
        }
        return try visit.page(BookPage(visit, service: service, therapists: therapists, slots: slots))
    }

    /// Keeps the time; a patient who is signed in has it at once.
    @Sendable private func hold(_ visit: Visit) async throws -> Response {
        let therapists = try await site.diary.therapists()
        guard let service = site.clinic.publicServices.first(where: { $0.id == visit.form["service"] }) else {
            throw Failure.badForm
        }
        let starts = try visit.chosenStart()
        let wanted = visit.chosenTherapist(of: therapists)
        let carried = BookPage.carried(visit)
        let key = try visit.formKey(
            "hold \(visit.form["starts"])", service.id, visit.form["therapist"])
        try await visit.throttleBooking()
        let wish = BookingWish(
            service: service.id, therapist: wanted, starts: starts, language: visit.language)
        let place = WantedSlot(
            service: service, therapist: wanted, starts: starts, patient: visit.session?.person,
            action: "/book/hold",
            hidden: [
                HiddenField(name: "service", value: service.id),
                HiddenField(name: "therapist", value: wanted?.rawValue ?? "")
            ] + carried, back: "/book?service=\(service.id)", place: "/book")
        return try await visit.booking(place) {
            if case .patient(let patient) = visit.booker {
                let made = try await site.diary.book(
                    wish, for: .patient(patient), by: visit.booker, form: key, now: visit.now)
                return try answer(visit, made, at: "/clinic?done=booked")
            }
            guard visit.session == nil else { throw Failure.forbidden }
            let held = try await site.diary.hold(wish, form: key, now: visit.now)
            let manage = "/book/manage/\(held.link?.text ?? "")"
            if !carried.isEmpty, !visit.wantsJSON, let appointment = held.appointments.first {
                // Answers never travel in an address, so the form is shown at once.
                return try await details(visit, appointment, link: held.link?.text ?? "")
            }
            return try answer(visit, held, at: manage)
        }
    }

    private func answer(_ visit: Visit, _ outcome: Diary.Outcome, at path: String) throws -> Response {
        guard visit.wantsJSON, let made = outcome.appointments.first else { return visit.redirect(to: path) }
        return try MadeBooking(made, manage: path).response(.created)
    }

    // MARK: The appointment behind a link

    /// What the link opens, and nothing else.
    private func appointment(_ visit: Visit) async throws -> Appointment {
        let link = Token(try visit.parameter("link"))
        guard let appointment = try await site.diary.appointment(of: link, now: visit.now) else {
            throw Failure.refused("booking_link")
        }
        return appointment
    }

    private func show(_ visit: Visit, link: String) async throws -> Response {
        let appointment = try await appointment(visit)
        let isOpenHold = appointment.status == .held || appointment.holdEnd == .expired
        if isOpenHold { return try await details(visit, appointment, link: link) }
        return try visit.page(
            ManagePage(
                visit, appointment, link: link, therapists: try await site.diary.therapists(),
                refusesTexts: try await refusesTexts(appointment)))
    }

    private func details(
        _ visit: Visit, _ appointment: Appointment, link: String, form: DetailsForm? = nil
    ) async throws -> Response {
        let page = DetailsPage(
            visit, appointment, link: link, form: form ?? DetailsForm(appointment),
            therapists: try await site.diary.therapists())
        let isFaulty = form?.faults.isEmpty == false
        return try visit.page(page, status: isFaulty ? .unprocessableContent : .ok)
    }

    @Sendable private func confirm(_ visit: Visit) async throws -> Response {
        let held = try await appointment(visit)
        let link = try visit.parameter("link")
        let path = "/book/manage/\(link)"
        if held.status == .booked { return try answer(visit, .init(held), at: "\(path)?done=booked") }
        let form = DetailsForm(visit)
        // An offer from the waiting list knows already whom it is for.
        let person: BookedPerson
        if let patient = held.patient {
            person = .patient(patient)
        } else if form.faults.isEmpty {
            person = .visitor(form.visitor)
        } else {
            return try await details(visit, held, link: link, form: form)
        }
        let key = try visit.formKey("confirm", held.id.rawValue, form.name, form.phone, form.email)
        return try await visit.booking(wanted(visit, held, path)) {
            let request = try await AttachedCheck(site: site).keep(visit, for: form)?.id
            let outcome = try await site.diary.confirm(
                held.id, for: person, request: request, by: visit.booker, form: key, now: visit.now)
            return try answer(visit, outcome, at: "\(path)?done=booked")
        }
    }

    private func wanted(_ visit: Visit, _ appointment: Appointment, _ path: String) -> WantedSlot {
        let moves = appointment.status == .booked
        return WantedSlot(
            service: site.diary.service(of: appointment), therapist: nil, starts: appointment.starts,
            patient: appointment.patient,
            action: moves ? "\(path)/move" : "/book/hold",
            hidden: moves
                ? [] : [HiddenField(name: "service", value: appointment.service)] + BookPage.carried(visit),
            back: moves ? path : "/book?service=\(appointment.service)")
    }

    @Sendable private func cancel(_ visit: Visit) async throws -> Response {
        let appointment = try await appointment(visit)
        let path = "/book/manage/\(try visit.parameter("link"))"
        let key = try visit.formKey("cancel", appointment.id.rawValue)
        return try await visit.booking(wanted(visit, appointment, path)) {
            let outcome = try await site.diary.cancel(
                appointment.id, reason: visit.words["booking.by_visitor"], by: .visitor, form: key,
                now: visit.now)
            try await site.waiting.offer(now: visit.now)
            // Who did not want an offer waits on, and is told so; a hold is given back without a word.
            if appointment.status == .held, !appointment.isOffer { return visit.redirect(to: "/book") }
            return try answer(visit, outcome, at: "\(path)?done=cancelled")
        }
    }

    @Sendable private func detach(_ visit: Visit) async throws -> Response {
        let appointment = try await appointment(visit)
        let path = "/book/manage/\(try visit.parameter("link"))"
        let key = try visit.formKey("detach", appointment.id.rawValue)
        return try await visit.booking(wanted(visit, appointment, path)) {
            _ = try await site.diary.detachRequest(from: appointment.id, form: key, now: visit.now)
            return visit.redirect(to: "\(path)?done=detached")
        }
    }

    private func refusesTexts(_ appointment: Appointment) async throws -> Bool {
        guard let person = appointment.person else { return false }
        return try await site.textRefusals.has(person)
    }

    @Sendable private func setTexts(_ visit: Visit) async throws -> Response {
        let appointment = try await appointment(visit)
        guard let person = appointment.person else { throw Failure.badForm }
        try await site.textRefusals.set(
            visit.form["texts"] == "no", for: person, by: visit.booker.id, now: visit.now)
        return visit.redirect(to: "/book/manage/\(try visit.parameter("link"))?done=texts")
    }

    @Sendable private func chooseMove(_ visit: Visit) async throws -> Response {
        let appointment = try await appointment(visit)
        let path = "/book/manage/\(try visit.parameter("link"))"
        guard appointment.status == .booked else { return visit.redirect(to: path) }
        return try visit.page(try await MovePage(visit, appointment, path: path))
    }

    @Sendable private func move(_ visit: Visit) async throws -> Response {
        let appointment = try await appointment(visit)
        let path = "/book/manage/\(try visit.parameter("link"))"
        let starts = try visit.chosenStart()
        let key = try visit.formKey("move \(visit.form["starts"])", appointment.id.rawValue)
        return try await visit.booking(wanted(visit, appointment, path)) {
            let outcome = try await site.diary.reschedule(
                appointment.id, to: starts, by: .visitor, form: key, now: visit.now)
            try await site.waiting.offer(now: visit.now)
            return try answer(visit, outcome, at: "\(path)?done=moved")
        }
    }
}

extension Diary.Outcome {
    fileprivate init(_ appointment: Appointment) { self.init(appointments: [appointment], link: nil) }
}
