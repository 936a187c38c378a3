// SPDX-License-Identifier: Apache-2.0

/// One answer: a word of the vocabulary, or a number in the finding's unit.
///
/// `unsure` and `not_tried` are words like any other; what they mean (unknown) is said by ``Answers``.
public enum Answer: Hashable, Sendable {
    case word(String)
    case number(Double)
}

extension Answer: Codable {
    public init(from decoder: any Decoder) throws {
        let container = try decoder.singleValueContainer()
        if let number = try? container.decode(Double.self) {
            self = .number(number)
        } else {
            self = .word(try container.decode(String.self))
        }
    }

    public func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        switch self {
        case .word(let word): try container.encode(word)
        case .number(let number): try container.encode(number)
        }
    }
}

/// What somebody has said or a clinician has found, by finding.
///
/// A finding that was not asked is absent.
public struct Answers: Hashable, Sendable, Codable {
    public private(set) var values: [FactID: Answer]

    public init(_ values: [FactID: Answer] = [:]) { self.values = values }

    public init(from decoder: any Decoder) throws {
        values = try decoder.singleValueContainer().decode([FactID: Answer].self)
    }

    public func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(values)
    }

    public subscript(id: FactID) -> Answer? {
        get { values[id] }
        set { values[id] = newValue }
    }

    /// These answers with `later` laid over them; the later answer to a question replaces the earlier one.
    public func updated(with later: Answers) -> Answers {
        Answers(values.merging(later.values) { _, new in new })
    }
}

extension Answers: Facts {
    /// The words that say "I do not know"; they count as unknown, never as "no".
    public static let unknownWords: Set<String> = ["unsure", "not_tried"]

    public func word(_ id: FactID) -> String? {
        guard case .word(let word) = values[id], !Self.unknownWords.contains(word) else { return nil }
        return word
    }

    public func number(_ id: FactID) -> Double? {
        guard case .number(let number) = values[id] else { return nil }
        return number
    }
}
