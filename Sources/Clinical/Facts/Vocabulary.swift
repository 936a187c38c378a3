// SPDX-License-Identifier: Apache-2.0

/// Every finding and every measure there is; rules and answers outside it are refused.
public struct Vocabulary: Hashable, Sendable {
    /// In the order of the file.
    public let findings: [Finding]
    public let measures: [Measure]
    private let findingByID: [FactID: Finding]
    private let measureByID: [FactID: Measure]

    public init(findings: [Finding], measures: [Measure]) {
        self.findings = findings
        self.measures = measures
        findingByID = Dictionary(findings.map { ($0.id, $0) }) { first, _ in first }
        measureByID = Dictionary(measures.map { ($0.id, $0) }) { first, _ in first }
    }

    public func finding(_ id: FactID) -> Finding? { findingByID[id] }
    public func measure(_ id: FactID) -> Measure? { measureByID[id] }

    /// - Throws: ``AnswerProblem`` for the first answer that the vocabulary does not have, by id.
    public func checked(_ answers: [String: Answer]) throws(AnswerProblem) -> Answers {
        var checked = Answers()
        for (name, answer) in answers.sorted(by: { $0.key < $1.key }) {
            guard let finding = finding(FactID(name)) else { throw .unknownFinding(name) }
            checked[finding.id] = try finding.checked(answer)
        }
        return checked
    }
}
