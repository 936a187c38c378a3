// SPDX-License-Identifier: Apache-2.0
import Clinical
import Foundation
import HTTPTypes
import Hummingbird
import NIOCore
import Store

/// Why it was not booked, and the nearest times that are free.
struct BookingRefusalPage: Page {
    static let template = "booking-refused"
    let title: String
    let text: String
    let picker: SlotPicker
    let action: String
    let formID: String
    let hidden: [HiddenField]
    let back: String
    var place: String?
    let width: PageWidth = .reading
}

struct HiddenField: Sendable {
    let name: String
    let value: String
}

/// What was asked for when somebody else was faster: from it the nearest free times are found.
struct WantedSlot: Sendable {
    let service: Service
    let therapist: Person.ID?
    let starts: Date
    var patient: Person.ID?
    /// Where the nearest times are sent to, and what is sent with them.
    let action: String
    var hidden: [HiddenField] = []
    let back: String
    var place: String?
}

extension BookingRefusal {
    /// Key of the sentences.
    var key: String {
        switch self {
        case .taken: "taken"
        case .notOffered: "not_offered"
        case .past: "past"
        case .tooFarAhead: "too_far"
        case .notice: "notice"
        case .tooMany: "too_many"
        case .unknown: "unknown"
        case .formReused: "form_reused"
        case .changed: "changed"
        case .wrongStatus: "wrong_status"
        case .expired: "expired"
        }
    }

    var status: HTTPResponse.Status {
        switch self {
        case .taken, .changed, .wrongStatus, .expired: .conflict
        case .unknown: .notFound
        case .notOffered, .past, .tooFarAhead, .notice, .tooMany, .formReused: .unprocessableContent
        }
    }

    fileprivate var number: Int {
        switch self {
        case .tooFarAhead(let days): days
        case .notice(let hours): hours
        case .tooMany(let limit): limit
        default: 0
        }
    }

    /// What a database's own refusal means.
    init?(_ error: any Error) {
        switch error {
        case let refusal as BookingRefusal: self = refusal
        case StoreError.overlap: self = .taken
        default: return nil
        }
    }
}

extension Visit {
    /// Runs an act on the diary; where it is refused, says why and what is free instead.
    func booking(_ wanted: WantedSlot, _ act: () async throws -> Response) async throws -> Response {
        do {
            return try await act()
        } catch {
            guard let refusal = BookingRefusal(error) else { throw error }
            return try await refused(refusal, wanted)
        }
    }

    private func refused(_ refusal: BookingRefusal, _ wanted: WantedSlot) async throws -> Response {
        var nearest: [Slot] = []
        if [.taken, .expired, .notOffered, .past].contains(refusal) {
            nearest = try await site.diary.nearest(
                to: wanted.starts, of: wanted.service, with: wanted.therapist, patient: wanted.patient,
                now: now)
        }
        if wantsJSON { return try RefusedBooking(refusal, nearest).response(refusal.status) }
        let wording = AppointmentWords(self, therapists: [])
        let page = BookingRefusalPage(
            title: words["booking.refused.\(refusal.key).title"],
            text: words("booking.refused.\(refusal.key).text", ["number": String(refusal.number)]),
            picker: SlotPicker(nearest, wording), action: wanted.action, formID: site.ids.make(),
            hidden: wanted.hidden, back: wanted.back, place: wanted.place)
        return try self.page(page, status: refusal.status)
    }
}

/// What a program is answered.
struct RefusedBooking: Encodable {
    let error: String
    /// Starts of the nearest free slots, UTC.
    let nearest: [String]

    init(_ refusal: BookingRefusal, _ slots: [Slot]) {
        error = refusal.key
        nearest = slots.map { Instant($0.starts).description }
    }
}

/// What a program is answered that booked.
struct MadeBooking: Encodable {
    let id: String
    let status: String
    let starts: String
    /// Path of the page on which it is managed.
    let manage: String?

    init(_ appointment: Appointment, manage: String?) {
        id = appointment.id.rawValue
        status = appointment.status.rawValue
        starts = Instant(appointment.starts).description
        self.manage = manage
    }
}

extension Encodable {
    func response(_ status: HTTPResponse.Status) throws -> Response {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        return Response(
            status: status, headers: [.contentType: "application/json"],
            body: .init(byteBuffer: ByteBuffer(bytes: try encoder.encode(self))))
    }
}
