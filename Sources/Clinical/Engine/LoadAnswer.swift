// SPDX-License-Identifier: Apache-2.0
import Foundation

/// How the leg answered the load so far, from best known to worst.
public enum LoadAnswer: String, Hashable, Sendable, CaseIterable {
    /// Nothing that loads the calf was done since the dose last changed.
    case noLoad = "no_load"
    /// Quiet during the exercise and the next morning.
    case calm
    /// The next morning, or the pain during the exercise, is not known yet.
    case unknown
    /// Pain during the exercise was above the plan's ceiling, and calm again the next morning.
    case aboveCeiling = "above_ceiling"
    /// The next morning was a little worse than usual.
    case morningUp = "morning_up"
    /// The dose was lowered; the next try is not due yet.
    case waitingRetry = "waiting_retry"
    case morningUpTwo = "morning_up_two"
    case limp
    case highPain = "high_pain"
    /// Still up after the time it should have settled in.
    case notSettled = "not_settled"
    case sharpStab = "sharp_stab"
}

extension Pathway {
    /// What the logs and mornings since the dose last changed say.
    func loadAnswer(_ episode: Episode, at moment: Moment) -> LoadAnswer {
        let begin =
            [episode.resumed?.at, episode.phaseChanges.last?.at].compactMap { $0 }.max() ?? .distantPast
        let changed = max(begin, episode.doseChangedAt ?? .distantPast)
        let logs = loadingLogs(episode, after: begin)
        let mornings = episode.checkIns.filter { $0.at > begin }
        let stabbed =
            logs.contains { $0.content.sharpStab == true }
            || mornings.contains { $0.content.answers.word("sharp_stab") == "yes" }
        if stabbed { return .sharpStab }
        if notSettled(mornings, moment) { return .notSettled }

        let newLogs = logs.filter { $0.at > changed }
        let newMornings = mornings.filter { $0.at > changed }
        if newLogs.contains(where: { ($0.content.painLoadingNRS ?? 0) > response.highPainAboveNRS }) {
            return .highPain
        }
        if let morning = newMornings.last?.content.answers {
            if morning.word("limp") == "yes" || morning.word("four_steps") == "limping" {
                if !newLogs.isEmpty { return .limp }
            }
            if let change = morning.number("pain_morning_change") {
                if change >= Double(response.stepBackFromNRS) { return .morningUpTwo }
                if change >= Double(response.repeatFromNRS) { return .morningUp }
            }
        }
        if let back = episode.steppedBackAt, moment.hours(since: back) < response.retryH {
            return .waitingRetry
        }
        if newLogs.isEmpty { return .noLoad }
        // Today's load is answered tomorrow; until then the day before it speaks, with today's pain so far.
        let answered = newLogs.filter { moment.day(of: $0.at) < moment.today }
        guard let lastDay = answered.last.map({ moment.day(of: $0.at) }) else { return .unknown }
        let nextMorning = newMornings.last { moment.day(of: $0.at) > lastDay }
        guard nextMorning?.content.answers.number("pain_morning_change") != nil else { return .unknown }
        let ceiling = episode.plan?.painCeilingNRS ?? 0
        let latest = newLogs.filter { moment.day(of: $0.at) >= lastDay }
        if latest.contains(where: { $0.content.painLoadingNRS == nil }) { return .unknown }
        if latest.contains(where: { ($0.content.painLoadingNRS ?? 0) > ceiling }) { return .aboveCeiling }
        return .calm
    }

    func loadingLogs(_ episode: Episode, after begin: Date) -> [Episode.Dated<SessionLog>] {
        episode.logs.filter { $0.at > begin && exercise($0.content.exercise)?.isLoading == true }
    }

    /// Every known morning of a run is worse than usual, and the run is as long as it may take to settle.
    ///
    /// A morning without an answer does not end the run: unknown is not "settled". Counted in mornings, not
    /// hours, so that who answers a little earlier than three days ago does not wait a day longer.
    private func notSettled(_ mornings: [Episode.Dated<CheckIn>], _ moment: Moment) -> Bool {
        let known = mornings.compactMap { morning in
            morning.content.answers.number("pain_morning_change").map { (moment.day(of: morning.at), $0) }
        }
        let run = known.reversed().prefix { $0.1 >= Double(response.repeatFromNRS) }
        guard let newest = run.first?.0, let oldest = run.last?.0, run.count > 1 else { return false }
        return Double(newest.number - oldest.number) * 24 >= response.settleH
    }

    /// Whether so many loading days in a row were done as prescribed, within the ceiling, with a quiet morning after.
    func stepUpVerdict(_ episode: Episode, at moment: Moment) -> Verdict {
        guard let plan = episode.plan, plan.step < plan.lastStep else { return .notMet }
        // What was done before a hold or in another phase is no reason for more now.
        let changed =
            [episode.doseChangedAt, episode.resumed?.at, episode.phaseChanges.last?.at].compactMap { $0 }
            .max() ?? .distantPast
        let logs = loadingLogs(episode, after: changed)
        let byDay = Dictionary(grouping: logs) { moment.day(of: $0.at) }
        let days = byDay.keys.sorted(by: >).prefix(response.goodDaysToStepUp)
        guard days.count == response.goodDaysToStepUp else { return .notMet }
        return .all(days.map { day in goodDay(byDay[day] ?? [], on: day, plan, episode, moment) })
    }

    private func goodDay(
        _ logs: [Episode.Dated<SessionLog>], on day: Day, _ plan: Plan, _ episode: Episode, _ moment: Moment
    ) -> Verdict {
        guard logs.allSatisfy(\.content.asPrescribed) else { return .notMet }
        var verdicts = logs.map { log -> Verdict in
            guard let pain = log.content.painLoadingNRS else { return .unknown(missing: ["pain_loading"]) }
            return pain <= plan.painCeilingNRS && log.content.sharpStab != true ? .met : .notMet
        }
        // The very next morning: a later one may be quiet because the leg has rested since.
        let changes = episode.checkIns.filter { moment.day(of: $0.at) == day.advanced(by: 1) }
            .compactMap { $0.content.answers.number("pain_morning_change") }
        if let change = changes.max() {
            verdicts.append(change < Double(response.repeatFromNRS) ? .met : .notMet)
        } else {
            verdicts.append(.unknown(missing: ["pain_morning_change"]))
        }
        return .all(verdicts)
    }
}

extension Plan {
    /// The highest step at which some exercise still changes its dose.
    public var lastStep: Int { max(0, (prescriptions.map(\.ladder.count).max() ?? 1) - 1) }
}
