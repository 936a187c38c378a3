// SPDX-License-Identifier: Apache-2.0
import Clinical

/// A label with its value, for a list of facts.
struct ChartFactLine: Sendable {
    let label: String
    let value: String
}

extension ChartWording {
    /// A number with its unit, such as "1 of 10" or "14 reps".
    func number(_ value: Double, unit: String) -> String {
        let key = "chart.unit.\(unit)"
        return words.has(key) ? words(key, ["n": value.plain]) : "\(value.plain) \(unit)"
    }

    /// A measure's value, recorded or made from others.
    func value(_ id: FactID, _ value: ChartFacts.Reading.Value) -> String {
        switch value {
        case .number(let number): self.number(number, unit: pathway.vocabulary.measure(id)?.unit ?? "")
        case .word(let word): self.word(word, of: finding(behind: id))
        }
    }

    /// The answers in the order of the vocabulary.
    func answers(_ answers: Answers) -> [ChartFactLine] {
        pathway.vocabulary.findings.compactMap { finding in
            answers[finding.id].map { ChartFactLine(label: label(finding), value: answer($0, to: finding)) }
        }
    }

    /// Only these answers, for saying what raised a flag.
    func answers(_ answers: Answers, of ids: Set<FactID>) -> [ChartFactLine] {
        self.answers(Answers(answers.values.filter { ids.contains($0.key) }))
    }

    /// Recorded values by measure, both legs in one line.
    func values(_ values: [FactID: Double]) -> [ChartFactLine] {
        pathway.vocabulary.measures.compactMap { measure in
            switch measure.origin {
            case .recorded:
                return values[measure.id].map {
                    ChartFactLine(label: measureName(measure.id), value: number($0, unit: measure.unit))
                }
            case .recordedBothSides:
                let sides: [(Side, Double)] = [Side.left, .right].compactMap { side in
                    values[FactID("\(measure.id)_\(side.rawValue)")].map { (side, $0) }
                }
                guard !sides.isEmpty else { return nil }
                let text = sides.map { "\(side($0.0)) \(number($0.1, unit: measure.unit))" }
                return ChartFactLine(label: measureName(measure.id), value: text.joined(separator: ", "))
            default: return nil
            }
        }
    }

    func measureName(_ id: FactID) -> String { medicine["measure.\(id)"] }

    private func label(_ finding: Finding) -> String { medicine["finding.\(finding.id).label"] }

    private func answer(_ answer: Answer, to finding: Finding) -> String {
        switch answer {
        case .word(let word): return self.word(word, of: finding.id)
        case .number(let number):
            if finding.id == "pain_morning_change" { return change(number) }
            guard case .number(_, _, let unit, _) = finding.values else { return number.plain }
            return self.number(number, unit: unit)
        }
    }

    /// Points more or less than usual.
    func change(_ points: Double) -> String {
        if points == 0 { return words["chart.as_usual"] }
        return words(points > 0 ? "chart.above_usual" : "chart.below_usual", ["n": abs(points).plain])
    }

    private func word(_ word: String, of finding: FactID?) -> String {
        if let finding, medicine.has("finding.\(finding).value.\(word)") {
            return medicine["finding.\(finding).value.\(word)"]
        }
        return medicine["answer.\(word)"]
    }

    private func finding(behind measure: FactID) -> FactID? {
        guard case .finding(let id) = pathway.vocabulary.measure(measure)?.origin else { return nil }
        return id
    }
}

extension ChartWording {
    func dose(_ dose: Dose) -> String {
        func say(_ key: String, _ value: Double?) -> String? {
            value.map { words("chart.dose.\(key)", ["n": $0.plain]) }
        }
        func count(_ key: String, _ value: Int?) -> String? { say(key, value.map(Double.init)) }
        var parts: [String?] = []
        if let sets = dose.sets, let reps = dose.reps {
            parts.append(words("chart.dose.sets_reps", ["sets": "\(sets)", "reps": "\(reps)"]))
        } else {
            parts += [count("sets", dose.sets), count("reps", dose.reps)]
        }
        if dose.eachWay == true { parts.append(words["chart.dose.each_way"]) }
        parts += [
            count("hold", dose.holdS), say("minutes", dose.minutes), say("walk", dose.walkMinutes),
            say("run", dose.runMinutes), count("rest", dose.restS),
            say("load", dose.loadBodyWeight.map { $0 * 100 }), count("per_day", dose.timesPerDay),
            count("per_week", dose.timesPerWeek)
        ]
        let text = parts.compactMap { $0 }.joined(separator: ", ")
        return text.isEmpty ? words["chart.dose.none"] : text
    }

    func exercise(_ id: Exercise.ID) -> String { medicine["exercise.\(id).name"] }
}
