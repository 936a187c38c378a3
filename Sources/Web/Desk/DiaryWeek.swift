// SPDX-License-Identifier: Apache-2.0
import Clinical
import Store

/// Everybody's week as a table: a row for each therapist, a column for each day.
struct DiaryWeek: Sendable {
    struct Heading: Sendable {
        let label: String
        let headingHref: String
        let isToday: Bool
    }

    struct Cell: Sendable {
        /// For narrow screens, where the days stand below each other.
        let dayLabel: String
        let entries: [DiaryGrid.Entry]
        /// Where somebody is booked on that day; nil where nobody works, or it is past.
        let newHref: String?
        let newLabel: String
        let mark: String
        /// Nothing is in it and nothing can be put there; a narrow screen leaves it out.
        let isBare: Bool
        /// "Off" where nobody works and nobody comes.
        let off: String?
    }

    struct Row: Sendable {
        let therapist: String
        /// Their own week, hour by hour.
        let weekHref: String
        let weekLabel: String
        let cells: [Cell]
    }

    let headings: [Heading]
    let rows: [Row]

    /// - Parameters:
    ///   - visit: Who looks, and when.
    ///   - view: The week.
    ///   - entries: What is booked; the cancelled are left out.
    ///   - availability: When who works.
    ///   - wording: Names and times in words.
    init(
        _ visit: Visit, _ view: DiaryPage.View, _ entries: [DiaryEntry], _ availability: Availability,
        _ wording: AppointmentWords
    ) {
        let words = visit.words
        let today = visit.moment.today
        let days = (view.days.lowerBound.number...view.days.upperBound.number).map { Day(number: $0) }
        headings = days.map { day in
            Heading(
                label: day.narrow(words), headingHref: view.href(day, isWeek: false), isToday: day == today)
        }
        let shown = Dictionary(
            grouping: entries.filter { $0.appointment.status != .cancelled }, by: \.appointment.therapist)
        rows = availability.therapists.map { therapist in
            let own = Dictionary(grouping: shown[therapist.id] ?? [], by: \.appointment.wall.day)
            return Row(
                therapist: therapist.name, weekHref: view.only(therapist.id).href(view.day),
                weekLabel: words("diary.week_of", ["name": therapist.name]),
                cells: days.map { day in
                    let works = !availability.hours(of: therapist, on: day).isEmpty
                    let here = own[day] ?? []
                    let label = day.text(words)
                    return Cell(
                        dayLabel: day.narrow(words), entries: here.map { DiaryGrid.Entry($0, wording) },
                        newHref: works && day >= today
                            ? "/diary/new?day=\(day)&therapist=\(therapist.id)" : nil,
                        newLabel: words("diary.book_on", ["day": label, "name": therapist.name]),
                        mark: works ? "" : "shut", isBare: here.isEmpty && (!works || day < today),
                        off: works || !here.isEmpty ? nil : words["diary.off"])
                })
        }
    }
}
