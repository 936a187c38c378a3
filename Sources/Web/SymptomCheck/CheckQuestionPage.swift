// SPDX-License-Identifier: Apache-2.0
import Clinical

/// One page of the symptom check.
struct CheckQuestionPage: Page {
    static let template = "check-question"

    struct Problem: Sendable {
        let href: String
        let text: String
    }

    struct Option: Sendable {
        let value: String
        let label: String
        let isChosen: Bool
        /// Stands below a scale's numbers.
        var isUnsure = false
    }

    struct Choice: Sendable {
        let name: String
        /// nil where the page's heading asks it.
        let legend: String?
        let hint: String?
        let fault: String?
        let options: [Option]
    }

    struct Number: Sendable {
        let name: String
        let label: String
        let hint: String?
        let fault: String?
        let typed: String
        let unit: String?
        let keyboard: String
        let describedBy: String
    }

    /// A field is one of three; the others are nil.
    struct Field: Sendable {
        var choice: Choice?
        var number: Number?
        var scale: Choice?
    }

    struct Tick: Sendable {
        let name: String
        let label: String
        let hint: String?
        let isTicked: Bool
    }

    let title: String
    /// Named apart from the fields' hints: a template looks for a missing name further out.
    let pageHint: String?
    let progress: String
    let position: Int
    let total: Int
    let problemTitle: String?
    let problems: [Problem]
    let answers: String
    let pageID: String
    let goesOn: Bool
    let isFirst: Bool
    let isTickList: Bool
    let ticks: [Tick]
    let fields: [Field]
    /// The page's one field is asked by its heading.
    let isOneQuestion: Bool
    var place: String? { "/check" }

    /// The page as it stands after `given`; shown again, with what was typed in `form`, because of `faults`.
    ///
    /// `goesOn` says that the person answers the rest after an emergency was shown.
    init(
        _ visit: Visit, _ questionnaire: Questionnaire, step: Questionnaire.Step, given: Answers,
        goesOn: Bool, form: Form? = nil, faults: [FactID: PageReading.Fault] = [:]
    ) {
        let words = visit.words
        let medicine = visit.medicine
        let maker = FieldMaker(
            words: words, medicine: medicine, given: given, form: form, faults: faults,
            isOne: step.findings.count == 1)
        let findings = step.findings.compactMap { visit.site.pathway.vocabulary.finding($0) }
        title = medicine["question.\(step.page.id).title"]
        pageHint = medicine.ifPresent("question.\(step.page.id).hint")
        let (position, total) = questionnaire.progress(at: step.page.id, in: questionnaire.course(given))
        self.position = position
        self.total = total
        progress = words("check.progress", ["position": String(position), "total": String(total)])
        answers = HiddenAnswers.text(given)
        pageID = step.page.id
        self.goesOn = goesOn
        isFirst = pageID == questionnaire.first?.id
        isTickList = step.page.kind == .tick
        ticks = isTickList ? findings.map(maker.tick) : []
        fields = isTickList ? [] : findings.map(maker.field)
        isOneQuestion = fields.count == 1 && fields[0].choice != nil
        let faulty = findings.filter { faults[$0.id] != nil }
        problems = faulty.map { finding in
            Problem(href: "#\(finding.id)", text: maker.line(finding) ?? "")
        }
        problemTitle = faulty.isEmpty ? nil : words("check.problem.title", count: faulty.count)
    }
}

extension Words {
    func ifPresent(_ key: String) -> String? { has(key) ? self[key] : nil }
}
