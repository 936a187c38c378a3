// SPDX-License-Identifier: Apache-2.0
import Clinical
import Foundation
import Store

/// One exercise of today.
struct ExerciseCard: Sendable {
    /// A log of today whose pain is still to be said.
    struct PainQuestion: Sendable {
        let entry: String
        let formID: String
        let choices: [String]
    }

    let id: String
    let name: String
    let how: String
    let figure: String
    let dose: [String]
    let stop: String
    let isDue: Bool
    let isDone: Bool
    let isLocked: Bool
    /// "1 of 3 done today", "next on Tuesday", "rest until …".
    let status: String
    let needs: [CriterionRow]
    let formID: String
    let painQuestion: PainQuestion?
    let aboutMinutes: Double

    init(_ due: DueExercise, _ visit: Visit, _ episode: Episode) {
        let words = visit.words
        let medicine = visit.medicine
        let exercise = due.exercise
        id = exercise.id.rawValue
        name = medicine["exercise.\(id).name"]
        how = medicine.lines("exercise.\(id).how").first ?? ""
        figure = "figures/\(exercise.figure)"
        dose = due.dose.phrases(words)
        stop = medicine["exercise.\(id).stop"]
        formID = visit.site.ids.make()
        var isDue = false
        var isDone = false
        var needs: [CriterionRow] = []
        var remaining = 0
        switch due.state {
        case .due(let done, let times):
            isDue = true
            remaining = times - done
            status = times > 1 ? words("exercise.done_of", ["done": String(done), "of": String(times)]) : ""
        case .done(let times):
            isDone = true
            status = words("exercise.done", count: times)
        case .resting(let day): status = words("exercise.resting", ["day": day.text(words)])
        case .pausedUntil(let instant):
            status = words("exercise.paused_until", ["when": visit.moment.stamp(instant, words)])
        case .locked(let standings):
            needs = standings.map { CriterionRow($0, visit) }
            status = words["exercise.locked"]
        }
        self.isDue = isDue
        self.isDone = isDone
        self.needs = needs
        isLocked = !needs.isEmpty
        aboutMinutes = due.dose.aboutMinutes * Double(remaining)
        let today = visit.moment.today
        painQuestion =
            exercise.isLoading
            ? episode.logs.last {
                $0.content.exercise == exercise.id && visit.moment.day(of: $0.at) == today
                    && $0.content.painLoadingNRS == nil
            }.map {
                PainQuestion(
                    entry: $0.entry.rawValue, formID: visit.site.ids.make(),
                    choices: (0...10).map(String.init))
            } : nil
    }
}
