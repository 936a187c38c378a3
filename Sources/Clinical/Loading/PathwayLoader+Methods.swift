// SPDX-License-Identifier: Apache-2.0

/// What is published about measured values.
extension PathwayLoader {
    mutating func methods(_ vocabulary: Vocabulary, norms: [Norm]) throws(LoadError) -> [MeasurementMethod] {
        var methods: [MeasurementMethod] = []
        for node in try node("methods.yaml").list() {
            let fields = try node.fields("measure", "method", "norm", "error", "detectable_change")
            let name = try fields.required("measure")
            let id = FactID(try name.text())
            guard let measure = vocabulary.measure(id),
                measure.origin == .recorded || measure.origin == .recordedBothSides
            else { throw name.refused("'\(id)' is no recorded measure") }
            let method = try fields["method"]?.text()
            try node.refuse(id, ifTaken: methods.contains { $0.measure == id && $0.method == method })
            guard let key = MeasurementMethod.keys[measure.unit] else {
                throw name.refused("no key is known for the unit '\(measure.unit)' of '\(id)'")
            }
            let norm = try fields["norm"]?.text()
            if let norm, !norms.contains(where: { $0.measure == norm && $0.numbers[key] != nil }) {
                throw node.refused("unknown norm '\(norm)' in \(measure.unit)")
            }
            methods.append(
                MeasurementMethod(
                    measure: id, method: method, unit: measure.unit, norm: norm,
                    error: try published(fields["error"], key: key, unit: measure.unit, change: false),
                    detectableChange: try published(
                        fields["detectable_change"], key: key, unit: measure.unit, change: true)))
        }
        return methods
    }

    /// A recalled [M] number is left out: too small a one would call noise a change.
    private mutating func published(_ node: DataNode?, key: String, unit: String, change: Bool)
        throws(LoadError) -> PublishedNumber?
    {
        guard let node else { return nil }
        let fields =
            try change ? node.fields(key, "source", "tag") : node.fields(key, "statistic", "source", "tag")
        let value = try fields.required(key).number(in: 0...1e6)
        let basis = try citations.basis(fields)
        guard isActive(basis, change ? "this detectable change" : "this error", at: node) else { return nil }
        return PublishedNumber(
            value: value, unit: unit,
            statistic: change ? .detectableChange : try fields.required("statistic").choice(),
            sources: basis.sources, tag: basis.tag)
    }
}
