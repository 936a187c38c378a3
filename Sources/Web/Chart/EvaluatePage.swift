// SPDX-License-Identifier: Apache-2.0
import Clinical

/// The evaluation's page: the groups of the examination and, once there is one, the proposal above them.
struct EvaluatePage: Page {
    static let template = "evaluate"

    struct Group: Sendable {
        let groupID: String
        let heading: String
        let lead: String?
        let isExtra: Bool
        let isOpen: Bool
        let choices: [ChartForms.Field]
        let hasChoices: Bool
        let numbers: [ChartForms.Field]
        let hasNumbers: Bool
        let pairs: [MeasureFields.Pair]
        let hasPairs: Bool
        let columns: [AskColumn]
        let hasAsks: Bool
        /// The box that says: what is unmarked is no.
        let restIsNo: String?
        let texts: [ChartForms.Field]
    }

    /// A table of yes-no questions; long ones stand in two, side by side where there is room.
    struct AskColumn: Sendable {
        let columnID: String
        let asks: [Ask]
    }

    /// One line of a table of yes-no questions.
    struct Ask: Sendable {
        struct Cell: Sendable {
            let answer: String
            let isMarked: Bool
        }

        let askID: String
        let question: String
        let problem: String?
        let cells: [Cell]
    }

    let title: String
    let sheet: ChartForms.Sheet
    let origin: String?
    let proposal: ProposalView?
    let hasProposal: Bool
    /// Something among the findings must be mended: they are shown open.
    let isMending: Bool
    let groups: [Group]
    let left: String
    let right: String
    var place: String? { "/board" }
    var width: PageWidth { .wide }

    init(
        _ visit: Visit, _ chart: ChartForms.Opened, values: ChartForms.Values, origin: String?,
        proposal: Proposal?, faults: [ChartForms.Fault]
    ) {
        let layout = EvaluateLayout(visit.site.pathway.vocabulary)
        let fields = MeasureFields(layout.measures, visit)
        let builder = Builder(visit: visit, chart: chart, values: values, faults: faults)
        self.proposal = proposal.map { ProposalView($0, visit, chart, values: values, faults: faults) }
        title = self.proposal?.heading ?? visit.words["evaluate.title"]
        sheet = .init(chart, visit, faults: faults)
        self.origin = origin
        hasProposal = proposal != nil
        groups = layout.groups.map(builder.group)
        isMending = groups.contains { group in
            let fields = group.choices + group.numbers + group.texts
            return fields.contains { $0.fault != nil }
                || group.columns.contains { $0.asks.contains { $0.problem != nil } }
                || group.pairs.contains { $0.cells.contains { $0.fault != nil } }
        }
        left = fields.column(.left, chart.episode)
        right = fields.column(.right, chart.episode)
    }
}

extension EvaluatePage {
    /// Makes the groups' fields from what was typed.
    private struct Builder {
        let visit: Visit
        let chart: ChartForms.Opened
        let values: ChartForms.Values
        let faults: [ChartForms.Fault]

        func group(_ group: EvaluateLayout.Group) -> Group {
            let measures = MeasureFields(group.measures, visit)
            let pairs = measures.pairs(values, faults, chart.episode)
            var choices = group.choices.map(choice)
            if group.id == EvaluateLayout.wells { choices.append(alternative) }
            var numbers = group.numbers.map(number) + measures.singles(values, faults, chart.episode)
            if group.id == EvaluateLayout.history { numbers.insert(injuredOn, at: 0) }
            var texts: [ChartForms.Field] = []
            if group.id == EvaluateLayout.gait { texts.append(text("gait", visit.words["evaluate.gait"])) }
            if group.id == EvaluateLayout.other { texts.append(text("note", visit.words["sheet.note"])) }
            let asks = group.asks.map(ask)
            let lead = "evaluate.group.\(group.id).lead"
            return Group(
                groupID: group.id, heading: visit.words["evaluate.group.\(group.id).title"],
                lead: visit.words.has(lead) ? visit.words[lead] : nil,
                isExtra: group.id == EvaluateLayout.other,
                isOpen: (choices + numbers + texts).contains { $0.fault != nil }
                    || asks.contains { $0.problem != nil },
                choices: choices, hasChoices: !choices.isEmpty, numbers: numbers,
                hasNumbers: !numbers.isEmpty,
                pairs: pairs, hasPairs: !pairs.isEmpty,
                columns: Self.columns(asks, group.id), hasAsks: !asks.isEmpty,
                restIsNo: asks.count > 2 ? group.restIsNo : nil, texts: texts)
        }

        private static func columns(_ asks: [Ask], _ group: String) -> [AskColumn] {
            guard asks.count > 3 else { return [AskColumn(columnID: group, asks: asks)] }
            let half = (asks.count + 1) / 2
            return [
                AskColumn(columnID: "\(group)-1", asks: Array(asks.prefix(half))),
                AskColumn(columnID: "\(group)-2", asks: Array(asks.dropFirst(half)))
            ]
        }

        private func label(_ finding: Finding) -> String { visit.medicine["finding.\(finding.id).label"] }

        /// The hints of the symptom check speak to the person; those of the examination to the therapist.
        private func hint(_ finding: Finding) -> String? {
            let key = "finding.\(finding.id).hint"
            return finding.asked == [.evaluation] && visit.medicine.has(key) ? visit.medicine[key] : nil
        }

        private func choice(_ finding: Finding) -> ChartForms.Field {
            let id = finding.id.rawValue
            let options = finding.words.map { word in
                let key = "finding.\(id).value.\(word)"
                return (value: word, text: visit.medicine[visit.medicine.has(key) ? key : "answer.\(word)"])
            }
            return ChartForms.Field(choice: id, label: label(finding), chosen: values[id], options)
                .with(hint: hint(finding), fault: faults)
        }

        private func number(_ finding: Finding) -> ChartForms.Field {
            let id = finding.id.rawValue
            var unit = ""
            if case .number(_, _, let name, _) = finding.values { unit = MeasureFields(visit).unit(name) }
            let own = "evaluate.hint.\(id)"
            return ChartForms.Field(
                id, label: label(finding), typed: values[id] == "unsure" ? "" : values[id], unit: unit
            )
            .with(hint: visit.words.has(own) ? visit.words[own] : hint(finding), fault: faults)
        }

        private func ask(_ finding: Finding) -> Ask {
            let id = finding.id.rawValue
            return Ask(
                askID: id, question: label(finding), problem: faults.first { $0.field == id }?.text,
                cells: Finding.yesNoUnsure.map { .init(answer: $0, isMarked: values[id] == $0) })
        }

        private func text(_ id: String, _ label: String) -> ChartForms.Field {
            ChartForms.Field(id, label: label, typed: values[id]).with(fault: faults)
        }

        private var injuredOn: ChartForms.Field {
            var field = text("injured_on", visit.words["evaluate.injured_on"])
            field.isDate = true
            return field
        }

        private var alternative: ChartForms.Field {
            ChartForms.Field(
                choice: "alternative", label: visit.words["evaluate.alternative"],
                chosen: values["alternative"],
                [
                    (value: "yes", text: visit.medicine["answer.yes"]),
                    (value: "no", text: visit.medicine["answer.no"]),
                    (value: "", text: visit.words["evaluate.not_judged"])
                ]
            ).with(hint: visit.words["evaluate.alternative_hint"], fault: faults)
        }
    }
}
