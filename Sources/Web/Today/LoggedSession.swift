// SPDX-License-Identifier: Apache-2.0
import Clinical
import Foundation

/// What a person typed about one exercise: read, checked, and kept for showing again.
struct LoggedSession: Sendable {
    /// Field → sentence; the fields in the order of the form.
    private(set) var problems: [(field: String, text: String)] = []
    private(set) var typed: [String: String] = [:]
    private var done: Dose
    private var pain: Int?
    private var stab: Bool?
    private let note: String

    init(_ form: Form, prescribed: Dose, visit: Visit) {
        done = prescribed
        note = form["note"]
        for name in ["sets", "reps", "hold", "minutes", "pain", "stab", "note"] { typed[name] = form[name] }
        func whole(
            _ name: String, _ range: ClosedRange<Int>, _ problems: inout [(field: String, text: String)]
        )
            -> Int?
        {
            let text = form[name]
            if text.isEmpty { return nil }
            guard let value = Int(text), range.contains(value) else {
                problems.append((name, visit.words["exercise.problem.\(name)"]))
                return nil
            }
            return value
        }
        if let sets = whole("sets", 0...20, &problems) { done.sets = sets }
        if let reps = whole("reps", 0...200, &problems) { done.reps = reps }
        if let hold = whole("hold", 0...600, &problems) { done.holdS = hold }
        let minutes = form["minutes"].replacing(",", with: ".")
        if !minutes.isEmpty {
            if let value = Double(minutes), (0...300).contains(value) {
                done.minutes = value
            } else {
                problems.append(("minutes", visit.words["exercise.problem.minutes"]))
            }
        }
        pain = whole("pain", 0...10, &problems)
        switch form["stab"] {
        case "yes": stab = true
        case "no": stab = false
        default: stab = nil
        }
        if note.count > 1000 { problems.append(("note", visit.words["exercise.problem.note"])) }
    }

    func log(of exercise: Exercise.ID, prescribed: Dose) -> SessionLog {
        SessionLog(
            exercise: exercise, prescribed: prescribed, done: done, asPrescribed: isAsPrescribed(prescribed),
            painLoadingNRS: pain, sharpStab: stab, note: note.isEmpty ? nil : note)
    }

    /// At least what was prescribed, in every number that was prescribed.
    private func isAsPrescribed(_ prescribed: Dose) -> Bool {
        func reached<Number: Comparable>(_ value: Number?, _ goal: Number?) -> Bool {
            guard let goal else { return true }
            return value.map { $0 >= goal } ?? false
        }
        return reached(done.sets, prescribed.sets) && reached(done.reps, prescribed.reps)
            && reached(done.holdS, prescribed.holdS) && reached(done.minutes, prescribed.minutes)
    }
}
