// SPDX-License-Identifier: Apache-2.0
import Clinical

/// The plan editor's page.
struct PlanEditPage: Page {
    static let template = "plan-edit"

    struct PhaseLink: Sendable {
        let phaseID: String
        let phaseName: String
        let isChosen: Bool
    }

    struct Rung: Sendable {
        let step: String
        let isChanged: Bool
        let cells: [Cell]
        let spares: [Cell]
    }

    struct Cell: Sendable {
        let fieldID: String
        let column: String
        let spoken: String
        let typed: String
        let fault: String?
    }

    struct Row: Sendable {
        let exerciseID: String
        let name: String
        let figure: String
        let isUsed: Bool
        let isOutside: Bool
        let pathwayDose: String
        let source: String
        let needs: String?
        let columns: [String]
        let spareColumns: [String]
        let hasSpares: Bool
        let isSpareOpen: Bool
        let rungs: [Rung]
        let rowFault: String?
    }

    let title: String
    let sheet: ChartForms.Sheet
    let isEvaluated: Bool
    let evaluateHref: String
    let phases: [PhaseLink]
    let isFirst: Bool
    let phaseID: String
    let phaseLine: String
    let phaseAim: String
    let seen: String
    let rows: [Row]
    let limits: [ChartForms.Field]
    let hasLimits: Bool
    let fixed: [String]
    let hasFixed: Bool
    let ceiling: ChartForms.Field?
    let reason: ChartForms.Field?
    var place: String? { "/board" }
    var width: PageWidth { .wide }

    /// Before an evaluation: why not yet, and the way there.
    init(_ visit: Visit, _ chart: ChartForms.Opened) {
        title = visit.words["plan.no_evaluation"]
        sheet = .init(chart, visit)
        isEvaluated = false
        evaluateHref = "\(chart.href)/evaluate"
        (phases, isFirst, phaseID, phaseLine, phaseAim, seen) = ([], false, "", "", "", "")
        (rows, limits, hasLimits, fixed, hasFixed, ceiling, reason) = ([], [], false, [], false, nil, nil)
    }

    init(
        _ visit: Visit, _ chart: ChartForms.Opened, _ draft: PlanDraft, values: ChartForms.Values,
        seen: String,
        faults: [ChartForms.Fault]
    ) {
        let (words, medicine) = (visit.words, visit.medicine)
        let phaseName = medicine["phase.\(draft.phase.id).name"]
        isFirst = draft.current == nil
        title = words(isFirst ? "plan.title_first" : "plan.title_change", ["phase": phaseName])
        sheet = .init(chart, visit, faults: faults)
        isEvaluated = true
        evaluateHref = "\(chart.href)/evaluate"
        phases = visit.site.pathway.phases.map {
            PhaseLink(
                phaseID: $0.id.rawValue, phaseName: medicine["phase.\($0.id).name"],
                isChosen: $0.id == draft.phase.id)
        }
        phaseID = draft.phase.id.rawValue
        phaseLine = words("plan.phase", ["number": String(draft.phase.number), "name": phaseName])
        phaseAim = medicine["phase.\(draft.phase.id).aim"]
        self.seen = seen
        rows = draft.exercises.map {
            PlanRows(visit: visit, draft: draft, values: values, faults: faults).row($0)
        }
        limits = draft.phase.exit.compactMap { criterion in
            guard let limit = criterion.limit else { return nil }
            let unit = visit.site.pathway.vocabulary.measure(limit.fact)?.unit ?? ""
            return ChartForms.Field(
                "limit.\(criterion.id)", label: criterion.text(medicine),
                typed: values["limit.\(criterion.id)"],
                unit: MeasureFields(visit).unit(unit)
            ).with(
                hint: words(
                    "plan.limit_hint",
                    [
                        "rule": words["plan.comparison.\(limit.comparison.rawValue)"],
                        "source": visit.sheetText(criterion.basis)
                    ]),
                fault: faults)
        }
        hasLimits = !limits.isEmpty
        fixed = draft.phase.exit.filter { $0.limit == nil }.map { $0.text(medicine) }
        hasFixed = !fixed.isEmpty
        ceiling = ChartForms.Field(
            "ceiling", label: words["plan.ceiling"], typed: values["ceiling"], unit: words["sheet.unit.0-10"]
        ).with(
            hint: words(
                "plan.ceiling_hint",
                [
                    "value": String(draft.phase.painCeilingNRS),
                    "source": visit.sheetText(draft.phase.painCeilingBasis)
                ]), fault: faults)
        reason = ChartForms.Field("reason", label: words["plan.reason"], typed: values["reason"])
            .with(hint: words["plan.reason_hint"], fault: faults)
    }
}
