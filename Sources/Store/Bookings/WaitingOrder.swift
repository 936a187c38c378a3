// SPDX-License-Identifier: Apache-2.0
package import Clinical

/// Why somebody's turn comes when it does.
package struct WaitingNeed: Hashable, Sendable {
    package enum Basis: String, Hashable, Sendable, CaseIterable {
        /// Nobody has said anything about it.
        case unknown
        /// The result of the symptom check, which the person agreed to send along.
        case check
        /// A therapist marked it.
        case therapist
    }

    package let basis: Basis
    /// How soon they should be seen; nil where that is not known.
    package let finding: Disposition?

    package static let unknown = WaitingNeed(basis: .unknown, finding: nil)
    package static func check(_ finding: Disposition) -> WaitingNeed {
        .init(basis: .check, finding: finding)
    }
    package static func therapist(_ finding: Disposition) -> WaitingNeed {
        .init(basis: .therapist, finding: finding)
    }
}

/// Whose turn it is when a time becomes free: what each finding counts for, as a file says it with its reasons.
package struct WaitingOrder: Hashable, Sendable {
    package struct Line: Hashable, Sendable {
        /// nil: nothing is known.
        package let finding: Disposition?
        /// The greater, the sooner; from 0 to 3.
        package let rank: Int
        /// Key of the sentence that gives the reason.
        package let reason: String

        package init(finding: Disposition?, rank: Int, reason: String) {
            self.finding = finding
            self.rank = rank
            self.reason = reason
        }
    }

    /// The first first, as the desk reads them.
    package let lines: [Line]
    private let unknown: Line

    /// - Returns: nil where a finding has no line, or more than one.
    package init?(_ lines: [Line]) {
        let findings = lines.map(\.finding)
        guard Set(findings).count == findings.count, findings.count == Disposition.allCases.count + 1,
            let unknown = lines.first(where: { $0.finding == nil })
        else { return nil }
        self.lines = lines.sorted { $0.rank > $1.rank }
        self.unknown = unknown
    }

    package func line(for finding: Disposition?) -> Line {
        lines.first { $0.finding == finding } ?? unknown
    }
}
