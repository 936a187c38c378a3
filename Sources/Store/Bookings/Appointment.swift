// SPDX-License-Identifier: Apache-2.0
package import Clinical
package import Foundation

/// Who comes without an account, and how they are reached.
package struct Visitor: Hashable, Sendable, Codable {
    package var name: String
    package var phone: String
    package var email: String?

    package init(name: String, phone: String, email: String? = nil) {
        self.name = name
        self.phone = phone
        self.email = email
    }
}

/// A time that is kept for somebody, with a therapist and perhaps a room.
package struct Appointment: Hashable, Sendable, Identifiable {
    package typealias ID = Identifier<Appointment>

    package enum Status: String, Hashable, Sendable, CaseIterable {
        /// Kept for a few minutes while a form is filled in, or while an offer waits for its answer.
        case held
        case booked
        case checkedIn = "checked_in"
        case done
        case noShow = "no_show"
        case cancelled

        /// Whether it still lies ahead and takes its time.
        package var isOpen: Bool { self == .held || self == .booked || self == .checkedIn }
    }

    package let id: ID
    /// Counts every change; who changes says which version they saw.
    package var version: Int
    package var status: Status
    /// Id of a ``Service``.
    package var service: String
    package var therapist: Person.ID
    /// Id of a ``Resource``; nil where the service needs none.
    package var place: String?
    package var starts: Date
    package var ends: Date
    /// When therapist and place are free again: the end and the service's buffer.
    package var busyUntil: Date
    /// IANA name of the zone that the clock was read in.
    package var zone: String
    /// The time that people agreed on, whatever becomes of the zone's rules.
    package var wall: WallTime
    /// The patient; nil for a visitor and for a hold that nobody has filled in yet.
    package var patient: Person.ID?
    /// The visitor; nil for a patient with an account.
    package var visitor: Visitor?
    /// The language that they are written to in.
    package var language: String
    /// The symptom check that the person agreed to send along.
    package var request: EvaluationRequest.ID?
    /// Common to all appointments of one series.
    package var series: String?
    /// Until when a held one is kept.
    package var heldUntil: Date?
    /// The calendar's identity of it (iCalendar UID).
    package let uid: String
    /// The calendar's count of its changes (iCalendar SEQUENCE).
    package var sequence: Int
    package var cancelReason: String?
    /// Id of the person who made it; `visitor` where nobody was signed in.
    package let createdBy: String
    package let createdAt: Date
    package var changedAt: Date

    /// Reasons of a hold's end, which people do not write.
    static let expired = "expired"
    static let declined = "declined"

    /// What became of a hold that is over: it was never an appointment, so nobody cancelled one.
    package enum HoldEnd: Hashable, Sendable { case expired, declined }

    /// nil where it is no hold that is over.
    package var holdEnd: HoldEnd? {
        guard status == .cancelled else { return nil }
        return switch cancelReason {
        case Self.expired: .expired
        case Self.declined: .declined
        default: nil
        }
    }

    /// It was kept for somebody of the waiting list.
    package var isOffer: Bool { createdBy == Self.byWaitingList }
    static let byWaitingList = "waiting"

    static let columns: SQL = """
        id, version, status, service, therapist, place, starts_at, ends_at, busy_until, zone, wall, patient,
        visitor_name, visitor_phone, visitor_email, language, request, series, held_until, uid, sequence,
        cancel_reason, created_by, created_at, changed_at
        """

    init(
        id: ID, service: Service, therapist: Person.ID, place: String?, starts: Date, zone: TimeZone,
        language: String, by actor: String, now: Date
    ) {
        self.id = id
        version = 1
        status = .held
        self.service = service.id
        self.therapist = therapist
        self.place = place
        self.starts = starts
        ends = starts.addingTimeInterval(Double(service.minutes) * 60)
        busyUntil = ends.addingTimeInterval(Double(service.bufferMinutes) * 60)
        self.zone = zone.identifier
        wall = WallTime(starts, in: zone)
        self.language = language
        uid = id.rawValue
        sequence = 0
        createdBy = actor
        createdAt = Instant(now).date
        changedAt = createdAt
    }

    package init(_ row: Row) throws {
        id = ID(try row.text("id"))
        version = try row.integer("version")
        status = try row.one("status")
        service = try row.text("service")
        therapist = Person.ID(try row.text("therapist"))
        place = try row.textIfPresent("place")
        starts = try row.date("starts_at")
        ends = try row.date("ends_at")
        busyUntil = try row.date("busy_until")
        zone = try row.text("zone")
        guard let wall = WallTime(try row.text("wall")) else { throw StoreError.unreadable("wall") }
        self.wall = wall
        patient = try row.textIfPresent("patient").map { Person.ID($0) }
        let phone = try row.textIfPresent("visitor_phone") ?? ""
        let email = try row.textIfPresent("visitor_email")
        visitor = try row.textIfPresent("visitor_name").map { Visitor(name: $0, phone: phone, email: email) }
        language = try row.text("language")
        request = try row.textIfPresent("request").map { EvaluationRequest.ID($0) }
        series = try row.textIfPresent("series")
        heldUntil = try row.dateIfPresent("held_until")
        uid = try row.text("uid")
        sequence = try row.integer("sequence")
        cancelReason = try row.textIfPresent("cancel_reason")
        createdBy = try row.text("created_by")
        createdAt = try row.date("created_at")
        changedAt = try row.date("changed_at")
    }
}
