// SPDX-License-Identifier: Apache-2.0
import Clinical

/// The plan that is edited: the current one, or the pathway's own for the phase that was chosen.
struct PlanDraft: Sendable {
    let phase: Phase
    /// The plan in force; nil before the first.
    let current: Plan?
    /// Those of the phase, then those that the plan has besides.
    let exercises: [Exercise]
    private let drafted: Plan

    /// - Returns: nil where there is no such phase.
    init?(_ pathway: Pathway, _ episode: Episode, phase wanted: String) {
        current = episode.plan
        let id = episode.plan?.phase ?? (wanted.isEmpty ? pathway.phases.first?.id : Phase.ID(wanted))
        guard let id, let phase = pathway.phase(id), let drafted = pathway.draftPlan(for: id, reason: "")
        else {
            return nil
        }
        self.phase = phase
        self.drafted = drafted
        let planned = Set(episode.plan?.prescriptions.map(\.exercise) ?? [])
        exercises =
            pathway.exercises.filter { $0.phases.contains(id) }
            + pathway.exercises.filter { !$0.phases.contains(id) && planned.contains($0.id) }
    }

    /// The ladder in force, or the pathway's for an exercise that the plan leaves out.
    func ladder(_ exercise: Exercise) -> [Dose] {
        current?.prescriptions.first { $0.exercise == exercise.id }?.ladder ?? exercise.ladder
    }

    func isUsed(_ exercise: Exercise) -> Bool {
        (current ?? drafted).prescriptions.contains { $0.exercise == exercise.id }
    }

    var painCeiling: Int { (current ?? drafted).painCeilingNRS }

    func limit(_ criterion: Criterion) -> Double? { current?.limits[criterion.id] ?? criterion.limit?.value }

    /// The fields before anybody types.
    func values(_ words: Words) -> ChartForms.Values {
        var values = ChartForms.Values()
        for exercise in exercises {
            if isUsed(exercise) { values["use.\(exercise.id)"] = "yes" }
            for (rung, dose) in ladder(exercise).enumerated() {
                for number in PlanNumber.allCases {
                    values[number.field(exercise.id, rung)] = number.value(in: dose)?.plain ?? ""
                }
            }
        }
        for criterion in phase.exit { values["limit.\(criterion.id)"] = limit(criterion)?.plain ?? "" }
        values["ceiling"] = String(painCeiling)
        if current == nil { values["reason"] = words["plan.first_reason"] }
        return values
    }
}
