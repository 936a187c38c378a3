// SPDX-License-Identifier: Apache-2.0

/// What the pathway says comes next, with everything that led there.
///
/// The engine proposes, the therapist signs.
public struct Decision: Hashable, Sendable {
    public enum Outcome: Hashable, Sendable {
        /// All criteria are met: on to the next phase, once the therapist has signed.
        case progressPhase(Phase.ID)
        /// One rung up the ladder that the therapist signed.
        case progressStep(Int)
        /// The same again.
        case `repeat`
        /// One rung down, and a pause before the next try.
        case stepBack(Int)
        case hold(Held.Reason)
        case refer(Disposition)
        /// The last phase is done: the therapist may close the episode.
        case discharge
        /// Nobody has written a plan yet.
        case awaitingPlan
        case closed
    }

    /// One criterion with how it stands and the value it stands on.
    public struct Standing: Hashable, Sendable {
        public let criterion: Criterion
        public let verdict: Verdict
        public let reading: ChartFacts.Reading?
        /// Whether both legs were measured, but not alike, so that they cannot be compared.
        public let isUnlike: Bool
        /// What recordings say beside it, of those of its aids that are known; nothing here counts for the verdict.
        public let aids: [Aid]
    }

    /// A measured value that is shown to the therapist.
    public struct Aid: Hashable, Sendable {
        public let measure: FactID
        public let reading: ChartFacts.Reading
    }

    public let outcome: Outcome
    /// The exit criteria of the current phase, in order.
    public let criteria: [Standing]
    public let answer: LoadAnswer
    public let phase: Phase.ID?
}

/// The finite part of a chart that a decision rests on: small enough to try every one of them.
public struct Situation: Hashable, Sendable {
    public var isClosed: Bool
    /// The most urgent red flag that nobody has acknowledged.
    public var openFlag: Disposition?
    public var hold: Held.Reason?
    /// Index of the phase; nil before the first plan.
    public var phase: Int?
    public var step: Int
    public var lastStep: Int
    public var answer: LoadAnswer
    /// All exit criteria of the phase together.
    public var exit: Verdict
    public var stepUp: Verdict

    public init(
        isClosed: Bool = false, openFlag: Disposition? = nil, hold: Held.Reason? = nil, phase: Int?,
        step: Int,
        lastStep: Int, answer: LoadAnswer, exit: Verdict, stepUp: Verdict
    ) {
        self.isClosed = isClosed
        self.openFlag = openFlag
        self.hold = hold
        self.phase = phase
        self.step = step
        self.lastStep = lastStep
        self.answer = answer
        self.exit = exit
        self.stepUp = stepUp
    }
}

extension Pathway {
    /// The decision for a chart at a moment.
    ///
    /// Pure: the same chart and moment always give the same decision.
    public func decide(_ episode: Episode, at moment: Moment) -> Decision {
        let criteria = standings(episode, at: moment)
        let answer = loadAnswer(episode, at: moment)
        let plan = episode.plan
        let situation = Situation(
            isClosed: episode.closed != nil, openFlag: episode.openFlags.map(\.raised.disposition).max(),
            hold: episode.hold?.content.reason,
            phase: plan.flatMap { plan in phases.firstIndex { $0.id == plan.phase } },
            step: plan?.step ?? 0, lastStep: plan?.lastStep ?? 0, answer: answer,
            exit: .all(criteria.map(\.verdict)), stepUp: stepUpVerdict(episode, at: moment))
        return Decision(
            outcome: outcome(in: situation), criteria: criteria, answer: answer, phase: plan?.phase)
    }

    /// The exit criteria of the current phase, with the therapist's own limits.
    public func standings(_ episode: Episode, at moment: Moment) -> [Decision.Standing] {
        guard let plan = episode.plan, let phase = phase(plan.phase) else { return [] }
        return standings(phase.exit, episode, at: moment)
    }

    /// How these criteria stand for a chart.
    public func standings(_ criteria: [Criterion], _ episode: Episode, at moment: Moment) -> [Decision
        .Standing]
    {
        let facts = ChartFacts(episode: episode, vocabulary: vocabulary, moment: moment)
        return criteria.map { criterion in
            let adjusted = criterion.adjusted(to: episode.plan?.limits[criterion.id])
            let reading = adjusted.condition.facts.first.flatMap { facts.reading($0) }
            let verdict = adjusted.condition.verdict(on: facts)
            return .init(
                criterion: adjusted, verdict: verdict, reading: reading,
                isUnlike: verdict.missing.contains(where: facts.isUnlike),
                aids: adjusted.aids.compactMap { id in
                    facts.reading(id).map { Decision.Aid(measure: id, reading: $0) }
                })
        }
    }

    /// The whole of the engine's judgement, on a finite state.
    ///
    /// Safety first, then the leg's answer, then progress.
    public func outcome(in situation: Situation) -> Decision.Outcome {
        if situation.isClosed { return .closed }
        if let flag = situation.openFlag { return .refer(flag) }
        if let reason = situation.hold { return .hold(reason) }
        guard let phase = situation.phase else { return .awaitingPlan }
        switch situation.answer {
        case .sharpStab: return .hold(.sharpStab)
        case .notSettled: return .hold(.notSettled)
        case .highPain, .morningUpTwo, .limp: return .stepBack(max(0, situation.step - 1))
        case .waitingRetry, .morningUp, .aboveCeiling, .unknown: return .repeat
        case .calm, .noLoad: break
        }
        if situation.exit == .met {
            return phase + 1 < phases.count ? .progressPhase(phases[phase + 1].id) : .discharge
        }
        if situation.stepUp == .met, situation.step < situation.lastStep {
            return .progressStep(situation.step + 1)
        }
        return .repeat
    }
}
