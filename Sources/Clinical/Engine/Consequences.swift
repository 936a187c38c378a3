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
        var events = flags(raisedBy: event, entry: entry, in: episode)
        let isHeld = episode.hold != nil
        if !events.isEmpty {
            if !isHeld { events.append(.held(Held(reason: .redFlag, note: ""))) }
            return events
        }
        guard !isHeld, event.changesTheAnswer else { return [] }
        switch decide(episode, at: moment).outcome {
        case .hold(let reason): events = [.held(Held(reason: reason, note: ""))]
        case .stepBack(let step): events = changed(episode.plan, to: step, reason: "step_back")
        case .progressStep(let step): events = changed(episode.plan, to: step, reason: "step_up")
        case .progressPhase, .repeat, .refer, .discharge, .awaitingPlan, .closed: break
        }
        return events
    }

    private func changed(_ plan: Plan?, to step: Int, reason: String) -> [Event] {
        guard var plan else { return [] }
        plan.step = step
        plan.reason = reason
        return [.planChanged(plan)]
    }

    /// The red flags that an event's answers raise.
    private func flags(raisedBy event: Event, entry: Entry.ID, in episode: Episode) -> [Event] {
        let screening: Screening
        switch event {
        case .checkedIn(let checkIn): screening = rescreen(checkIn.answers, in: episode)
        case .screened(let screened): screening = screen(screened.answers)
        case .evaluated(let evaluated):
            // What the therapist has judged and signed as cleared does not hold the programme again.
            guard evaluated.clearedRedFlags.isEmpty else { return [] }
            screening = screen(evaluated.answers)
        default: return []
        }
        guard screening.disposition >= .sameDay else { return [] }
        let rules = screening.reasons.filter { $0.disposition >= .sameDay }.map(\.rule.id)
        let isKnown = episode.openFlags.contains {
            $0.raised.disposition >= screening.disposition && Set(rules).isSubset(of: $0.raised.rules)
        }
        guard !isKnown else { return [] }
        return [.flagRaised(FlagRaised(disposition: screening.disposition, rules: rules, cause: entry))]
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
