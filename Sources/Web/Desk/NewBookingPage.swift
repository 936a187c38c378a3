// SPDX-License-Identifier: Apache-2.0
import Clinical
import Foundation
import Store

/// Booking for somebody: a patient found by name, or whoever is on the telephone.
struct NewBookingPage: Page {
    static let template = "diary-new"

    let title: String
    let problem: String?
    let formID: String
    let day: String
    let time: String
    let finder: PatientFinder
    /// As it was typed, where it must be typed once more.
    let typed: DetailsForm
    let services: [Choice]
    let therapists: [Choice]
    let weeks: [Choice]
    let therapist: String
    let starts: String
    var place: String? { "/diary" }

    init(
        _ visit: Visit, found: [Patient], patient: Patient?, therapists all: [Therapist], problem: String?
    ) {
        let words = visit.words
        self.problem = problem
        formID = visit.nextFormID(isAgain: problem != nil)
        let start = Instant(visit.given("starts")).map { WallTime($0.date, in: visit.site.clinic.zone) }
        day = start?.day.description ?? Day(visit.given("day"))?.description ?? visit.moment.today.description
        time = start.map { WallTime.text(minute: $0.minute) } ?? visit.given("time")
        starts = Instant(visit.given("starts"))?.description ?? ""
        therapist = visit.given("therapist")
        let (starts, day, therapist) = (starts, day, therapist)
        finder = PatientFinder(
            visit, path: "/diary/new",
            keeps: [("starts", starts), ("therapist", therapist), ("day", day)].map {
                HiddenField(name: $0, value: $1)
            }, found: found, patient: patient)
        typed = DetailsForm(visit)
        title = finder.patientName.map { words("diary.new_for", ["name": $0]) } ?? words["diary.new"]
        let chosen = visit.given("service")
        services = visit.site.clinic.services.enumerated().map { index, service in
            Choice(
                value: service.id,
                label: service.name(in: visit.language) + " · "
                    + words("booking.minutes", ["count": String(service.minutes)]),
                isChosen: chosen.isEmpty ? index == 0 : chosen == service.id)
        }
        let isDesk = visit.session?.role == .desk
        therapists =
            (isDesk ? [Choice(value: "", label: words["booking.anybody"], isChosen: therapist.isEmpty)] : [])
            + all.map {
                Choice(
                    value: $0.id.rawValue, label: $0.name, isChosen: !isDesk || $0.id.rawValue == therapist)
            }
        weeks = (1...DiaryRules.longestSeries).map { count in
            Choice(
                value: String(count), label: words("diary.weeks", count: count),
                isChosen: visit.given("weeks") == String(count))
        }
    }
}
