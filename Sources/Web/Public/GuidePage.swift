// SPDX-License-Identifier: Apache-2.0
import Clinical
import Foundation

/// The guide to a torn calf: how it happens, what else it can be, how long it takes, what to do.
struct GuidePage: PublicPage {
    static let template = "guide"

    struct Section: Sendable {
        let id: String
        let heading: String
        let lines: [String]
        /// flag for what cannot wait, card for the rest.
        let box: String
        let hasAnatomy: Bool
        let hasTimes: Bool
        let hasExercises: Bool
    }

    struct Grade: Sendable {
        let name: String
        let what: String
    }

    struct Window: Sendable {
        let grade: String
        let time: String
        let source: Reference
    }

    struct Study: Sendable {
        let name: String
        let time: String
        let people: String
        let source: Reference
    }

    let title: String
    let sections: [Section]
    let grades: [Grade]
    let windows: [Window]
    let studies: [Study]
    let recurrence: [String]
    let prognosisNote: String
    let gradeNote: String
    let stages: [GuideStage]
    let summary: String
    let emergencyCall: String
    let emergencyLink: String
    var place: String? { "/guide" }
    var path: String { "/guide" }

    /// What cannot wait stands first; then what it is, what is done, and what to do.
    private static let order = [
        "emergency", "today", "care", "what", "range", "moments", "risks", "symptoms", "examined",
        "lookalikes", "imaging", "do_now", "do_not", "clinic", "home", "healing", "complications"
    ]

    init(_ visit: Visit) {
        let words = visit.words
        let medicine = visit.medicine
        let pathway = visit.site.pathway
        title = words["guide.title"]
        sections = Self.order.map { id in
            Section(
                id: id, heading: medicine["guide.\(id).title"], lines: medicine.lines("guide.\(id).text"),
                box: id == "emergency" || id == "today" ? "flag" : "card", hasAnatomy: id == "what",
                hasTimes: id == "healing", hasExercises: id == "home")
        }
        let teller = TimeTeller(words: words, medicine: medicine, pathway: pathway)
        grades = Clinical.Grade.allCases.map { grade in
            Grade(
                name: medicine["grade.\(grade.rawValue).name"], what: medicine["grade.\(grade.rawValue).what"]
            )
        }
        windows = pathway.prognosis.windows.flatMap(teller.windows)
        studies = pathway.prognosis.studies.flatMap(teller.studies)
        recurrence = pathway.prognosis.recurrence.map(teller.recurrence)
        prognosisNote = medicine["prognosis.note"]
        gradeNote = medicine["prognosis.grade_note"]
        stages = pathway.phases.map { GuideStage($0, visit) }
        summary = words["guide.summary"]
        emergencyCall = words("check.call", ["number": visit.site.clinic.emergency])
        emergencyLink = visit.site.clinic.emergencyLink
    }
}

extension GuidePage {
    func structuredData(_ visit: Visit) -> String? { DataBlock.json(GuideData(self, visit)) }
}

/// Times from the sources, in words.
private struct TimeTeller {
    let words: Words
    let medicine: Words
    let pathway: Pathway

    func windows(_ window: Prognosis.Window) -> [GuidePage.Window] {
        let time: String =
            switch (window.words, window.weeksFrom, window.weeksTo) {
            case (let text?, _, _): medicine["prognosis.window.\(text)"]
            case (nil, let from?, let to?): words("guide.weeks", ["from": plain(from), "to": plain(to)])
            case (nil, let from, _): words("guide.weeks_open", ["from": plain(from ?? 0)])
            }
        return references(window.basis).map {
            .init(grade: medicine["grade.\(window.grade.rawValue).name"], time: time, source: $0)
        }
    }

    func studies(_ study: Prognosis.Study) -> [GuidePage.Study] {
        guard let days = study.days else { return [] }
        let time =
            study.spreadDays.map { words("guide.days_spread", ["days": plain(days), "spread": plain($0)]) }
            ?? words("guide.days", ["days": plain(days)])
        return references(study.basis).map {
            .init(
                name: medicine["prognosis.study.\(study.id)"], time: time,
                people: study.people.map { words("guide.study_size", ["count": String($0)]) } ?? "",
                source: $0)
        }
    }

    func recurrence(_ recurrence: Prognosis.Recurrence) -> String {
        let what = medicine["prognosis.recurrence.\(recurrence.id)"]
        if let ratio = recurrence.hazardRatio {
            return words("guide.ratio", ["what": what, "ratio": plain(ratio)])
        }
        if let from = recurrence.sharePercentFrom, let to = recurrence.sharePercentTo {
            return words("guide.share", ["what": what, "from": plain(from), "to": plain(to)])
        }
        return what
    }

    private func references(_ basis: Basis) -> [Reference] {
        basis.sources.compactMap { pathway.citations[$0] }.map { Reference($0) }
    }
}
