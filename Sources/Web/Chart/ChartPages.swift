// SPDX-License-Identifier: Apache-2.0
import Clinical
import Foundation
import HTTPTypes
import Hummingbird
import Store

/// One patient's chart: what was decided and why, what to do now, and everything that happened.
struct ChartPages: Feature {
    let site: Site

    private static let therapist = Allow.only([.therapist])

    var routes: [Route] {
        [
            .get("/charts/{episode}", Self.therapist) { try await show($0) },
            .post("/charts/{episode}/acknowledge", Self.therapist, acknowledge),
            .post("/charts/{episode}/hold", Self.therapist, hold),
            .post("/charts/{episode}/resume", Self.therapist, resume),
            .post("/charts/{episode}/sign", Self.therapist, sign),
            .post("/charts/{episode}/discharge", Self.therapist, discharge),
            .post("/charts/{episode}/close", Self.therapist, close),
            .post("/charts/{episode}/message", Self.therapist, message),
            .get("/charts/{episode}/amend/{entry}", Self.therapist) { try await showAmend($0) },
            .post("/charts/{episode}/amend/{entry}", Self.therapist, amend),
            .post("/charts/{episode}/link", Self.therapist, makeLink),
            .post("/charts/{episode}/sign-out", Self.therapist, signOutPhones)
        ]
    }

    /// Shows the chart; with a problem, the form that was sent once more with what was typed.
    func show(_ visit: Visit, problem: ChartProblem? = nil) async throws -> Response {
        let chart = try await read(visit, page: "chart")
        return try visit.page(
            ChartPage(visit, chart, problem: problem), status: problem == nil ? .ok : .unprocessableContent)
    }

    /// Reads a chart for a page, once the audit has it.
    ///
    /// - Throws: ``Failure/notFound`` for no such episode.
    func read(_ visit: Visit, page: String) async throws -> OpenChart {
        let patient = try await patient(visit)
        try await site.audit.recordRead(
            of: page, episode: patient.episode, by: visit.signedIn(), at: visit.now)
        let entries = try await site.scribe.charts.entries(of: patient.episode)
        var names: [Person.ID: String] = [patient.account.id: patient.account.name]
        for author in Set(entries.map(\.author)) where author.part != .engine && names[author.id] == nil {
            names[author.id] = try await site.people.find(author.id)?.name
        }
        return OpenChart(
            patient: patient, entries: entries, names: names, pathway: site.pathway, visit.moment)
    }

    func patient(_ visit: Visit) async throws -> Patient {
        guard let patient = try await site.people.patient(of: Episode.ID(visit.parameter("episode"))) else {
            throw Failure.notFound
        }
        return patient
    }

    /// Writes what a form says, audits it, and goes back to the chart.
    func write(
        _ visit: Visit, as detail: String, to anchor: String = "",
        _ events: @escaping @Sendable (Episode) throws -> [Event]
    ) async throws -> Response {
        let patient = try await patient(visit)
        let author = try visit.author()
        let written = try await site.scribe.write(
            in: patient.episode, by: author, form: visit.formID(), now: visit.now, events)
        if !written.isRepeated {
            let role = try visit.signedIn().role
            try await site.audit.record(
                Act(actor: author.id, role: role, kind: .wrote, episode: patient.episode, detail: detail),
                at: visit.now)
        }
        return visit.redirect(to: "/charts/\(patient.episode)\(anchor)")
    }
}

/// A chart with the people who wrote in it and what the pathway decides about it now.
struct OpenChart: Sendable {
    let patient: Patient
    let entries: [Entry]
    let names: [Person.ID: String]
    let episode: Episode
    let decision: Decision

    init(
        patient: Patient, entries: [Entry], names: [Person.ID: String], pathway: Pathway, _ moment: Moment
    ) {
        self.patient = patient
        self.entries = entries
        self.names = names
        episode = Episode(entries)
        decision = pathway.decide(episode, at: moment)
    }
}

/// What is wrong with a sent form: the field, and the sentence.
struct ChartProblem: Sendable {
    let field: String
    let text: String
}
