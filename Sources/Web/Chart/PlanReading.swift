// SPDX-License-Identifier: Apache-2.0
import Clinical

/// The plan that the fields say, checked number by number.
struct PlanReading: Sendable {
    private(set) var plan: Plan
    private(set) var faults: [ChartForms.Fault] = []
    private let visit: Visit
    private let values: ChartForms.Values

    private static let mostRungs = 20

    init(_ values: ChartForms.Values, _ draft: PlanDraft, _ visit: Visit) {
        self.values = values
        self.visit = visit
        plan = Plan(
            phase: draft.phase.id, step: draft.current?.step ?? 0, prescriptions: [],
            painCeilingNRS: draft.painCeiling, reason: values["reason"])
        for exercise in draft.exercises where values["use.\(exercise.id)"] == "yes" { read(exercise, draft) }
        if plan.prescriptions.isEmpty, faults.isEmpty { refuse("exercises", visit.words["plan.fault.none"]) }
        for criterion in draft.phase.exit { read(criterion, draft) }
        let ceiling = MeasureNumber(values["ceiling"])
        if let ceiling, ceiling.isWhole, (0...10).contains(ceiling.value) {
            plan.painCeilingNRS = Int(ceiling.value)
        } else {
            refuse("ceiling", visit.words["plan.fault.ceiling"])
        }
        if values["reason"].isEmpty { refuse("reason", visit.words["plan.fault.reason"]) }
        if values["reason"].count > ChartForms.longestText {
            refuse("reason", visit.words["sheet.fault.long"])
        }
    }

    /// How many rungs the fields hold.
    static func rungs(_ values: ChartForms.Values, _ exercise: Exercise) -> Int {
        (0..<mostRungs).last { rung in
            PlanNumber.allCases.contains { values.has($0.field(exercise.id, rung)) }
        }
        .map { $0 + 1 } ?? 0
    }

    private mutating func refuse(_ field: String, _ text: String) {
        faults.append(.init(field: field, text: text))
    }

    private func name(_ exercise: Exercise) -> String { visit.medicine["exercise.\(exercise.id).name"] }

    private mutating func read(_ exercise: Exercise, _ draft: PlanDraft) {
        var ladder: [Dose] = []
        let before = draft.ladder(exercise)
        let faultsBefore = faults.count
        // A dose with a wrong number in it is no measure for the next.
        var last: Dose?
        for rung in 0..<Self.rungs(values, exercise) {
            let known = faults.count
            guard let dose = dose(exercise, rung, like: before[safe: rung] ?? before.last) else { continue }
            let isSound = faults.count == known
            let field = firstField(exercise, rung)
            let step = ["exercise": name(exercise), "step": String(rung + 1)]
            if isSound, dose.problem != nil {
                refuse(field, filled("plan.fault.dose", step))
            } else if isSound, let last, let rise = dose.risePercent(over: last),
                rise > visit.site.pathway.response.doseRiseCapPercent
            {
                let numbers = [
                    "rise": rise.rounded().plain, "cap": visit.site.pathway.response.doseRiseCapPercent.plain
                ]
                refuse(field, filled("plan.fault.rise", step.merging(numbers) { first, _ in first }))
            }
            last = isSound ? dose : nil
            ladder.append(dose)
        }
        if ladder.isEmpty, faults.count == faultsBefore {
            refuse("use.\(exercise.id)", filled("plan.fault.empty", ["exercise": name(exercise)]))
        }
        plan.prescriptions.append(Prescription(exercise: exercise.id, ladder: ladder))
    }

    /// The dose of one rung; nil where all its fields are empty, which drops the rung.
    private mutating func dose(_ exercise: Exercise, _ rung: Int, like before: Dose?) -> Dose? {
        var dose = Dose()
        var isTyped = false
        for number in PlanNumber.allCases {
            let field = number.field(exercise.id, rung)
            guard !values[field].isEmpty else { continue }
            isTyped = true
            if let typed = MeasureNumber(values[field]), number.range.contains(typed.value),
                typed.isWhole || !number.isWhole
            {
                number.set(typed.value, in: &dose)
            } else {
                refuse(
                    field,
                    filled(
                        number.isWhole ? "plan.fault.whole" : "plan.fault.number",
                        [
                            "exercise": name(exercise), "step": String(rung + 1),
                            "number": visit.words["plan.number.\(number.rawValue)"],
                            "from": number.range.lowerBound.plain, "to": number.range.upperBound.plain
                        ]))
            }
        }
        guard isTyped else { return nil }
        if dose.reps != nil { dose.eachWay = before?.eachWay }
        return dose
    }

    private func firstField(_ exercise: Exercise, _ rung: Int) -> String {
        let first = PlanNumber.allCases.first { !values[$0.field(exercise.id, rung)].isEmpty } ?? .sets
        return first.field(exercise.id, rung)
    }

    private mutating func read(_ criterion: Criterion, _ draft: PlanDraft) {
        guard let limit = criterion.limit else { return }
        let field = "limit.\(criterion.id)"
        let range = Self.range(of: limit.fact, visit.site.pathway.vocabulary)
        guard let number = MeasureNumber(values[field]), range.contains(number.value) else {
            return refuse(
                field,
                filled(
                    "plan.fault.limit",
                    [
                        "criterion": criterion.text(visit.medicine), "from": range.lowerBound.plain,
                        "to": range.upperBound.plain
                    ]))
        }
        // Only what the therapist set differently for this person is kept: the rest follows the pathway.
        if number.value != limit.value { plan.limits[criterion.id] = number.value }
    }

    /// What a limit on this measure may be: what the measure itself can be.
    private static func range(of fact: FactID, _ vocabulary: Vocabulary) -> ClosedRange<Double> {
        guard let measure = vocabulary.measure(fact) else { return 0...1000 }
        switch (measure.origin, measure.unit) {
        case (.recorded, _), (.recordedBothSides, _): return measure.range
        case (_, "%"): return 0...200
        case (_, "0-10"): return 0...10
        case (.injuredSide(let base), _), (.difference(let base), _):
            return vocabulary.measure(base).map { 0...$0.range.upperBound } ?? 0...1000
        default: return 0...1000
        }
    }

    private func filled(_ key: String, _ parts: [String: String]) -> String {
        parts.reduce(visit.words[key]) { $0.replacing("{\($1.key)}", with: $1.value) }
    }
}

extension Array {
    fileprivate subscript(safe index: Int) -> Element? { indices.contains(index) ? self[index] : nil }
}
