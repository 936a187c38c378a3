// SPDX-License-Identifier: Apache-2.0
import ArgumentParser
import Clinical
import Foundation

struct Screen: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Run the symptom check on a file of answers.",
        discussion: """
            The file holds {"answers": {"age_years": 41, "onset": "sudden", "pe_breathless": "no", …}} with the ids \
            and values of the vocabulary. An answer that is missing or "unsure" is unknown, and unknown is never "no". \
            "-" reads standard input.

            The answer says how soon somebody should be examined, and why. It is no diagnosis.
            """)

    @OptionGroup var pathway: PathwayOption
    @Option(help: "The file of answers, or - for standard input.") var answers: String
    @Flag(help: "Print JSON: {disposition, reasons: [{rule, because, source, …}], unknown: […]}.") var json =
        false

    private struct File: Decodable { let answers: [String: Answer] }

    struct Output: Encodable {
        struct Reason: Encodable {
            let rule: String
            let disposition: String
            let because: String
            let source: String
            let tag: String
            let findings: [String]
            let missing: [String]
        }

        let disposition: String
        let reasons: [Reason]
        let unknown: [String]
        let pathway: String
    }

    func run() async throws {
        try await explaining {
            let pathway = try pathway.load()
            let screening = pathway.screen(try checkedAnswers(pathway))
            let words = pathway.words(in: "en")
            let output = Output(
                disposition: screening.disposition.rawValue,
                reasons: screening.reasons.map { reason in
                    .init(
                        rule: reason.rule.id, disposition: reason.disposition.rawValue,
                        because: because(reason, words),
                        source: reason.rule.basis.sources.compactMap { pathway.citations[$0]?.text }
                            .joined(separator: "; "),
                        tag: reason.rule.basis.tag.rawValue, findings: reason.because.map(\.rawValue),
                        missing: reason.missing.map(\.rawValue))
                },
                unknown: screening.unknown.map(\.rawValue), pathway: pathway.reference)
            if json { return try printJSON(output) }
            print(
                words["disposition.\(output.disposition).title"].replacing(
                    "{emergency}", with: "your emergency number"))
            for reason in output.reasons { print("- \(reason.because) [\(reason.rule), \(reason.source)]") }
            if !output.unknown.isEmpty { print("Not known: \(output.unknown.joined(separator: ", "))") }
        }
    }

    private func because(_ reason: Screening.Reason, _ words: Words) -> String {
        let facts = (reason.fired ? reason.because : reason.missing).map { words["finding.\($0).label"] }
        let sentence = words["rule.\(reason.rule.id)"]
        guard !facts.isEmpty else { return sentence }
        return "\(sentence) (\(reason.fired ? "" : "not known: ")\(facts.joined(separator: "; ")))"
    }

    private func checkedAnswers(_ pathway: Pathway) throws -> Answers {
        let data: Data
        let place = answers == "-" ? "standard input" : answers
        if answers == "-" {
            data = FileHandle.standardInput.readDataToEndOfFile()
        } else if let contents = FileManager.default.contents(atPath: answers) {
            data = contents
        } else {
            throw Refusal("\(answers): cannot be read.")
        }
        let file: File
        do {
            file = try JSONDecoder().decode(File.self, from: data)
        } catch let error as DecodingError {
            throw Refusal("\(place): \(explanation(error))")
        }
        do {
            return try pathway.vocabulary.checked(file.answers)
        } catch {
            throw Refusal("\(place): \(error.message).")
        }
    }

    private func explanation(_ error: DecodingError) -> String {
        switch error {
        case .keyNotFound: "has no \"answers\"; expected {\"answers\": {…}}."
        case .typeMismatch(_, let context), .valueNotFound(_, let context), .dataCorrupted(let context):
            if let id = context.codingPath.last?.stringValue, context.codingPath.count > 1 {
                "'\(id)' must be a word or a number."
            } else if context.codingPath.isEmpty {
                "is not JSON of the form {\"answers\": {…}}."
            } else {
                "\"answers\" must hold ids and values."
            }
        @unknown default: "is not JSON of the form {\"answers\": {…}}."
        }
    }
}
