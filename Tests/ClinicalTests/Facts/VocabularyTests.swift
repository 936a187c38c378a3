// SPDX-License-Identifier: Apache-2.0
import Foundation
import Testing

@testable import Clinical

@Suite("The vocabulary") struct VocabularyTests {
    /// `FINDINGS.md` of the clinical notes, beside this package.
    static let file = packageRoot.appending(path: "../shared/clinical/FINDINGS.md").standardized
    static let isThere = FileManager.default.fileExists(atPath: file.path)

    /// Ids in the first column of the tables, with the second column.
    static func rows() throws -> [(ids: [String], type: String)] {
        try String(contentsOf: file, encoding: .utf8).split(separator: "\n").compactMap { line in
            let cells = line.split(separator: "|", omittingEmptySubsequences: false)
            guard cells.count > 3, line.hasPrefix("| `") else { return nil }
            let ids = cells[1].split(separator: "`").map(String.init).filter { !$0.trimmingSpaces.isEmpty }
            return (ids, String(cells[2]).trimmingSpaces)
        }
    }

    @Test(
        "has every finding of the fixed list, with its values",
        .enabled(if: isThere, "The list is not beside this package: \(file.path) is missing."))
    func fixedList() throws {
        let vocabulary = try calfTear().vocabulary
        #expect(try Self.rows().flatMap(\.ids).count > 80)
        for (ids, type) in try Self.rows() {
            for id in ids {
                guard let finding = vocabulary.finding(FactID(id)) else {
                    Issue.record("'\(id)' is missing")
                    continue
                }
                if type.hasPrefix("ynu") { #expect(finding.words == Finding.yesNoUnsure, "\(id)") }
                if type.hasPrefix("`") {
                    let words = type.split(separator: "`").flatMap { $0.split(separator: " ") }.map(
                        String.init)
                    #expect(finding.words == words, "\(id)")
                }
                if type.hasPrefix("integer") || type.hasPrefix("number") {
                    guard case .number(let whole, _, let unit, let unsure) = finding.values else {
                        Issue.record("'\(id)' is no number")
                        continue
                    }
                    #expect(whole == type.hasPrefix("integer"), "\(id)")
                    #expect(unsure == type.contains("unsure"), "\(id)")
                    #expect(!unit.isEmpty)
                }
            }
        }
    }

    @Test("asks every finding somewhere, and every question, check and rule asks a finding that exists")
    func asked() throws {
        let pathway = try calfTear()
        for finding in pathway.vocabulary.findings { #expect(!finding.asked.isEmpty, "\(finding.id)") }
        for id in pathway.questions.flatMap(\.findings) {
            #expect(pathway.vocabulary.finding(id)?.asked.contains(.symptomCheck) == true, "\(id)")
        }
        let onPages = pathway.questions.flatMap(\.findings)
        #expect(Set(onPages).count == onPages.count, "a question is asked twice")
    }
}
