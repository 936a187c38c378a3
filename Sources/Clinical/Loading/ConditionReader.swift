// SPDX-License-Identifier: Apache-2.0

/// Reads conditions and refuses what the vocabulary does not have.
struct ConditionReader {
    let vocabulary: Vocabulary
    let scores: [Score]

    private static let comparisons = Condition.Comparison.allCases.map(\.rawValue)

    /// A condition of a rule: `all`, `any`, `at_least … of`, `not`, `unless_certain`, or one test.
    func condition(_ node: DataNode) throws(LoadError) -> Condition {
        let fields = try node.fields(
            "all", "any", "of", "not", "unless_certain", "finding", "fact", "score", "is", "at_least",
            "at_most", "above", "below")
        let key = try fields.exactlyOne(of: [
            "all", "any", "of", "not", "unless_certain", "finding", "fact", "score"
        ])
        let tests = ["is"] + Self.comparisons
        switch key {
        case "all", "any", "not", "unless_certain": try fields.refuse(tests, beside: key)
        case "of": try fields.refuse(tests.filter { $0 != "at_least" }, beside: key)
        case "score": try fields.refuse(["is"], beside: key)
        default: break
        }
        switch key {
        case "all": return .all(try conditions(fields.required("all")))
        case "any": return .any(try conditions(fields.required("any")))
        case "of":
            let parts = try conditions(fields.required("of"))
            let count = try fields.required("at_least").number(in: 1...Double(parts.count), whole: true)
            return .atLeast(Int(count), parts)
        case "not": return .not(try condition(fields.required("not")))
        case "unless_certain": return .unlessCertain(try condition(fields.required("unless_certain")))
        case "score":
            let id = try fields.required("score")
            let name = try id.text()
            guard let score = scores.first(where: { $0.id == name }) else {
                throw id.refused("unknown score '\(name)'")
            }
            let (comparison, limit) = try comparison(fields)
            return .score(score, comparison, limit)
        default: return try test(fields)
        }
    }

    private func conditions(_ node: DataNode) throws(LoadError) -> [Condition] {
        var parts: [Condition] = []
        for part in try node.list() { parts.append(try condition(part)) }
        guard !parts.isEmpty else { throw node.refused("needs at least one condition") }
        return parts
    }

    /// One test on one fact: `{ finding: X, is: … }` or `{ fact: X, at_least: … }`.
    func test(_ fields: Fields) throws(LoadError) -> Condition {
        let key = try fields.exactlyOne(of: ["finding", "fact"])
        let node = try fields.required(key)
        let id = FactID(try node.text())
        let (words, isNumber) = try key == "finding" ? finding(id, node) : measure(id, node)
        guard let list = fields["is"] else {
            guard isNumber else { throw node.refused("'\(id)' is no number: say which word it 'is'") }
            let (comparison, limit) = try comparison(fields)
            return .number(id, comparison, limit)
        }
        try fields.refuse(Self.comparisons, beside: "is")
        let nodes = list.isList ? try list.list() : [list]
        var wanted: Set<String> = []
        for word in nodes {
            let text = try word.text()
            guard words.contains(text), !Answers.unknownWords.contains(text) else {
                let known = words.filter { !Answers.unknownWords.contains($0) }.joined(separator: ", ")
                throw word.refused("'\(id)' is never '\(text)'; it is one of: \(known)")
            }
            wanted.insert(text)
        }
        guard !wanted.isEmpty else { throw list.refused("needs at least one word") }
        return .word(id, wanted)
    }

    private func comparison(_ fields: Fields) throws(LoadError) -> (Condition.Comparison, Double) {
        let key = try fields.exactlyOne(of: Self.comparisons)
        guard let comparison = Condition.Comparison(rawValue: key) else {
            throw fields.node.refused("unknown comparison '\(key)'")
        }
        return (comparison, try fields.required(key).number())
    }

    private func finding(_ id: FactID, _ node: DataNode) throws(LoadError) -> ([String], Bool) {
        guard let finding = vocabulary.finding(id) else { throw node.refused("unknown finding '\(id)'") }
        if case .number = finding.values { return ([], true) }
        return (finding.words, false)
    }

    private func measure(_ id: FactID, _ node: DataNode) throws(LoadError) -> ([String], Bool) {
        guard let measure = vocabulary.measure(id) else { throw node.refused("unknown measure '\(id)'") }
        return (measure.words, measure.words.isEmpty)
    }
}
