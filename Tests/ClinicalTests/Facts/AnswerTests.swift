// SPDX-License-Identifier: Apache-2.0
import Foundation
import Testing

@testable import Clinical

@Suite("Answers") struct AnswerTests {
    @Test(
        "are read from JSON as a word or a number",
        arguments: [
            (#""yes""#, "yes"), (#""41""#, "41"), ("41", 41), ("0", 0), ("-3.5", -3.5), (#""""#, "")
        ] as [(String, Answer)])
    func decoding(json: String, expected: Answer) throws {
        #expect(try JSONDecoder().decode([Answer].self, from: Data("[\(json)]".utf8)) == [expected])
    }

    @Test("of another kind are refused, not guessed", arguments: ["true", "null", "[]", "{}", "1e999"])
    func refused(json: String) {
        #expect(throws: (any Error).self) {
            try JSONDecoder().decode([Answer].self, from: Data("[\(json)]".utf8))
        }
    }

    @Test("survive being kept")
    func roundTrip() throws {
        let answers: Answers = ["onset": "sudden", "age_years": 41, "calf_bigger_cm": 1.5]
        let kept = try JSONEncoder().encode(answers)
        #expect(try JSONDecoder().decode(Answers.self, from: kept) == answers)
    }

    @Test("Later answers replace earlier ones, and 'unsure' replaces a 'no'")
    func later() {
        let answers = Answers(["fever": "no", "limp": "yes"]).updated(with: ["fever": "unsure"])
        #expect(answers["fever"] == "unsure")
        #expect(answers.word("fever") == nil)
        #expect(answers.word("limp") == "yes")
    }

    private func finding(_ id: FactID) throws -> Finding {
        try #require(try calfTear().vocabulary.finding(id))
    }

    @Test(
        "typed into a form are read as people write them",
        arguments: [
            ("calf_bigger_cm", "12,5", 12.5), ("calf_bigger_cm", " 7 ", 7), ("calf_bigger_cm", "-3", -3),
            ("calf_bigger_cm", "unsure", "unsure"), ("age_years", "41", 41), ("age_years", "\t41\r\n", 41),
            ("age_years", "+41", 41), ("age_years", "120", 120), ("age_years", "0", 0),
            ("pain_rest", "10", 10),
            ("onset", "sudden", "sudden"), ("onset", " sudden ", "sudden"), ("fever", "unsure", "unsure"),
            ("onset_days", "0.5", 0.5), ("pain_morning_change", "-10", -10), ("age_years", "", nil),
            ("fever", "   ", nil)
        ] as [(FactID, String, Answer?)])
    func typed(id: FactID, text: String, expected: Answer?) throws {
        #expect(try finding(id).answer(from: text) == expected)
    }

    @Test(
        "that make no sense are refused with what would",
        arguments: [
            ("age_years", "abc", "a number"), ("age_years", "1e9", "from 0 to 120"),
            ("age_years", "-3", "from 0 to 120"), ("age_years", "121", "from 0 to 120"),
            ("age_years", "12,5", "a whole number"), ("age_years", "0x29", "a number"),
            ("age_years", "nan", "a number"), ("age_years", "inf", "a number"),
            ("age_years", "4 1", "a number"),
            ("age_years", "unsure", "a number"), ("age_years", "٤١", "a number"),
            ("pain_rest", "11", "from 0 to 10"), ("pain_rest", "-1", "from 0 to 10"),
            ("calf_bigger_cm", "1,2,3", "a number"), ("calf_bigger_cm", "20.1", "from -20 to 20"),
            ("onset_days", "-1", "must be from 0 on"), ("fever", "Yes", "one of: yes, no, unsure"),
            ("fever", "1", "one of: yes, no, unsure"), ("onset", "suddenly", "one of: sudden, gradual"),
            ("temperature_c", "100.4", "from 25 to 45")
        ] as [(FactID, String, String)])
    func nonsense(id: FactID, text: String, says: String) throws {
        let finding = try finding(id)
        let problem = #expect(throws: AnswerProblem.self) { try finding.answer(from: text) }
        #expect(problem?.message.contains(says) == true, "\(problem?.message ?? "accepted")")
        #expect(problem?.message.contains("'\(id)'") == true)
    }

    @Test("of a file are refused by the first id in the alphabet that is not right")
    func file() throws {
        let vocabulary = try calfTear().vocabulary
        #expect(throws: AnswerProblem.unknownFinding("fevre")) {
            try vocabulary.checked(["fevre": "yes", "zebra": "yes", "age_years": 41])
        }
        #expect(throws: AnswerProblem.expectedWord("fever", ["yes", "no", "unsure"])) {
            try vocabulary.checked(["fever": 1])
        }
        #expect(throws: AnswerProblem.expectedNumber("age_years", unit: "a")) {
            try vocabulary.checked(["age_years": .number(.nan)])
        }
        #expect(try vocabulary.checked(["fever": "no"])["fever"] == "no")
    }
}
