// SPDX-License-Identifier: Apache-2.0
package import Clinical
package import Foundation

/// How one chart stands, for the board: derived from the journal, and kept beside it with every append.
package struct ChartSummary: Hashable, Sendable, Codable {
    package struct OpenFlag: Hashable, Sendable, Codable {
        package var id: Entry.ID
        package var at: Date
        package var disposition: Disposition
        package var rules: [String]
    }

    package struct Pain: Hashable, Sendable, Codable {
        package var day: Day
        package var worst: Int
    }

    /// What waits for the therapist's signature.
    package enum ToSign: Hashable, Sendable, Codable {
        case phase(Phase.ID)
        case discharge
    }

    package var phase: Phase.ID?
    package var step: Int
    package var grade: Grade?
    package var side: Side?
    package var injuredOn: Day?
    package var openFlags: [OpenFlag]
    package var hold: Held.Reason?
    /// Since when the programme is held.
    package var heldAt: Date?
    package var toSign: ToSign?
    /// When the last entry was written; the proposal is as old as it.
    package var changedAt: Date
    package var patientWroteAt: Date?
    /// Since when there is something to log: the first plan, or the last resumption.
    package var dueSince: Date?
    package var isEvaluated: Bool
    package var isPlanned: Bool
    package var isClosed: Bool
    /// The worst pain of each of the last 14 days that has one, oldest first.
    package var pain: [Pain]

    package init(_ episode: Episode, pathway: Pathway, at moment: Moment) {
        phase = episode.plan?.phase
        step = episode.plan?.step ?? 0
        grade = episode.evaluation?.grade
        side = episode.injuredSide
        injuredOn = episode.evaluation?.injuredOn
        openFlags = episode.openFlags.map {
            OpenFlag(
                id: $0.id, at: $0.at, disposition: $0.raised.disposition,
                rules: Self.firedFirst($0.raised, in: episode, pathway))
        }
        hold = episode.hold?.content.reason
        heldAt = episode.hold?.at
        switch pathway.decide(episode, at: moment).outcome {
        case .progressPhase(let phase): toSign = .phase(phase)
        case .discharge: toSign = .discharge
        default: toSign = nil
        }
        changedAt = moment.instant
        patientWroteAt = episode.patientWroteAt
        dueSince = [episode.plans.first?.at, episode.resumed?.at].compactMap { $0 }.max()
        isEvaluated = !episode.evaluations.isEmpty
        isPlanned = !episode.plans.isEmpty
        isClosed = episode.closed != nil
        let first = moment.today.advanced(by: -13)
        let days = Dictionary(grouping: episode.checkIns.suffix(60)) { moment.day(of: $0.at) }
        pain = days.keys.filter { $0 >= first }.sorted().compactMap { day in
            let worst = days[day]?.compactMap { $0.content.answers.number("pain_worst_24h") }.max()
            return worst.map { Pain(day: day, worst: Int($0)) }
        }
    }

    /// A flag's rules, those that fired before those that only could not be set aside.
    private static func firedFirst(_ flag: FlagRaised, in episode: Episode, _ pathway: Pathway) -> [String] {
        let screening: Screening
        if let checkIn = episode.checkIns.last(where: { $0.entry == flag.cause }) {
            screening = pathway.rescreen(checkIn.content.answers, in: episode)
        } else if let screened = episode.screened, screened.entry == flag.cause {
            screening = pathway.screen(screened.content.answers)
        } else if let found = episode.evaluations.last(where: { $0.entry == flag.cause }) {
            screening = pathway.screen(found.content.answers)
        } else {
            return flag.rules
        }
        let unsettled = Set(screening.reasons.filter { !$0.fired }.map(\.rule.id))
        return flag.rules.filter { !unsettled.contains($0) } + flag.rules.filter(unsettled.contains)
    }

    package init(json: String) throws { self = try JSONDecoder().decode(Self.self, from: Data(json.utf8)) }

    package func json() throws -> String {
        let encoder = JSONEncoder()
        encoder.outputFormatting = .sortedKeys
        return String(decoding: try encoder.encode(self), as: UTF8.self)
    }
}
