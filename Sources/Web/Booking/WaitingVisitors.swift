// SPDX-License-Identifier: Apache-2.0
import Clinical
import Foundation
import Hummingbird
import Store

/// How a visitor or a patient comes onto the waiting list, and the link by which they see to it.
struct WaitingVisitors: Sendable {
    let site: Site

    var routes: [Route] {
        [
            .post("/book/waiting", .everyone, join),
            .get("/book/waiting/{link}", .everyone, show),
            .post("/book/waiting/{link}/look", .everyone, look),
            .post("/book/waiting/{link}/detach", .everyone, detach),
            .post("/book/waiting/{link}/leave", .everyone, leave)
        ]
    }

    @Sendable private func join(_ visit: Visit) async throws -> Response {
        let form = DetailsForm(visit)
        // Who is signed in is known; whoever else signs in books for others, at the desk.
        guard visit.session == nil || visit.session?.role == .patient else { throw Failure.forbidden }
        let patient = visit.session?.person
        guard let service = site.clinic.publicServices.first(where: { $0.id == visit.form["service"] }),
            let latest = Day(visit.form["latest"])
        else { throw Failure.badForm }
        guard patient != nil || form.faults.isEmpty, latest >= visit.moment.today else {
            throw Failure.refused("waiting_form")
        }
        try await visit.throttleBooking()
        let therapist = visit.chosenTherapist(of: try await site.diary.therapists())
        // A patient's findings stand in the chart, where a therapist reads them.
        let request = patient == nil ? try await AttachedCheck(site: site).keep(visit, for: form) : nil
        let link = Token.random()
        try await site.waiting.join(
            Waiting(
                id: Waiting.ID(try visit.madeID()), at: visit.now, service: service.id, therapist: therapist,
                patient: patient, visitor: patient == nil ? form.visitor : nil, language: visit.language,
                need: request?.need ?? .unknown,
                earliest: visit.moment.today, latest: latest, request: request?.id), link: link)
        try await site.waiting.offer(now: visit.now)
        return visit.redirect(to: "/book/waiting/\(link.text)")
    }

    /// What the link opens, and nothing else.
    private func waiting(_ visit: Visit) async throws -> Waiting {
        guard let waiting = try await site.waiting.waiting(of: Token(try visit.parameter("link"))) else {
            throw Failure.refused("waiting_link")
        }
        return waiting
    }

    @Sendable private func show(_ visit: Visit) async throws -> Response {
        let waiting = try await waiting(visit)
        var offer: Appointment?
        if waiting.status == .offered, let id = waiting.offer {
            offer = try await site.diary.find(id)?.appointment
        }
        return try visit.page(
            WaitingPlacePage(
                visit, waiting, offer: offer, therapists: try await site.diary.therapists(),
                link: try visit.parameter("link")))
    }

    /// Goes to the time that is kept for them, by a link of its own, as the message brings one.
    @Sendable private func look(_ visit: Visit) async throws -> Response {
        let waiting = try await waiting(visit)
        let link = Token.random()
        guard try await site.waiting.open(waiting.id, with: link, now: visit.now) else {
            return visit.redirect(to: "/book/waiting/\(try visit.parameter("link"))")
        }
        return visit.redirect(to: ManageLink.path(link))
    }

    @Sendable private func detach(_ visit: Visit) async throws -> Response {
        let waiting = try await waiting(visit)
        try await site.waiting.detachRequest(from: waiting.id)
        return visit.redirect(to: "/book/waiting/\(try visit.parameter("link"))?done=detached")
    }

    @Sendable private func leave(_ visit: Visit) async throws -> Response {
        let waiting = try await waiting(visit)
        if waiting.status == .waiting || waiting.status == .offered {
            try await site.waiting.leave(waiting.id, now: visit.now)
            try await site.waiting.offer(now: visit.now)
        }
        return visit.redirect(to: "/book/waiting/\(try visit.parameter("link"))")
    }
}

/// A visitor's place on the waiting list.
struct WaitingPlacePage: Page {
    static let template = "book-waiting"
    let title: String
    let text: String
    let tone: String
    let done: String?
    let what: String
    let latest: String
    let path: String
    /// The time that is kept for them, and until when.
    let offer: String?
    let isWaiting: Bool
    let hasRequest: Bool
    var place: String? { "/book" }

    init(_ visit: Visit, _ waiting: Waiting, offer kept: Appointment?, therapists: [Therapist], link: String)
    {
        let words = visit.words
        let wording = AppointmentWords(visit, therapists: therapists)
        let whom = waiting.therapist.map(wording.therapist) ?? words["booking.anybody"]
        let status = waiting.status.rawValue
        title = words["booking.place.\(status).title"]
        text = words["booking.place.\(status).text"]
        tone = waiting.status == .left ? "notice" : "success"
        done = visit.done("booking.place")
        what = "\(wording.service(waiting.service)) · \(whom)"
        latest = waiting.latest.text(words)
        path = "/book/waiting/\(link)"
        offer = kept.flatMap { kept in
            kept.heldUntil.map {
                words("booking.place.kept", ["when": wording.when(kept), "clock": wording.clock($0)])
            }
        }
        isWaiting = waiting.status == .waiting || waiting.status == .offered
        hasRequest = isWaiting && waiting.request != nil
    }
}
