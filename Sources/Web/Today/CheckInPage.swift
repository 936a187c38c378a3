// SPDX-License-Identifier: Apache-2.0
import Clinical
import Store

/// The daily check on one page.
struct CheckInPage: Page {
    struct Option: Sendable {
        let value: String
        let label: String
        let isChosen: Bool
    }

    struct Question: Sendable {
        let id: String
        let label: String
        let hint: String
        let options: [Option]
    }

    struct Tick: Sendable {
        let id: String
        let label: String
        let isTicked: Bool
    }

    struct Problem: Sendable {
        let field: String
        let text: String
    }

    static let template = "check-in"
    let title: String
    let problemTitle: String?
    let problems: [Problem]
    let pains: [Question]
    let morning: Question
    let choices: [Question]
    let redFlags: [Tick]
    let restNo: Bool
    let restUnsure: Bool
    let formID: String
    var place: String? { "/today" }

    init(_ visit: Visit, entered: Form, problems: [(field: String, text: String)]) {
        let words = visit.words
        let medicine = visit.medicine
        let parts = visit.site.pathway.checkIn
        let vocabulary = visit.site.pathway.vocabulary
        title = words["check_in.title"]
        self.problems = problems.map { Problem(field: $0.field, text: $0.text) }
        problemTitle = problems.isEmpty ? nil : words("exercise.problems", count: problems.count)
        func question(_ id: FactID, _ options: [Option]) -> Question {
            Question(
                id: id.rawValue, label: medicine["finding.\(id).label"],
                hint: medicine.has("finding.\(id).hint") ? medicine["finding.\(id).hint"] : "",
                options: options)
        }
        func option(_ id: FactID, _ value: String, _ label: String) -> Option {
            Option(value: value, label: label, isChosen: entered[id.rawValue] == value)
        }
        pains = parts.pain.map { id in question(id, (0...10).map { option(id, String($0), String($0)) }) }
        let mornings = ["-1", "0", "1", "2", "3"]
        morning = Question(
            id: parts.morning.rawValue, label: words["check_in.morning"], hint: "",
            options: mornings.map { option(parts.morning, $0, words["check_in.morning_value.\($0)"]) })
        choices = parts.choices.compactMap { id in
            guard let finding = vocabulary.finding(id) else { return nil }
            return question(
                id,
                finding.words.map { word in
                    let key = "finding.\(id).value.\(word)"
                    return option(id, word, medicine.has(key) ? medicine[key] : medicine["answer.\(word)"])
                })
        }
        let ticked = Set(entered.all("red_flags"))
        redFlags = parts.redFlags.map {
            Tick(
                id: $0.rawValue, label: medicine["finding.\($0).label"],
                isTicked: ticked.contains($0.rawValue))
        }
        restNo = entered["rest"] == "no"
        restUnsure = entered["rest"] == "unsure"
        formID = entered.has("form") ? entered["form"] : visit.site.ids.make()
    }
}
