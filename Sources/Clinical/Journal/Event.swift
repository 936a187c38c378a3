// SPDX-License-Identifier: Apache-2.0

/// What happened: the content of one journal entry.
public enum Event: Hashable, Sendable {
    case screened(Screened)
    case evaluated(Evaluated)
    case planWritten(Plan)
    case planChanged(Plan)
    case sessionLogged(SessionLog)
    case checkedIn(CheckIn)
    case treated(Treated)
    case measured(Measured)
    case flagRaised(FlagRaised)
    case flagAcknowledged(FlagAcknowledged)
    case phaseChanged(PhaseChanged)
    case held(Held)
    case resumed(Resumed)
    case messageSent(MessageSent)
    case amended(Amended)
    case closed(Closed)
}

/// The person's own answers, and what the rules made of them that day.
public struct Screened: Hashable, Sendable, Codable {
    public var answers: Answers
    public var disposition: Disposition
    public var rules: [String]

    public init(answers: Answers, disposition: Disposition, rules: [String]) {
        self.answers = answers
        self.disposition = disposition
        self.rules = rules
    }
}

/// A finished plan: what to do at home in one phase, with the therapist's own numbers.
public struct Plan: Hashable, Sendable, Codable {
    public var phase: Phase.ID
    /// How far up each exercise's ladder the plan stands; 0 is the first rung.
    public var step: Int
    public var prescriptions: [Prescription]
    /// Numbers of the pathway's criteria that the therapist set differently for this person.
    public var limits: [Criterion.ID: Double]
    /// The highest pain during loading that is still accepted, 0–10.
    public var painCeilingNRS: Int
    /// Why this version was written.
    public var reason: String

    public init(
        phase: Phase.ID, step: Int, prescriptions: [Prescription], limits: [Criterion.ID: Double] = [:],
        painCeilingNRS: Int, reason: String
    ) {
        self.phase = phase
        self.step = step
        self.prescriptions = prescriptions
        self.limits = limits
        self.painCeilingNRS = painCeilingNRS
        self.reason = reason
    }
}

/// One exercise of a plan with its ladder of doses, gentlest first.
///
/// Signing the plan signs the ladder.
public struct Prescription: Hashable, Sendable, Codable {
    public var exercise: Exercise.ID
    public var ladder: [Dose]

    public init(exercise: Exercise.ID, ladder: [Dose]) {
        self.exercise = exercise
        self.ladder = ladder
    }

    /// The dose at a step; an exercise with a shorter ladder stays on its last rung.
    public func dose(step: Int) -> Dose {
        ladder.isEmpty ? Dose() : ladder[min(max(step, 0), ladder.count - 1)]
    }
}

/// One exercise done once, as prescribed or as it really went.
public struct SessionLog: Hashable, Sendable, Codable {
    public var exercise: Exercise.ID
    public var prescribed: Dose
    public var done: Dose
    /// All that was prescribed for one time was done.
    public var asPrescribed: Bool
    /// Pain during the exercise, 0–10; nil is unknown.
    public var painLoadingNRS: Int?
    /// A sharp, sudden stab during it; nil is unknown.
    public var sharpStab: Bool?
    public var note: String?

    public init(
        exercise: Exercise.ID, prescribed: Dose, done: Dose, asPrescribed: Bool, painLoadingNRS: Int?,
        sharpStab: Bool?, note: String? = nil
    ) {
        self.exercise = exercise
        self.prescribed = prescribed
        self.done = done
        self.asPrescribed = asPrescribed
        self.painLoadingNRS = painLoadingNRS
        self.sharpStab = sharpStab
        self.note = note
    }
}

/// The daily check: pain, the morning against usual, swelling, limp and the red-flag questions.
public struct CheckIn: Hashable, Sendable, Codable {
    public var answers: Answers
    public init(answers: Answers) { self.answers = answers }
}

/// Clinic treatment of one visit.
public struct Treated: Hashable, Sendable, Codable {
    public struct Item: Hashable, Sendable, Codable {
        public var treatment: Treatment.ID
        public var minutes: Int
        public var side: Side
        /// Sets, repetitions, grade or load in the therapist's words.
        public var dose: String
        /// How the leg answered, in the therapist's words.
        public var response: String

        public init(treatment: Treatment.ID, minutes: Int, side: Side, dose: String, response: String) {
            self.treatment = treatment
            self.minutes = minutes
            self.side = side
            self.dose = dose
            self.response = response
        }
    }

    public var items: [Item]
    public var note: String

    public init(items: [Item], note: String) {
        self.items = items
        self.note = note
    }
}

/// Values of measures (single heel raises left and right, knee-to-wall, …) taken at one time.
public struct Measured: Hashable, Sendable, Codable {
    public var values: [FactID: Double]
    public var note: String
    /// Where values came from recordings: how, and how far they can be trusted.
    public var results: [MeasuredValue]

    public init(values: [FactID: Double], note: String = "", results: [MeasuredValue] = []) {
        self.values = values
        self.note = note
        self.results = results
    }
}

/// A red flag: what fired and how soon the person must be seen.
public struct FlagRaised: Hashable, Sendable, Codable {
    public var disposition: Disposition
    public var rules: [String]
    /// The entry whose answers raised it.
    public var cause: Entry.ID?

    public init(disposition: Disposition, rules: [String], cause: Entry.ID?) {
        self.disposition = disposition
        self.rules = rules
        self.cause = cause
    }
}

/// A member of staff has seen the flag and says what was done.
public struct FlagAcknowledged: Hashable, Sendable, Codable {
    public var flag: Entry.ID
    public var action: String

    public init(flag: Entry.ID, action: String) {
        self.flag = flag
        self.action = action
    }
}

/// The therapist signs the way into another phase; the decision it rests on is kept with it.
public struct PhaseChanged: Hashable, Sendable, Codable {
    public var from: Phase.ID
    public var to: Phase.ID
    /// The criteria as they stood, in the pathway's words of that day.
    public var criteria: [String]
    public var note: String

    public init(from: Phase.ID, to: Phase.ID, criteria: [String], note: String) {
        self.from = from
        self.to = to
        self.criteria = criteria
        self.note = note
    }
}

/// The programme stops until somebody resumes it.
public struct Held: Hashable, Sendable, Codable {
    public enum Reason: String, Hashable, Sendable, Codable, CaseIterable {
        case redFlag = "red_flag"
        case sharpStab = "sharp_stab"
        case notSettled = "not_settled"
        case therapist
    }

    public var reason: Reason
    public var note: String

    public init(reason: Reason, note: String) {
        self.reason = reason
        self.note = note
    }
}

/// The therapist lets the programme go on and says why it is safe.
public struct Resumed: Hashable, Sendable, Codable {
    public var reason: String
    public init(reason: String) { self.reason = reason }
}

/// A short message between the clinic and the patient.
public struct MessageSent: Hashable, Sendable, Codable {
    public var text: String
    public init(text: String) { self.text = text }
}

/// Corrects an earlier log, check-in, treatment or measurement.
///
/// Nothing is overwritten: the earlier entry stays.
public struct Amended: Hashable, Sendable, Codable {
    public var entry: Entry.ID
    public var replacement: Replacement
    public var reason: String

    public init(entry: Entry.ID, replacement: Replacement, reason: String) {
        self.entry = entry
        self.replacement = replacement
        self.reason = reason
    }

    public enum Replacement: Hashable, Sendable, Codable {
        /// The entry was a mistake and counts for nothing.
        case nothing
        case sessionLogged(SessionLog)
        case checkedIn(CheckIn)
        case treated(Treated)
        case measured(Measured)
    }
}

/// The episode ends.
public struct Closed: Hashable, Sendable, Codable {
    public enum Reason: String, Hashable, Sendable, Codable, CaseIterable {
        case discharged
        case referred
        case leftCare = "left_care"
    }

    public var reason: Reason
    public var note: String

    public init(reason: Reason, note: String) {
        self.reason = reason
        self.note = note
    }
}

/// Which leg.
public enum Side: String, Hashable, Sendable, Codable, CaseIterable {
    case left, right, both

    /// The other leg; both legs have none.
    public var opposite: Side {
        switch self {
        case .left: .right
        case .right: .left
        case .both: .both
        }
    }
}
