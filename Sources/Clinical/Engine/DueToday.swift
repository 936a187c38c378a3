// SPDX-License-Identifier: Apache-2.0
public import Foundation

/// One exercise of the plan as it stands today: due, done, resting or not open yet, and why.
public struct DueExercise: Hashable, Sendable {
    public enum State: Hashable, Sendable {
        /// To be done today; so many of so many times are done.
        case due(done: Int, of: Int)
        case done(times: Int)
        /// Done often enough this week, or a day of rest lies between; next on this day.
        case resting(until: Day)
        /// The dose was lowered: the next try is not before this instant.
        case pausedUntil(Date)
        /// Something must hold first.
        case locked([Decision.Standing])
    }

    public let exercise: Exercise
    public let dose: Dose
    public let state: State
}

extension Pathway {
    /// The programme of today, in the plan's order; empty while it is held or nothing is planned.
    public func dueToday(_ episode: Episode, at moment: Moment) -> [DueExercise] {
        guard let plan = episode.plan, episode.hold == nil, episode.openFlags.isEmpty, episode.closed == nil
        else {
            return []
        }
        return plan.prescriptions.compactMap { prescription in
            guard let exercise = exercise(prescription.exercise) else { return nil }
            let dose = prescription.dose(step: plan.step)
            return DueExercise(
                exercise: exercise, dose: dose, state: state(of: exercise, dose: dose, episode, at: moment))
        }
    }

    private func state(of exercise: Exercise, dose: Dose, _ episode: Episode, at moment: Moment)
        -> DueExercise.State
    {
        let needs = standings(exercise.needs, episode, at: moment)
        if needs.contains(where: { $0.verdict != .met }) { return .locked(needs) }
        if exercise.isLoading, let back = episode.steppedBackAt, moment.hours(since: back) < response.retryH {
            return .pausedUntil(back.addingTimeInterval(response.retryH * 3600))
        }
        let days = episode.logs.filter { $0.content.exercise == exercise.id }.map { moment.day(of: $0.at) }
        let today = moment.today
        let doneToday = days.count { $0 == today }
        let times = dose.timesPerDay ?? 1
        if doneToday >= times { return .done(times: doneToday) }
        if doneToday == 0, let perWeek = dose.timesPerWeek, perWeek < 7, let last = days.max() {
            // Three times a week means a free day between: the days lie as evenly as the week allows,
            // and any seven days in a row hold no more than was prescribed.
            let even = last.advanced(by: max(1, 7 / perWeek))
            let week = Set(days).sorted(by: >).prefix(max(1, perWeek))
            let next = week.count < perWeek ? even : max(even, (week.last ?? last).advanced(by: 7))
            if next > today { return .resting(until: next) }
        }
        return .due(done: doneToday, of: times)
    }

    /// A plan for a phase with the pathway's own doses, for the therapist to edit and sign.
    public func draftPlan(for phase: Phase.ID, limits: [Criterion.ID: Double] = [:], reason: String) -> Plan?
    {
        guard let found = self.phase(phase) else { return nil }
        let chosen = exercises.filter { $0.phases.contains(phase) }
        return Plan(
            phase: phase, step: 0,
            prescriptions: chosen.map { Prescription(exercise: $0.id, ladder: $0.ladder) }, limits: limits,
            painCeilingNRS: found.painCeilingNRS, reason: reason)
    }
}
