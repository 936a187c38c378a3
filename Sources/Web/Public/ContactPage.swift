// SPDX-License-Identifier: Apache-2.0
import Clinical
import Store

/// How to reach the clinic, and when somebody is there.
struct ContactPage: PublicPage {
    static let template = "contact"

    struct Line: Sendable {
        let day: String
        /// One line for each time of the day that it is open; a break lies between two.
        let times: [String]
        let isToday: Bool
    }

    let title: String
    let open: OpenToday
    let week: [Line]
    let hasWeek: Bool
    /// The hours of a clinic whose file gives them in lines of text.
    let hours: [String]
    /// Days ahead on which it is open otherwise.
    let special: [String]
    let hasSpecial: Bool
    let address: [String]
    let mapLink: String
    let languages: String
    let emergency: String
    let emergencyCall: String
    let emergencyLink: String
    let summary: String
    var place: String? { "/contact" }
    var path: String { "/contact" }

    private let changes: [DiaryChange]

    init(_ visit: Visit, changes: [DiaryChange]) {
        let words = visit.words
        let clinic = visit.site.clinic
        let today = visit.moment.today
        title = words["contact.title"]
        summary = words(
            "contact.summary",
            ["clinic": clinic.name, "phone": clinic.phone, "address": clinic.address.joined(separator: ", ")])
        open = OpenToday(clinic, changes, at: visit.moment, words)
        hasWeek = !clinic.hours.isEmpty
        week = Weekday.allCases.map { weekday in
            let ranges = clinic.hours[weekday]
            return Line(
                day: words["date.weekday.\(weekday.number)"],
                times: ranges.isEmpty ? [words["contact.closed"]] : ranges.map { [$0].text(words) },
                isToday: weekday == Weekday(today))
        }
        hours = hasWeek ? [] : clinic.hourLines(words)
        special = clinic.specialRuns(from: today, changes).map { $0.line(words) }
        hasSpecial = !special.isEmpty
        self.changes = changes
        address = clinic.address
        mapLink = clinic.mapLink
        languages = words(
            "home.we_speak", ["languages": visit.list(clinic.languages.map(visit.nameOfLanguage))])
        emergency = words("home.emergency", ["emergency": clinic.emergency])
        emergencyCall = words("check.call", ["number": clinic.emergency])
        emergencyLink = clinic.emergencyLink
    }

    func structuredData(_ visit: Visit) -> String? { DataBlock.json(ClinicData(visit, changes)) }
}
