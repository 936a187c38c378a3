// SPDX-License-Identifier: Apache-2.0

/// How long such tears took other people, one row per source: a spread, never a promise.
public struct Prognosis: Hashable, Sendable {
    public struct Window: Hashable, Sendable {
        public let grade: Grade
        public let weeksFrom: Double?
        /// nil: open-ended.
        public let weeksTo: Double?
        /// Key of the text, where the source gives words instead of weeks.
        public let words: String?
        public let basis: Basis
    }

    /// One study's result, for the therapist.
    public struct Study: Hashable, Sendable, Identifiable {
        public let id: String
        public let days: Double?
        public let spreadDays: Double?
        public let people: Int?
        public let basis: Basis
    }

    /// How often it comes back, and in whom.
    public struct Recurrence: Hashable, Sendable, Identifiable {
        public let id: String
        public let hazardRatio: Double?
        public let sharePercentFrom: Double?
        public let sharePercentTo: Double?
        public let basis: Basis
    }

    public let windows: [Window]
    public let studies: [Study]
    public let recurrence: [Recurrence]
}

/// A norm or a published error: what other people do, and how far a measurement can be trusted.
public struct Norm: Hashable, Sendable {
    public let measure: String
    public let sex: String?
    /// Years, the upper end exclusive.
    public let age: Range<Int>?
    /// By the unit in its key: `reps`, `seconds`, `m_per_s`, `cm`, `nrs`, `percent`.
    public let numbers: [String: Double]
    public let label: String?
    public let basis: Basis
}
