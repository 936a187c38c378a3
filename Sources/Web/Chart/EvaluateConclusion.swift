// SPDX-License-Identifier: Apache-2.0
import Clinical
import Foundation

/// What the therapist concludes: the proposal confirmed, or overridden with a reason.
struct EvaluateConclusion: Sendable {
    let grade: Grade?
    let muscle: Muscle?
    private(set) var faults: [ChartForms.Fault] = []
    private let values: ChartForms.Values
    private let proposal: Proposal

    /// Red flags of this urgency must be answered or left standing before anybody signs.
    static let flagged = Disposition.sameDay

    init(_ values: ChartForms.Values, _ proposal: Proposal, _ words: Words) {
        self.values = values
        self.proposal = proposal
        grade = Grade(rawValue: values["grade"])
        muscle = Muscle(rawValue: values["muscle"])
        func require(_ holds: Bool, _ field: String, _ fault: String) {
            if !holds { faults.append(.init(field: field, text: words["evaluate.fault.\(fault)"])) }
        }
        require(values["seen"] == Self.fingerprint(proposal), "proposal", "changed")
        require(grade != nil, "grade", "grade")
        require(muscle != nil, "muscle", "muscle")
        let isOverridden = grade != proposal.grade || muscle != proposal.muscle
        require(!isOverridden || !values["reason"].isEmpty, "reason", "reason")
        require(["yes", "no", "not_yet"].contains(values["clot"]), "clot", "clot")
        if proposal.screening.disposition >= Self.flagged {
            require(["answered", "stand"].contains(values["flags"]), "flags", "flags")
            require(values["flags"] != "answered" || !values["cleared"].isEmpty, "cleared", "cleared")
        }
        for field in ["reason", "imaging", "cleared"] where values[field].count > ChartForms.longestText {
            faults.append(.init(field: field, text: words["sheet.fault.long"]))
        }
    }

    /// Tells whether the proposal that was looked at is still the one that the findings give.
    static func fingerprint(_ proposal: Proposal) -> String {
        let flags = proposal.screening.reasons.filter { $0.disposition >= flagged }.map(\.rule.id)
        return ([proposal.grade.rawValue, proposal.muscle.rawValue] + flags).joined(separator: " ")
    }

    /// What goes into the chart; nil where something is missing.
    func evaluated(_ reading: EvaluateReading) -> Evaluated? {
        guard faults.isEmpty, let side = reading.side, let grade, let muscle else { return nil }
        let isOverridden = grade != proposal.grade || muscle != proposal.muscle
        let isFlagged = proposal.screening.disposition >= Self.flagged
        let clot: Bool? =
            switch values["clot"] {
            case "yes": true
            case "no": false
            default: nil
            }
        return Evaluated(
            injuredSide: side, injuredOn: reading.injuredOn, answers: reading.answers,
            values: reading.numbers,
            alternativeAsLikely: reading.alternativeAsLikely, clotExcluded: clot,
            proposedGrade: proposal.grade,
            grade: grade, muscle: muscle, overrideReason: isOverridden ? values["reason"] : "",
            differential: proposal.differential.map(\.id).filter { values["keep.\($0)"] == "yes" },
            imagingRequest: values["imaging"], gait: values["gait"], note: values["note"],
            clearedRedFlags: isFlagged && values["flags"] == "answered" ? values["cleared"] : "")
    }
}
