// SPDX-License-Identifier: Apache-2.0
import Clinical
import Foundation
import Store

/// The clinic's day, or one therapist's week.
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
    }

    let title: String
    let grid: DiaryGrid
    let caption: String
    let tabs: [Tab]
    let before: String
    let after: String
    let today: String?
    let day: String
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
    }

    init(
        _ visit: Visit, _ view: View, _ entries: [DiaryEntry], _ availability: Availability,
        shown: [Therapist], all: [Therapist]
    ) {
        let words = visit.words
        let wording = AppointmentWords(visit, therapists: all)
        let columns: [DiaryGrid.Column] =
            view.isWeek
            ? (view.days.lowerBound.number...view.days.upperBound.number).flatMap { number in
                let day = Day(number: number)
                return shown.prefix(1).map { therapist in
                    DiaryGrid.Column(
                        label: day.text(words), columnHref: view.href(day, isWeek: false),
                        therapist: therapist, day: day)
                }
            }
            : shown.map {
                let week = View(day: view.day, isWeek: true, therapist: $0.id)
                return DiaryGrid.Column(
                    label: $0.name, columnHref: week.href(view.day), therapist: $0, day: view.day)
            }
        grid = DiaryGrid(visit, columns, entries, availability, wording)
        let open = entries.count { $0.appointment.status != .cancelled }
        let count = words("diary.count", count: open)
        if view.isWeek {
            let range = words(
                "booking.week",
                ["from": view.days.lowerBound.short(words), "to": view.days.upperBound.short(words)])
            title = "\(shown.first?.name ?? "") · \(range): \(count)"
        } else {
            title = "\(view.day.text(words)): \(count)"
        }
        caption = words[view.isWeek ? "diary.caption_week" : "diary.caption_day"]
        let person = view.therapist ?? shown.first?.id
        tabs = [
            Tab(label: words["diary.day"], tabHref: "/diary?day=\(view.day)", isShown: !view.isWeek),
            Tab(
                label: words["diary.week"],
                tabHref: View(day: view.day, isWeek: true, therapist: person).href(view.day),
                isShown: view.isWeek)
        ]
        let step = view.isWeek ? 7 : 1
        before = view.href(view.day.advanced(by: -step))
        after = view.href(view.day.advanced(by: step))
        today = view.days.contains(visit.moment.today) ? nil : view.href(visit.moment.today)
        day = view.day.description
        gone = entries.filter { $0.appointment.status == .cancelled }.map { entry in
            Gone(
                goneHref: "/diary/\(entry.appointment.id)",
                line: words(
                    "diary.gone",
                    ["when": wording.when(entry.appointment.starts), "name": entry.name ?? ""]))
        }
        goneTitle = gone.isEmpty ? nil : words("diary.gone_count", count: gone.count)
        let key = "diary.done.\(visit.query("done"))"
        done = words.has(key) ? words[key] : nil
        mayPlan = visit.session?.role == .desk
    }
}
