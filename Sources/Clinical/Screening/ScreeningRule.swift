// SPDX-License-Identifier: Apache-2.0

/// One rule of the symptom check: what it looks for, and how soon the person must then be seen.
public struct ScreeningRule: Hashable, Sendable, Identifiable {
    public let id: String
    public let disposition: Disposition
    /// The least that the rule gives while its answer is unknown; nil: nothing.
    public let whenUnknown: Disposition?
    public let asked: Set<Finding.Asked>
    public let when: Condition
    /// Keys of what to do and what not to do.
    public let dos: [String]
    public let donts: [String]
    public let basis: Basis
}
