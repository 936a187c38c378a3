// SPDX-License-Identifier: Apache-2.0
import Clinical

/// Makes the fields of a question page, with what was answered or typed in them.
struct FieldMaker {
    let words: Words
    let medicine: Words
    let given: Answers
    let form: Form?
    let faults: [FactID: PageReading.Fault]
    /// The page asks one thing, so its heading is the field's legend.
    let isOne: Bool

    func tick(_ finding: Finding) -> CheckQuestionPage.Tick {
        CheckQuestionPage.Tick(
            name: finding.id.rawValue, label: label(finding), hint: hint(finding),
            isTicked: given.word(finding.id) == "yes")
    }

    func field(_ finding: Finding) -> CheckQuestionPage.Field {
        switch finding.values {
        case .choice(let words): .init(choice: choice(finding, words))
        case .number where finding.isScale: .init(scale: scale(finding))
        case .number(let whole, let range, let unit, _):
            .init(number: number(finding, whole: whole, range, unit: unit))
        }
    }

    private func choice(_ finding: Finding, _ offered: [String]) -> CheckQuestionPage.Choice {
        let chosen = typed(finding)
        var options = offered.map { word in
            CheckQuestionPage.Option(
                value: word, label: medicine.answer(word, to: finding), isChosen: chosen == word)
        }
        if Answers.unknownWords.isDisjoint(with: offered) {
            options.append(notSure(isChosen: chosen == PageReading.notSure))
        }
        return .init(
            name: finding.id.rawValue, legend: isOne ? nil : label(finding), hint: hint(finding),
            fault: fault(finding), options: options)
    }

    private func scale(_ finding: Finding) -> CheckQuestionPage.Choice {
        let chosen = typed(finding)
        let options = (0...10).map { number in
            CheckQuestionPage.Option(
                value: String(number), label: String(number), isChosen: chosen == String(number))
        }
        return .init(
            name: finding.id.rawValue, legend: label(finding), hint: nil, fault: fault(finding),
            options: options + [notSure(isChosen: chosen == PageReading.notSure)])
    }

    private func notSure(isChosen: Bool) -> CheckQuestionPage.Option {
        .init(
            value: PageReading.notSure, label: medicine["answer.unsure"], isChosen: isChosen, isUnsure: true)
    }

    private func number(_ finding: Finding, whole: Bool, _ range: ClosedRange<Double>, unit: String)
        -> CheckQuestionPage.Number
    {
        let id = finding.id.rawValue
        let fault = fault(finding)
        return .init(
            name: id, label: label(finding),
            hint: [hint(finding), words["check.leave_empty"]].compactMap(\.self).joined(separator: " "),
            fault: fault, typed: typed(finding), unit: words.ifPresent("check.unit.\(unit)"),
            // The number pads of phones have no minus sign.
            keyboard: range.lowerBound < 0 ? "text" : whole ? "numeric" : "decimal",
            describedBy: fault == nil ? "\(id)-hint" : "\(id)-hint \(id)-fault")
    }

    /// What stands in the field: what was typed just now, else what was answered before.
    private func typed(_ finding: Finding) -> String {
        if let form { return form[finding.id.rawValue] }
        switch given[finding.id] {
        case .word(let word): return finding.isTyped ? "" : word
        case .number(let number): return plain(number)
        case nil: return ""
        }
    }

    private func label(_ finding: Finding) -> String { medicine["finding.\(finding.id).label"] }

    private func hint(_ finding: Finding) -> String? { medicine.ifPresent("finding.\(finding.id).hint") }

    /// The fault as the list on top of the page says it.
    func line(_ finding: Finding) -> String? {
        fault(finding).map { words("check.problem.line", ["field": label(finding), "problem": $0]) }
    }

    private func fault(_ finding: Finding) -> String? {
        switch faults[finding.id] {
        case nil: return nil
        case .missing: return words["check.problem.missing"]
        case .number(.outOfRange(_, let from, let to, _)):
            guard to < 1_000_000 else { return words("check.problem.from", ["from": plain(from)]) }
            return words("check.problem.range", ["from": plain(from), "to": plain(to)])
        case .number(.expectedWholeNumber): return words["check.problem.whole"]
        case .number: return words["check.problem.number"]
        }
    }
}

extension Finding {
    /// Typed into a field, not chosen.
    var isTyped: Bool {
        if case .number = values { !isScale } else { false }
    }
}

/// A number as a person writes it.
func plain(_ number: Double) -> String { Int(exactly: number).map(String.init) ?? String(number) }

extension Words {
    /// A word of the vocabulary as the person reads it.
    func answer(_ word: String, to finding: Finding) -> String {
        ifPresent("finding.\(finding.id).value.\(word)") ?? self["answer.\(word)"]
    }
}
