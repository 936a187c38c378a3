// SPDX-License-Identifier: Apache-2.0
import Clinical
import Foundation
import Store

/// Who asked to be evaluated, most urgent first.
struct RequestsPage: Page {
    static let template = "requests"

    struct Line: Sendable {
        let name: String
        let href: String
        let phone: String
        let phoneLink: String
        let when: String
        let urgency: Urgency
        let takenBy: String?

        init(_ visit: Visit, _ request: EvaluationRequest, takenBy: String? = nil) {
            name = request.name
            href = "/requests/\(request.id)"
            phone = request.phone
            phoneLink = request.phone.dialled
            when = visit.dated(request.at)
            urgency = Urgency(request, visit.words)
            self.takenBy = takenBy
        }
    }

    let title: String
    let notice: String?
    let waiting: [Line]
    let hasWaiting: Bool
    let taken: [Line]
    let hasTaken: Bool
    var place: String? { "/requests" }
    var width: PageWidth { .wide }

    init(
        _ visit: Visit, waiting: [EvaluationRequest], taken: [EvaluationRequest], names: [Person.ID: String],
        notice: String?
    ) {
        let words = visit.words
        self.notice = notice
        title = waiting.isEmpty ? words["requests.none"] : words("requests.count", count: waiting.count)
        self.waiting = Self.sorted(waiting).map { Line(visit, $0) }
        self.taken = Self.sorted(taken).map { request in
            let name = request.takenBy.flatMap { names[$0] } ?? words["requests.somebody"]
            return Line(visit, request, takenBy: words("requests.taken_by", ["name": name]))
        }
        hasWaiting = !waiting.isEmpty
        hasTaken = !taken.isEmpty
    }

    /// Sorting is stable: of one urgency, who waits longest comes first.
    private static func sorted(_ requests: [EvaluationRequest]) -> [EvaluationRequest] {
        func urgency(_ request: EvaluationRequest) -> Disposition {
            Disposition(rawValue: request.disposition) ?? .emergencyNow
        }
        return requests.sorted { urgency($0) > urgency($1) }
    }
}

/// How soon somebody must be seen, as a tag with a word.
struct Urgency: Sendable {
    let word: String
    /// `stop`, `wait`, or nothing.
    let mark: String
    let isUrgent: Bool

    init(_ request: EvaluationRequest, _ words: Words) {
        let disposition = Disposition(rawValue: request.disposition)
        word = words["requests.urgency.\(request.disposition)"]
        isUrgent = (disposition ?? .emergencyNow) >= .sameDay
        mark = isUrgent ? "stop" : "wait"
    }
}

/// One request: what to do with it, and for therapists what was answered.
struct RequestPage: Page {
    static let template = "request"

    struct Answered: Sendable {
        let question: String
        let answer: String
    }

    let title: String
    let href: String
    let phone: String
    let phoneLink: String
    let when: String
    let urgency: Urgency
    let urgent: String?
    let isNew: Bool
    let isTaken: Bool
    let takenBy: String?
    /// For therapists only; the desk books, it does not read health data.
    let answers: [Answered]
    let hasAnswers: Bool
    let reasons: [String]
    let hasReasons: Bool
    let fields: PatientForm
    let namesakes: [Choice]
    let hasNamesakes: Bool
    let problems: [Problem]
    let hasProblems: Bool
    var place: String? { "/requests" }

    init(
        _ visit: Visit, _ request: EvaluationRequest, takenBy: String?, fields: PatientForm?,
        namesakes: [Patient]
    ) {
        let words = visit.words
        let medicine = visit.medicine
        title = words("requests.one", ["name": request.name])
        href = "/requests/\(request.id)"
        phone = request.phone
        phoneLink = request.phone.dialled
        when = visit.dated(request.at)
        urgency = Urgency(request, words)
        urgent = urgency.isUrgent ? words["requests.urgent.\(request.disposition)"] : nil
        isNew = request.status == .new
        isTaken = request.status == .taken
        self.takenBy = takenBy.map { words("requests.taken_by", ["name": $0]) }
        let given = request.readAnswers
        let isTherapist = visit.session?.role == .therapist
        answers = isTherapist ? Self.answered(given, visit) : []
        hasAnswers = !answers.isEmpty
        reasons = isTherapist ? request.readRules.map { medicine["rule.\($0)"] } : []
        hasReasons = !reasons.isEmpty
        // What was said of the sex is an answer too; the desk asks for it itself.
        self.fields =
            fields ?? PatientForm(visit, request: request, sex: isTherapist ? given.word("sex") : nil)
        self.namesakes =
            namesakes.map { patient in
                Choice(
                    value: patient.account.id.rawValue,
                    label: words(
                        "requests.same", ["name": patient.account.name, "time": visit.dated(patient.openedAt)]
                    ),
                    isChosen: false)
            }
            + (namesakes.isEmpty
                ? [] : [Choice(value: "new", label: words["requests.another"], isChosen: false)])
        hasNamesakes = !namesakes.isEmpty
        problems =
            self.fields.problems
            + (namesakes.isEmpty ? [] : [Problem(href: "#who", text: words["people.problem.namesake"])])
        hasProblems = !problems.isEmpty
    }

    /// In the order of the vocabulary, which is the order they were asked in.
    private static func answered(_ answers: Answers, _ visit: Visit) -> [Answered] {
        let medicine = visit.medicine
        return visit.site.pathway.vocabulary.findings.compactMap { finding in
            guard let answer = answers[finding.id] else { return nil }
            return Answered(
                question: medicine["finding.\(finding.id).label"], answer: text(answer, finding.id, medicine))
        }
    }

    private static func text(_ answer: Answer, _ id: FactID, _ medicine: Words) -> String {
        switch answer {
        case .number(let number): return number.formatted(.number.precision(.fractionLength(0...1)))
        case .word(let word):
            let own = "finding.\(id).value.\(word)"
            return medicine[medicine.has(own) ? own : "answer.\(word)"]
        }
    }
}
