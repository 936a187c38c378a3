// SPDX-License-Identifier: Apache-2.0
import Clinical
import Foundation
import HTTPTypes
import Hummingbird
import Store

/// The waiting list: who waits, in the order of their turn.
struct WaitingRoutes: Sendable {
    let site: Site

    var routes: [Route] {
        [
            .get("/diary/waiting", Desk.allow, list),
            .post("/diary/waiting/{waiting}/need", .only([.therapist]), mark),
            .post("/diary/waiting/{waiting}/leave", Desk.allow, leave)
        ]
    }

    @Sendable private func list(_ visit: Visit) async throws -> Response {
        try await site.audit.recordRead(of: "waiting", episode: nil, by: visit.signedIn(), at: visit.now)
        try await site.waiting.offer(now: visit.now)
        var lines: [(waiting: Waiting, name: String, offer: Appointment?)] = []
        for (waiting, name) in try await site.waiting.list() {
            var offer: Appointment?
            if waiting.status == .offered, let id = waiting.offer {
                offer = try await site.diary.find(id)?.appointment
            }
            lines.append((waiting, name, offer))
        }
        return try visit.page(WaitingPage(visit, lines, therapists: try await site.diary.therapists()))
    }

    @Sendable private func mark(_ visit: Visit) async throws -> Response {
        guard let need = Disposition(rawValue: visit.form["need"]) else { throw Failure.badForm }
        let id = Waiting.ID(try visit.parameter("waiting"))
        try await site.waiting.mark(id, need: need)
        try await record(visit, id)
        return visit.redirect(to: "/diary/waiting?done=marked")
    }

    @Sendable private func leave(_ visit: Visit) async throws -> Response {
        let id = Waiting.ID(try visit.parameter("waiting"))
        try await site.waiting.leave(id)
        try await record(visit, id)
        return visit.redirect(to: "/diary/waiting?done=left")
    }

    private func record(_ visit: Visit, _ id: Waiting.ID) async throws {
        let session = try visit.signedIn()
        try await site.audit.record(
            Act(actor: session.person, role: session.role, kind: .waitingChanged, detail: id.rawValue),
            at: visit.now)
    }
}

struct WaitingPage: Page {
    static let template = "diary-waiting"

    struct Line: Sendable {
        let name: String
        let phone: String?
        let phoneLink: String
        let what: String
        let since: String
        let latest: String
        let needWord: String
        let needMark: String
        let offer: String?
        let offerHref: String
        let path: String
        let needs: [Choice]
    }

    let title: String
    let done: String?
    let lines: [Line]
    let hasLines: Bool
    let marksNeed: Bool
    var place: String? { "/diary" }
    var width: PageWidth { .wide }

    init(
        _ visit: Visit, _ all: [(waiting: Waiting, name: String, offer: Appointment?)],
        therapists: [Therapist]
    ) {
        let words = visit.words
        let wording = AppointmentWords(visit, therapists: therapists)
        marksNeed = visit.session?.role == .therapist
        lines = all.map { waiting, name, offer in
            let whom = waiting.therapist.map(wording.therapist) ?? words["booking.anybody"]
            return Line(
                name: name, phone: waiting.visitor?.phone, phoneLink: waiting.visitor?.phone.dialled ?? "",
                what: "\(wording.service(waiting.service)) · \(whom)",
                since: ClinicTime(visit).text(waiting.at), latest: waiting.latest.short(words),
                needWord: words["requests.urgency.\(waiting.need.rawValue)"],
                needMark: waiting.need >= .sameDay ? "stop" : "wait",
                offer: offer.map { kept in
                    words(
                        "waiting.offered",
                        [
                            "when": wording.when(kept.starts),
                            "clock": kept.heldUntil.map(wording.clock) ?? ""
                        ])
                }, offerHref: "/diary/\(waiting.offer?.rawValue ?? "")", path: "/diary/waiting/\(waiting.id)",
                needs: Disposition.allCases.sorted(by: >).map {
                    Choice(
                        value: $0.rawValue, label: words["requests.urgency.\($0.rawValue)"],
                        isChosen: $0 == waiting.need)
                })
        }
        hasLines = !lines.isEmpty
        title = lines.isEmpty ? words["waiting.none"] : words("waiting.count", count: lines.count)
        let key = "waiting.done.\(visit.query("done"))"
        done = words.has(key) ? words[key] : nil
    }
}
