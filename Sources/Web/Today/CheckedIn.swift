// SPDX-License-Identifier: Apache-2.0
import Clinical
import Foundation

/// What a person answered in the daily check: read and checked.
struct CheckedIn: Sendable {
    private(set) var answers = Answers()
    private(set) var problems: [(field: String, text: String)] = []

    init(_ form: Form, pathway: Pathway, visit: Visit) {
        let parts = pathway.checkIn
        for id in parts.pain + [parts.morning] + parts.choices {
            guard let finding = pathway.vocabulary.finding(id) else { continue }
            do {
                if let answer = try finding.answer(from: form[id.rawValue]) { answers[id] = answer }
            } catch {
                problems.append((id.rawValue, visit.words["check_in.problem.value"]))
            }
        }
        settleSwelling(visit)
        readRedFlags(form, parts, visit)
    }

    /// Swelling is a red flag while it is unknown, so it is asked for; without any there is no trend to tell.
    private mutating func settleSwelling(_ visit: Visit) {
        if answers.word("swelling") == "none", answers["swelling_trend"] == nil {
            answers["swelling_trend"] = .word("same")
        }
        for id: FactID in ["swelling", "swelling_trend"] where answers[id] == nil {
            guard !problems.contains(where: { $0.field == id.rawValue }) else { continue }
            problems.append((id.rawValue, visit.words["check_in.problem.choose"]))
        }
    }

    /// Ticked ones are "yes"; the rest is what the person says of it at the end, and nothing is taken for granted.
    private mutating func readRedFlags(_ form: Form, _ parts: CheckInForm, _ visit: Visit) {
        let ticked = Set(form.all("red_flags"))
        let rest = form["rest"]
        guard rest == "no" || rest == "unsure" else {
            problems.append(("rest-no", visit.words["check_in.problem.rest"]))
            return
        }
        for id in parts.redFlags {
            answers[id] = .word(ticked.contains(id.rawValue) ? "yes" : rest)
        }
    }
}
