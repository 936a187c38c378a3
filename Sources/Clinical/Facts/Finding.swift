// SPDX-License-Identifier: Apache-2.0

/// One fact that a person can report or a clinician can find; see `findings.yaml`.
public struct Finding: Hashable, Sendable, Identifiable {
    public enum Values: Hashable, Sendable {
        case choice([String])
        case number(whole: Bool, ClosedRange<Double>, unit: String, unsure: Bool)
    }

    public enum Asked: String, Hashable, Sendable, CaseIterable {
        case symptomCheck = "symptom_check"
        case checkIn = "check_in"
        case evaluation
    }

    public let id: FactID
    public let values: Values
    public let asked: Set<Asked>

    /// The words that may be answered; empty for a number.
    public var words: [String] {
        switch values {
        case .choice(let words): words
        case .number(_, _, _, let unsure): unsure ? ["unsure"] : []
        }
    }

    public static let yesNoUnsure = ["yes", "no", "unsure"]
}

/// Why an answer cannot be taken, for the person who gave it.
public enum AnswerProblem: Error, Hashable, Sendable {
    case unknownFinding(String)
    case expectedWord(FactID, [String])
    case expectedNumber(FactID, unit: String)
    case expectedWholeNumber(FactID, unit: String)
    case outOfRange(FactID, from: Double, to: Double, unit: String)

    /// For a terminal or a log of the person's own machine; pages make their own sentence.
    public var message: String {
        switch self {
        case .unknownFinding(let id): "'\(id)' is not a finding of the vocabulary"
        case .expectedWord(let id, let words): "'\(id)' must be one of: \(words.joined(separator: ", "))"
        case .expectedNumber(let id, let unit): "'\(id)' must be a number (\(spelled(unit)))"
        case .expectedWholeNumber(let id, let unit): "'\(id)' must be a whole number (\(spelled(unit)))"
        case .outOfRange(let id, let from, let to, let unit):
            to == .greatestFiniteMagnitude
                ? "'\(id)' must be from \(from.plain) on (\(spelled(unit)))"
                : "'\(id)' must be from \(from.plain) to \(to.plain) (\(spelled(unit)))"
        }
    }

    /// UCUM's letters as a person says them.
    private func spelled(_ unit: String) -> String {
        ["a": "years", "d": "days", "Cel": "°C", "/min": "beats per minute"][unit] ?? unit
    }
}

extension Finding {
    /// - Throws: ``AnswerProblem`` where the vocabulary has no such value.
    public func checked(_ answer: Answer) throws(AnswerProblem) -> Answer {
        switch (values, answer) {
        case (.choice(let words), .word(let word)):
            guard words.contains(word) else { throw .expectedWord(id, words) }
        case (.choice(let words), .number):
            throw .expectedWord(id, words)
        case (.number(let whole, _, let unit, let unsure), .word(let word)):
            guard unsure, word == "unsure" else {
                throw whole ? .expectedWholeNumber(id, unit: unit) : .expectedNumber(id, unit: unit)
            }
        case (.number(let whole, let range, let unit, _), .number(let number)):
            guard number.isFinite else { throw .expectedNumber(id, unit: unit) }
            guard !whole || number == number.rounded() else { throw .expectedWholeNumber(id, unit: unit) }
            guard range.contains(number) else {
                throw .outOfRange(id, from: range.lowerBound, to: range.upperBound, unit: unit)
            }
        }
        return answer
    }

    /// An answer typed into a form or a file as text; empty text is no answer.
    public func answer(from text: String) throws(AnswerProblem) -> Answer? {
        let trimmed = text.trimmingSpaces
        if trimmed.isEmpty { return nil }
        switch values {
        case .choice: return try checked(.word(trimmed))
        case .number(_, _, let unit, let unsure):
            if unsure, trimmed == "unsure" { return .word(trimmed) }
            // Double reads "0x10" and "inf" too; nobody means them.
            let decimal = trimmed.replacingComma
            guard decimal.allSatisfy({ "+-.eE0123456789".contains($0) }), let number = Double(decimal),
                number.isFinite
            else {
                throw .expectedNumber(id, unit: unit)
            }
            return try checked(.number(number))
        }
    }
}

extension String {
    var trimmingSpaces: String {
        String(drop(while: \.isWhitespace).reversed().drop(while: \.isWhitespace).reversed())
    }

    /// A decimal comma is as good as a point.
    var replacingComma: String { String(map { $0 == "," ? "." : $0 }) }
}
