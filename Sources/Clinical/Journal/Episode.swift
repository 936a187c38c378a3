// SPDX-License-Identifier: Apache-2.0
public import Foundation

/// One injury from the first answer to discharge: the fold of its journal.
public struct Episode: Hashable, Sendable {
    public typealias ID = Identifier<Episode>

    /// Something the journal says, with when and by whom.
    public struct Dated<Content: Hashable & Sendable>: Hashable, Sendable {
        public let entry: Entry.ID
        public let at: Date
        public let author: Author
        public let content: Content
    }

    /// A red flag and, once somebody of the clinic has seen it, what was done.
    public struct Flag: Hashable, Sendable, Identifiable {
        public let id: Entry.ID
        public let at: Date
        public let raised: FlagRaised
        public internal(set) var acknowledged: Dated<FlagAcknowledged>?
    }

    /// The sequence of the last entry; 0 before the first.
    public internal(set) var sequence = 0
    public internal(set) var openedAt: Date?
    public internal(set) var screened: Dated<Screened>?
    public internal(set) var evaluations: [Dated<Evaluated>] = []
    /// Every version of the plan, the current one last.
    public internal(set) var plans: [Dated<Plan>] = []
    public internal(set) var logs: [Dated<SessionLog>] = []
    public internal(set) var checkIns: [Dated<CheckIn>] = []
    public internal(set) var treatments: [Dated<Treated>] = []
    public internal(set) var measurements: [Dated<Measured>] = []
    public internal(set) var flags: [Flag] = []
    public internal(set) var phaseChanges: [Dated<PhaseChanged>] = []
    public internal(set) var messages: [Dated<MessageSent>] = []
    public internal(set) var hold: Dated<Held>?
    public internal(set) var resumed: Dated<Resumed>?
    public internal(set) var closed: Dated<Closed>?
    /// When the engine last lowered the dose; the next try waits from here.
    public internal(set) var steppedBackAt: Date?
    /// When the dose last changed, up or down, or a plan was written.
    public internal(set) var doseChangedAt: Date?
    /// When the patient last wrote anything.
    public internal(set) var patientWroteAt: Date?

    public static let empty = Episode()

    public init() {}

    /// The current picture of a journal, entries in order.
    public init(_ entries: some Sequence<Entry>) {
        self = entries.reduce(into: Episode.empty) { $0.apply($1) }
    }

    public var evaluation: Evaluated? { evaluations.last?.content }
    public var plan: Plan? { plans.last?.content }
    public var injuredSide: Side? { evaluation?.injuredSide ?? screened.flatMap { side($0.content.answers) } }

    /// Flags that nobody has acknowledged.
    public var openFlags: [Flag] { flags.filter { $0.acknowledged == nil } }

    private func side(_ answers: Answers) -> Side? { answers.word("side").flatMap(Side.init) }
}

extension Episode {
    /// This episode with one more entry.
    public func applying(_ entry: Entry) -> Episode {
        var next = self
        next.apply(entry)
        return next
    }

    mutating func apply(_ entry: Entry) {
        func dated<Content>(_ content: Content) -> Dated<Content> {
            Dated(entry: entry.id, at: entry.at, author: entry.author, content: content)
        }
        sequence = entry.sequence
        if openedAt == nil { openedAt = entry.at }
        if entry.author.part == .patient { patientWroteAt = entry.at }
        switch entry.event {
        case .screened(let content): screened = dated(content)
        case .evaluated(let content): evaluations.append(dated(content))
        case .planWritten(let plan):
            plans.append(dated(plan))
            doseChangedAt = entry.at
        case .planChanged(let plan):
            let before = self.plan
            plans.append(dated(plan))
            doseChangedAt = entry.at
            if entry.author.part == .engine, let before, plan.step <= before.step { steppedBackAt = entry.at }
        case .sessionLogged(let content): logs.append(dated(content))
        case .checkedIn(let content): checkIns.append(dated(content))
        case .treated(let content): treatments.append(dated(content))
        case .measured(let content): measurements.append(dated(content))
        case .flagRaised(let raised): flags.append(Flag(id: entry.id, at: entry.at, raised: raised))
        case .flagAcknowledged(let content):
            guard let index = flags.firstIndex(where: { $0.id == content.flag }) else { break }
            flags[index].acknowledged = dated(content)
        case .phaseChanged(let content):
            phaseChanges.append(dated(content))
            steppedBackAt = nil
        case .held(let content): hold = dated(content)
        case .resumed(let content):
            hold = nil
            resumed = dated(content)
        case .messageSent(let content): messages.append(dated(content))
        case .amended(let content): amend(content)
        case .closed(let content): closed = dated(content)
        }
    }

    /// Puts a correction where the corrected entry stood; its time and author stay.
    private mutating func amend(_ amended: Amended) {
        func replace<Content>(_ list: inout [Dated<Content>], with content: Content?) {
            guard let index = list.firstIndex(where: { $0.entry == amended.entry }) else { return }
            let old = list.remove(at: index)
            guard let content else { return }
            list.insert(Dated(entry: old.entry, at: old.at, author: old.author, content: content), at: index)
        }
        switch amended.replacement {
        case .nothing:
            replace(&logs, with: nil)
            replace(&checkIns, with: nil)
            replace(&treatments, with: nil)
            replace(&measurements, with: nil)
        case .sessionLogged(let content): replace(&logs, with: content)
        case .checkedIn(let content): replace(&checkIns, with: content)
        case .treated(let content): replace(&treatments, with: content)
        case .measured(let content): replace(&measurements, with: content)
        }
    }
}

extension Episode {
    /// What was measured, in evaluations and in measurements.
    public var everythingMeasured: [Dated<Measured>] {
        evaluations.map {
            Dated(
                entry: $0.entry, at: $0.at, author: $0.author, content: Measured(values: $0.content.values))
        } + measurements
    }
}
