// SPDX-License-Identifier: Apache-2.0
import Clinical

/// What came of the check: how soon, why, and what to do until then.
struct CheckResult: Sendable {
    /// Why the check ended before its last page.
    enum Stop: String, Sendable {
        case emergency
        case notAdult = "not_adult"
    }

    /// As they are carried on, with answers to pages that are no longer asked.
    let given: Answers
    /// What the rules looked at.
    let answers: Answers
    let course: Questionnaire.Course
    /// The page that was answered last.
    let page: String
    let screening: Screening
    let stop: Stop?
    /// The reasons that are told.
    ///
    /// Where the check ended early, only what was answered is a reason.
    let reasons: [Screening.Reason]

    init(_ given: Answers, at page: String, _ questionnaire: Questionnaire, _ pathway: Pathway) {
        self.given = given
        self.page = page
        course = questionnaire.course(given)
        answers = course.answers
        screening = pathway.screen(answers)
        if questionnaire.next(after: page, in: course) != nil {
            stop = .emergency
        } else {
            stop = questionnaire.isExcluded(answers) ? .notAdult : nil
        }
        reasons = stop == nil ? screening.reasons : screening.reasons.filter { !$0.because.isEmpty }
    }

    /// What was asked and is not known.
    var unknown: [FactID] {
        let asked = Set(course.steps.flatMap(\.findings))
        return screening.unknown.filter { asked.contains($0) }
    }

    // What is said once, by how soon it is, and not by each reason.
    private static let contacts: Set<String> = ["emergency_number", "call_clinic", "book", "see_person"]
    private static let onlyInEmergency: Set<String> = ["do_not_drive", "eat_or_drink"]

    /// Keys of what to do, the most urgent first, each once, none against another.
    var dos: [String] {
        var keys: [String] =
            switch screening.disposition {
            case .emergencyNow: ["emergency_number"]
            case .sameDay: ["call_clinic"]
            case .bookEvaluation: ["book"]
            case .selfCareMonitor: []
            }
        if stop == .notAdult { keys.append("see_person") }
        for reason in reasons where reason.fired || reason.disposition == screening.disposition {
            keys += reason.rule.dos.filter { !Self.contacts.contains($0) }
        }
        let staysOffTheLeg = keys.contains("keep_off_leg") || donts.contains("walk_on_it")
        return fitting(keys).filter { !(staysOffTheLeg && $0 == "protect") }
    }

    /// Keys of what not to do.
    var donts: [String] { fitting(reasons.flatMap(\.rule.donts)) }

    private func fitting(_ keys: [String]) -> [String] {
        var seen: Set<String> = []
        return keys.filter { key in
            let fits = screening.disposition == .emergencyNow || !Self.onlyInEmergency.contains(key)
            return fits && seen.insert(key).inserted
        }
    }
}
