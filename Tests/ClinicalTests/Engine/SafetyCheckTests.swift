// SPDX-License-Identifier: Apache-2.0
import Testing

@testable import Clinical

extension Pathway {
    /// The same pathway with a part of it broken on purpose, past the loader.
    fileprivate func with(
        screening: [ScreeningRule]? = nil, exercises: [Exercise]? = nil, response: LoadResponse? = nil
    ) -> Pathway {
        Pathway(
            id: id, version: version, signedBy: signedBy, citations: citations, vocabulary: vocabulary,
            scores: scores, screening: screening ?? self.screening, questions: questions, checkIn: checkIn,
            exercises: exercises ?? self.exercises, treatments: treatments, phases: phases,
            response: response ?? self.response, assessment: assessment, prognosis: prognosis, norms: norms,
            methods: methods, notices: notices, words: words, unusedCitations: unusedCitations)
    }
}

@Suite("The safety check") struct SafetyCheckTests {
    private func broken(_ pathway: Pathway) -> [String] {
        SafetyCheck(of: pathway).properties.filter { !$0.holds }.map(\.id)
    }

    @Test("holds for the shipped pathway, and has tried every state")
    func shipped() throws {
        let check = SafetyCheck(of: try calfTear())
        for property in check.properties {
            #expect(property.holds, "\(property.id): \(property.counterexample ?? "")")
            #expect(property.tried > 0)
        }
        #expect(check.holds)
        #expect(try #require(check.properties.first).tried > 10_000)
        #expect(Set(check.properties.map(\.id)).count == 5)
    }

    @Test("finds a ladder that rises too fast")
    func ladder() throws {
        let pathway = try calfTear()
        let steep = try #require(pathway.exercise("ankle_pumps"))
        let ladder = [Dose(sets: 1, reps: 10), Dose(sets: 3, reps: 10)]
        let exercises = pathway.exercises.map {
            $0.id != steep.id
                ? $0
                : Exercise(
                    id: $0.id, figure: $0.figure, phases: $0.phases, isLoading: true, needs: [],
                    ladder: ladder, basis: $0.basis)
        }
        #expect(broken(pathway.with(exercises: exercises)) == ["dose-cap"])
    }

    @Test("finds a cap that the shipped ladders break")
    func cap() throws {
        let pathway = try calfTear()
        let old = pathway.response
        let response = LoadResponse(
            repeatFromNRS: old.repeatFromNRS, stepBackFromNRS: old.stepBackFromNRS,
            highPainAboveNRS: old.highPainAboveNRS, retryH: old.retryH, settleH: old.settleH,
            goodDaysToStepUp: old.goodDaysToStepUp, doseRiseCapPercent: 10, silentH: old.silentH,
            longSilentD: old.longSilentD)
        #expect(broken(pathway.with(response: response)) == ["dose-cap"])
    }

    @Test("finds a red-flag rule that can never fire")
    func deadRule() throws {
        let pathway = try calfTear()
        let rule = try pathway.rule("T-PE-1")
        let never = Condition.all([.word("fever", ["yes"]), .word("fever", ["no"])])
        let dead = ScreeningRule(
            id: "T-DEAD", disposition: .emergencyNow, whenUnknown: nil, asked: [.checkIn], when: never,
            dos: [], donts: [], basis: rule.basis)
        #expect(broken(pathway.with(screening: pathway.screening + [dead])) == ["red-flag-holds"])
    }

    @Test("tries each red-flag rule with answers under which it certainly holds")
    func examples() throws {
        let pathway = try calfTear()
        for rule in pathway.screening where rule.asked.contains(.checkIn) {
            #expect(rule.when.verdict(on: rule.when.example(pathway.vocabulary)) == .met, "\(rule.id)")
        }
    }

    @Test("is about the same judgement that charts get: safety first, then the leg, then progress")
    func order() throws {
        let pathway = try calfTear()
        var state = Situation(
            isClosed: true, openFlag: .sameDay, hold: .therapist, phase: 1, step: 1, lastStep: 2,
            answer: .sharpStab, exit: .met, stepUp: .met)
        #expect(pathway.outcome(in: state) == .closed)
        state.isClosed = false
        #expect(pathway.outcome(in: state) == .refer(.sameDay))
        state.openFlag = nil
        #expect(pathway.outcome(in: state) == .hold(.therapist))
        state.hold = nil
        #expect(pathway.outcome(in: state) == .hold(.sharpStab))
        for (answer, outcome) in [
            (LoadAnswer.notSettled, Decision.Outcome.hold(.notSettled)), (.highPain, .stepBack(0)),
            (.morningUpTwo, .stepBack(0)), (.limp, .stepBack(0)), (.waitingRetry, .repeat),
            (.morningUp, .repeat), (.aboveCeiling, .repeat), (.unknown, .repeat),
            (.calm, .progressPhase("strength")), (.noLoad, .progressPhase("strength"))
        ] {
            state.answer = answer
            #expect(pathway.outcome(in: state) == outcome, "\(answer)")
        }
        state.exit = .unknown(missing: ["walk_minutes"])
        #expect(pathway.outcome(in: state) == .progressStep(2))
        state.stepUp = .unknown(missing: ["pain_loading"])
        #expect(pathway.outcome(in: state) == .repeat)
    }
}
