// SPDX-License-Identifier: Apache-2.0
import Clinical

/// The order of the symptom check: which pages are asked, given what was answered so far.
///
/// Holds no state: the answers travel with the form.
struct Questionnaire: Sendable {
    /// A page as it stands for this person.
    struct Step: Hashable, Sendable {
        let page: QuestionPage
        /// What is left to ask on it.
        let findings: [FactID]
    }

    /// The check as these answers make it.
    struct Course: Hashable, Sendable {
        let steps: [Step]
        /// The answers to these steps, and what follows from them.
        ///
        /// What was answered on a page that is no longer asked is left out.
        let answers: Answers
        /// Pages that may still drop out.
        let open: Int

        func step(_ page: String) -> Step? { steps.first { $0.page.id == page } }
    }

    private let pathway: Pathway
    private let order: [String: Int]
    /// Rules that say whom the check is not made for.
    private let exclusions: [ScreeningRule]
    /// The pages that such a person still answers.
    private let kept: Set<String>

    init(_ pathway: Pathway) {
        self.pathway = pathway
        order = Dictionary(pathway.questions.enumerated().map { ($1.id, $0) }) { first, _ in first }
        let exclusions = pathway.screening.filter { $0.dos.contains(Self.excluding) }
        self.exclusions = exclusions
        let deciding = exclusions.reduce(into: Set<FactID>()) { $0.formUnion($1.when.facts) }
        kept = Set(
            pathway.questions.filter { page in
                page.findings.contains { id in
                    deciding.contains(id)
                        || pathway.screen(Answers([id: .word("yes")])).isEmergency
                }
            }.map(\.id))
    }

    /// The advice of a rule that ends the check: a person must look.
    private static let excluding = "see_person"

    /// Every finding that some page asks for.
    var findings: Set<FactID> { Set(pathway.questions.flatMap(\.findings)) }

    var first: QuestionPage? { pathway.questions.first }

    func page(_ id: String) -> QuestionPage? { order[id].map { pathway.questions[$0] } }

    /// Whether the rest of the check is not made for this person.
    func isExcluded(_ answers: Answers) -> Bool {
        exclusions.contains { $0.when.verdict(on: answers) == .met }
    }

    func course(_ given: Answers) -> Course {
        var steps: [Step] = []
        var answers = Answers()
        var open = 0
        for page in pathway.questions {
            let asked = page.isAsked(given: answers)
            // What follows is laid down before the page's own answers: nobody answers against it.
            answers = answers.updated(with: page.following(from: answers))
            guard asked, kept.contains(page.id) || !isExcluded(answers) else { continue }
            let findings = page.findings.filter { answers[$0] == nil }
            if page.askUnless?.verdict(on: answers).isUnknown == true { open += 1 }
            steps.append(Step(page: page, findings: findings))
            for id in findings { answers[id] = given[id] }
        }
        return Course(steps: steps, answers: answers, open: open)
    }

    func next(after page: String, in course: Course) -> Step? {
        guard let place = order[page] else { return nil }
        return course.steps.first { order[$0.page.id, default: 0] > place }
    }

    func previous(before page: String, in course: Course) -> Step? {
        guard let place = order[page] else { return nil }
        return course.steps.last { order[$0.page.id, default: 0] < place }
    }

    /// Which page of about how many; pages that may drop out count half.
    func progress(at page: String, in course: Course) -> (position: Int, total: Int) {
        let place = order[page, default: 0]
        let position = course.steps.count { order[$0.page.id, default: 0] <= place }
        return (position, max(position, course.steps.count - course.open / 2))
    }
}

extension Screening {
    /// A rule that fired asks for the emergency number; one that is merely unsettled does not.
    var isEmergency: Bool { reasons.contains { $0.fired && $0.disposition == .emergencyNow } }
}
