// SPDX-License-Identifier: Apache-2.0
import Foundation

/// All figures of a run, as one JSON object or as text with the method beside each number.
struct Report: Encodable {
    let charts: ChartFigures
    let diaries: [DiaryFigures]

    func json() throws -> String {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys]
        return String(decoding: try encoder.encode(self), as: UTF8.self)
    }

    var text: String {
        (["", "The engine", ""] + engine + ["", "Free times", ""] + freeTimes + ["", "Bookings", ""]
            + bookings)
            .joined(separator: "\n")
    }

    private var engine: [String] {
        let yardstick = charts.yardstick.median
        func line(_ name: String, _ timing: Timing, target: Double? = nil) -> String {
            let ratio = "\((timing.median / yardstick).figures) × the yardstick"
            return Self.line(name, timing, target, ratio)
        }
        return [
            "  Median of many runs. The yardstick is 100,000 dependent steps of arithmetic in the same run:",
            "  \(yardstick.figures) ms on this machine. The ratio is what another machine should find as well.",
            "",
            line("screening one set of answers", charts.screening, target: 1),
            line("folding a chart of \(ChartFigures.entries) entries", charts.folding, target: 5),
            line("folding and deciding on it", charts.deciding)
        ]
    }

    private var freeTimes: [String] {
        [
            "  What is free with any of \(FullDiary.therapists) therapists and as many tables on "
                + "\(DiaryFigures.days) days, in a diary",
            "  of \(FullDiary.appointments) appointments: rows read from the database and slots worked out. "
                + "Median of 41 runs.", ""
        ]
            + diaries.map {
                Self.line(
                    "\($0.database), \($0.slots) slots found", $0.availability, 20,
                    "p99 \($0.availability.p99.figures) ms")
            }
    }

    private var bookings: [String] {
        let head = ["", "clients", "INSERT/s", "p50 ms", "p99 ms", "bookings/s", "p50 ms", "p99 ms", "ratio"]
        let rows = diaries.flatMap { diary in
            diary.bookings.map { each in
                [
                    diary.database, "\(each.clients)", each.insert.perSecond.figures,
                    each.insert.median.figures,
                    each.insert.p99.figures, each.booking.perSecond.figures, each.booking.median.figures,
                    each.booking.p99.figures, String(format: "%.2f", each.ratio)
                ]
            }
        }
        return [
            "  In the same diary. A booking is a visitor's whole act in one transaction: form, locks, rules, appointment,",
            "  claims, link, messages, and its commit. INSERT is one bare row and its commit, through the same",
            "  connections of the same database, in turns with the bookings: what disk and database can do at most.",
            "  The ratio of the two is what another machine should find as well. Clients work at the same time.",
            ""
        ] + ([head] + rows).map { "  " + Self.columns($0) }
    }

    private static func columns(_ cells: [String]) -> String {
        cells.enumerated().map { index, cell in
            index == 0
                ? cell.padding(toLength: 12, withPad: " ", startingAt: 0)
                : String(repeating: " ", count: max(11 - cell.count, 1)) + cell
        }.joined()
    }

    private static func line(_ name: String, _ timing: Timing, _ target: Double?, _ beside: String) -> String
    {
        let verdict =
            target.map { ", target < \($0.figures) ms: \(timing.median < $0 ? "met" : "missed")" } ?? ""
        return "  \(name): \(timing.median.figures) ms, \(beside)\(verdict)"
    }
}

extension Double {
    /// Three figures that say something, and no more.
    fileprivate var figures: String {
        let digits = self > 0 ? max(0, 2 - Int(log10(self).rounded(.down))) : 0
        return String(format: "%.\(digits)f", self)
    }
}
