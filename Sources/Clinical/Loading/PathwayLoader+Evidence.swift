// SPDX-License-Identifier: Apache-2.0

/// What findings speak for, how long tears take, and norms.
extension PathwayLoader {
    mutating func assessment(_ conditions: ConditionReader) throws(LoadError) -> Assessment {
        let file = try node("assessment.yaml").fields("grades", "muscles", "differential", "imaging")
        var grades: [Assessment.GradeRule] = []
        for node in try file.required("grades").list() {
            let fields = try node.fields("grade", "signs")
            grades.append(
                .init(
                    grade: try fields.required("grade").choice(),
                    signs: try signs(fields.required("signs"), conditions)))
        }
        var imaging: [Assessment.Imaging] = []
        for node in try file.required("imaging").list() {
            let sign = try sign(node, conditions)
            imaging.append(.init(id: sign.id, when: sign.when, basis: sign.basis))
        }
        return Assessment(
            grades: grades, muscles: try candidates(file.required("muscles"), conditions),
            differential: try candidates(file.required("differential"), conditions), imaging: imaging)
    }

    private mutating func candidates(_ node: DataNode, _ conditions: ConditionReader) throws(LoadError)
        -> [Assessment.Candidate]
    {
        var candidates: [Assessment.Candidate] = []
        for node in try node.list() {
            let fields = try node.fields("id", "speaks_for", "speaks_against")
            candidates.append(
                .init(
                    id: try fields.required("id").text(),
                    speaksFor: try signs(fields.required("speaks_for"), conditions),
                    speaksAgainst: try signs(fields.required("speaks_against"), conditions)))
        }
        return candidates
    }

    private mutating func signs(_ node: DataNode, _ conditions: ConditionReader) throws(LoadError)
        -> [Assessment.Sign]
    {
        var signs: [Assessment.Sign] = []
        for node in try node.list() { signs.append(try sign(node, conditions)) }
        return signs
    }

    private mutating func sign(_ node: DataNode, _ conditions: ConditionReader) throws(LoadError)
        -> Assessment.Sign
    {
        let fields = try node.fields("id", "when", "source", "tag")
        return .init(
            id: try fields.required("id").text(), when: try conditions.condition(fields.required("when")),
            basis: try citations.basis(fields))
    }

    mutating func prognosis() throws(LoadError) -> Prognosis {
        let file = try node("prognosis.yaml").fields("windows", "studies", "recurrence")
        var windows: [Prognosis.Window] = []
        for node in try file.required("windows").list() {
            let fields = try node.fields("grade", "weeks_from", "weeks_to", "text", "source", "tag")
            let text = try fields["text"]?.text()
            let basis = try citations.basis(fields)
            guard text != nil || fields["weeks_from"] != nil else {
                throw node.refused("needs 'weeks_from' or a 'text'")
            }
            guard isActive(basis, "this healing window", at: node) else { continue }
            windows.append(
                .init(
                    grade: try fields.required("grade").choice(),
                    weeksFrom: try fields["weeks_from"]?.number(),
                    weeksTo: try fields["weeks_to"]?.number(), words: text, basis: basis))
        }
        var studies: [Prognosis.Study] = []
        for node in try file.required("studies").list() {
            let fields = try node.fields(
                "id", "what_days_mean", "value_days", "spread_days", "n", "source", "tag")
            let basis = try citations.basis(fields)
            guard isActive(basis, "this study's result", at: node) else { continue }
            studies.append(
                .init(
                    id: try fields.required("id").text(), days: try fields["value_days"]?.number(),
                    spreadDays: try fields["spread_days"]?.number(), people: try fields["n"]?.integer(),
                    basis: basis))
        }
        var recurrence: [Prognosis.Recurrence] = []
        for node in try file.required("recurrence").list() {
            let fields = try node.fields(
                "id", "hazard_ratio", "hazard_ratio_from", "hazard_ratio_to", "within_months",
                "share_percent_from", "share_percent_to", "n", "source", "tag")
            let basis = try citations.basis(fields)
            guard isActive(basis, "this figure", at: node) else { continue }
            recurrence.append(
                .init(
                    id: try fields.required("id").text(), hazardRatio: try fields["hazard_ratio"]?.number(),
                    sharePercentFrom: try fields["share_percent_from"]?.number(),
                    sharePercentTo: try fields["share_percent_to"]?.number(), basis: basis))
        }
        return Prognosis(windows: windows, studies: studies, recurrence: recurrence)
    }

    mutating func norms() throws(LoadError) -> [Norm] {
        var norms: [Norm] = []
        for (measure, list) in try node("norms.yaml").entries() {
            for node in try list.list() {
                let fields = try node.fields(
                    "sex", "age_from", "age_to", "reps", "reps_from", "reps_to", "seconds", "m_per_s", "cm",
                    "nrs",
                    "percent", "deg", "measured_by", "felt_as", "source", "tag")
                let basis = try citations.basis(fields)
                guard isActive(basis, "this norm of '\(measure)'", at: node) else { continue }
                var age: Range<Int>?
                if let from = try fields["age_from"]?.integer(), let to = try fields["age_to"]?.integer() {
                    guard from < to else { throw node.refused("'age_from' is not below 'age_to'") }
                    age = from..<to
                }
                var numbers: [String: Double] = [:]
                for key in [
                    "reps", "reps_from", "reps_to", "seconds", "m_per_s", "cm", "nrs", "percent", "deg"
                ] {
                    if let value = try fields[key]?.number() { numbers[key] = value }
                }
                guard !numbers.isEmpty else { throw node.refused("a norm needs a number") }
                norms.append(
                    Norm(
                        measure: measure, sex: try fields["sex"]?.text(), age: age, numbers: numbers,
                        label: try (fields["measured_by"] ?? fields["felt_as"])?.text(), basis: basis))
            }
        }
        return norms
    }
}
