// SPDX-License-Identifier: Apache-2.0
import Foundation
import Testing

@testable import Clinical

private let loaded = Result { try Pathway.calfTear() }

/// The shipped pathway, loaded once.
func calfTear() throws -> Pathway { try loaded.get() }

extension Answer: ExpressibleByStringLiteral, ExpressibleByFloatLiteral, ExpressibleByIntegerLiteral {
    init(stringLiteral word: String) { self = .word(word) }
    init(floatLiteral number: Double) { self = .number(number) }
    init(integerLiteral number: Int) { self = .number(Double(number)) }
}

extension Answers: ExpressibleByDictionaryLiteral {
    init(dictionaryLiteral pairs: (FactID, Answer)...) {
        self.init(Dictionary(pairs) { _, later in later })
    }
}

extension Screening.Reason: CustomStringConvertible {
    var description: String { "\(rule.id) \(disposition.rawValue)\(fired ? "" : " unknown \(missing)")" }
}

extension Pathway {
    func rule(_ id: String) throws -> ScreeningRule {
        try #require(screening.first { $0.id == id }, "no rule '\(id)'")
    }

    /// Everything that the symptom check's pages ask of somebody who answers so, and nothing that they skip.
    func answers(givenOnPages answer: (Finding) -> Answer?) -> Answers {
        var answers = Answers()
        for page in questions where page.isAsked(given: answers) {
            for id in page.findings { answers[id] = vocabulary.finding(id).flatMap(answer) }
        }
        return answers
    }
}

/// The root of the package.
let packageRoot = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
    .deletingLastPathComponent()
