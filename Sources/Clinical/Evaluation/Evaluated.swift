// SPDX-License-Identifier: Apache-2.0

/// What the therapist found and concluded at one evaluation.
public struct Evaluated: Hashable, Sendable, Codable {
    public var injuredSide: Side
    public var injuredOn: Day?
    /// History and findings, by the ids of the vocabulary.
    public var answers: Answers
    /// Numbers of both legs, by measure (`girth_left_cm`, `knee_to_wall_right_cm`, …).
    public var values: [FactID: Double]
    /// Clinician only: another diagnosis is at least as likely as a deep vein thrombosis (Wells −2).
    public var alternativeAsLikely: Bool?
    /// A clot has been excluded or is not suspected, in the therapist's judgement; nil is "not yet".
    public var clotExcluded: Bool?
    public var proposedGrade: Grade?
    public var grade: Grade
    public var muscle: Muscle
    /// Why the therapist's grade or muscle differs from what was proposed; empty where it does not.
    public var overrideReason: String
    public var differential: [String]
    public var imagingRequest: String
    /// What was seen of the walk.
    public var gait: String
    public var note: String
    /// Why the red flags among the findings are answered; empty leaves them standing.
    public var clearedRedFlags: String

    public init(
        injuredSide: Side, injuredOn: Day?, answers: Answers, values: [FactID: Double],
        alternativeAsLikely: Bool?, clotExcluded: Bool?, proposedGrade: Grade?, grade: Grade,
        muscle: Muscle, overrideReason: String, differential: [String], imagingRequest: String,
        gait: String, note: String, clearedRedFlags: String
    ) {
        self.injuredSide = injuredSide
        self.injuredOn = injuredOn
        self.answers = answers
        self.values = values
        self.alternativeAsLikely = alternativeAsLikely
        self.clotExcluded = clotExcluded
        self.proposedGrade = proposedGrade
        self.grade = grade
        self.muscle = muscle
        self.overrideReason = overrideReason
        self.differential = differential
        self.imagingRequest = imagingRequest
        self.gait = gait
        self.note = note
        self.clearedRedFlags = clearedRedFlags
    }
}

/// Clinical grade of a tear, usable without imaging.
public enum Grade: String, Hashable, Sendable, Codable, CaseIterable, Comparable {
    case mild = "I"
    case moderate = "II"
    case severe = "III"

    public static func < (left: Self, right: Self) -> Bool { left.rawValue.count < right.rawValue.count }
}

/// Which muscle is torn.
public enum Muscle: String, Hashable, Sendable, Codable, CaseIterable {
    case gastrocnemius
    case soleus
    case both
    case undetermined
}
