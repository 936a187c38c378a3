// SPDX-License-Identifier: Apache-2.0

/// A number from the literature as it stood when a measurement was written: what it says, and how far it was read.
public struct PublishedNumber: Hashable, Sendable, Codable {
    public enum Statistic: String, Hashable, Sendable, Codable, CaseIterable {
        /// Of one measurement, as a standard deviation.
        case standardError = "standard_error"
        case meanAbsoluteError = "mean_absolute_error"
        /// What two measurements must differ by before more than chance is likely, 95 %.
        case detectableChange = "detectable_change"
        case norm
    }

    public var value: Double
    public var unit: String
    public var statistic: Statistic
    public var sources: [Citation.ID]
    public var tag: EvidenceTag

    public init(
        value: Double, unit: String, statistic: Statistic, sources: [Citation.ID], tag: EvidenceTag
    ) {
        self.value = value
        self.unit = unit
        self.statistic = statistic
        self.sources = sources
        self.tag = tag
    }
}

/// A value that a recording gave, with all that is needed to trust it and to compute it again.
public struct MeasuredValue: Hashable, Sendable, Codable {
    /// As in ``Measured/values``: `knee_to_wall_left`, `walking_speed`.
    public var fact: FactID
    public var value: Double
    public var unit: String
    /// nil where the value is of both legs together.
    public var side: Side?
    /// Where the phone sat: `foot`, `lower-back`, ….
    public var placement: String
    /// Which analysis, `heel-raise`, and which version of it: values of two methods are not compared.
    public var method: String
    public var methodVersion: String
    /// Samples per second as they came.
    public var rateHz: Double
    /// How often more than 0.1 s is missing.
    public var gaps: Int
    /// The published error of the method; nil where none was read.
    public var error: PublishedNumber?
    public var detectableChange: PublishedNumber?
    /// What healthy people of this age and sex reach.
    public var norm: PublishedNumber?
    /// SHA-256 of the raw recording, lower-case hex.
    public var recording: String?

    public init(
        fact: FactID, value: Double, unit: String, side: Side?, placement: String, method: String,
        methodVersion: String, rateHz: Double, gaps: Int, error: PublishedNumber? = nil,
        detectableChange: PublishedNumber? = nil, norm: PublishedNumber? = nil, recording: String? = nil
    ) {
        self.fact = fact
        self.value = value
        self.unit = unit
        self.side = side
        self.placement = placement
        self.method = method
        self.methodVersion = methodVersion
        self.rateHz = rateHz
        self.gaps = gaps
        self.error = error
        self.detectableChange = detectableChange
        self.norm = norm
        self.recording = recording
    }
}

extension Measured {
    /// What recordings gave, with the same numbers where the engine reads them.
    public init(_ results: [MeasuredValue], note: String = "") {
        self.init(
            values: Dictionary(results.map { ($0.fact, $0.value) }) { _, last in last }, note: note,
            results: results)
    }

    public func result(_ fact: FactID) -> MeasuredValue? { results.last { $0.fact == fact } }
}

extension MeasuredValue {
    /// Whether one leg's value can be held against the other's.
    ///
    /// A count is a count however it was taken. Any other value has an error of scale that belongs to its method, the
    /// method's version and where the phone was; it goes away in a ratio only where both legs were measured alike.
    /// What somebody typed in says no method: nil, and they answer for it.
    public static func areComparable(_ one: MeasuredValue?, _ other: MeasuredValue?) -> Bool {
        guard let one, let other else { return true }
        guard one.unit == other.unit else { return false }
        return one.unit == "reps" || one.wasMeasured(as: other)
    }

    fileprivate func wasMeasured(as other: MeasuredValue) -> Bool {
        method == other.method && methodVersion == other.methodVersion && placement == other.placement
    }
}

/// Whether two values of one measure differ by more than measuring does.
public enum Change: Hashable, Sendable {
    /// By so much, with its sign.
    case real(Double)
    /// Within what measuring alone can do: no change was shown.
    case notReal
    /// Nobody has published what this method can tell apart, or the two were not measured alike.
    case unknown

    /// From an earlier value to a later one.
    ///
    /// Only values of one measure, side, placement, method and version are compared, and the larger of both
    /// detectable changes counts. A difference of exactly that much is not yet real.
    public init(from earlier: MeasuredValue, to later: MeasuredValue) {
        guard earlier.fact == later.fact, earlier.unit == later.unit, earlier.wasMeasured(as: later),
            let before = earlier.detectableChange, let after = later.detectableChange,
            before.unit == later.unit, after.unit == later.unit
        else {
            self = .unknown
            return
        }
        let difference = later.value - earlier.value
        guard difference.isFinite else {
            self = .unknown
            return
        }
        self = abs(difference) > max(before.value, after.value) ? .real(difference) : .notReal
    }
}
