// SPDX-License-Identifier: Apache-2.0
import Clinical
import Store

extension ClinicDetails {
    /// The hours for people to read, a line for each run of days that are alike: "Monday to Friday, 8:00 am to
    /// 7:00 pm".
    func hourLines(_ words: Words) -> [String] {
        guard hoursText.isEmpty else { return hoursText }
        return hours.lines(words)
    }
}

extension OpenHours {
    /// Days on which it is closed have no line.
    func lines(_ words: Words) -> [String] {
        var runs: [(first: Weekday, last: Weekday, ranges: [Range<Int>])] = []
        for weekday in Weekday.allCases {
            if let last = runs.last, last.ranges == self[weekday] {
                runs[runs.count - 1].last = weekday
            } else {
                runs.append((weekday, weekday, self[weekday]))
            }
        }
        return runs.filter { !$0.ranges.isEmpty }.map { run in
            let first = words["date.weekday.\(run.first.number)"]
            let last = words["date.weekday.\(run.last.number)"]
            let times = run.ranges.map { range in
                words(
                    "hours.range",
                    [
                        "from": words.clock(minute: range.lowerBound),
                        "to": words.clock(minute: range.upperBound)
                    ])
            }
            return words(
                "hours.line",
                [
                    "days": run.first == run.last ? first : words("hours.days", ["from": first, "to": last]),
                    "times": times.joined(separator: words["hours.and"])
                ])
        }
    }
}

extension Words {
    /// What the clock shows so many minutes after midnight: "8:12 am".
    func clock(minute: Int) -> String {
        let (hour, minute) = (minute / 60 % 24, minute % 60)
        let twelve = hour % 12 == 0 ? 12 : hour % 12
        return self(
            hour < 12 ? "date.clock_am" : "date.clock_pm",
            [
                "hour12": String(twelve), "hour24": hour < 10 ? "0\(hour)" : String(hour),
                "minute": minute < 10 ? "0\(minute)" : String(minute)
            ])
    }
}
