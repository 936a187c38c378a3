// SPDX-License-Identifier: Apache-2.0

/// The symptom check, its pages, and the daily check.
extension PathwayLoader {
    mutating func screeningRules(_ conditions: ConditionReader) throws(LoadError) -> [ScreeningRule] {
        var rules: [ScreeningRule] = []
        for node in try node("screening.yaml").list() {
            let fields = try node.fields(
                "id", "disposition", "when_unknown", "at", "when", "advice", "source", "tag")
            let id = try fields.required("id").text()
            try node.refuse(id, ifTaken: rules.contains { $0.id == id })
            var asked: Set<Finding.Asked> = []
            let places = try fields.required("at")
            for place in try places.list() { asked.insert(try place.choice()) }
            guard !asked.isEmpty else { throw places.refused("a rule must be asked somewhere") }
            let advice = try fields.required("advice").fields("do", "do_not")
            rules.append(
                ScreeningRule(
                    id: id, disposition: try fields.required("disposition").choice(),
                    whenUnknown: try fields["when_unknown"]?.choice(), asked: asked,
                    when: try conditions.condition(fields.required("when")),
                    dos: try texts(advice.required("do")), donts: try texts(advice.required("do_not")),
                    // A recalled [M] rule stays active: a screening rule can only raise an answer.
                    basis: try citations.basis(fields)))
        }
        guard !rules.isEmpty else {
            throw LoadError(file: "screening.yaml", line: nil, problem: "needs at least one rule")
        }
        return rules
    }

    func questionPages(_ conditions: ConditionReader) throws(LoadError) -> [QuestionPage] {
        var pages: [QuestionPage] = []
        for node in try node("questions.yaml").list() {
            let fields = try node.fields("id", "kind", "findings", "ask_unless", "follows")
            let id = try fields.required("id").text()
            try node.refuse(id, ifTaken: pages.contains { $0.id == id })
            var askUnless: Condition?
            if let node = fields["ask_unless"] { askUnless = try conditions.condition(node) }
            pages.append(
                QuestionPage(
                    id: id, kind: try fields.required("kind").choice(),
                    findings: try findings(fields.required("findings"), conditions.vocabulary),
                    askUnless: askUnless, follows: try followings(fields["follows"], conditions)))
        }
        return pages
    }

    private func followings(_ node: DataNode?, _ conditions: ConditionReader) throws(LoadError)
        -> [QuestionPage.Following]
    {
        var followings: [QuestionPage.Following] = []
        for node in try node?.list() ?? [] {
            let fields = try node.fields("finding", "is", "when")
            let id = try fields.required("finding")
            let answer = try fields.required("is")
            guard let finding = conditions.vocabulary.finding(FactID(try id.text())) else {
                throw id.refused("unknown finding '\(try id.text())'")
            }
            let word = try answer.text()
            guard finding.words.contains(word), !Answers.unknownWords.contains(word) else {
                throw answer.refused("'\(finding.id)' cannot be '\(word)'")
            }
            followings.append(
                QuestionPage.Following(
                    finding: finding.id, answer: .word(word),
                    when: try conditions.condition(fields.required("when"))))
        }
        return followings
    }

    func checkInForm(_ vocabulary: Vocabulary) throws(LoadError) -> CheckInForm {
        let fields = try node("checkin.yaml").fields("pain", "morning", "choices", "red_flags")
        let morning = try fields.required("morning")
        guard vocabulary.finding(FactID(try morning.text())) != nil else {
            throw morning.refused("unknown finding '\(try morning.text())'")
        }
        return CheckInForm(
            pain: try findings(fields.required("pain"), vocabulary), morning: FactID(try morning.text()),
            choices: try findings(fields.required("choices"), vocabulary),
            redFlags: try findings(fields.required("red_flags"), vocabulary))
    }

    func texts(_ node: DataNode) throws(LoadError) -> [String] {
        var texts: [String] = []
        for item in try node.list() { texts.append(try item.text()) }
        return texts
    }

    private func findings(_ node: DataNode, _ vocabulary: Vocabulary) throws(LoadError) -> [FactID] {
        var ids: [FactID] = []
        for item in try node.list() {
            let id = FactID(try item.text())
            guard vocabulary.finding(id) != nil else { throw item.refused("unknown finding '\(id)'") }
            ids.append(id)
        }
        return ids
    }
}
