// SPDX-License-Identifier: Apache-2.0
import Clinical

/// How far the person is, why not further, and how long others took.
struct ProgressPage: Page {
    struct PainRow: Sendable {
        let day: String
        let rest: String
        let worst: String
    }

    struct WindowRow: Sendable {
        let weeks: String
        let source: String
    }

    static let template = "progress"
    let title: String
    let phase: PhaseBar?
    let criteria: [CriterionRow]
    let whyTitle: String?
    let painSentence: String?
    let painPoints: String
    let worstPoints: String
    let painRows: [PainRow]
    /// nil where the phone has measured nothing.
    let phone: PhoneResults?
    let windowsTitle: String?
    let windows: [WindowRow]
    var place: String? { "/progress" }

    init(_ visit: Visit, episode: Episode) {
        let words = visit.words
        let pathway = visit.site.pathway
        phase = PhaseBar(episode, visit)
        title = phase?.label ?? words["progress.no_plan"]
        let decision = pathway.decide(episode, at: visit.moment)
        criteria = decision.criteria.map { CriterionRow($0, visit) }
        whyTitle = CriterionRow.heading(decision, in: episode, visit)
        let days = Self.days(episode, visit.moment)
        painRows = days.reversed().map {
            PainRow(
                day: $0.day.short(words), rest: $0.rest.map(String.init) ?? "–",
                worst: $0.worst.map(String.init) ?? "–")
        }
        painSentence = Self.sentence(days, words)
        painPoints = Self.points(days) { $0.rest }
        worstPoints = Self.points(days) { $0.worst }
        let phone = PhoneResults(episode, path: "/lab/result/", visit)
        self.phone = phone.hasRows ? phone : nil
        let grade = episode.evaluation?.grade
        windowsTitle = grade.map {
            words("progress.windows", ["grade": visit.medicine["grade.\($0.rawValue).name"]])
        }
        windows = pathway.prognosis.windows.filter { $0.grade == grade }.map { window in
            let weeks =
                window.words.map { visit.medicine["prognosis.window.\($0)"] }
                ?? words(
                    "progress.weeks",
                    ["from": window.weeksFrom?.plain ?? "", "to": window.weeksTo?.plain ?? "…"])
            return WindowRow(
                weeks: weeks,
                source: window.basis.sources.compactMap { pathway.citations[$0]?.text }.joined(
                    separator: "; "))
        }
    }

    private typealias PainDay = (day: Day, rest: Int?, worst: Int?)

    /// The last check of each of the last 28 days that has one.
    private static func days(_ episode: Episode, _ moment: Moment) -> [PainDay] {
        let first = moment.today.advanced(by: -27)
        let byDay = Dictionary(grouping: episode.checkIns) { moment.day(of: $0.at) }
        return byDay.keys.filter { $0 >= first }.sorted().map { day in
            let answers = byDay[day]?.last?.content.answers
            return (
                day, answers?.number("pain_rest").map { Int($0) },
                answers?.number("pain_worst_24h").map { Int($0) }
            )
        }
    }

    /// Points of a line in a 360 × 120 drawing: 28 days across, pain 0–10 upwards.
    private static func points(_ days: [PainDay], _ value: (PainDay) -> Int?) -> String {
        guard let last = days.last?.day else { return "" }
        return days.compactMap { day in
            guard let pain = value(day) else { return nil }
            let x = 348 - Double(last.number - day.day.number) * 12
            return "\(x.plain),\((110 - Double(pain) * 10).plain)"
        }.joined(separator: " ")
    }

    private static func sentence(_ days: [PainDay], _ words: Words) -> String? {
        let worst = days.compactMap(\.worst)
        guard let first = worst.first, let last = worst.last, worst.count > 1 else { return nil }
        let key = last < first ? "progress.fell" : last > first ? "progress.rose" : "progress.steady"
        return words(key, ["from": String(first), "to": String(last)])
    }
}

/// The clinic, for its patient: how to reach it, and what the therapist wrote.
struct ClinicPage: Page {
    struct Note: Sendable {
        let when: String
        let text: String
    }

    static let template = "clinic"
    let title: String
    let hours: [String]
    let address: [String]
    let messages: [Note]
    let appointments: [OwnAppointment]
    let hasAppointments: Bool
    let done: String?
    let texts: TextChoice?
    var place: String? { "/clinic" }

    init(_ visit: Visit, episode: Episode, appointments: [OwnAppointment], refusesTexts: Bool) {
        title = visit.words["clinic.title"]
        self.appointments = appointments
        hasAppointments = !appointments.isEmpty
        done = visit.done("booking")
        texts = TextChoice(visit, path: "/clinic/texts", refuses: refusesTexts)
        hours = visit.site.clinic.hourLines(visit.words)
        address = visit.site.clinic.address
        messages = episode.messages.reversed().map {
            Note(when: visit.moment.stamp($0.at, visit.words), text: $0.content.text)
        }
    }
}
