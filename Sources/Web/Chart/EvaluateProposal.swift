// SPDX-License-Identifier: Apache-2.0
import Clinical

/// The proposal in words: what the findings speak for, what against, and where each rule comes from.
struct ProposalView: Sendable {
    struct Diagnosis: Sendable {
        let diagnosisID: String
        let name: String
        let speaksFor: [String]
        let hasFor: Bool
        let speaksAgainst: [String]
        let hasAgainst: Bool
        let isKept: Bool
        let sources: [String]
    }

    struct Reason: Sendable {
        let urgency: String
        let sentence: String
        /// The findings that made it fire, or those that would settle it.
        let because: String
        let source: String
    }

    struct Window: Sendable {
        let group: String
        let time: String
        let source: String
        let isProposed: Bool
    }

    let heading: String
    let seen: String
    let gradeName: String
    let gradeText: String
    let gradeSigns: [String]
    let hasGradeSigns: Bool
    let gradeSources: [String]
    let muscleName: String
    let muscles: [Diagnosis]
    let differential: [Diagnosis]
    let hasDifferential: Bool
    let imaging: [String]
    let wellsLine: String
    let wellsMissing: String?
    let wellsSource: String
    let wellsNote: String
    let windows: [Window]
    let studies: [Window]
    let prognosisNote: String
    let isFlagged: Bool
    let flagTitle: String
    let urgent: [Reason]
    let unsettled: [Reason]
    let careful: [Reason]
    let hasCareful: Bool
    let gradeField: ChartForms.Field
    let muscleField: ChartForms.Field
    let reasonField: ChartForms.Field
    let clotField: ChartForms.Field
    let imagingField: ChartForms.Field
    let flagsField: ChartForms.Field
    let clearedField: ChartForms.Field

    init(
        _ proposal: Proposal, _ visit: Visit, _ chart: ChartForms.Opened, values: ChartForms.Values,
        faults: [ChartForms.Fault]
    ) {
        let (words, medicine) = (visit.words, visit.medicine)
        func diagnosis(_ diagnosis: Proposal.Diagnosis, name: String) -> Diagnosis {
            Diagnosis(
                diagnosisID: diagnosis.id, name: medicine["\(name).\(diagnosis.id)"],
                speaksFor: diagnosis.speaksFor.map { medicine["sign.\($0.id)"] },
                hasFor: !diagnosis.speaksFor.isEmpty,
                speaksAgainst: diagnosis.speaksAgainst.map { medicine["sign.\($0.id)"] },
                hasAgainst: !diagnosis.speaksAgainst.isEmpty,
                isKept: values["keep.\(diagnosis.id)"] == "yes",
                sources: Self.unique(
                    (diagnosis.speaksFor + diagnosis.speaksAgainst).map { visit.sheetText($0.basis) }))
        }
        gradeName = medicine["grade.\(proposal.grade.rawValue).name"]
        gradeText = medicine["grade.\(proposal.grade.rawValue).what"]
        muscleName = medicine["muscle.\(proposal.muscle.rawValue)"]
        heading = words("evaluate.proposed", ["grade": gradeName, "muscle": muscleName])
        seen = EvaluateConclusion.fingerprint(proposal)
        gradeSigns = proposal.gradeSigns.map { medicine["sign.\($0.id)"] }
        hasGradeSigns = !gradeSigns.isEmpty
        gradeSources = Self.unique(proposal.gradeSigns.map { visit.sheetText($0.basis) })
        muscles = proposal.muscles.map { diagnosis($0, name: "muscle") }
        differential = proposal.differential.map { diagnosis($0, name: "differential") }
        hasDifferential = !differential.isEmpty
        imaging = proposal.imaging.map { "\(medicine["imaging.\($0.id)"]). \(visit.sheetText($0.basis))" }
        wellsLine = Self.wells(proposal, words)
        let missing = proposal.wells.missing.sorted().map { medicine["finding.\($0).label"] }
        wellsMissing =
            missing.isEmpty ? nil : words("evaluate.wells_missing", ["what": missing.joined(separator: "; ")])
        wellsSource = visit.site.pathway.scores.first.map { visit.sheetText($0.basis) } ?? ""
        wellsNote = medicine["wells.note"]
        windows = Self.windows(proposal.grade, visit)
        studies = visit.site.pathway.prognosis.studies.map { Self.study($0, visit) }
        prognosisNote = medicine["prognosis.grade_note"]
        isFlagged = proposal.screening.disposition >= EvaluateConclusion.flagged
        flagTitle = words(
            "evaluate.flag_title",
            [
                "what": medicine(
                    "disposition.\(proposal.screening.disposition.rawValue).title",
                    ["emergency": visit.site.clinic.emergency])
            ])
        let flagged = proposal.screening.reasons.filter { $0.disposition >= EvaluateConclusion.flagged }
        urgent = flagged.filter(\.fired).map { Self.reason($0, visit) }
        unsettled = flagged.filter { !$0.fired }.map { Self.reason($0, visit) }
        careful = proposal.screening.reasons.filter { $0.disposition < EvaluateConclusion.flagged }
            .map { Self.reason($0, visit) }
        hasCareful = !careful.isEmpty
        gradeField = ChartForms.Field(
            choice: "grade", label: words["evaluate.grade"], chosen: values["grade"],
            Grade.allCases.map { (value: $0.rawValue, text: medicine["grade.\($0.rawValue).name"]) }
        ).with(fault: faults)
        muscleField = ChartForms.Field(
            choice: "muscle", label: words["evaluate.muscle"], chosen: values["muscle"],
            Muscle.allCases.map { (value: $0.rawValue, text: medicine["muscle.\($0.rawValue)"]) }
        ).with(fault: faults)
        func area(_ id: String) -> ChartForms.Field {
            ChartForms.Field(id, label: words["evaluate.\(id)"], typed: values[id])
                .with(hint: words["evaluate.\(id)_hint"], fault: faults)
        }
        reasonField = area("reason")
        imagingField = area("imaging")
        clearedField = area("cleared")
        clotField = ChartForms.Field(
            choice: "clot", label: words["evaluate.clot"], chosen: values["clot"],
            ["yes", "no", "not_yet"].map { (value: $0, text: words["evaluate.clot_\($0)"]) }
        ).with(hint: words["evaluate.clot_hint"], fault: faults)
        flagsField = ChartForms.Field(
            choice: "flags", label: words["evaluate.flags"], chosen: values["flags"],
            ["stand", "answered"].map { (value: $0, text: words["evaluate.flags_\($0)"]) }
        ).with(fault: faults)
    }

    private static func unique(_ texts: [String]) -> [String] {
        var known: Set<String> = []
        return texts.filter { known.insert($0).inserted }
    }

    private static func points(_ range: ClosedRange<Double>, _ words: Words) -> String {
        range.lowerBound == range.upperBound
            ? range.lowerBound.plain
            : words("evaluate.range", ["from": range.lowerBound.plain, "to": range.upperBound.plain])
    }

    private static func wells(_ proposal: Proposal, _ words: Words) -> String {
        let points = points(proposal.wells.range, words)
        if proposal.wellsWithClinician == proposal.wells.range {
            return words("evaluate.wells_line", ["points": points])
        }
        return words(
            "evaluate.wells_line_minus",
            ["points": points, "with": Self.points(proposal.wellsWithClinician, words)])
    }

    private static func reason(_ reason: Screening.Reason, _ visit: Visit) -> Reason {
        let facts = (reason.fired ? reason.because : reason.missing).map {
            visit.medicine["finding.\($0).label"]
        }
        return Reason(
            urgency: visit.words["evaluate.urgency.\(reason.disposition.rawValue)"],
            sentence: visit.medicine["rule.\(reason.rule.id)"],
            because: facts.isEmpty
                ? ""
                : visit.words(
                    "evaluate.\(reason.fired ? "because" : "missing")",
                    ["what": facts.joined(separator: "; ")]),
            source: visit.sheetText(reason.rule.basis))
    }

    /// The windows of the proposed grade first, then the others for comparison.
    private static func windows(_ grade: Grade, _ visit: Visit) -> [Window] {
        let all = visit.site.pathway.prognosis.windows
        return (all.filter { $0.grade == grade } + all.filter { $0.grade != grade }).map { window in
            Window(
                group: visit.medicine["grade.\(window.grade.rawValue).name"], time: time(window, visit),
                source: visit.sheetText(window.basis), isProposed: window.grade == grade)
        }
    }

    private static func time(_ window: Prognosis.Window, _ visit: Visit) -> String {
        if let words = window.words { return visit.medicine["prognosis.window.\(words)"] }
        let from = window.weeksFrom?.plain ?? "0"
        guard let to = window.weeksTo else { return visit.words("evaluate.weeks_open", ["from": from]) }
        return visit.words("evaluate.weeks", ["from": from, "to": to.plain])
    }

    private static func study(_ study: Prognosis.Study, _ visit: Visit) -> Window {
        var time = study.days.map { visit.words("evaluate.days", ["days": $0.plain]) } ?? ""
        if let spread = study.spreadDays {
            time = visit.words("evaluate.spread", ["days": time, "spread": spread.plain])
        }
        if let people = study.people {
            time = visit.words("evaluate.people", ["days": time, "people": String(people)])
        }
        return Window(
            group: visit.medicine["prognosis.study.\(study.id)"], time: time,
            source: visit.sheetText(study.basis),
            isProposed: false)
    }
}
