// SPDX-License-Identifier: Apache-2.0

extension Words {
    /// Reads a catalogue of nested keys.
    ///
    /// - Throws: ``LoadError`` where the file is no YAML or a text is neither a text nor a list of texts.
    public init(yaml text: String, file: String) throws(LoadError) {
        var texts: [String: [String]] = [:]
        try Self.collect(DataNode(text: text, file: file), under: "", into: &texts)
        self.init(texts)
    }

    private static func collect(_ node: DataNode, under key: String, into texts: inout [String: [String]])
        throws(LoadError)
    {
        if node.isScalar {
            texts[key] = [try node.text()]
        } else if node.isList {
            var lines: [String] = []
            for line in try node.list() { lines.append(try line.text()) }
            texts[key] = lines
        } else {
            for (name, value) in try node.entries() {
                try collect(value, under: key.isEmpty ? name : "\(key).\(name)", into: &texts)
            }
        }
    }
}

extension PathwayLoader {
    func words() throws(LoadError) -> [String: Words] {
        var words: [String: Words] = [:]
        for (path, text) in files where path.hasPrefix("words/") && path.hasSuffix(".yaml") {
            words[String(path.dropFirst("words/".count).dropLast(".yaml".count))] = try Words(
                yaml: text, file: path)
        }
        return words
    }
}

extension Pathway {
    /// Every key that the pathway's own ids ask of a catalogue.
    public var neededWords: [String] {
        var keys: [String] = []
        for finding in vocabulary.findings {
            keys.append("finding.\(finding.id).label")
            if case .choice(let words) = finding.values, words != Finding.yesNoUnsure {
                keys += words.map { "finding.\(finding.id).value.\($0)" }
            }
        }
        keys += vocabulary.measures.map { "measure.\($0.id)" }
        for rule in screening {
            keys.append("rule.\(rule.id)")
            keys += rule.dos.map { "advice.do.\($0)" } + rule.donts.map { "advice.do_not.\($0)" }
        }
        keys += questions.flatMap { ["question.\($0.id).title"] }
        keys += Disposition.allCases.flatMap {
            ["disposition.\($0.rawValue).title", "disposition.\($0.rawValue).text"]
        }
        for phase in phases {
            keys += ["phase.\(phase.id).name", "phase.\(phase.id).aim"]
            keys += phase.exit.map { "criterion.\($0.id)" }
        }
        for exercise in exercises {
            keys += ["name", "how", "stop"].map { "exercise.\(exercise.id).\($0)" }
            keys += exercise.needs.map { "criterion.\($0.id)" }
        }
        for treatment in treatments {
            keys += ["treatment.\(treatment.id).name"] + treatment.needs.map { "criterion.\($0.id)" }
        }
        keys += Treatment.Group.allCases.map { "treatment_group.\($0.rawValue)" }
        keys += Grade.allCases.flatMap { ["grade.\($0.rawValue).name", "grade.\($0.rawValue).what"] }
        keys += Muscle.allCases.map { "muscle.\($0.rawValue)" }
        for candidate in assessment.muscles + assessment.differential {
            keys += (candidate.speaksFor + candidate.speaksAgainst).map { "sign.\($0.id)" }
        }
        keys += assessment.grades.flatMap { $0.signs.map { "sign.\($0.id)" } }
        keys += assessment.differential.map { "differential.\($0.id)" }
        keys += assessment.imaging.map { "imaging.\($0.id)" }
        keys += LoadAnswer.allCases.map { "response.\($0.rawValue)" }
        keys += prognosis.windows.compactMap { $0.words.map { "prognosis.window.\($0)" } }
        keys += prognosis.studies.map { "prognosis.study.\($0.id)" }
        return keys
    }

    /// - Throws: ``LoadError`` naming the first text that a language lacks.
    func requireWords() throws(LoadError) {
        guard words["en"] != nil else {
            throw LoadError(file: "words/en.yaml", line: nil, problem: "is missing")
        }
        for (language, words) in words.sorted(by: { $0.key < $1.key }) {
            for key in neededWords where !words.has(key) {
                throw LoadError(
                    file: "words/\(language).yaml", line: nil, problem: "has no text for '\(key)'")
            }
        }
    }
}
