// SPDX-License-Identifier: Apache-2.0

/// Whether a condition holds.
///
/// Unknown is an answer of its own, and names what is missing.
public enum Verdict: Hashable, Sendable {
    case met
    case notMet
    case unknown(missing: Set<FactID>)

    public var isUnknown: Bool {
        if case .unknown = self { true } else { false }
    }

    public var missing: Set<FactID> {
        if case .unknown(let missing) = self { missing } else { [] }
    }

    /// "Not": what is unknown stays unknown.
    public var negated: Verdict {
        switch self {
        case .met: .notMet
        case .notMet: .met
        case .unknown: self
        }
    }

    /// Every one holds (Kleene's "and"): one that fails decides, else one unknown leaves it unknown.
    public static func all(_ verdicts: [Verdict]) -> Verdict { atLeast(verdicts.count, of: verdicts) }

    /// One of them holds (Kleene's "or").
    public static func any(_ verdicts: [Verdict]) -> Verdict { atLeast(1, of: verdicts) }

    /// At least `count` of them hold: decided as soon as the unknown ones can no longer change it.
    public static func atLeast(_ count: Int, of verdicts: [Verdict]) -> Verdict {
        let met = verdicts.count { $0 == .met }
        if met >= count { return .met }
        let open = verdicts.filter(\.isUnknown)
        if met + open.count < count { return .notMet }
        return .unknown(missing: open.reduce(into: []) { $0.formUnion($1.missing) })
    }
}
