// SPDX-License-Identifier: Apache-2.0
import Clinical
import Foundation

/// What is due today, and what stands in the way.
struct TodayPage: Page {
    static let template = "today"
    let title: String
    let dateLine: String
    let flag: FlagBox?
    let held: HeldBox?
    let isCheckInDue: Bool
    let checkInDone: String?
    let phase: PhaseBar?
    let cards: [ExerciseCard]
    let resting: [ExerciseCard]
    let whyTitle: String?
    let criteria: [CriterionRow]
    let nearest: String?
    let decision: String?
    let message: String?
    let isWaitingForPlan: Bool
    var place: String? { "/today" }

    init(_ visit: Visit, episode: Episode) {
        let words = visit.words
        let pathway = visit.site.pathway
        let moment = visit.moment
        let decision = pathway.decide(episode, at: moment)
        let all = pathway.dueToday(episode, at: moment).map { ExerciseCard($0, visit, episode) }
        cards = all.filter { $0.isDue || $0.isDone }
        resting = all.filter { !$0.isDue && !$0.isDone }
        flag = FlagBox(episode, visit)
        held = flag == nil ? HeldBox(episode, visit) : nil
        let checkedInToday = episode.checkIns.last.map { moment.day(of: $0.at) == moment.today } ?? false
        isCheckInDue = !checkedInToday && episode.closed == nil && !episode.plans.isEmpty
        checkInDone =
            checkedInToday
            ? episode.checkIns.last.map { words("today.checked_in", ["clock": moment.clock($0.at, words)]) }
            : nil
        phase = PhaseBar(episode, visit)
        criteria = decision.criteria.map { CriterionRow($0, visit) }
        whyTitle = CriterionRow.heading(decision, in: episode, visit)
        nearest = Self.nearest(decision, visit)
        self.decision = Self.sentence(decision, visit)
        message = episode.messages.last.map { $0.content.text }
        isWaitingForPlan = episode.plans.isEmpty && flag == nil && episode.closed == nil
        dateLine = Self.dateLine(episode, visit)
        title = Self.title(
            cards: cards, flag: flag, isHeld: held != nil, isWaiting: isWaitingForPlan,
            isClosed: episode.closed != nil, words: words)
    }

    private static func title(
        cards: [ExerciseCard], flag: FlagBox?, isHeld: Bool, isWaiting: Bool, isClosed: Bool, words: Words
    ) -> String {
        if let flag { return flag.title }
        if isClosed { return words["today.closed"] }
        if isHeld { return words["today.paused"] }
        if isWaiting { return words["today.waiting"] }
        let due = cards.filter(\.isDue)
        guard !due.isEmpty else { return words[cards.isEmpty ? "today.rest_day" : "today.all_done"] }
        let minutes = max(1, Int(due.map(\.aboutMinutes).reduce(0, +).rounded()))
        return words("today.things", count: due.count) + words("today.about_minutes", count: minutes)
    }

    private static func dateLine(_ episode: Episode, _ visit: Visit) -> String {
        var parts = [visit.moment.today.text(visit.words)]
        if let injured = episode.evaluation?.injuredOn {
            parts.append(
                visit.words("today.day", ["count": String(visit.moment.today.number - injured.number)]))
        }
        if let side = episode.injuredSide {
            parts.append(visit.words("today.calf", ["side": visit.words["side.\(side.rawValue)"]]))
        }
        return parts.joined(separator: " · ")
    }

    /// The numeric criterion that needs least, as a sentence.
    private static func nearest(_ decision: Decision, _ visit: Visit) -> String? {
        let open = decision.criteria.compactMap { standing -> (share: Double, text: String)? in
            guard standing.verdict == .notMet, let limit = standing.criterion.limit,
                limit.comparison == .atLeast, limit.value > 0,
                case .number(let value) = standing.reading?.value
            else { return nil }
            let missing = limit.value - value
            let text = visit.words(
                "today.nearest",
                ["count": missing.plain, "what": visit.medicine["measure.\(limit.fact)"]])
            return (missing / limit.value, text)
        }
        return open.min { $0.share < $1.share }?.text
    }

    private static func sentence(_ decision: Decision, _ visit: Visit) -> String? {
        let key: String? =
            switch decision.outcome {
            case .progressPhase: "progress_phase"
            case .stepBack: "step_back"
            case .discharge: "discharge"
            case .repeat where decision.answer == .waitingRetry: "step_back"
            default: nil
            }
        return key.map { visit.medicine["decision.\($0).text"] }
    }
}

/// A red flag that nobody has acknowledged: what to do now, before anything else.
struct FlagBox: Sendable {
    let title: String
    let text: String
    let paused: String
    let dos: [String]
    let donts: [String]
    let isEmergency: Bool

    init?(_ episode: Episode, _ visit: Visit) {
        guard let worst = episode.openFlags.max(by: { $0.raised.disposition < $1.raised.disposition }) else {
            return nil
        }
        let medicine = visit.medicine
        let emergency = visit.site.clinic.emergency
        func filled(_ key: String) -> String { medicine(key, ["emergency": emergency]) }
        let disposition = worst.raised.disposition
        title = filled("disposition.\(disposition.rawValue).title")
        text = filled("disposition.\(disposition.rawValue).text")
        paused = medicine["held.red_flag"]
        isEmergency = disposition == .emergencyNow
        let rules = visit.site.pathway.screening.filter { worst.raised.rules.contains($0.id) }
        dos = Self.unique(rules.flatMap(\.dos)).map { filled("advice.do.\($0)") }
        donts = Self.unique(rules.flatMap(\.donts)).map { filled("advice.do_not.\($0)") }
    }

    private static func unique(_ keys: [String]) -> [String] {
        keys.reduce(into: []) { if !$0.contains($1) { $0.append($1) } }
    }
}

/// The programme is paused without an open flag.
struct HeldBox: Sendable {
    let text: String

    init?(_ episode: Episode, _ visit: Visit) {
        guard let hold = episode.hold else { return nil }
        text = visit.medicine["held.\(hold.content.reason.rawValue)"]
    }
}

/// Where the person stands among the phases.
struct PhaseBar: Sendable {
    struct Segment: Sendable {
        let state: String?
    }

    let label: String
    let aim: String
    let segments: [Segment]

    init?(_ episode: Episode, _ visit: Visit) {
        let pathway = visit.site.pathway
        guard let plan = episode.plan, let phase = pathway.phase(plan.phase) else { return nil }
        label = visit.words(
            "today.phase",
            [
                "number": String(phase.number), "last": String(pathway.phases.count - 1),
                "name": visit.medicine["phase.\(phase.id).name"]
            ])
        aim = visit.medicine["phase.\(phase.id).aim"]
        segments = pathway.phases.map {
            Segment(state: $0.number < phase.number ? "done" : $0.number == phase.number ? "now" : nil)
        }
    }
}
