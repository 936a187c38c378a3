// SPDX-License-Identifier: Apache-2.0
import Clinical
import Foundation
import HTTPTypes
import Hummingbird
import Store

/// The waiting list: who waits, in the order of their turn, and what is said about an offer on the telephone.
struct WaitingRoutes: Sendable {
    let site: Site

    var routes: [Route] {
        [
            .get("/diary/waiting", Desk.allow, list),
            .get("/diary/waiting/new", Desk.allow) { try await new($0) },
            .post("/diary/waiting/new", Desk.allow, join),
            .post("/diary/waiting/{waiting}/need", .only([.therapist]), mark),
            .post("/diary/waiting/{waiting}/accept", Desk.allow, accept),
            .post("/diary/waiting/{waiting}/decline", Desk.allow, decline),
            .post("/diary/waiting/{waiting}/leave", Desk.allow, leave)
        ]
    }

    @Sendable private func list(_ visit: Visit) async throws -> Response {
        try await site.audit.recordRead(of: "waiting", episode: nil, by: visit.signedIn(), at: visit.now)
        try await site.waiting.offer(now: visit.now)
        var offers: [Waiting.ID: Appointment] = [:]
        let entries = try await site.waiting.list()
        for waiting in entries.map(\.waiting) where waiting.status == .offered {
            guard let id = waiting.offer else { continue }
            offers[waiting.id] = try await site.diary.find(id)?.appointment
        }
        return try visit.page(
            WaitingPage(visit, entries, offers: offers, therapists: try await site.diary.therapists()))
    }

    // MARK: Putting somebody on it

    private func new(_ visit: Visit, problem: String? = nil) async throws -> Response {
        let (found, patient) = try await visit.sought()
        let page = NewWaitingPage(
            visit, found: found, patient: patient, therapists: try await site.diary.therapists(),
            problem: problem)
        return try visit.page(page, status: problem == nil ? .ok : .unprocessableContent)
    }

    @Sendable private func join(_ visit: Visit) async throws -> Response {
        guard let (person, language) = try await visit.bookedPerson() else {
            return try await new(visit, problem: visit.words["diary.problem.person"])
        }
        let today = visit.moment.today
        guard let service = site.clinic.diary.service(visit.form["service"]),
            let latest = Day(visit.form["latest"]), latest >= today
        else { return try await new(visit, problem: visit.words["waiting.problem"]) }
        let therapist = visit.chosenTherapist(of: try await site.diary.therapists())
        guard therapist != nil || visit.form["therapist"].isEmpty else { throw Failure.notFound }
        let id = Waiting.ID(try visit.madeID())
        try await site.waiting.join(
            Waiting(
                id: id, at: visit.now, service: service.id, therapist: therapist, patient: person.patient,
                visitor: person.visitor, language: language, earliest: today, latest: latest))
        try await visit.record(.waitingChanged, id.rawValue)
        try await site.waiting.offer(now: visit.now)
        return visit.redirect(to: "/diary/waiting?done=joined")
    }

    // MARK: What becomes of it

    @Sendable private func mark(_ visit: Visit) async throws -> Response {
        guard let need = Disposition(rawValue: visit.form["need"]) else { throw Failure.badForm }
        let id = Waiting.ID(try visit.parameter("waiting"))
        try await site.waiting.mark(id, need: need)
        try await visit.record(.waitingChanged, id.rawValue)
        return visit.redirect(to: "/diary/waiting?done=marked")
    }

    /// They say on the telephone that they come.
    @Sendable private func accept(_ visit: Visit) async throws -> Response {
        try await answer(visit, "accept") { offer, person, key in
            try await site.diary.confirm(offer.id, for: person, by: visit.booker, form: key, now: visit.now)
        }
    }

    /// They say on the telephone that they do not; the time goes to the next at once, and they wait on.
    @Sendable private func decline(_ visit: Visit) async throws -> Response {
        try await answer(visit, "decline") { offer, _, key in
            try await site.diary.cancel(offer.id, reason: "", by: visit.booker, form: key, now: visit.now)
        }
    }

    private func answer(
        _ visit: Visit, _ name: String,
        _ act: (Appointment, BookedPerson, Diary.FormKey) async throws -> Diary.Outcome
    ) async throws -> Response {
        let id = Waiting.ID(try visit.parameter("waiting"))
        // The offer that was on the screen: by now it may have run out, and there may be another.
        let said = Appointment.ID(visit.form["offer"])
        guard let waiting = try await site.waiting.find(id), let person = waiting.person,
            let offer = try await site.diary.find(said)?.appointment, offer.isOffer, offer.person == person
        else { throw Failure.notFound }
        let key = try visit.formKey(name, said.rawValue)
        let wanted = WantedSlot(
            service: site.diary.service(of: offer), therapist: nil, starts: offer.starts,
            patient: offer.patient, action: "/diary/new",
            hidden: [
                ("service", offer.service), ("therapist", ""), ("patient", offer.patient?.rawValue ?? ""),
                ("name", offer.visitor?.name ?? ""), ("phone", offer.visitor?.phone ?? ""),
                ("email", offer.visitor?.email ?? "")
            ].map { HiddenField(name: $0, value: $1) }, back: "/diary/waiting", place: "/diary")
        return try await visit.booking(wanted) {
            let outcome = try await act(offer, person, key)
            try await visit.record(.waitingChanged, id.rawValue)
            try await site.waiting.offer(now: visit.now)
            if visit.wantsJSON, let changed = outcome.appointments.first {
                return try MadeBooking(changed, manage: "/diary/\(changed.id)").response(.ok)
            }
            return visit.redirect(to: "/diary/waiting?done=\(name)")
        }
    }

    @Sendable private func leave(_ visit: Visit) async throws -> Response {
        let id = Waiting.ID(try visit.parameter("waiting"))
        try await site.waiting.leave(id, now: visit.now)
        try await visit.record(.waitingChanged, id.rawValue)
        // What was kept for them goes to the next.
        try await site.waiting.offer(now: visit.now)
        return visit.redirect(to: "/diary/waiting?done=left")
    }
}
