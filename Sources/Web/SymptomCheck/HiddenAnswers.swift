// SPDX-License-Identifier: Apache-2.0
import Clinical
import Foundation

/// The answers so far, as they travel in a hidden field: nothing is kept here, and nothing stands in an address.
enum HiddenAnswers {
    static func text(_ answers: Answers) -> String {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        // Words and finite numbers always encode.
        return (try? encoder.encode(answers)).map { String(decoding: $0, as: UTF8.self) } ?? "{}"
    }

    /// - Throws: ``Failure/badForm`` for anything that the check's own pages cannot have written.
    static func answers(_ text: String, of questionnaire: Questionnaire, _ vocabulary: Vocabulary)
        throws(Failure)
        -> Answers
    {
        if text.isEmpty { return Answers() }
        guard let values = try? JSONDecoder().decode([String: Answer].self, from: Data(text.utf8)),
            let answers = try? vocabulary.checked(values)
        else { throw .badForm }
        let asked = questionnaire.findings
        guard answers.values.keys.allSatisfy(asked.contains) else { throw .badForm }
        return answers
    }
}
