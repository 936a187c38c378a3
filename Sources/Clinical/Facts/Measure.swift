// SPDX-License-Identifier: Apache-2.0

/// A number with a unit that the engine can ask for: recorded, or made from what was recorded; see
/// `measures.yaml`.
public struct Measure: Hashable, Sendable, Identifiable {
    public enum Origin: Hashable, Sendable {
        /// Recorded as it is, in a measurement.
        case recorded
        /// Recorded for each leg, as `<id>_left` and `<id>_right`.
        case recordedBothSides
        /// The latest answer to this finding in a check-in or a session.
        case finding(FactID)
        /// The injured side of a measure recorded for both.
        case injuredSide(of: FactID)
        /// Injured over other side, in percent.
        case symmetry(of: FactID)
        /// The difference between the sides, as a number without sign.
        case difference(of: FactID)
        /// Told by the journal itself.
        case journal(JournalFact)
    }

    /// What the journal itself tells.
    public enum JournalFact: String, Hashable, Sendable, CaseIterable {
        case hoursSinceInjury = "hours_since_injury"
        case clotExcluded = "clot_excluded"
    }

    /// A second way to the same fact, which counts where it is the newer one.
    public struct Alternative: Hashable, Sendable {
        public let origin: Origin
        /// The other way's units in one unit of the measure: degrees per centimetre; 1 for a ratio.
        public let unitsPerUnit: Double
        public let basis: Basis
    }

    public let id: FactID
    public let unit: String
    public let origin: Origin
    public var alternative: Alternative?
    /// Only recordings give it; nobody types it in.
    public var isByInstrument = false
    /// What may be recorded.
    public let range: ClosedRange<Double>
    /// After so many days the value counts as unknown; nil: it does not age.
    public let freshDays: Double?
    /// The words it can take, for a measure that is no number.
    public let words: [String]
}
