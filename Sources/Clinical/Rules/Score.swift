// SPDX-License-Identifier: Apache-2.0

/// A sum of points over conditions, such as the Wells score.
///
/// Unknown items make it a range.
public struct Score: Hashable, Sendable {
    public struct Item: Hashable, Sendable {
        public let id: String
        public let points: Double
        public let when: Condition
    }

    public struct Points: Hashable, Sendable {
        /// What the score comes to at least and at most once the unknown items are known.
        public let range: ClosedRange<Double>
        public let missing: Set<FactID>
    }

    public let id: String
    public let items: [Item]
    public let basis: Basis

    public func points(on facts: some Facts) -> Points {
        var low = 0.0
        var high = 0.0
        var missing: Set<FactID> = []
        for item in items {
            switch item.when.verdict(on: facts) {
            case .met:
                low += item.points
                high += item.points
            case .notMet: break
            case .unknown(let facts):
                low += min(item.points, 0)
                high += max(item.points, 0)
                missing.formUnion(facts)
            }
        }
        return Points(range: low...high, missing: missing)
    }
}
