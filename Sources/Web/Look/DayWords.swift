// SPDX-License-Identifier: Apache-2.0
import Clinical
import Foundation

extension Day {
    /// "Sunday, November 22" in the catalogue's own order.
    func text(_ words: Words) -> String {
        words(
            "date.day",
            [
                "weekday": words["date.weekday.\(weekday)"], "month": words["date.month.\(month)"],
                "day": String(day)
            ])
    }

    /// "Sunday, Nov 22", where seven stand side by side; only after the weekday may it break.
    func narrow(_ words: Words) -> String {
        "\(words["date.weekday.\(weekday)"]), \(short(words).replacing(" ", with: "\u{A0}"))"
    }

    /// "Nov 22".
    func short(_ words: Words) -> String {
        words("date.short", ["month": words["date.month_short.\(month)"], "day": String(day)])
    }

    /// "Nov 22, 2026".
    func dated(_ words: Words) -> String {
        words("date.dated", ["day": short(words), "year": String(year)])
    }

    /// 0 is Sunday; 1970-01-01 was a Thursday.
    private var weekday: Int { ((number + 4) % 7 + 7) % 7 }
}

extension Moment {
    /// Wall-clock time of an instant, hours and minutes.
    func clock(_ instant: Date, _ words: Words) -> String {
        let seconds = Int(instant.timeIntervalSince1970.rounded(.down)) + zone.secondsFromGMT(for: instant)
        let minutes = ((seconds % 86_400) + 86_400) % 86_400 / 60
        let (hour, minute) = (minutes / 60, minutes % 60)
        let twelve = hour % 12 == 0 ? 12 : hour % 12
        return words(
            hour < 12 ? "date.clock_am" : "date.clock_pm",
            [
                "hour12": String(twelve), "hour24": hour < 10 ? "0\(hour)" : String(hour),
                "minute": minute < 10 ? "0\(minute)" : String(minute)
            ])
    }

    /// "Nov 22, 8:12 am".
    func stamp(_ instant: Date, _ words: Words) -> String {
        words("date.stamp", ["day": day(of: instant).short(words), "clock": clock(instant, words)])
    }
}

extension Visit {
    /// "Nov 22, 2026, 8:12 am", on the clinic's clock.
    func dated(_ instant: Date) -> String {
        words(
            "date.stamp",
            ["day": moment.day(of: instant).dated(words), "clock": moment.clock(instant, words)])
    }
}
