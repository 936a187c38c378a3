// SPDX-License-Identifier: Apache-2.0

/// What the rules make of the answers.
///
/// No diagnosis: how soon somebody must be examined, and why.
public struct Screening: Hashable, Sendable {
    /// A rule that raised the answer, because it fired or because what it asks is not known.
    public struct Reason: Hashable, Sendable {
        public let rule: ScreeningRule
        /// What this reason alone would give.
        public let disposition: Disposition
        /// The answers that made it fire; empty where the rule is unsettled.
        public let because: [FactID]
        /// What would settle it; empty where it fired.
        public let missing: [FactID]

        public var fired: Bool { missing.isEmpty }
    }

    public let disposition: Disposition
    /// Most urgent first, then in the order of the file.
    public let reasons: [Reason]
    /// Every finding that some rule still needed, by id.
    public let unknown: [FactID]

    /// Evaluates every rule that is asked at one of these places; the most urgent reason decides.
    public init(of facts: some Facts, rules: [ScreeningRule], at places: Set<Finding.Asked>) {
        var reasons: [Reason] = []
        var unknown: Set<FactID> = []
        for rule in rules where !rule.asked.isDisjoint(with: places) {
            switch rule.when.verdict(on: facts) {
            case .met:
                reasons.append(
                    Reason(
                        rule: rule, disposition: rule.disposition,
                        because: rule.when.supporting(facts).sorted(), missing: []))
            case .notMet: break
            case .unknown(let missing):
                unknown.formUnion(missing)
                if let least = rule.whenUnknown {
                    reasons.append(
                        Reason(rule: rule, disposition: least, because: [], missing: missing.sorted()))
                }
            }
        }
        // Sorting is stable, so rules of one urgency keep the order of the file.
        self.reasons = reasons.sorted { $0.disposition > $1.disposition }
        disposition = self.reasons.first?.disposition ?? .selfCareMonitor
        self.unknown = unknown.sorted()
    }
}

extension Condition {
    /// The known facts that make this condition hold, for the reader of "why".
    func supporting(_ facts: some Facts) -> Set<FactID> {
        switch self {
        case .all(let parts), .any(let parts), .atLeast(_, let parts):
            return parts.filter { $0.verdict(on: facts) == .met }
                .reduce(into: []) { $0.formUnion($1.supporting(facts)) }
        case .not, .unlessCertain: return []
        case .word(let id, _), .number(let id, _, _): return [id]
        case .score(let score, _, _):
            return score.items.filter { $0.when.verdict(on: facts) == .met }
                .reduce(into: []) { $0.formUnion($1.when.supporting(facts)) }
        }
    }
}
