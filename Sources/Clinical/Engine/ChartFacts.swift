// SPDX-License-Identifier: Apache-2.0
public import Foundation
import Motion

/// The measures of one chart as they stand at a moment.
///
/// This is the one file that looks into Motion.
public struct ChartFacts: Facts {
    /// A value with the time it was taken.
    public struct Reading: Hashable, Sendable {
        public enum Value: Hashable, Sendable {
            case number(Double)
            case word(String)
        }

        public let value: Value
        public let at: Date?
    }

    public let episode: Episode
    public let vocabulary: Vocabulary
    public let moment: Moment

    public init(episode: Episode, vocabulary: Vocabulary, moment: Moment) {
        self.episode = episode
        self.vocabulary = vocabulary
        self.moment = moment
    }

    public func word(_ id: FactID) -> String? {
        guard case .word(let word) = reading(id)?.value else { return nil }
        return word
    }

    public func number(_ id: FactID) -> Double? {
        guard case .number(let number) = reading(id)?.value else { return nil }
        return number
    }

    /// The value of a measure, or nil where it was never taken, is too old, or cannot be made.
    public func reading(_ id: FactID) -> Reading? {
        guard let measure = vocabulary.measure(id) else { return nil }
        let first = reading(measure, measure.origin)
        guard let alternative = measure.alternative, let second = reading(measure, alternative.origin),
            case .number(let number) = second.value
        else { return first }
        // The newer of both ways; made of two values, each is as old as its older one.
        if let first, let firstAt = first.at, let secondAt = second.at, firstAt >= secondAt { return first }
        return Reading(value: .number(number / alternative.unitsPerUnit), at: second.at)
    }

    /// Whether a measure that is missing compares both legs, which were measured, but not alike.
    func isUnlike(_ missing: FactID) -> Bool {
        guard let measure = vocabulary.measure(missing) else { return false }
        return [measure.origin, measure.alternative?.origin].contains { origin in
            switch origin {
            case .symmetry(let base), .difference(let base): legs(of: base).map { !$0.areAlike } ?? false
            default: false
            }
        }
    }

    private func reading(_ measure: Measure, _ origin: Measure.Origin) -> Reading? {
        switch origin {
        case .recorded: return recorded(measure.id, freshDays: measure.freshDays)?.reading
        case .recordedBothSides: return nil
        case .finding(let finding): return answered(finding, freshDays: measure.freshDays)
        case .journal(let fact): return journal(fact)
        case .injuredSide(let base): return sides(of: base)?.injured?.reading
        case .symmetry(let base):
            return combined(base) { limbSymmetryIndex(injured: $0, other: $1) }
        case .difference(let base): return combined(base) { abs($0 - $1) }
        }
    }

    private func isFresh(_ at: Date, _ days: Double?) -> Bool {
        guard let days else { return true }
        return moment.hours(since: at) <= days * 24
    }

    /// A number of the chart, and how it was measured where a recording says so.
    private struct Recorded {
        let value: Double
        let at: Date
        let result: MeasuredValue?

        var reading: Reading { Reading(value: .number(value), at: at) }
    }

    private func recorded(_ id: FactID, freshDays: Double?) -> Recorded? {
        episode.everythingMeasured.compactMap { measured in
            measured.content.values[id].map {
                Recorded(value: $0, at: measured.at, result: measured.content.result(id))
            }
        }.filter { isFresh($0.at, freshDays) }.max { $0.at < $1.at }
    }

    /// The latest answer decides, even where it is "not sure": an older answer does not stand in for it.
    private func answered(_ id: FactID, freshDays: Double?) -> Reading? {
        let checkIns = episode.checkIns.map { ($0.at, $0.content.answers) }
        let evaluations = episode.evaluations.map { ($0.at, $0.content.answers) }
        let latest = (checkIns + evaluations).filter { $0.1[id] != nil && isFresh($0.0, freshDays) }
            .max { $0.0 < $1.0 }
        guard let (at, answers) = latest else { return nil }
        if let word = answers.word(id) { return Reading(value: .word(word), at: at) }
        if let number = answers.number(id) { return Reading(value: .number(number), at: at) }
        return nil
    }

    private func journal(_ fact: Measure.JournalFact) -> Reading? {
        switch fact {
        case .clotExcluded:
            guard let last = episode.evaluations.last, let excluded = last.content.clotExcluded else {
                return nil
            }
            // A clot suspected after the evaluation takes the clearance away.
            if episode.flags.contains(where: { $0.at > last.at }) { return nil }
            return Reading(value: .word(excluded ? "yes" : "no"), at: last.at)
        case .hoursSinceInjury:
            guard let day = episode.evaluation?.injuredOn else { return nil }
            // Counted from the end of the day of injury: the exact hour is rarely known.
            let today = moment.today
            let hours = Double(today.number - day.number - 1) * 24 + hourOfDay
            return Reading(value: .number(max(0, hours)), at: nil)
        }
    }

    private var hourOfDay: Double {
        let seconds =
            moment.instant.timeIntervalSince1970 + Double(moment.zone.secondsFromGMT(for: moment.instant))
        return seconds.truncatingRemainder(dividingBy: 86_400) / 3600
    }

    private func sides(of base: FactID) -> (injured: Recorded?, other: Recorded?)? {
        let days = vocabulary.measure(base)?.freshDays
        let left = recorded(FactID("\(base)_left"), freshDays: days)
        let right = recorded(FactID("\(base)_right"), freshDays: days)
        switch episode.injuredSide {
        case .left: return (left, right)
        case .right: return (right, left)
        case .both, nil: return nil
        }
    }

    /// Both legs' values, where both are there, and whether one can be held against the other.
    private func legs(of base: FactID) -> (injured: Recorded, other: Recorded, areAlike: Bool)? {
        guard let (injured, other) = sides(of: base), let injured, let other else { return nil }
        return (injured, other, MeasuredValue.areComparable(injured.result, other.result))
    }

    private func combined(_ base: FactID, _ combine: (Double, Double) -> Double?) -> Reading? {
        guard let legs = legs(of: base), legs.areAlike,
            let value = combine(legs.injured.value, legs.other.value)
        else { return nil }
        return Reading(value: .number(value), at: min(legs.injured.at, legs.other.at))
    }
}
