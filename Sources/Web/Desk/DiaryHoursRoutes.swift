// SPDX-License-Identifier: Apache-2.0
import Clinical
import Foundation
import HTTPTypes
import Hummingbird
import Store

/// One-off changes to the hours: closures and extra hours, of the clinic or of one therapist.
struct DiaryHoursRoutes: Sendable {
    let site: Site

    var routes: [Route] {
        [
            .get("/diary/hours", Desk.allow) { try await list($0) },
            .post("/diary/hours", Desk.allow, add),
            .post("/diary/hours/{change}/remove", Desk.allow, remove)
        ]
    }

    private func list(_ visit: Visit, problem: String? = nil, hit: [DiaryEntry] = []) async throws -> Response
    {
        let session = try visit.signedIn()
        let all = try await site.diary.therapists()
        let isTherapist = session.role == .therapist
        let changes = try await site.diary.changes(now: visit.now).filter {
            !isTherapist || $0.therapist == nil || $0.therapist == session.person
        }
        let page = DiaryHoursPage(
            visit, changes, therapists: isTherapist ? all.filter { $0.id == session.person } : all, all: all,
            problem: problem, hit: hit)
        return try visit.page(page, status: problem == nil ? .ok : .unprocessableContent)
    }

    @Sendable private func add(_ visit: Visit) async throws -> Response {
        let session = try visit.signedIn()
        let form = visit.form
        let therapist = form["therapist"].isEmpty ? nil : Person.ID(form["therapist"])
        if session.role == .therapist, therapist != session.person { throw Failure.notFound }
        if let therapist, try await !site.diary.therapists().contains(where: { $0.id == therapist }) {
            throw Failure.badForm
        }
        guard let kind = DiaryChange.Kind(rawValue: form["kind"]), kind != .busy else {
            throw Failure.badForm
        }
        guard let day = Day(form["day"]), let last = Day(form["last"].isEmpty ? form["day"] : form["last"]),
            let from = WallTime.minute(form["from"].isEmpty ? "00:00" : form["from"]),
            let to = WallTime.minute(form["to"].isEmpty ? "24:00" : form["to"]),
            let starts = WallTime(day, minute: from).instants(in: site.clinic.zone).first,
            let ends = WallTime(last, minute: to).instants(in: site.clinic.zone).last, starts < ends,
            ends > visit.now, last.number - day.number <= 366
        else { return try await list(visit, problem: visit.words["hours.problem"]) }
        let change = DiaryChange(
            id: DiaryChange.ID(try visit.madeID()), kind: kind, therapist: therapist, starts: starts,
            ends: ends,
            note: String(form["note"].prefix(200)))
        let hit = try await site.diary.add(change, by: session.person, now: visit.now)
        try await visit.record(.hoursChanged, change.id.rawValue)
        try await site.waiting.offer(now: visit.now)
        // Who closes calls the people that come then.
        return hit.isEmpty ? visit.redirect(to: "/diary/hours?done=added") : try await list(visit, hit: hit)
    }

    @Sendable private func remove(_ visit: Visit) async throws -> Response {
        let session = try visit.signedIn()
        let id = DiaryChange.ID(try visit.parameter("change"))
        guard let change = try await site.diary.changes(now: visit.now).first(where: { $0.id == id }),
            session.role == .desk || change.therapist == session.person, change.kind != .busy
        else { throw Failure.notFound }
        try await site.diary.remove(id)
        try await visit.record(.hoursChanged, id.rawValue)
        try await site.waiting.offer(now: visit.now)
        return visit.redirect(to: "/diary/hours?done=removed")
    }
}

struct DiaryHoursPage: Page {
    static let template = "diary-hours"

    struct Line: Sendable {
        let what: String
        let whose: String
        let span: String
        let note: String
        let removePath: String?
    }

    let title: String
    let problem: String?
    let done: String?
    let hit: [Choice]
    let hasHit: Bool
    let lines: [Line]
    let hasLines: Bool
    let therapists: [Choice]
    let formID: String
    let today: String
    var place: String? { "/diary" }

    init(
        _ visit: Visit, _ changes: [DiaryChange], therapists own: [Therapist], all: [Therapist],
        problem: String?, hit: [DiaryEntry]
    ) {
        let words = visit.words
        let wording = AppointmentWords(visit, therapists: all)
        let session = visit.session
        title = words["hours.title"]
        self.problem = problem
        done = visit.done("hours")
        self.hit = hit.map {
            Choice(
                value: "/diary/\($0.appointment.id)",
                label: "\(wording.when($0.appointment.starts)) · \($0.name ?? "")", isChosen: false)
        }
        hasHit = !hit.isEmpty
        lines = changes.map { change in
            let mayRemove =
                change.kind != .busy && (session?.role == .desk || change.therapist == session?.person)
            return Line(
                what: words["hours.kind.\(change.kind.rawValue)"],
                whose: change.therapist.map(wording.therapist) ?? words["hours.clinic"],
                span: words(
                    "hours.range",
                    ["from": wording.when(change.starts), "to": wording.when(change.ends)]),
                note: change.note,
                removePath: mayRemove ? "/diary/hours/\(change.id)/remove" : nil)
        }
        hasLines = !lines.isEmpty
        let isDesk = session?.role == .desk
        therapists =
            (isDesk ? [Choice(value: "", label: words["hours.clinic"], isChosen: true)] : [])
            + own.map { Choice(value: $0.id.rawValue, label: $0.name, isChosen: !isDesk) }
        formID = visit.site.ids.make()
        today = visit.moment.today.description
    }
}
