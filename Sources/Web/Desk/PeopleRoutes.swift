// SPDX-License-Identifier: Apache-2.0
import Clinical
import Foundation
import HTTPTypes
import Hummingbird
import Store

/// The patients: finding, adding and reaching them.
struct PeopleRoutes: Sendable {
    let site: Site

    var routes: [Route] {
        [
            .get("/people", Desk.allow, list),
            .get("/people/new", Desk.allow) { visit in
                try visit.page(NewPatientPage(visit, fields: PatientForm(visit)))
            },
            .post("/people/new", Desk.allow, add),
            .get("/people/{person}", Desk.allow) { visit in
                let patient = try await patient(visit)
                try await recordRead(of: patient, visit)
                return try await page(visit, patient)
            },
            .post("/people/{person}", Desk.allow, correct),
            .post("/people/{person}/link", Desk.allow, makeLink),
            .post("/people/{person}/sign-out", Desk.allow, signOutPhones),
            .post("/people/{person}/texts", Desk.allow, setTexts)
        ]
    }

    static let listed = 50
    static let linkSeconds = 24 * 3600

    @Sendable private func list(_ visit: Visit) async throws -> Response {
        let name = visit.query("name")
        let found = try await site.people.patients(named: name, limit: Self.listed + 1)
        try await site.audit.recordRead(of: "people", episode: nil, by: visit.signedIn(), at: visit.now)
        return try visit.page(PeoplePage(visit, name: name, found: found))
    }

    @Sendable private func add(_ visit: Visit) async throws -> Response {
        let id = Person.ID(try visit.madeID())
        var fields = PatientForm(visit)
        guard let account = fields.account(id: id, visit) else {
            return try visit.page(NewPatientPage(visit, fields: fields), status: .unprocessableContent)
        }
        // The form that added them finds them here when it comes again; that is no namesake.
        let namesakes = try await namesakes(of: account).filter { $0.account.id != id }
        guard namesakes.isEmpty || visit.form["another"] == "yes" else {
            let page = NewPatientPage(visit, fields: fields, namesakes: namesakes)
            return try visit.page(page, status: .unprocessableContent)
        }
        _ = try await site.intake.add(
            account, episode: site.ids.make(), by: visit.author(), now: visit.now)
        return visit.redirect(to: "/people/\(id)")
    }

    private func namesakes(of account: Account) async throws -> [Patient] {
        guard let born = account.born else { return [] }
        return try await site.people.namesakes(of: account.name, born: born)
    }

    @Sendable private func correct(_ visit: Visit) async throws -> Response {
        let patient = try await patient(visit)
        var fields = PatientForm(visit)
        fields.checkNameAndPhone(visit.words)
        guard fields.problems.isEmpty else {
            try await recordRead(of: patient, visit)
            return try await page(visit, patient, fields: fields)
        }
        try await site.people.correct(patient.account.id, name: fields.name.value, phone: fields.phone.value)
        try await record(.personChanged, of: patient, visit)
        return visit.redirect(to: "/people/\(patient.account.id)?done=corrected")
    }

    /// Makes a sign-in link and shows it this once; it is kept nowhere.
    @Sendable private func makeLink(_ visit: Visit) async throws -> Response {
        let patient = try await patient(visit)
        guard patient.account.disabledAt == nil else { throw Failure.refused("person_disabled") }
        let token = try await site.links.make(
            for: patient.account.id, validFor: Self.linkSeconds, madeBy: visit.signedIn().person,
            now: visit.now)
        try await record(.linkMade, of: patient, visit)
        return try visit.page(LinkPage(visit, patient, token))
    }

    /// A lost phone: whoever has it is signed out, and a link that waits on it signs nobody in.
    @Sendable private func signOutPhones(_ visit: Visit) async throws -> Response {
        let patient = try await patient(visit)
        try await site.links.revoke(of: patient.account.id)
        try await site.sessions.endAll(patient.account.id)
        try await record(.signedOut, of: patient, visit)
        return visit.redirect(to: "/people/\(patient.account.id)?done=signed_out")
    }

    private func page(_ visit: Visit, _ patient: Patient, fields: PatientForm? = nil) async throws
        -> Response
    {
        let page = PatientPage(
            visit, patient, fields: fields,
            refusesTexts: try await site.textRefusals.has(.patient(patient.account.id)))
        return try visit.page(page, status: fields == nil ? .ok : .unprocessableContent)
    }

    /// On the telephone somebody says that they want no text messages, or want them again.
    @Sendable private func setTexts(_ visit: Visit) async throws -> Response {
        let patient = try await patient(visit)
        try await site.textRefusals.set(
            visit.form["texts"] == "no", for: .patient(patient.account.id),
            by: visit.signedIn().person.rawValue, now: visit.now)
        try await record(.personChanged, of: patient, visit)
        return visit.redirect(to: "/people/\(patient.account.id)?done=texts")
    }

    /// The patient of the path; staff are not found here, whoever asks.
    private func patient(_ visit: Visit) async throws -> Patient {
        let id = Person.ID(try visit.parameter("person"))
        guard let patient = try await site.people.patient(id), patient.account.role == .patient else {
            throw Failure.notFound
        }
        return patient
    }

    private func recordRead(of patient: Patient, _ visit: Visit) async throws {
        try await site.audit.recordRead(
            of: "person", episode: patient.episode, by: visit.signedIn(), at: visit.now)
    }

    private func record(_ kind: Act.Kind, of patient: Patient, _ visit: Visit) async throws {
        let session = try visit.signedIn()
        try await site.audit.record(
            Act(
                actor: session.person, role: session.role, kind: kind, episode: patient.episode,
                detail: patient.account.id.rawValue), at: visit.now)
    }
}
