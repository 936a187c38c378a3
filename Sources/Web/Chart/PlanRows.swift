// SPDX-License-Identifier: Apache-2.0
import Clinical

/// Makes the rows of the plan editor: one exercise each, with its ladder of doses.
struct PlanRows: Sendable {
    let visit: Visit
    let draft: PlanDraft
    let values: ChartForms.Values
    let faults: [ChartForms.Fault]

    func row(_ exercise: Exercise) -> PlanEditPage.Row {
        let ladder = draft.ladder(exercise)
        let typed = PlanReading.rungs(values, exercise)
        // One empty rung at the end, for a step more.
        let count = max(ladder.count + 1, typed)
        let shown = columns(exercise, ladder)
        let spare = PlanNumber.allCases.filter { !shown.contains($0) }
        let rungs = (0..<count).map { rung in
            PlanEditPage.Rung(
                step: rung >= ladder.count
                    ? visit.words["plan.new_step"] : visit.words("plan.step", ["number": String(rung + 1)]),
                isChanged: isChanged(exercise, rung), cells: shown.map { cell($0, exercise, rung) },
                spares: spare.map { cell($0, exercise, rung) })
        }
        let needs = exercise.needs.map { $0.adjusted(to: draft.current?.limits[$0.id]).text(visit.medicine) }
        return .init(
            exerciseID: exercise.id.rawValue, name: name(exercise), figure: "figures/\(exercise.figure)",
            isUsed: values["use.\(exercise.id)"] == "yes",
            isOutside: !exercise.phases.contains(draft.phase.id),
            pathwayDose: exercise.ladder.map(text).joined(separator: visit.words["plan.then"]),
            source: visit.sheetText(exercise.basis),
            needs: needs.isEmpty ? nil : visit.words("plan.needs", ["what": needs.joined(separator: "; ")]),
            columns: shown.map(heading), spareColumns: spare.map(heading), hasSpares: !spare.isEmpty,
            isSpareOpen: rungs.contains { $0.spares.contains { $0.fault != nil || !$0.typed.isEmpty } },
            rungs: rungs,
            rowFault: faults.first { $0.field == "use.\(exercise.id)" }?.text)
    }

    /// The numbers that the ladder uses; where it gives only a load or days, sets and repetitions too, which are the
    /// therapist's to set.
    private func columns(_ exercise: Exercise, _ ladder: [Dose]) -> [PlanNumber] {
        let known = exercise.ladder + ladder
        var used = PlanNumber.allCases.filter { number in known.contains { number.value(in: $0) != nil } }
        let counted: [PlanNumber] = [.reps, .holdS, .minutes, .walkMinutes, .runMinutes]
        if !used.contains(where: counted.contains) {
            used = PlanNumber.allCases.filter { used.contains($0) || $0 == .sets || $0 == .reps }
        }
        return used
    }

    private func cell(_ number: PlanNumber, _ exercise: Exercise, _ rung: Int) -> PlanEditPage.Cell {
        let field = number.field(exercise.id, rung)
        return .init(
            fieldID: field, column: heading(number),
            spoken: visit.words(
                "plan.cell",
                ["number": heading(number), "step": String(rung + 1), "exercise": name(exercise)]),
            typed: values[field], fault: faults.first { $0.field == field }?.text)
    }

    private func heading(_ number: PlanNumber) -> String { visit.words["plan.number.\(number.rawValue)"] }

    private func name(_ exercise: Exercise) -> String { visit.medicine["exercise.\(exercise.id).name"] }

    /// The rung differs from the pathway's own.
    private func isChanged(_ exercise: Exercise, _ rung: Int) -> Bool {
        PlanNumber.allCases.contains { number in
            let own =
                exercise.ladder.indices.contains(rung) ? number.value(in: exercise.ladder[rung])?.plain : nil
            return values[number.field(exercise.id, rung)] != (own ?? "")
        }
    }

    /// A dose in words, such as "2 sets, 15 reps each way, 3 times a day".
    private func text(_ dose: Dose) -> String {
        PlanNumber.allCases.compactMap { number -> String? in
            guard let value = number.value(in: dose) else { return nil }
            let isEachWay = number == .reps && dose.eachWay == true
            return visit.words(
                "plan.dose.\(isEachWay ? "reps_each_way" : number.rawValue)", ["n": value.plain])
        }.joined(separator: ", ")
    }
}
