// SPDX-License-Identifier: Apache-2.0
import Clinical

/// One number of a dose as a field.
enum PlanNumber: String, CaseIterable, Sendable {
    case sets, reps
    case holdS = "hold_s"
    case minutes
    case walkMinutes = "walk_minutes"
    case runMinutes = "run_minutes"
    case loadBodyWeight = "load_body_weight"
    case timesPerDay = "times_per_day"
    case timesPerWeek = "times_per_week"
    case restS = "rest_s"

    /// What a dose may hold; the same limits as `Dose.problem`, which has the last word.
    var range: ClosedRange<Double> {
        switch self {
        case .sets: 1...20
        case .reps: 1...200
        case .holdS: 1...600
        case .minutes, .walkMinutes, .runMinutes: 0...300
        case .loadBodyWeight: 0...5
        case .timesPerDay: 1...12
        case .timesPerWeek: 1...14
        case .restS: 0...1800
        }
    }

    var isWhole: Bool {
        switch self {
        case .minutes, .walkMinutes, .runMinutes, .loadBodyWeight: false
        default: true
        }
    }

    func value(in dose: Dose) -> Double? {
        switch self {
        case .sets: dose.sets.map(Double.init)
        case .reps: dose.reps.map(Double.init)
        case .holdS: dose.holdS.map(Double.init)
        case .minutes: dose.minutes
        case .walkMinutes: dose.walkMinutes
        case .runMinutes: dose.runMinutes
        case .loadBodyWeight: dose.loadBodyWeight
        case .timesPerDay: dose.timesPerDay.map(Double.init)
        case .timesPerWeek: dose.timesPerWeek.map(Double.init)
        case .restS: dose.restS.map(Double.init)
        }
    }

    /// - Precondition: the value lies in ``range``.
    func set(_ value: Double, in dose: inout Dose) {
        switch self {
        case .sets: dose.sets = Int(value)
        case .reps: dose.reps = Int(value)
        case .holdS: dose.holdS = Int(value)
        case .minutes: dose.minutes = value
        case .walkMinutes: dose.walkMinutes = value
        case .runMinutes: dose.runMinutes = value
        case .loadBodyWeight: dose.loadBodyWeight = value
        case .timesPerDay: dose.timesPerDay = Int(value)
        case .timesPerWeek: dose.timesPerWeek = Int(value)
        case .restS: dose.restS = Int(value)
        }
    }

    /// The field of this number at a rung of an exercise's ladder.
    func field(_ exercise: Exercise.ID, _ rung: Int) -> String { "\(exercise).\(rung).\(rawValue)" }
}
