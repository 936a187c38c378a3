// SPDX-License-Identifier: Apache-2.0
import Clinical
import Foundation
import Store

/// The clinic's first page: what it does for a sore calf, and the one thing to do first.
struct HomePage: PublicPage {
    static let template = "home"

    struct Service: Sendable {
        let name: String
        let minutes: String
    }

    struct Therapist: Sendable {
        let name: String
        let about: String?
        let languages: String?
    }

    let title: String
    let lead: String
    let open: OpenToday
    let hours: [String]
    /// Days of the next two weeks on which it is open otherwise.
    let special: [String]
    let hasSpecial: Bool
    let address: [String]
    let mapLink: String
    let emergency: String
    let emergencyCall: String
    let emergencyLink: String
    let services: [Service]
    let hasServices: Bool
    let team: [Therapist]
    let hasTeam: Bool
    let languages: String
    let reviews: [ReviewCard]
    let hasReviews: Bool
    var place: String? { "/" }
    var path: String { "/" }
    let summary: String
    private let changes: [DiaryChange]

    init(
        _ visit: Visit, team accounts: [Account], reviews shown: [ShownReview], changes: [DiaryChange]
    ) {
        let words = visit.words
        let clinic = visit.site.clinic
        title = words["home.title"]
        lead = words("home.lead", ["clinic": clinic.name])
        summary = words("home.summary", ["clinic": clinic.name, "phone": clinic.phone])
        open = OpenToday(clinic, changes, at: visit.moment, words)
        hours = clinic.hourLines(words)
        self.changes = changes
        let today = visit.moment.today
        special = clinic.specialRuns(from: today, changes)
            .filter { $0.days.lowerBound <= today.advanced(by: 14) }.map { $0.line(words) }
        hasSpecial = !special.isEmpty
        address = clinic.address
        mapLink = clinic.mapLink
        emergency = words("home.emergency", ["emergency": clinic.emergency])
        emergencyCall = words("check.call", ["number": clinic.emergency])
        emergencyLink = clinic.emergencyLink
        services = clinic.publicServices.map { service in
            Service(
                name: service.name(in: visit.language),
                minutes: words("dose.minutes", ["count": String(service.minutes)]))
        }
        hasServices = !services.isEmpty
        team = accounts.map { account in
            let profile = clinic.diary.profile(account.email)
            let spoken = (profile?.languages ?? []).map(visit.nameOfLanguage)
            return Therapist(
                name: ReviewName.spoken(account.name),
                about: profile.flatMap { $0.about[visit.language] ?? $0.about["en"] },
                languages: spoken.isEmpty
                    ? nil : words("home.speaks", ["languages": visit.list(spoken)]))
        }
        hasTeam = !team.isEmpty
        languages = words(
            "home.we_speak", ["languages": visit.list(clinic.languages.map(visit.nameOfLanguage))])
        reviews = shown.map { ReviewCard($0, visit) }
        hasReviews = !reviews.isEmpty
    }

    func structuredData(_ visit: Visit) -> String? { DataBlock.json(ClinicData(visit, changes)) }
}

extension Visit {
    /// "Spanish", in the visitor's own language.
    func nameOfLanguage(_ code: String) -> String {
        Locale(identifier: language).localizedString(forLanguageCode: code) ?? code
    }

    /// "English, Spanish and Polish".
    func list(_ texts: [String]) -> String {
        guard texts.count > 1, let last = texts.last else { return texts.first ?? "" }
        return texts.dropLast().joined(separator: ", ") + words["hours.and"] + last
    }
}
