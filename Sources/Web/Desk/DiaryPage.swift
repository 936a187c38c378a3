// SPDX-License-Identifier: Apache-2.0
import Clinical
import Foundation
import Store

/// The clinic's day, everybody's week, or one therapist's.
struct DiaryPage: Page {
    static let template = "diary"

    struct Tab: Sendable {
        let label: String
        let tabHref: String
        let isShown: Bool
    }

    struct Gone: Sendable {
        let goneHref: String
        let line: String
        let status: String
    }

    let title: String
    /// Hour by hour; nil where a week of several is shown.
    let grid: DiaryGrid?
    let week: DiaryWeek?
    let isWeek: Bool
    /// Whose day or week to look at; empty where there is one therapist only.
    let whose: [Tab]
    let choosesWhose: Bool
    /// How many appointments stand at another time than was agreed; see ``AgreedPage``.
    let shifted: String?
    let caption: String
    let tabs: [Tab]
    let before: String
    let after: String
    let today: String?
    let day: String
    /// What the form that goes to a day keeps of the view.
    let kept: [HiddenField]
    let gone: [Gone]
    let goneTitle: String?
    let done: String?
    let mayPlan: Bool
    var place: String? { "/diary" }
    var width: PageWidth { .wide }

    /// What is looked at.
    struct View: Sendable {
        let day: Day
        let isWeek: Bool
        /// Only theirs; nil: everybody's, a day at a time.
        let therapist: Person.ID?

        var days: ClosedRange<Day> {
            guard isWeek else { return day...day }
            let index = Weekday.allCases.firstIndex(of: Weekday(day)) ?? 0
            let monday = day.advanced(by: -index)
            return monday...monday.advanced(by: 6)
        }

        func href(_ day: Day, isWeek: Bool? = nil) -> String {
            var href = "/diary?day=\(day)"
            if isWeek ?? self.isWeek { href += "&view=week" }
            if let therapist { href += "&therapist=\(therapist)" }
            return href
        }

        /// The same days of one therapist; nil: of all.
        func only(_ therapist: Person.ID?) -> View { View(day: day, isWeek: isWeek, therapist: therapist) }
    }

    init(
        _ visit: Visit, _ view: View, _ entries: [DiaryEntry], _ availability: Availability,
        shown: [Therapist], all: [Therapist], shifted count: Int
    ) {
        let words = visit.words
        let wording = AppointmentWords(visit, therapists: all)
        isWeek = view.isWeek
        let isOfAll = view.isWeek && shown.count > 1
        week = isOfAll ? DiaryWeek(visit, view, entries, availability, wording) : nil
        grid =
            isOfAll
            ? nil
            : DiaryGrid(visit, Self.columns(view, shown, words), entries, availability, wording)
        shifted = count == 0 ? nil : words("shifted.count", count: count)
        let mayChoose = visit.session?.role == .desk && all.count > 1
        whose =
            mayChoose
            ? [
                Tab(
                    label: words["diary.everybody"], tabHref: view.only(nil).href(view.day),
                    isShown: shown.count > 1)
            ]
                + all.map { therapist in
                    Tab(
                        label: therapist.name, tabHref: view.only(therapist.id).href(view.day),
                        isShown: view.therapist == therapist.id)
                } : []
        choosesWhose = mayChoose
        let open = words(
            "diary.count", count: entries.count { $0.appointment.status != .cancelled })
        if view.isWeek {
            let range = words(
                "booking.week",
                ["from": view.days.lowerBound.short(words), "to": view.days.upperBound.short(words)])
            let whose = isOfAll ? words["diary.everybody"] : shown.first?.name ?? ""
            title = "\(whose) · \(range): \(open)"
        } else {
            title = "\(view.day.text(words)): \(open)"
        }
        caption =
            words[
                isOfAll ? "diary.caption_all" : view.isWeek ? "diary.caption_week" : "diary.caption_day"]
        tabs = [
            Tab(
                label: words["diary.day"], tabHref: view.href(view.day, isWeek: false), isShown: !view.isWeek),
            Tab(label: words["diary.week"], tabHref: view.href(view.day, isWeek: true), isShown: view.isWeek)
        ]
        let step = view.isWeek ? 7 : 1
        before = view.href(view.day.advanced(by: -step))
        after = view.href(view.day.advanced(by: step))
        today = view.days.contains(visit.moment.today) ? nil : view.href(visit.moment.today)
        day = view.day.description
        kept =
            (view.isWeek ? [HiddenField(name: "view", value: "week")] : [])
            + (view.therapist.map { [HiddenField(name: "therapist", value: $0.rawValue)] } ?? [])
        gone = entries.filter { $0.appointment.status == .cancelled }.map { entry in
            Gone(
                goneHref: "/diary/\(entry.appointment.id)",
                line: words(
                    "diary.gone",
                    ["when": wording.when(entry.appointment), "name": entry.name ?? ""]),
                status: wording.status(entry.appointment))
        }
        goneTitle = gone.isEmpty ? nil : words("diary.gone_count", count: gone.count)
        done = visit.done("diary")
        mayPlan = visit.session?.role == .desk
    }

    private static func columns(_ view: View, _ shown: [Therapist], _ words: Words) -> [DiaryGrid.Column] {
        guard view.isWeek else {
            return shown.map {
                let week = View(day: view.day, isWeek: true, therapist: $0.id)
                return DiaryGrid.Column(
                    label: $0.name, columnHref: week.href(view.day), therapist: $0, day: view.day)
            }
        }
        return (view.days.lowerBound.number...view.days.upperBound.number).flatMap { number in
            let day = Day(number: number)
            return shown.prefix(1).map { therapist in
                DiaryGrid.Column(
                    label: day.narrow(words), columnHref: view.href(day, isWeek: false),
                    therapist: therapist, day: day)
            }
        }
    }
}
