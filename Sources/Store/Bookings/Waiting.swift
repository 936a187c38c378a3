// SPDX-License-Identifier: Apache-2.0
package import Clinical
package import Foundation

/// Somebody who would come sooner, or come at all, if a slot became free.
package struct Waiting: Hashable, Sendable, Identifiable {
    package typealias ID = Identifier<Waiting>

    package enum Status: String, Hashable, Sendable, CaseIterable {
        case waiting
        /// A slot is kept for them until they answer.
        case offered
        case booked
        case left
    }

    package let id: ID
    package let at: Date
    package let service: String
    /// Whom they want; nil: anybody.
    package let therapist: Person.ID?
    package let patient: Person.ID?
    package let visitor: Visitor?
    package let language: String
    /// How much they need it, and who says so.
    package let need: WaitingNeed
    package let earliest: Day
    package let latest: Day
    package let status: Status
    /// What is kept for them.
    package let offer: Appointment.ID?
    package let request: EvaluationRequest.ID?

    static let columns: SQL = """
        id, at, service, therapist, patient, visitor_name, visitor_phone, visitor_email, language, basis,
        finding, earliest, latest, status, offer, request
        """

    init(_ row: Row) throws {
        id = ID(try row.text("id"))
        at = try row.date("at")
        service = try row.text("service")
        therapist = try row.textIfPresent("therapist").map { Person.ID($0) }
        patient = try row.textIfPresent("patient").map { Person.ID($0) }
        let phone = try row.textIfPresent("visitor_phone") ?? ""
        let email = try row.textIfPresent("visitor_email")
        visitor = try row.textIfPresent("visitor_name").map { Visitor(name: $0, phone: phone, email: email) }
        language = try row.text("language")
        need = WaitingNeed(
            basis: try row.one("basis"),
            finding: try row.textIfPresent("finding").flatMap(Disposition.init(rawValue:)))
        guard let earliest = Day(try row.text("earliest")) else { throw StoreError.unreadable("earliest") }
        guard let latest = Day(try row.text("latest")) else { throw StoreError.unreadable("latest") }
        self.earliest = earliest
        self.latest = latest
        status = try row.one("status")
        offer = try row.textIfPresent("offer").map { Appointment.ID($0) }
        request = try row.textIfPresent("request").map { EvaluationRequest.ID($0) }
    }

    package init(
        id: ID, at: Date, service: String, therapist: Person.ID? = nil, patient: Person.ID? = nil,
        visitor: Visitor? = nil, language: String, need: WaitingNeed = .unknown, earliest: Day, latest: Day,
        request: EvaluationRequest.ID? = nil
    ) {
        self.id = id
        self.at = Instant(at).date
        self.service = service
        self.therapist = therapist
        self.patient = patient
        self.visitor = visitor
        self.language = language
        self.need = need
        self.earliest = earliest
        self.latest = latest
        status = .waiting
        offer = nil
        self.request = request
    }

    /// For whom it is; nil for nobody, which the schema does not allow.
    package var person: BookedPerson? { BookedPerson(patient: patient, visitor: visitor) }
}
