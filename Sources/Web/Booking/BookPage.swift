// SPDX-License-Identifier: Apache-2.0
import Clinical
import Foundation
import Store

/// What to book, with whom, and when: free times only, nobody's names.
struct BookPage: PublicPage {
    static let template = "book"

    struct ServiceLine: Sendable {
        let id: String
        let name: String
        let length: String
    }

    let title: String
    let summary: String
    /// `get`; `post` where the answers of the symptom check travel along, which never stand in an address.
    let method: String
    let carried: [HiddenField]
    let carries: Bool
    let services: [ServiceLine]
    let hasServices: Bool
    let service: ServiceLine?
    let therapists: [Choice]
    let about: [String]
    let week: SlotWeek
    let picker: SlotPicker
    let formID: String
    let wanted: String
    let from: String
    let keeps: String
    let waiting: WaitingForm?
    var place: String? { "/book" }
    var path: String { "/book" }

    init(_ visit: Visit, service chosen: Service?, therapists all: [Therapist], slots: [Slot]) {
        let words = visit.words
        let clinic = visit.site.clinic
        let wording = AppointmentWords(visit, therapists: all)
        summary = words("contact.book_summary", ["clinic": clinic.name])
        let sees = { (service: Service) in
            ServiceLine(
                id: service.id, name: service.name(in: visit.language),
                length: words("booking.minutes", ["count": String(service.minutes)]))
        }
        carried = Self.carried(visit)
        carries = !carried.isEmpty
        method = carried.isEmpty ? "get" : "post"
        services = clinic.publicServices.map(sees)
        hasServices = !services.isEmpty && !clinic.hours.isEmpty
        service = chosen.map(sees)
        let wish = visit.given("therapist")
        let able = all.filter { therapist in chosen.map(therapist.offers) ?? true }
        let wanted = able.contains { $0.id.rawValue == wish } ? wish : ""
        self.wanted = wanted
        therapists =
            [Choice(value: "", label: words["booking.anybody"], isChosen: wanted.isEmpty)]
            + able.map { therapist in
                Choice(
                    value: therapist.id.rawValue, label: therapist.name,
                    isChosen: wanted == therapist.id.rawValue)
            }
        about = able.compactMap { therapist in
            let line = therapist.profile?.about[visit.language] ?? therapist.profile?.about["en"]
            return line.map { words("booking.about", ["name": therapist.name, "line": $0]) }
        }
        week = SlotWeek(visit, from: visit.given("from"))
        from = week.days.lowerBound.description
        picker = SlotPicker(slots, wording)
        formID = visit.site.ids.make()
        keeps = words("booking.keeps", ["count": String(clinic.diary.holdMinutes)])
        title = service.map { words("booking.title_service", ["service": $0.name]) } ?? words["booking.title"]
        waiting =
            chosen == nil ? nil : WaitingForm(visit, last: week.days.upperBound)
    }

    /// The symptom check's answers, as they came from its result.
    static func carried(_ visit: Visit) -> [HiddenField] {
        guard visit.form.has("answers"), visit.form.has("page") else { return [] }
        return ["answers", "page"].map { HiddenField(name: $0, value: visit.form[$0]) }
    }
}

/// Asks to be told when something becomes free.
struct WaitingForm: Sendable {
    let waitingID: String
    let latest: String
    let today: String
    /// A patient is known, so nothing is asked.
    let isKnown: Bool

    init(_ visit: Visit, last: Day) {
        isKnown = visit.session?.role == .patient
        waitingID = visit.site.ids.make()
        latest = last.description
        today = visit.moment.today.description
    }
}
