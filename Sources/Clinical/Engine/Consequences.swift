// SPDX-License-Identifier: Apache-2.0

extension Pathway {
    /// What the engine itself writes after an entry: flags, holds and dose steps within the signed ladder.
    ///
    /// - Parameters:
    ///   - event: The event that was just written.
    ///   - entry: Its entry's id, which a flag points back to.
    ///   - episode: The chart with that entry already in it.
    ///   - moment: Now, and where.
    /// - Returns: Events to append in this order, in the same transaction; empty where nothing follows.
    public func consequences(of event: Event, entry: Entry.ID, in episode: Episode, at moment: Moment)
        -> [Event]
    {
        guard episode.closed == nil else { return [] }
        let isHeld = episode.hold != nil
        if let red = redFlags(in: event, of: episode) {
            // A flag that stands open already is not raised twice, but it holds again what was let go on.
            let raised: [Event] = red.isOpen ? [] : [.flagRaised(red.raised(by: entry))]
            return raised + (isHeld ? [] : [.held(Held(reason: .redFlag, note: ""))])
        }
        guard !isHeld, event.changesTheAnswer else { return [] }
        let events: [Event]
        switch decide(episode, at: moment).outcome {
        case .hold(let reason): events = [.held(Held(reason: reason, note: ""))]
        case .stepBack(let step): events = changed(episode.plan, to: step, reason: "step_back")
        case .progressStep(let step): events = changed(episode.plan, to: step, reason: "step_up")
        case .progressPhase, .repeat, .refer, .discharge, .awaitingPlan, .closed: events = []
        }
        return events
    }

    private func changed(_ plan: Plan?, to step: Int, reason: String) -> [Event] {
        guard var plan else { return [] }
        plan.step = step
        plan.reason = reason
        return [.planChanged(plan)]
    }

    private struct RedFlags {
        let disposition: Disposition
        let rules: [String]
        /// Nobody has acknowledged the same flag, or a graver one, yet.
        let isOpen: Bool

        func raised(by entry: Entry.ID) -> FlagRaised {
            FlagRaised(disposition: disposition, rules: rules, cause: entry)
        }
    }

    /// The red flags among an event's answers; a corrected check-in counts like a new one.
    private func redFlags(in event: Event, of episode: Episode) -> RedFlags? {
        let screening: Screening
        switch event {
        case .checkedIn(let checkIn): screening = rescreen(checkIn.answers, in: episode)
        case .amended(let amended):
            guard case .checkedIn(let checkIn) = amended.replacement else { return nil }
            screening = rescreen(checkIn.answers, in: episode)
        case .screened(let screened): screening = screen(screened.answers)
        case .evaluated(let evaluated):
            // What the therapist has judged and signed as cleared does not hold the programme again.
            guard evaluated.clearedRedFlags.isEmpty else { return nil }
            screening = screen(evaluated.answers)
        default: return nil
        }
        guard screening.disposition >= .sameDay else { return nil }
        let rules = screening.reasons.filter { $0.disposition >= .sameDay }.map(\.rule.id)
        let isOpen = episode.openFlags.contains {
            $0.raised.disposition >= screening.disposition && Set(rules).isSubset(of: $0.raised.rules)
        }
        return RedFlags(disposition: screening.disposition, rules: rules, isOpen: isOpen)
    }

    /// The red-flag rules of the daily check, over today's answers and what is known of the person for good.
    public func rescreen(_ answers: Answers, in episode: Episode) -> Screening {
        var lasting = Answers()
        let earlier = [episode.screened?.content.answers, episode.evaluation?.answers].compactMap { $0 }
        for known in earlier {
            for (id, answer) in known.values where vocabulary.finding(id)?.asked.contains(.checkIn) == false {
                lasting[id] = answer
            }
        }
        return Screening(of: lasting.updated(with: answers), rules: screening, at: [.checkIn])
    }
}

extension Event {
    /// Only what says something about the leg can move the dose.
    fileprivate var changesTheAnswer: Bool {
        switch self {
        case .sessionLogged, .checkedIn, .amended, .measured: true
        default: false
        }
    }
}
