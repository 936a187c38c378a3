// SPDX-License-Identifier: Apache-2.0
import Clinical

extension Dose {
    /// The dose as short phrases, in reading order: "3 sets", "10 times", "hold 10 s", "twice a day".
    func phrases(_ words: Words) -> [String] {
        var phrases: [String] = []
        if let sets, sets > 1 { phrases.append(words("dose.sets", count: sets)) }
        if let reps {
            phrases.append(words(eachWay == true ? "dose.reps_each_way" : "dose.reps", count: reps))
        }
        if let holdS { phrases.append(words("dose.hold", ["count": String(holdS)])) }
        if let minutes { phrases.append(words("dose.minutes", ["count": minutes.plain])) }
        if let walkMinutes, walkMinutes > 0 {
            phrases.append(words("dose.walk", ["count": walkMinutes.plain]))
        }
        if let runMinutes { phrases.append(words("dose.run", ["count": runMinutes.plain])) }
        if let loadBodyWeight { phrases.append(words("dose.load", ["count": loadBodyWeight.plain])) }
        if let restS { phrases.append(words("dose.rest", ["count": String(restS)])) }
        if let timesPerDay { phrases.append(words("dose.per_day", count: timesPerDay)) }
        if let timesPerWeek { phrases.append(words("dose.per_week", count: timesPerWeek)) }
        return phrases
    }

    /// About how long one time takes, in minutes; for planning the day, not a prescription.
    var aboutMinutes: Double {
        if let minutes { return minutes }
        if let runMinutes { return (runMinutes + (walkMinutes ?? 0)) * Double(sets ?? 1) }
        let secondsPerRep = Double(holdS ?? 0) + 4
        let sets = Double(sets ?? 1)
        let ways = eachWay == true ? 2.0 : 1
        return (sets * Double(reps ?? 1) * secondsPerRep * ways + max(0, sets - 1) * Double(restS ?? 30)) / 60
    }
}
