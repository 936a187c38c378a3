// SPDX-License-Identifier: Apache-2.0
import Clinical
import Foundation
import Store

/// Who waits, in the order of their turn, with the reason for it.
struct WaitingPage: Page {
    static let template = "diary-waiting"

    struct Line: Sendable {
        let name: String
        let phone: String?
        let phoneLink: String
        let personHref: String?
        let what: String
        let since: String
        let latest: String
        let needWord: String
        let needMark: String
        /// Who says so, or that nobody did.
        let basis: String
        let requestHref: String?
        let offer: String?
        let offerID: String
        let offerHref: String
        let path: String
        let acceptID: String
        let declineID: String
        let needs: [Choice]
    }

    let title: String
    let done: String?
    let lines: [Line]
    let hasLines: Bool
    let marksNeed: Bool
    /// What counts how much, the first first.
    let reasons: [String]
    var place: String? { "/diary" }
    var width: PageWidth { .wide }

    init(
        _ visit: Visit, _ entries: [WaitingList.Entry], offers: [Waiting.ID: Appointment],
        therapists: [Therapist]
    ) {
        let words = visit.words
        let wording = AppointmentWords(visit, therapists: therapists)
        marksNeed = visit.session?.role == .therapist
        lines = entries.map { entry in
            let waiting = entry.waiting
            let whom = waiting.therapist.map(wording.therapist) ?? words["booking.anybody"]
            let finding = waiting.need.finding
            let offer = offers[waiting.id]
            return Line(
                name: entry.name, phone: entry.phone, phoneLink: entry.phone?.dialled ?? "",
                personHref: waiting.patient.map { "/people/\($0)" },
                what: "\(wording.service(waiting.service)) · \(whom)",
                since: visit.dated(waiting.at), latest: waiting.latest.short(words),
                needWord: finding.map { words["requests.urgency.\($0.rawValue)"] }
                    ?? words["waiting.unknown"],
                needMark: finding.map { $0 >= .sameDay ? "stop" : "wait" } ?? "",
                basis: words["waiting.basis.\(waiting.need.basis.rawValue)"],
                requestHref: waiting.request.map { "/requests/\($0)" },
                offer: offer.map { kept in
                    words(
                        "waiting.offered",
                        ["when": wording.when(kept), "clock": kept.heldUntil.map(wording.clock) ?? ""])
                }, offerID: offer?.id.rawValue ?? "", offerHref: "/diary/\(offer?.id.rawValue ?? "")",
                path: "/diary/waiting/\(waiting.id)", acceptID: visit.site.ids.make(),
                declineID: visit.site.ids.make(),
                needs: Disposition.allCases.sorted(by: >).map {
                    Choice(
                        value: $0.rawValue, label: words["requests.urgency.\($0.rawValue)"],
                        isChosen: $0 == finding ?? .bookEvaluation)
                })
        }
        hasLines = !lines.isEmpty
        title = lines.isEmpty ? words["waiting.none"] : words("waiting.count", count: lines.count)
        done = visit.done("waiting")
        reasons = visit.site.waiting.order.lines.map { words["waiting.reason.\($0.reason)"] }
    }
}

/// Puts somebody on the waiting list for whom nothing suits: a patient, or whoever is on the telephone.
struct NewWaitingPage: Page {
    static let template = "diary-waiting-new"
    let title: String
    let problem: String?
    let formID: String
    let finder: PatientFinder
    let typed: DetailsForm
    let services: [Choice]
    let therapists: [Choice]
    let today: String
    let latest: String
    var place: String? { "/diary" }

    init(
        _ visit: Visit, found: [Patient], patient: Patient?, therapists all: [Therapist], problem: String?
    ) {
        let words = visit.words
        self.problem = problem
        formID = visit.nextFormID(isAgain: problem != nil)
        finder = PatientFinder(visit, path: "/diary/waiting/new", keeps: [], found: found, patient: patient)
        typed = DetailsForm(visit)
        title = finder.patientName.map { words("waiting.new_for", ["name": $0]) } ?? words["waiting.new"]
        let (service, wish) = (visit.form["service"], visit.form["therapist"])
        services = visit.site.clinic.services.map {
            Choice(value: $0.id, label: $0.name(in: visit.language), isChosen: $0.id == service)
        }
        therapists =
            [Choice(value: "", label: words["booking.anybody"], isChosen: wish.isEmpty)]
            + all.map { Choice(value: $0.id.rawValue, label: $0.name, isChosen: $0.id.rawValue == wish) }
        let today = visit.moment.today
        self.today = today.description
        latest = Day(visit.form["latest"])?.description ?? today.advanced(by: 14).description
    }
}
