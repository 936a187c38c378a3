// SPDX-License-Identifier: Apache-2.0
import Clinical
import Foundation
import HTTPTypes
import Hummingbird
import Store

/// Visitors who asked to be evaluated: who takes them, and what becomes of them.
struct RequestRoutes: Sendable {
    let site: Site

    var routes: [Route] {
        [
            .get("/requests", Desk.allow) { try await list($0) },
            .get("/requests/{request}", Desk.allow) { try await show($0, request($0)) },
            .post("/requests/{request}/take", Desk.allow, take),
            .post("/requests/{request}/patient", Desk.allow, accept),
            .post("/requests/{request}/close", Desk.allow, close)
        ]
    }

    private func list(_ visit: Visit, notice: String? = nil, status: HTTPResponse.Status = .ok) async throws
        -> Response
    {
        // Nothing is shown that is not recorded: what a visitor answered is health data from the first moment.
        try await site.audit.recordRead(of: "requests", episode: nil, by: visit.signedIn(), at: visit.now)
        let waiting = try await site.requests.list(.new)
        let taken = try await site.requests.list(.taken)
        var names: [Person.ID: String] = [:]
        for id in Set(taken.compactMap(\.takenBy)) { names[id] = try await site.people.find(id)?.name }
        let page = RequestsPage(visit, waiting: waiting, taken: taken, names: names, notice: notice)
        return try visit.page(page, status: status)
    }

    private func show(
        _ visit: Visit, _ request: EvaluationRequest, fields: PatientForm? = nil, namesakes: [Patient] = []
    ) async throws -> Response {
        guard request.status != .closed else { return try await outcome(of: request, visit) }
        try await site.audit.recordRead(
            of: "request \(request.id)", episode: nil, by: visit.signedIn(), at: visit.now)
        var takenBy: String?
        if let id = request.takenBy { takenBy = try await site.people.find(id)?.name }
        let page = RequestPage(visit, request, takenBy: takenBy, fields: fields, namesakes: namesakes)
        return try visit.page(page, status: fields == nil ? .ok : .unprocessableContent)
    }

    /// Where a closed request led.
    private func outcome(of request: EvaluationRequest, _ visit: Visit) async throws -> Response {
        guard let episode = request.episode, let patient = try await site.people.patient(of: episode) else {
            return visit.redirect(to: "/requests")
        }
        let isTherapist = visit.session?.role == .therapist
        return visit.redirect(
            to: isTherapist ? "/charts/\(episode)/evaluate" : "/people/\(patient.account.id)")
    }

    @Sendable private func take(_ visit: Visit) async throws -> Response {
        let request = try await request(visit)
        let session = try visit.signedIn()
        if try await site.requests.take(request.id, by: session.person) {
            try await record(.requestTaken, request, visit)
            return visit.redirect(to: "/requests/\(request.id)")
        }
        let holder = try await self.request(visit).takenBy
        if holder == session.person { return visit.redirect(to: "/requests/\(request.id)") }
        var name: String?
        if let holder { name = try await site.people.find(holder)?.name }
        let notice =
            name.map { visit.words("requests.taken_already", ["name": $0, "visitor": request.name]) }
            ?? visit.words["requests.closed_already"]
        return try await list(visit, notice: notice, status: .conflict)
    }

    /// Makes a patient of the request: account, chart, answers and what follows from them, at once.
    @Sendable private func accept(_ visit: Visit) async throws -> Response {
        let request = try await request(visit)
        if request.status == .closed { return try await outcome(of: request, visit) }
        guard request.status == .taken else { throw Failure.refused("request_not_taken") }
        var fields = PatientForm(visit)
        guard let account = fields.account(id: site.ids.make(), visit), let born = account.born else {
            return try await show(visit, request, fields: fields)
        }
        let namesakes = try await site.people.namesakes(of: account.name, born: born)
        let who = visit.form["who"]
        let chart: Intake.Chart
        if let known = namesakes.first(where: { $0.account.id.rawValue == who }) {
            let isClosed = try await site.scribe.episode(known.episode).closed != nil
            chart = isClosed ? .further(known.account.id, site.ids.make()) : .open(known.episode)
        } else if namesakes.isEmpty || who == "new" {
            chart = .ofNewPatient(account, site.ids.make())
        } else {
            return try await show(visit, request, fields: fields, namesakes: namesakes)
        }
        try await site.intake.accept(
            request.id, into: chart, screened: request.screened(by: site.pathway), by: visit.author(),
            now: visit.now)
        try await record(.requestClosed, request, visit, episode: chart.episode)
        return try await outcome(of: self.request(visit), visit)
    }

    @Sendable private func close(_ visit: Visit) async throws -> Response {
        let request = try await request(visit)
        if request.status == .closed { return visit.redirect(to: "/requests") }
        guard request.status == .taken else { throw Failure.refused("request_not_taken") }
        try await site.requests.close(request.id, episode: nil)
        try await record(.requestClosed, request, visit)
        return visit.redirect(to: "/requests")
    }

    private func request(_ visit: Visit) async throws -> EvaluationRequest {
        let id = EvaluationRequest.ID(try visit.parameter("request"))
        guard let request = try await site.requests.find(id) else { throw Failure.notFound }
        return request
    }

    private func record(
        _ kind: Act.Kind, _ request: EvaluationRequest, _ visit: Visit, episode: Episode.ID? = nil
    ) async throws {
        let session = try visit.signedIn()
        try await site.audit.record(
            Act(
                actor: session.person, role: session.role, kind: kind, episode: episode,
                detail: request.id.rawValue), at: visit.now)
    }
}

extension EvaluationRequest {
    /// The answers as they were sent; empty where they cannot be read.
    var readAnswers: Answers {
        (try? JSONDecoder().decode(Answers.self, from: Data(answers.utf8))) ?? Answers()
    }

    var readRules: [String] { (try? JSONDecoder().decode([String].self, from: Data(rules.utf8))) ?? [] }

    /// What goes into the chart: the answers, with what the rules made of them when they were given.
    ///
    /// - Throws: ``Failure/refused(_:)`` where the answers cannot be read; a chart must not begin with a guess.
    func screened(by pathway: Pathway) throws -> Screened {
        guard let given = try? JSONDecoder().decode(Answers.self, from: Data(answers.utf8)) else {
            throw Failure.refused("request_unreadable")
        }
        let now = pathway.screen(given)
        return Screened(
            answers: given, disposition: Disposition(rawValue: disposition) ?? now.disposition,
            rules: readRules.isEmpty ? now.reasons.map(\.rule.id) : readRules)
    }
}
