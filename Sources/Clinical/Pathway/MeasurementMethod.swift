// SPDX-License-Identifier: Apache-2.0

/// What is published about a value that a recording gives; see `methods.yaml`.
public struct MeasurementMethod: Hashable, Sendable {
    /// The measure, without the side.
    public let measure: FactID
    /// The analysis that it is for, `camera-sticker`; nil for every one that has no entry of its own.
    public let method: String?
    public let unit: String
    /// The norm's name in `norms.yaml`.
    public let norm: String?
    public let error: PublishedNumber?
    public let detectableChange: PublishedNumber?
}

extension Pathway {
    /// The method of a measure or of one side of it; that of the analysis itself before that of any.
    public func method(of fact: FactID, by analysis: String? = nil) -> MeasurementMethod? {
        let known = methods.filter { Self.facts(of: $0.measure).contains(fact) }
        return known.first { $0.method != nil && $0.method == analysis } ?? known.first { $0.method == nil }
    }

    /// The value with what is published about it for somebody of this age and sex.
    ///
    /// - Parameters:
    ///   - value: A value as the analysis gave it.
    ///   - years: Age, nil where unknown: then no norm that asks for it is given.
    ///   - sex: As in `norms.yaml`, nil where unknown.
    /// - Returns: The same value with published error, detectable change and norm.
    public func annotated(_ value: MeasuredValue, years: Int?, sex: String?) -> MeasuredValue {
        guard let method = method(of: value.fact, by: value.method), method.unit == value.unit else {
            return value
        }
        var value = value
        value.error = method.error
        value.detectableChange = method.detectableChange
        value.norm = method.norm.flatMap { norm($0, unit: method.unit, years: years, sex: sex) }
        return value
    }

    private func norm(_ name: String, unit: String, years: Int?, sex: String?) -> PublishedNumber? {
        guard let key = MeasurementMethod.keys[unit] else { return nil }
        let found = norms.first { norm in
            guard norm.measure == name, norm.numbers[key] != nil else { return false }
            if let wanted = norm.sex, wanted != sex { return false }
            guard let ages = norm.age else { return true }
            return years.map(ages.contains) ?? false
        }
        guard let found, let number = found.numbers[key] else { return nil }
        return PublishedNumber(
            value: number, unit: unit, statistic: .norm, sources: found.basis.sources, tag: found.basis.tag)
    }

    private static func facts(of measure: FactID) -> [FactID] {
        [measure, FactID("\(measure)_left"), FactID("\(measure)_right")]
    }
}

extension MeasurementMethod {
    /// By a measure's unit, the key that carries it in the data files.
    static let keys = [
        "reps": "reps", "cm": "cm", "s": "seconds", "m/s": "m_per_s", "deg": "deg",
        "steps/min": "steps_per_min", "%": "percent"
    ]
}
