// SPDX-License-Identifier: Apache-2.0
import Clinical
import Foundation
import Store

/// When the clinic's door is open on a day: by the weekday, the holidays, and what was changed once.
struct DayHours: Sendable {
    /// Minutes since midnight by the clock on the wall, half-open, in order; empty: closed all day.
    let ranges: [Range<Int>]
    /// Another than on any such weekday.
    let isSpecial: Bool
    /// The holiday's name; what the desk notes of a closure is its own and stays there.
    let name: String?

    /// - Parameters:
    ///   - day: Which.
    ///   - clinic: Its hours, holidays and zone.
    ///   - changes: Of the whole clinic and of others; those of one therapist do not move the door.
    init(_ day: Day, _ clinic: ClinicDetails, _ changes: [DiaryChange]) {
        let usual = clinic.hours[Weekday(day)]
        let holiday = clinic.holidays.first { $0.day == day }
        // Only what is for everybody: a therapist's absence is nobody else's business.
        let ours = changes.filter { $0.therapist == nil && $0.kind != .busy }
        var minutes = RangeSet(holiday == nil ? usual : [])
        // Closed wins over open: a door that somebody shut stays shut.
        for change in ours where change.kind == .open {
            change.walls(on: day, clinic.zone).map { minutes.insert(contentsOf: $0) }
        }
        for change in ours where change.kind == .closed {
            change.walls(on: day, clinic.zone).map { minutes.remove(contentsOf: $0) }
        }
        isSpecial = holiday != nil || minutes != RangeSet(usual)
        ranges = isSpecial ? Array(minutes.ranges) : usual
        name = holiday?.name
    }
}

/// Days on end on which the door is open alike, and otherwise than usual.
struct SpecialDays: Sendable {
    let days: ClosedRange<Day>
    let ranges: [Range<Int>]
    let name: String?

    /// "Thursday, November 26: closed for Thanksgiving", "Nov 24 to Dec 4: closed".
    func line(_ words: Words) -> String {
        let isOne = days.lowerBound == days.upperBound
        let when =
            isOne
            ? days.lowerBound.text(words)
            : words("hours.days", ["from": days.lowerBound.text(words), "to": days.upperBound.text(words)])
        let what: String
        if !ranges.isEmpty {
            what = ranges.text(words)
        } else if let name {
            what = words("contact.closed_for", ["name": name])
        } else {
            what = words["contact.closed"]
        }
        return words("contact.special", ["day": when, "times": what])
    }
}

extension ClinicDetails {
    /// As ``specialDays(from:_:)``, those that follow each other and are alike as one.
    func specialRuns(from today: Day, _ changes: [DiaryChange]) -> [SpecialDays] {
        specialDays(from: today, changes).reduce(into: []) { runs, next in
            let (day, hours) = next
            if let last = runs.last, last.days.upperBound.advanced(by: 1) == day,
                last.ranges == hours.ranges, last.name == hours.name
            {
                runs[runs.count - 1] = SpecialDays(
                    days: last.days.lowerBound...day, ranges: last.ranges, name: last.name)
            } else {
                runs.append(SpecialDays(days: day...day, ranges: hours.ranges, name: hours.name))
            }
        }
    }

    /// The days ahead on which the door is open otherwise than usual, today included, in order.
    func specialDays(from today: Day, _ changes: [DiaryChange]) -> [(day: Day, hours: DayHours)] {
        guard !hours.isEmpty else { return [] }
        var days = Set(holidays.map(\.day).filter { $0 >= today })
        for change in changes where change.therapist == nil && change.kind != .busy {
            let first = max(WallTime(change.starts, in: zone).day, today)
            let last = WallTime(change.ends.addingTimeInterval(-60), in: zone).day
            // A year ahead is what the desk can shut at once.
            guard first <= last, last.number - first.number <= 366 else { continue }
            for number in first.number...last.number { days.insert(Day(number: number)) }
        }
        return days.sorted().map { ($0, DayHours($0, self, changes)) }.filter(\.1.isSpecial)
    }
}

extension DiaryChange {
    /// What it covers of a day, by the clock on the wall.
    fileprivate func walls(on day: Day, _ zone: TimeZone) -> Range<Int>? {
        let (from, to) = (WallTime(starts, in: zone), WallTime(ends, in: zone))
        let first = from.day < day ? 0 : from.day == day ? from.minute : 1440
        let last = to.day > day ? 1440 : to.day == day ? to.minute : 0
        return first < last ? first..<last : nil
    }
}
