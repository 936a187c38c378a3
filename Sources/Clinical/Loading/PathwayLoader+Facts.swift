// SPDX-License-Identifier: Apache-2.0

/// Findings, measures and scores: the names that all rules are written in.
extension PathwayLoader {
    mutating func vocabulary() throws(LoadError) -> Vocabulary {
        var findings: [Finding] = []
        for node in try node("findings.yaml").list() {
            let finding = try finding(node)
            try node.refuse(finding.id, ifTaken: findings.contains { $0.id == finding.id })
            findings.append(finding)
        }
        return Vocabulary(findings: findings, measures: try measures(findings))
    }

    private enum FindingType: String, CaseIterable {
        case integer, number, choice
        case numberOrUnsure = "number_or_unsure"
        case yesNoUnsure = "yes_no_unsure"
    }

    private func finding(_ node: DataNode) throws(LoadError) -> Finding {
        let fields = try node.fields("id", "type", "values", "from", "to", "unit", "asked")
        let type: FindingType = try fields.required("type").choice()
        var asked: Set<Finding.Asked> = []
        for place in try fields.required("asked").list() { asked.insert(try place.choice()) }
        let values: Finding.Values
        switch type {
        case .yesNoUnsure: values = .choice(Finding.yesNoUnsure)
        case .choice:
            var words: [String] = []
            for word in try fields.required("values").list() { words.append(try word.text()) }
            guard words.count > 1, Set(words).count == words.count else {
                throw node.refused("a choice needs two different words or more")
            }
            values = .choice(words)
        case .integer, .number, .numberOrUnsure:
            values = .number(
                whole: type == .integer, try range(fields), unit: try fields.required("unit").text(),
                unsure: type == .numberOrUnsure)
        }
        return Finding(id: FactID(try fields.required("id").text()), values: values, asked: asked)
    }

    private func range(_ fields: Fields) throws(LoadError) -> ClosedRange<Double> {
        let from = try fields.required("from").number()
        let to = try fields["to"]?.number() ?? .greatestFiniteMagnitude
        guard from <= to else { throw fields.node.refused("'from' is above 'to'") }
        return from...to
    }

    private mutating func measures(_ findings: [Finding]) throws(LoadError) -> [Measure] {
        let file = try node("measures.yaml").fields("source", "tag", "measures")
        _ = try citations.basis(file)
        var measures: [Measure] = []
        for node in try file.required("measures").list() {
            let fields = try node.fields(
                "id", "unit", "from", "to", "fresh_d", "recorded", "sides", "from_finding", "injured_side_of",
                "symmetry_of", "difference_of", "journal", "or", "instrument")
            let id = FactID(try fields.required("id").text())
            try node.refuse(id, ifTaken: measures.contains { $0.id == id })
            let origin = try origin(fields, findings: findings, known: measures)
            var words: [String] = []
            if case .finding(let id) = origin, let finding = findings.first(where: { $0.id == id }) {
                words = finding.words
            } else if origin == .journal(.clotExcluded) {
                words = Finding.yesNoUnsure
            }
            let isRecorded = origin == .recorded || origin == .recordedBothSides
            measures.append(
                Measure(
                    id: id, unit: try fields.required("unit").text(),
                    origin: origin, alternative: try alternative(fields["or"], known: measures),
                    isByInstrument: try fields["instrument"]?.flag() ?? false,
                    range: isRecorded ? try range(fields) : 0...0,
                    freshDays: try fields["fresh_d"]?.number(), words: words))
        }
        return measures
    }

    /// The second way to a measure; a recalled [M] one could relax and is left out.
    private mutating func alternative(_ node: DataNode?, known: [Measure]) throws(LoadError)
        -> Measure.Alternative?
    {
        guard let node else { return nil }
        let fields = try node.fields("symmetry_of", "difference_of", "deg_per_cm", "source", "tag")
        let key = try fields.exactlyOne(of: ["symmetry_of", "difference_of"])
        let origin = try origin(fields, findings: [], known: known)
        let factor = try fields["deg_per_cm"]?.number(in: 0.1...100)
        guard factor != nil || key == "symmetry_of" else { throw node.refused("'deg_per_cm' is missing") }
        let basis = try citations.basis(fields)
        guard isActive(basis, "this second way to a measure", at: node) else { return nil }
        return .init(origin: origin, unitsPerUnit: factor ?? 1, basis: basis)
    }

    private func origin(_ fields: Fields, findings: [Finding], known: [Measure]) throws(LoadError)
        -> Measure.Origin
    {
        let key = try fields.exactlyOne(of: [
            "recorded", "sides", "from_finding", "injured_side_of", "symmetry_of", "difference_of", "journal"
        ])
        let node = try fields.required(key)
        switch key {
        case "recorded": return .recorded
        case "sides": return .recordedBothSides
        case "journal": return .journal(try node.choice())
        case "from_finding":
            let id = FactID(try node.text())
            guard findings.contains(where: { $0.id == id }) else {
                throw node.refused("unknown finding '\(id)'")
            }
            return .finding(id)
        default:
            let id = FactID(try node.text())
            guard known.contains(where: { $0.id == id && $0.origin == .recordedBothSides }) else {
                throw node.refused("'\(id)' is not recorded for both sides above this line")
            }
            switch key {
            case "injured_side_of": return .injuredSide(of: id)
            case "symmetry_of": return .symmetry(of: id)
            default: return .difference(of: id)
            }
        }
    }

    mutating func scores(_ conditions: ConditionReader) throws(LoadError) -> [Score] {
        var scores: [Score] = []
        for node in try node("scores.yaml").list() {
            let fields = try node.fields("id", "source", "tag", "items")
            let id = try fields.required("id").text()
            try node.refuse(id, ifTaken: scores.contains { $0.id == id })
            var items: [Score.Item] = []
            for item in try fields.required("items").list() {
                let fields = try item.fields("id", "points", "when")
                items.append(
                    Score.Item(
                        id: try fields.required("id").text(), points: try fields.required("points").number(),
                        when: try conditions.condition(fields.required("when"))))
            }
            scores.append(
                Score(id: id, items: items, basis: try citations.basis(fields)))
        }
        return scores
    }
}
