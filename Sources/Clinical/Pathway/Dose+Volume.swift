// SPDX-License-Identifier: Apache-2.0

extension Dose {
    /// What is wrong with it as a dose; nil where it can be done.
    public var problem: String? {
        let counts = [
            ("sets", sets, 1...20), ("reps", reps, 1...200), ("hold_s", holdS, 1...600),
            ("rest_s", restS, 0...1800), ("times_per_day", timesPerDay, 1...12),
            ("times_per_week", timesPerWeek, 1...14)
        ]
        for (name, value, range) in counts {
            if let value, !range.contains(value) {
                return "'\(name)' must be from \(range.lowerBound) to \(range.upperBound)"
            }
        }
        for (name, value) in [
            ("minutes", minutes), ("walk_minutes", walkMinutes), ("run_minutes", runMinutes)
        ] {
            if let value, !(value >= 0 && value <= 300) { return "'\(name)' must be from 0 to 300" }
        }
        if let loadBodyWeight, !(loadBodyWeight >= 0 && loadBodyWeight <= 5) {
            return "'load_body_weight' must be from 0 to 5"
        }
        if self == Dose() { return "a dose needs sets, reps, a hold, minutes, a load or how often" }
        return nil
    }

    /// What a dose is counted in, for comparing one rung with the next.
    private enum Work: Hashable {
        case runMinutes, minutes, heldRepetitions, load, sessions
    }

    /// Work of one week in its own kind of unit.
    private var weeklyWork: (kind: Work, amount: Double) {
        let often = Double(timesPerDay ?? 1) * Double(timesPerWeek ?? 7)
        let sets = Double(sets ?? 1)
        if let runMinutes { return (.runMinutes, runMinutes * sets * often) }
        if let minutes { return (.minutes, minutes * sets * often) }
        if reps == nil, holdS == nil, let loadBodyWeight { return (.load, loadBodyWeight * often) }
        if reps == nil, holdS == nil { return (.sessions, often) }
        let ways = eachWay == true ? 2.0 : 1
        return (.heldRepetitions, sets * Double(reps ?? 1) * Double(holdS ?? 1) * ways * often)
    }

    /// How much more this is than `other`, in percent, as work or as load, whichever rose more.
    ///
    /// - Returns: nil where the two cannot be compared, such as running after walking.
    public func risePercent(over other: Dose) -> Double? {
        let (now, before) = (weeklyWork, other.weeklyWork)
        guard now.kind == before.kind, before.amount > 0 else { return nil }
        let work = (now.amount / before.amount - 1) * 100
        guard let load = loadBodyWeight, let earlier = other.loadBodyWeight, earlier > 0 else { return work }
        return max(work, (load / earlier - 1) * 100)
    }
}
