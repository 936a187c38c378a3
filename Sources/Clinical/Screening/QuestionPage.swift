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
    /// Answers that earlier ones leave no doubt about.
    public let follows: [Following]

    /// An answer that certainly follows from earlier ones, so that nobody asks for it.
    public struct Following: Hashable, Sendable {
        public let finding: FactID
        public let answer: Answer
        public let when: Condition
    }

    public func isAsked(given answers: Answers) -> Bool {
        askUnless?.verdict(on: answers) != .met && !asked(given: answers).isEmpty
    }

    /// The findings that are left to ask for.
    public func asked(given answers: Answers) -> [FactID] {
        let known = following(from: answers)
        return findings.filter { known[$0] == nil }
    }

    /// What follows from the answers to earlier pages.
    public func following(from answers: Answers) -> Answers {
        var known = Answers()
        for following in follows where following.when.verdict(on: answers) == .met {
            known[following.finding] = following.answer
        }
        return known
    }
}

/// The daily check: which findings stand in which part of its page.
public struct CheckInForm: Hashable, Sendable {
    public let pain: [FactID]
    public let morning: FactID
    public let choices: [FactID]
    public let redFlags: [FactID]

    public var findings: [FactID] { pain + [morning] + choices + redFlags }
}
