// SPDX-License-Identifier: Apache-2.0
import Clinical
import Foundation
import Store

/// One appointment at the desk, and what can be done with it now.
struct AppointmentPage: Page {
    static let template = "diary-appointment"

    struct Step: Sendable {
        let step: String
        let label: String
        let isMain: Bool
    }

    let title: String
    let facts: AppointmentFacts
    let status: String
    let statusMark: String
    let placeName: String?
    let phone: String?
    let phoneLink: String
    let personHref: String?
    let requestHref: String?
    let cancelReason: String?
    let path: String
    let formID: String
    let version: Int
    let steps: [Step]
    let isBooked: Bool
    let canReassign: Bool
    let canRestore: Bool
    let therapists: [Choice]
    let places: [Choice]
    let hasPlaces: Bool
    let others: [Choice]
    let hasOthers: Bool
    let dayHref: String
    let done: String?
    var place: String? { "/diary" }

    init(_ visit: Visit, _ entry: DiaryEntry, therapists all: [Therapist], others swaps: [DiaryEntry]) {
        let words = visit.words
        let appointment = entry.appointment
        let wording = AppointmentWords(visit, therapists: all)
        facts = AppointmentFacts(appointment, wording)
        title = words(
            "diary.one", ["name": entry.name ?? words["diary.held"], "when": facts.when])
        status = wording.status(appointment)
        statusMark =
            switch appointment.status {
            case .checkedIn, .done: "go"
            case .held, .noShow: "wait"
            case .booked, .cancelled: ""
            }
        placeName = wording.place(appointment.place)
        phone = entry.phone
        phoneLink = entry.phone?.dialled ?? ""
        personHref = appointment.patient.map { "/people/\($0)" }
        requestHref = appointment.request.map { "/requests/\($0)" }
        cancelReason = appointment.holdEnd == nil ? appointment.cancelReason : nil
        path = "/diary/\(appointment.id)"
        formID = visit.site.ids.make()
        version = appointment.version
        let (from, begins) = (appointment.status, appointment.starts)
        let possible: [Diary.Step] =
            switch from {
            case .booked: begins <= visit.now ? [.checkIn, .noShow] : [.checkIn]
            case .checkedIn: [.done, .undoCheckIn]
            case .noShow: [.undoNoShow]
            case .held, .done, .cancelled: []
            }
        steps = possible.enumerated().map { index, step in
            Step(step: step.rawValue, label: words["diary.step.\(step.rawValue)"], isMain: index == 0)
        }
        isBooked = from == .booked
        canReassign = visit.session?.role == .desk && (from == .booked || from == .checkedIn)
        canRestore = from == .cancelled && appointment.person != nil && begins > visit.now
        let service = visit.site.clinic.diary.service(appointment.service)
        therapists = all.filter { therapist in service.map(therapist.offers) ?? true }.map {
            Choice(value: $0.id.rawValue, label: $0.name, isChosen: $0.id == appointment.therapist)
        }
        places = (service.map(visit.site.clinic.diary.places) ?? []).map {
            Choice(value: $0.id, label: $0.name, isChosen: $0.id == appointment.place)
        }
        hasPlaces = !places.isEmpty
        others = swaps.filter { $0.appointment.id != appointment.id }.map { other in
            Choice(
                value: "\(other.appointment.id) \(other.appointment.version)",
                label: "\(wording.when(other.appointment)) · \(other.name ?? "")", isChosen: false)
        }
        hasOthers = visit.session?.role == .desk && isBooked && !others.isEmpty
        dayHref = "/diary?day=\(appointment.wall.day)"
        done = visit.done("diary")
    }
}
