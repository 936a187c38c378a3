// SPDX-License-Identifier: Apache-2.0
import Clinical

/// What a sent question page says: the answers with this page's laid over them, and what is wrong with it.
struct PageReading {
    /// Why one field cannot be taken.
    enum Fault: Hashable {
        case missing
        case number(AnswerProblem)
    }

    private(set) var answers: Answers
    private(set) var faults: [FactID: Fault] = [:]

    /// The word of a "not sure" that the vocabulary has no word for: the finding stays unknown.
    static let notSure = "unsure"

    /// Reads a page's fields; `rest` says what the fields of a tick list that are not ticked mean.
    init(_ form: Form, step: Questionnaire.Step, given: Answers, vocabulary: Vocabulary, rest: Rest) {
        answers = given
        for id in step.findings {
            guard let finding = vocabulary.finding(id) else { continue }
            if step.page.kind == .tick {
                answers[id] = form[id.rawValue] == "yes" ? .word("yes") : rest.answer
            } else {
                read(finding, form[id.rawValue])
            }
        }
    }

    enum Rest {
        case no, unsure
        /// The person goes back: nothing is said about it yet.
        case open

        var answer: Answer? {
            switch self {
            case .no: .word("no")
            case .unsure: .word("unsure")
            case .open: nil
            }
        }
    }

    private mutating func read(_ finding: Finding, _ text: String) {
        answers[finding.id] = nil
        let isUnsure = text.isEmpty || text == Self.notSure
        switch finding.values {
        case .choice(let words):
            if text.isEmpty { return faults[finding.id] = .missing }
            // Left out, not "no": the vocabulary has no word for it here.
            if text == Self.notSure, !words.contains(text) { return }
        case .number(_, _, _, let hasUnsure):
            if text.isEmpty, finding.isScale { return faults[finding.id] = .missing }
            if isUnsure { return answers[finding.id] = hasUnsure ? .word("unsure") : nil }
        }
        do {
            answers[finding.id] = try finding.answer(from: text)
        } catch {
            // A word that the page does not offer is no answer.
            if case .choice = finding.values {
                faults[finding.id] = .missing
            } else {
                faults[finding.id] = .number(error)
            }
        }
    }
}

extension Finding {
    /// Asked on the pain scale: whole numbers from 0 to 10.
    var isScale: Bool {
        if case .number(true, 0...10, _, _) = values { true } else { false }
    }
}
