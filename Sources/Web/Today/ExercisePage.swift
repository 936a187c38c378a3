// SPDX-License-Identifier: Apache-2.0
import Clinical
import Store

/// One exercise: how to do it, a timer, and what really happened.
struct ExercisePage: Page {
    struct Field: Sendable {
        let name: String
        let label: String
        let value: String
        let max: String
    }

    struct Choice: Sendable {
        let value: String
        let isChosen: Bool
    }

    struct Problem: Sendable {
        let field: String
        let text: String
    }

    static let template = "exercise"
    let title: String
    let id: String
    let figure: String
    let dose: [String]
    let how: [String]
    let stop: String
    let asPlanned: String
    let fields: [Field]
    let pains: [Choice]
    let asksPain: Bool
    let stabYes: Bool
    let stabNo: Bool
    let note: String
    let formID: String
    let problemTitle: String?
    let problems: [Problem]
    /// What the timer counts; empty where the dose has nothing to time.
    let hold: String
    let rest: String
    let sets: String
    let reps: String
    let minutes: String
    var place: String? { "/today" }

    init(_ visit: Visit, due: DueExercise, episode: Episode, entered: LoggedSession? = nil) {
        let words = visit.words
        let dose = due.dose
        id = due.exercise.id.rawValue
        title = visit.medicine["exercise.\(id).name"]
        figure = "figures/\(due.exercise.figure)"
        self.dose = dose.phrases(words)
        how = visit.medicine.lines("exercise.\(id).how")
        stop = visit.medicine["exercise.\(id).stop"]
        asPlanned = words("exercise.log_hint", ["dose": dose.phrases(words).joined(separator: ", ")])
        let typed = entered?.typed
        func field(_ name: String, _ planned: String?, _ max: String) -> Field? {
            planned.map {
                Field(name: name, label: words["exercise.\(name)"], value: typed?[name] ?? $0, max: max)
            }
        }
        fields = [
            field("sets", dose.sets.map(String.init), "20"), field("reps", dose.reps.map(String.init), "200"),
            field("hold", dose.holdS.map(String.init), "600"), field("minutes", dose.minutes?.plain, "300")
        ].compactMap(\.self)
        asksPain = due.exercise.isLoading
        pains = (0...10).map { Choice(value: String($0), isChosen: typed?["pain"] == String($0)) }
        stabYes = typed?["stab"] == "yes"
        stabNo = typed?["stab"] == "no"
        note = typed?["note"] ?? ""
        formID = visit.site.ids.make()
        problems = (entered?.problems ?? []).map { Problem(field: $0.field, text: $0.text) }
        problemTitle = problems.isEmpty ? nil : words("exercise.problems", count: problems.count)
        hold = dose.holdS.map(String.init) ?? ""
        rest = String(dose.restS ?? 30)
        sets = String(dose.sets ?? 1)
        reps = String(dose.reps ?? 1)
        minutes = dose.minutes?.plain ?? ""
    }
}
