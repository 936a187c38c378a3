// SPDX-License-Identifier: Apache-2.0

/// One page of the symptom check.
public struct QuestionPage: Hashable, Sendable, Identifiable {
    public enum Kind: String, Hashable, Sendable, CaseIterable {
        /// A list to tick; what is not ticked is "no" or "not sure", as the person says at the end of it.
        case tick
        /// One field per finding.
        case fields
        /// Pain scales from 0 to 10.
        case pain
    }

    public let id: String
    public let kind: Kind
    public let findings: [FactID]
    /// The page is skipped only where this certainly holds.
    public let askUnless: Condition?

    public func isAsked(given answers: Answers) -> Bool { askUnless?.verdict(on: answers) != .met }
}

/// The daily check: which findings stand in which part of its page.
public struct CheckInForm: Hashable, Sendable {
    public let pain: [FactID]
    public let morning: FactID
    public let choices: [FactID]
    public let redFlags: [FactID]

    public var findings: [FactID] { pain + [morning] + choices + redFlags }
}
