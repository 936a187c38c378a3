// SPDX-License-Identifier: Apache-2.0
import Clinical
import Foundation
import HTTPTypes
import Hummingbird
import Store

/// The patients by name.
struct PeoplePage: Page {
    static let template = "people"

    struct Line: Sendable {
        let name: String
        let href: String
        let born: String
        let phone: String
        let phoneLink: String
        /// For therapists only.
        let chart: String?
        let chartLabel: String

        init(_ visit: Visit, _ patient: Patient) {
            name = patient.account.name
            href = "/people/\(patient.account.id)"
            born = patient.account.born.map { $0.dated(visit.words) } ?? ""
            phone = patient.account.phone ?? ""
            phoneLink = phone.dialled
            chart = visit.session?.role == .therapist ? "/charts/\(patient.episode)" : nil
            chartLabel = visit.words("people.chart_of", ["name": name])
        }
    }

    let title: String
    /// What was searched for.
    let sought: String
    let lines: [Line]
    let hasLines: Bool
    let showsCharts: Bool
    let more: String?
    let emptyTitle: String
    let emptyText: String
    var place: String? { "/people" }
    var width: PageWidth { .wide }

    init(_ visit: Visit, name: String, found: [Patient]) {
        let words = visit.words
        let limit = PeopleRoutes.listed
        sought = name
        lines = found.prefix(limit).map { Line(visit, $0) }
        hasLines = !lines.isEmpty
        showsCharts = visit.session?.role == .therapist
        more = found.count > limit ? words("people.more", ["count": String(limit)]) : nil
        emptyTitle = words[name.isEmpty ? "people.none_title" : "people.not_found_title"]
        emptyText =
            name.isEmpty ? words["people.none_text"] : words("people.not_found_text", ["name": name])
        title =
            if lines.isEmpty {
                emptyTitle
            } else if more != nil {
                words("people.first", ["count": String(limit)])
            } else if name.isEmpty {
                words("people.count", count: lines.count)
            } else {
                words("people.found", count: lines.count)
            }
    }
}

/// Adding a patient.
struct NewPatientPage: Page {
    static let template = "people-new"
    let title: String
    let formID: String
    let fields: PatientForm
    let problems: [Problem]
    let hasProblems: Bool
    /// Patients of the same name and birth day.
    let namesakes: [PeoplePage.Line]
    let hasNamesakes: Bool
    var place: String? { "/people" }

    init(_ visit: Visit, fields: PatientForm, namesakes: [Patient] = []) {
        title = visit.words["people.new_title"]
        formID = visit.nextFormID()
        self.fields = fields
        self.namesakes = namesakes.map { PeoplePage.Line(visit, $0) }
        hasNamesakes = !namesakes.isEmpty
        problems =
            fields.problems
            + (namesakes.isEmpty
                ? [] : [Problem(href: "#another", text: visit.words["people.problem.namesake"])])
        hasProblems = !problems.isEmpty
    }
}

/// One patient, as the desk knows them.
struct PatientPage: Page {
    static let template = "person"
    let title: String
    let action: String
    let born: String
    let added: String
    let isDisabled: Bool
    let done: String?
    let chart: String?
    let fields: PatientForm
    let problems: [Problem]
    let hasProblems: Bool
    let texts: TextChoice?
    var place: String? { "/people" }

    init(_ visit: Visit, _ patient: Patient, fields: PatientForm?, refusesTexts: Bool) {
        title = patient.account.name
        action = "/people/\(patient.account.id)"
        born = patient.account.born.map { $0.dated(visit.words) } ?? visit.words["people.unknown"]
        added = visit.dated(patient.openedAt)
        isDisabled = patient.account.disabledAt != nil
        texts = TextChoice(visit, path: "\(action)/texts", refuses: refusesTexts, who: "desk")
        chart = visit.session?.role == .therapist ? "/charts/\(patient.episode)" : nil
        done = visit.done("people")
        var kept = PatientForm(visit)
        kept.name.value = patient.account.name
        kept.phone.value = patient.account.phone ?? ""
        self.fields = fields ?? kept
        problems = self.fields.problems
        hasProblems = !problems.isEmpty
    }
}

/// A sign-in link, shown once.
struct LinkPage: Page {
    static let template = "link"
    let title: String
    let link: String
    let until: String
    /// What to say while handing it over.
    let say: [String]
    let back: String
    let backLabel: String
    let isStaffLink: Bool
    let place: String?

    init(_ visit: Visit, _ patient: Patient, _ token: Token) {
        let until = visit.dated(visit.now.addingTimeInterval(Double(PeopleRoutes.linkSeconds)))
        title = visit.words("link.title", ["name": patient.account.name])
        link = visit.address(of: token)
        self.until = visit.words("link.until", ["time": until])
        say = visit.words.lines("link.say").map {
            $0.replacing("{time}", with: until).replacing("{clinic}", with: visit.site.clinic.name)
        }
        back = "/people/\(patient.account.id)"
        backLabel = visit.words("link.back", ["name": patient.account.name])
        isStaffLink = false
        place = "/people"
    }

    init(_ visit: Visit, member: Account, _ token: Token) {
        let until = visit.dated(visit.now.addingTimeInterval(Double(PeopleRoutes.linkSeconds)))
        title = visit.words("link.title", ["name": member.name])
        link = visit.address(of: token)
        self.until = visit.words("link.until", ["time": until])
        say = []
        back = "/staff"
        backLabel = visit.words["link.back_staff"]
        isStaffLink = true
        place = "/staff"
    }
}

extension Visit {
    /// The whole address that a token's link has, as this browser reaches the site.
    func address(of token: Token) -> String {
        "\(site.isSecure ? "https" : "http")://\(request.head.authority ?? "")/enter/\(token.text)"
    }
}
