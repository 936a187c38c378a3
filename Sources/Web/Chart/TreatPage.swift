// SPDX-License-Identifier: Apache-2.0
import Clinical

/// The page of clinic treatment: one row per treatment, by group.
struct TreatPage: Page {
    static let template = "treat"

    struct Group: Sendable {
        let groupID: String
        let heading: String
        let rows: [Row]
        /// Why the locked rows of this group are locked.
        let locked: String?
    }

    struct Row: Sendable {
        let rowID: String
        let name: String
        let isLocked: Bool
        let isTicked: Bool
        let minutes: ChartForms.Field
        let side: ChartForms.Field
        let dose: ChartForms.Field
        let response: ChartForms.Field
        let rowFault: String?
    }

    let title: String
    let sheet: ChartForms.Sheet
    let evaluateHref: String
    let groups: [Group]
    let note: ChartForms.Field
    var place: String? { "/board" }
    var width: PageWidth { .wide }

    /// Without values: the page before anything was typed.
    init(
        _ visit: Visit, _ chart: ChartForms.Opened, values: ChartForms.Values?, faults: [ChartForms.Fault]
    ) {
        let words = visit.words
        let typed = values ?? ChartForms.Values()
        let usual = chart.episode.injuredSide ?? .both
        title = words["treat.title"]
        sheet = .init(chart, visit, faults: faults)
        evaluateHref = "\(chart.href)/evaluate"
        func row(_ treatment: Treatment, _ isLocked: Bool) -> Row {
            let id = treatment.id.rawValue
            let name = visit.medicine["treatment.\(id).name"]
            func field(_ part: String) -> ChartForms.Field {
                ChartForms.Field(
                    "\(part).\(id)",
                    label: words("treat.label", ["part": words["treat.\(part)"], "treatment": name]),
                    typed: typed["\(part).\(id)"]
                ).with(fault: faults)
            }
            let side = typed["side.\(id)"].isEmpty ? usual.rawValue : typed["side.\(id)"]
            return Row(
                rowID: id, name: name, isLocked: isLocked,
                isTicked: typed["use.\(id)"] == "yes", minutes: field("minutes"),
                side: ChartForms.Field(
                    choice: "side.\(id)",
                    label: words("treat.label", ["part": words["treat.side"], "treatment": name]),
                    chosen: side,
                    Side.allCases.map { (value: $0.rawValue, text: words["sheet.side.\($0.rawValue)"]) }
                ).with(fault: faults), dose: field("dose"), response: field("response"),
                rowFault: faults.first { $0.field == "row.\(id)" }?.text)
        }
        groups = Treatment.Group.allCases.compactMap { group in
            let treatments = visit.site.pathway.treatments.filter { $0.group == group }
            guard !treatments.isEmpty else { return nil }
            var reasons: [String] = []
            let rows = treatments.map { treatment in
                let unmet = TreatForm.unmet(treatment, visit.site.pathway, chart.episode, at: visit.moment)
                for standing in unmet {
                    let text = standing.criterion.text(visit.medicine)
                    if !reasons.contains(text) { reasons.append(text) }
                }
                return row(treatment, !unmet.isEmpty)
            }
            return Group(
                groupID: group.rawValue, heading: visit.medicine["treatment_group.\(group.rawValue)"],
                rows: rows,
                locked: reasons.isEmpty
                    ? nil : words("treat.locked", ["what": reasons.joined(separator: "; ")]))
        }
        note = ChartForms.Field("note", label: words["sheet.note"], typed: typed["note"]).with(fault: faults)
    }
}
