// SPDX-License-Identifier: Apache-2.0

/// What a rule or a criterion asks of the facts.
///
/// Read from data; code only knows how to evaluate it.
public indirect enum Condition: Hashable, Sendable {
    case all([Condition])
    case any([Condition])
    case atLeast(Int, [Condition])
    case not(Condition)
    /// Holds unless the part certainly does: what is unknown counts as the more careful answer.
    case unlessCertain(Condition)
    /// The word is one of these.
    case word(FactID, Set<String>)
    /// The number, in the fact's unit, compares so with the limit.
    case number(FactID, Comparison, Double)
    /// The score's points compare so with the limit, whatever the unknown items turn out to be.
    case score(Score, Comparison, Double)

    public enum Comparison: String, Hashable, Sendable, CaseIterable {
        case atLeast = "at_least"
        case atMost = "at_most"
        case above
        case below

        func holds(_ value: Double, _ limit: Double) -> Bool {
            switch self {
            case .atLeast: value >= limit
            case .atMost: value <= limit
            case .above: value > limit
            case .below: value < limit
            }
        }
    }

    /// - Returns: Met, not met, or unknown with the facts that would settle it.
    public func verdict(on facts: some Facts) -> Verdict {
        switch self {
        case .all(let parts): return .all(parts.map { $0.verdict(on: facts) })
        case .any(let parts): return .any(parts.map { $0.verdict(on: facts) })
        case .atLeast(let count, let parts): return .atLeast(count, of: parts.map { $0.verdict(on: facts) })
        case .not(let part): return part.verdict(on: facts).negated
        case .unlessCertain(let part): return part.verdict(on: facts) == .met ? .notMet : .met
        case .word(let id, let words):
            guard let word = facts.word(id) else { return .unknown(missing: [id]) }
            return words.contains(word) ? .met : .notMet
        case .number(let id, let comparison, let limit):
            guard let number = facts.number(id) else { return .unknown(missing: [id]) }
            return comparison.holds(number, limit) ? .met : .notMet
        case .score(let score, let comparison, let limit):
            let points = score.points(on: facts)
            let ends = [points.range.lowerBound, points.range.upperBound].map { comparison.holds($0, limit) }
            switch (ends[0], ends[1]) {
            case (true, true): return .met
            case (false, false): return .notMet
            default: return .unknown(missing: points.missing)
            }
        }
    }

    /// Every fact that the condition looks at.
    public var facts: Set<FactID> {
        switch self {
        case .all(let parts), .any(let parts), .atLeast(_, let parts):
            parts.reduce(into: []) { $0.formUnion($1.facts) }
        case .not(let part), .unlessCertain(let part): part.facts
        case .word(let id, _), .number(let id, _, _): [id]
        case .score(let score, _, _): score.items.reduce(into: []) { $0.formUnion($1.when.facts) }
        }
    }
}
