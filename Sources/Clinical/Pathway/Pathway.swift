// SPDX-License-Identifier: Apache-2.0

/// The medicine of one injury, as data: read from files, never written in code.
public struct Pathway: Hashable, Sendable {
    public let id: String
    public let version: String
    /// The clinician who vouches for this version; nil shows a banner on every page that it drives.
    public var signedBy: String?
    public let citations: [Citation.ID: Citation]
    public let vocabulary: Vocabulary
    public let scores: [Score]
    public let screening: [ScreeningRule]
    public let questions: [QuestionPage]
    public let checkIn: CheckInForm
    public let exercises: [Exercise]
    public let treatments: [Treatment]
    /// In order; the first is where everybody begins.
    public let phases: [Phase]
    public let response: LoadResponse
    public let assessment: Assessment
    public let prognosis: Prognosis
    public let norms: [Norm]
    /// How far values from recordings can be trusted.
    public let methods: [MeasurementMethod]
    /// Numbers that were recalled and would relax something: read, not used, and said.
    public let notices: [LoadError]
    /// The words a person reads, by language code.
    public let words: [String: Words]
    /// Citations that no rule, number or text points at.
    public let unusedCitations: [Citation.ID]

    /// How entries name it.
    public var reference: String { "\(id) \(version)" }

    public func phase(_ id: Phase.ID) -> Phase? { phases.first { $0.id == id } }
    public func exercise(_ id: Exercise.ID) -> Exercise? { exercises.first { $0.id == id } }
    public func treatment(_ id: Treatment.ID) -> Treatment? { treatments.first { $0.id == id } }

    /// The phase after this one; nil after the last.
    public func phase(after id: Phase.ID) -> Phase? {
        guard let index = phases.firstIndex(where: { $0.id == id }), index + 1 < phases.count else {
            return nil
        }
        return phases[index + 1]
    }

    /// The words of a language, or English where it has no catalogue.
    public func words(in language: String) -> Words { words[language] ?? words["en"] ?? Words() }

    /// What the rules of the symptom check and the evaluation make of these answers.
    public func screen(_ answers: some Facts) -> Screening {
        Screening(of: answers, rules: screening, at: [.symptomCheck, .evaluation])
    }
}

/// One stage of the programme.
public struct Phase: Hashable, Sendable, Identifiable {
    public typealias ID = Identifier<Phase>

    public let id: ID
    public let number: Int
    /// Highest pain during loading that is still accepted, 0–10; 0 where no read source gives one.
    public let painCeilingNRS: Int
    public let painCeilingBasis: Basis
    /// What must hold to go on to the next phase, or, in the last one, to be discharged.
    public let exit: [Criterion]
}

/// One thing that must hold, with its number, unit and source.
public struct Criterion: Hashable, Sendable, Identifiable {
    public typealias ID = Identifier<Criterion>

    public let id: ID
    public let condition: Condition
    public let basis: Basis
    /// Measures of recordings that are shown beside it for the therapist to judge; they decide nothing, as no
    /// source that was read gives them a limit.
    public let aids: [FactID]

    /// The number it asks for, where it asks for one.
    public var limit: (fact: FactID, comparison: Condition.Comparison, value: Double)? {
        guard case .number(let fact, let comparison, let value) = condition else { return nil }
        return (fact, comparison, value)
    }

    /// The same criterion with the therapist's number for this person.
    public func adjusted(to value: Double?) -> Criterion {
        guard let value, let limit else { return self }
        return Criterion(
            id: id, condition: .number(limit.fact, limit.comparison, value), basis: basis, aids: aids)
    }
}

/// One exercise with its ladder of doses.
public struct Exercise: Hashable, Sendable, Identifiable {
    public typealias ID = Identifier<Exercise>

    public let id: ID
    public let figure: String
    public let phases: [Phase.ID]
    /// Loads the calf: counts for the pain ceiling and for progress.
    public let isLoading: Bool
    /// What must hold before it may be done.
    public let needs: [Criterion]
    /// Gentlest first.
    public let ladder: [Dose]
    public let basis: Basis
}

/// One kind of clinic treatment.
public struct Treatment: Hashable, Sendable, Identifiable {
    public typealias ID = Identifier<Treatment>

    public enum Group: String, Hashable, Sendable, CaseIterable {
        case manual, stretching, strengthening, neuromuscular
        case gaitBalance = "gait_balance"
    }

    public let id: ID
    public let group: Group
    public let needs: [Criterion]
    public let basis: Basis
}

/// How the leg's answer to load changes the next dose; see EVIDENCE, pain-monitoring and 24-hour rule.
public struct LoadResponse: Hashable, Sendable {
    /// A morning this much worse than usual means: the same again.
    ///
    /// Points of 0–10.
    public let repeatFromNRS: Int
    /// A morning this much worse than usual, or a limp, means: one step down.
    ///
    /// Points of 0–10.
    public let stepBackFromNRS: Int
    /// Pain during loading above this steps down, whatever the morning says.
    ///
    /// 0–10.
    public let highPainAboveNRS: Int
    /// After a step down, the next try is not before so many hours.
    public let retryH: Double
    /// Still up after so many hours: stop and be examined.
    public let settleH: Double
    /// So many good loading days, each with a known and quiet next morning, before one step up.
    public let goodDaysToStepUp: Int
    /// From one rung of a ladder to the next the daily volume may rise by this much at most.
    public let doseRiseCapPercent: Double
    /// No log for so long is silence, and later a long silence.
    public let silentH: Double
    public let longSilentD: Double
}
