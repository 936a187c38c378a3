// SPDX-License-Identifier: Apache-2.0
import Clinical
import Foundation
import Store

/// A stretch of the diary as a table: a row for every half hour, a column for each therapist or day.
struct DiaryGrid: Sendable {
    struct Column: Sendable {
        let label: String
        let columnHref: String?
        let therapist: Therapist
        let day: Day
    }

    struct Cell: Sendable {
        let entries: [Entry]
        let hasEntries: Bool
        let rows: Int
        /// Where a new appointment is made; nil where nobody works or it is past.
        let newHref: String?
        let newLabel: String
        /// Of the column; for narrow screens.
        let column: String
        let mark: String
        let at: String
    }

    struct Entry: Sendable {
        let entryHref: String
        let name: String
        let what: String
        let status: String?
        let mark: String
    }

    struct Row: Sendable {
        let clock: String
        let cells: [Cell]
    }

    let columns: [Column]
    let rows: [Row]
    static let step = 30

    /// - Parameters:
    ///   - visit: Who looks, and when.
    ///   - columns: What stands side by side.
    ///   - entries: What is booked; the cancelled are left out.
    ///   - availability: When who works.
    ///   - wording: Names and times in words.
    init(
        _ visit: Visit, _ columns: [Column], _ entries: [DiaryEntry], _ availability: Availability,
        _ wording: AppointmentWords
    ) {
        self.columns = columns
        let zone = wording.rules.zone
        let shown = entries.filter { $0.appointment.status != .cancelled }
        let hours = columns.map { availability.hours(of: $0.therapist, on: $0.day) }
        // By the clock on the wall, so that the rows of days before and after a change are the same.
        var walls: [Int] = []
        for (column, ranges) in zip(columns, hours) {
            for range in ranges {
                walls.append(WallTime(Claim.date(range.lowerBound), in: zone).minute)
                let end = WallTime(Claim.date(range.upperBound), in: zone)
                walls.append(end.day > column.day ? 1440 : end.minute)
            }
        }
        for entry in shown {
            walls.append(entry.appointment.wall.minute)
            walls.append(min(1440, entry.appointment.wall.minute + entry.appointment.minutes))
        }
        let first = (walls.min() ?? 480) / Self.step
        let last = max(first + 1, ((walls.max() ?? 1020) + Self.step - 1) / Self.step)
        let placed = columns.map { column in
            Self.placed(
                shown.filter {
                    $0.appointment.wall.day == column.day && $0.appointment.therapist == column.therapist.id
                })
        }
        rows = (first..<last).map { row in
            let cells = zip(columns.indices, columns).compactMap { index, column -> Cell? in
                if placed[index].covered.contains(row) { return nil }
                let here = placed[index].starts[row]
                return Self.cell(
                    visit, row, column, here?.entries ?? [], span: min(here?.rows ?? 1, last - row),
                    hours[index],
                    wording)
            }
            return Row(clock: wording.words.clock(minute: row * Self.step), cells: cells)
        }
    }

    /// The rows in which something begins, with how many it takes, and the rows that it covers.
    ///
    /// Two that begin within the same half hour, or one within another's rounded end, share a cell.
    private static func placed(_ entries: [DiaryEntry]) -> (
        starts: [Int: (entries: [DiaryEntry], rows: Int)], covered: Set<Int>
    ) {
        var starts: [Int: (entries: [DiaryEntry], rows: Int)] = [:]
        var open: (row: Int, end: Int)?
        for entry in entries.sorted(by: { $0.appointment.starts < $1.appointment.starts }) {
            let wall = entry.appointment.wall.minute
            let end = (wall + entry.appointment.minutes + step - 1) / step
            if let last = open, wall / step < last.end {
                open = (last.row, max(last.end, end))
                starts[last.row]?.entries.append(entry)
            } else {
                open = (wall / step, end)
                starts[wall / step] = ([entry], 1)
            }
            if let open { starts[open.row]?.rows = open.end - open.row }
        }
        let covered = starts.flatMap { row, cell in (row + 1)..<max(row + 1, row + cell.rows) }
        return (starts, Set(covered))
    }

    private static func cell(
        _ visit: Visit, _ row: Int, _ column: Column, _ entries: [DiaryEntry], span: Int,
        _ hours: [Range<Int>],
        _ wording: AppointmentWords
    ) -> Cell {
        let words = wording.words
        let instant = WallTime(column.day, minute: row * step).instants(in: wording.rules.zone).first
        let works = instant.map { instant in
            hours.contains { $0.overlaps(Claim.minute(instant)..<(Claim.minute(instant) + step)) }
        }
        var newHref: String?
        if entries.isEmpty, works == true, let instant, instant > visit.now {
            newHref = "/diary/new?starts=\(Instant(instant))&therapist=\(column.therapist.id)"
        }
        let clock = words.clock(minute: row * step)
        return Cell(
            entries: entries.map { Entry($0, wording) }, hasEntries: !entries.isEmpty, rows: span,
            newHref: newHref,
            newLabel: words("diary.book_at", ["clock": clock, "column": column.label]), column: column.label,
            mark: works == true || !entries.isEmpty ? "" : "shut", at: clock)
    }
}

extension DiaryGrid.Entry {
    init(_ entry: DiaryEntry, _ wording: AppointmentWords) {
        let appointment = entry.appointment
        entryHref = "/diary/\(appointment.id)"
        name = entry.name ?? wording.words["diary.held"]
        what = [
            wording.clock(appointment), wording.service(appointment.service),
            wording.place(appointment.place)
        ].compactMap { $0 }.joined(separator: " · ")
        status = appointment.status == .booked ? nil : wording.status(appointment)
        mark =
            switch appointment.status {
            case .checkedIn, .done: "go"
            case .noShow, .held: "wait"
            case .booked, .cancelled: ""
            }
    }
}

extension Appointment {
    /// How long the person is there.
    var minutes: Int { Int(ends.timeIntervalSince(starts) / 60) }
}
