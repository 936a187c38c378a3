// SPDX-License-Identifier: Apache-2.0
import Foundation

/// The safety properties of a pathway, proved by trying every state that a decision can rest on.
public struct SafetyCheck: Hashable, Sendable {
    public struct Property: Hashable, Sendable {
        public let id: String
        public let statement: String
        /// How many states or pairs of states were tried.
        public let tried: Int
        /// The first state that breaks it; nil where it holds everywhere.
        public let counterexample: String?

        public var holds: Bool { counterexample == nil }
    }

    public let properties: [Property]
    public var holds: Bool { properties.allSatisfy(\.holds) }

    public init(of pathway: Pathway) {
        let states = Self.situations(of: pathway)
        properties = [
            Self.neverProgressesUnsafely(pathway, states),
            Self.everyRedFlagHolds(pathway),
            Self.doseRisesWithinCap(pathway, states),
            Self.everyPhaseCanBeReached(pathway),
            Self.betterReachesDischargeSilentNeverProgresses(pathway, states)
        ]
    }

    /// Every combination of flag, hold, phase, step, answer, exit and readiness to step up.
    static func situations(of pathway: Pathway) -> [Situation] {
        let verdicts: [Verdict] = [.met, .notMet, .unknown(missing: ["pain_rest_nrs"])]
        let flags: [Disposition?] = [nil, .selfCareMonitor, .bookEvaluation, .sameDay, .emergencyNow]
        let holds: [Held.Reason?] = [nil] + Held.Reason.allCases
        var all: [Situation] = []
        for phase in pathway.phases.indices {
            let lastStep = pathway.draftPlan(for: pathway.phases[phase].id, reason: "")?.lastStep ?? 0
            for step in 0...lastStep {
                for flag in flags {
                    for hold in holds {
                        for answer in LoadAnswer.allCases {
                            for exit in verdicts {
                                for stepUp in verdicts {
                                    all.append(
                                        Situation(
                                            openFlag: flag, hold: hold, phase: phase, step: step,
                                            lastStep: lastStep, answer: answer, exit: exit, stepUp: stepUp))
                                }
                            }
                        }
                    }
                }
            }
        }
        return all
    }

    private static func progresses(_ outcome: Decision.Outcome) -> Bool {
        switch outcome {
        case .progressPhase, .progressStep, .discharge: true
        default: false
        }
    }

    private static func neverProgressesUnsafely(_ pathway: Pathway, _ states: [Situation]) -> Property {
        let broken = states.first { state in
            let outcome = pathway.outcome(in: state)
            guard progresses(outcome) else { return false }
            if state.openFlag != nil || state.hold != nil { return true }
            if state.answer != .calm && state.answer != .noLoad { return true }
            if case .progressStep = outcome { return state.stepUp != .met }
            return state.exit != .met
        }
        return Property(
            id: "no-unsafe-progress",
            statement:
                "No path leads on while a red flag is open, the programme is held, or an answer is unknown.",
            tried: states.count, counterexample: broken.map { "\($0)" })
    }

    /// Each red-flag rule alone, asked at the daily check of every phase: hold and refer in the same decision.
    private static func everyRedFlagHolds(_ pathway: Pathway) -> Property {
        var tried = 0
        var broken: String?
        for rule in pathway.screening where rule.asked.contains(.checkIn) && rule.disposition >= .sameDay {
            for phase in pathway.phases {
                tried += 1
                var episode = Episode()
                if let plan = pathway.draftPlan(for: phase.id, reason: "") { episode.begin(plan) }
                let answers = rule.when.example(pathway.vocabulary)
                let events = pathway.consequences(
                    of: .checkedIn(CheckIn(answers: answers)), entry: "check", in: episode,
                    at: Moment(.init(timeIntervalSince1970: 0), zone: .gmt))
                let flagged = events.contains {
                    if case .flagRaised(let flag) = $0 { flag.rules.contains(rule.id) } else { false }
                }
                let held = events.contains { if case .held = $0 { true } else { false } }
                if !(flagged && held), broken == nil { broken = "\(rule.id) in phase \(phase.id)" }
            }
        }
        return Property(
            id: "red-flag-holds",
            statement:
                "Every red-flag answer, in every phase, holds the programme and refers within the same decision.",
            tried: tried, counterexample: broken)
    }

    private static func doseRisesWithinCap(_ pathway: Pathway, _ states: [Situation]) -> Property {
        let cap = pathway.response.doseRiseCapPercent
        var broken: String?
        for exercise in pathway.exercises {
            for (before, after) in zip(exercise.ladder, exercise.ladder.dropFirst()) {
                if let rise = after.risePercent(over: before), rise > cap { broken = "\(exercise.id)" }
            }
        }
        let jumped = states.first { state in
            guard case .progressStep(let step) = pathway.outcome(in: state) else { return false }
            return step != state.step + 1 || state.answer != .calm && state.answer != .noLoad
        }
        return Property(
            id: "dose-cap",
            statement:
                "No dose rises by more than \(Int(cap)) % between two decisions, nor after pain above the ceiling.",
            tried: states.count + pathway.exercises.count, counterexample: broken ?? jumped.map { "\($0)" })
    }

    private static func everyPhaseCanBeReached(_ pathway: Pathway) -> Property {
        var broken: String?
        for phase in pathway.phases.indices {
            let outcome = pathway.outcome(in: better(pathway, phase))
            let expected: Decision.Outcome =
                phase + 1 < pathway.phases.count ? .progressPhase(pathway.phases[phase + 1].id) : .discharge
            if outcome != expected { broken = "phase \(pathway.phases[phase].id) leads to \(outcome)" }
        }
        return Property(
            id: "every-phase-reached",
            statement: "Every phase can be reached, and from every phase the end can be reached.",
            tried: pathway.phases.count, counterexample: broken)
    }

    private static func betterReachesDischargeSilentNeverProgresses(_ pathway: Pathway, _ states: [Situation])
        -> Property
    {
        var phase = 0
        var outcome = pathway.outcome(in: better(pathway, phase))
        while case .progressPhase = outcome {
            phase += 1
            outcome = pathway.outcome(in: better(pathway, phase))
        }
        let reached = outcome == .discharge && phase == pathway.phases.count - 1
        let silent = states.first {
            ($0.answer == .unknown || $0.exit.isUnknown && $0.stepUp.isUnknown)
                && progresses(pathway.outcome(in: $0))
        }
        return Property(
            id: "better-ends-silent-waits",
            statement: "Who only gets better reaches discharge; who stops answering is never progressed.",
            tried: states.count + pathway.phases.count,
            counterexample: reached ? silent.map { "\($0)" } : "stopped in phase \(phase) with \(outcome)")
    }

    private static func better(_ pathway: Pathway, _ phase: Int) -> Situation {
        Situation(phase: phase, step: 0, lastStep: 0, answer: .calm, exit: .met, stepUp: .notMet)
    }
}

extension Episode {
    /// A chart that stands at the beginning of a plan, for trying out what follows.
    fileprivate mutating func begin(_ plan: Plan) {
        apply(
            Entry(
                id: "plan", episode: "try", sequence: 1, at: .init(timeIntervalSince1970: 0),
                author: Author(id: "try", part: .therapist), pathway: "", event: .planWritten(plan)))
    }
}

extension Condition {
    /// Answers under which this condition certainly holds.
    func example(_ vocabulary: Vocabulary) -> Answers {
        var answers = Answers()
        fill(&answers, holds: true, vocabulary)
        return answers
    }

    private func fill(_ answers: inout Answers, holds: Bool, _ vocabulary: Vocabulary) {
        switch self {
        case .all(let parts): for part in parts { part.fill(&answers, holds: holds, vocabulary) }
        case .any(let parts):
            holds
                ? parts.first?.fill(&answers, holds: true, vocabulary)
                : parts.forEach { $0.fill(&answers, holds: false, vocabulary) }
        case .atLeast(_, let parts): for part in parts { part.fill(&answers, holds: holds, vocabulary) }
        case .not(let part), .unlessCertain(let part): part.fill(&answers, holds: !holds, vocabulary)
        case .word(let id, let words):
            if holds {
                answers[id] = words.min().map(Answer.word)
            } else {
                let other = vocabulary.finding(id)?.words.first {
                    !words.contains($0) && !Answers.unknownWords.contains($0)
                }
                answers[id] = other.map(Answer.word)
            }
        case .number(let id, let comparison, let limit):
            let above = comparison == .atLeast || comparison == .above
            answers[id] = .number(limit + (above == holds ? 1 : -1))
        case .score(let score, _, let limit):
            for item in score.items.prefix(holds ? Int(limit) : 0) {
                item.when.fill(&answers, holds: true, vocabulary)
            }
        }
    }
}
