// SPDX-License-Identifier: Apache-2.0
import Clinical
import Foundation

/// When somebody else's calendar says that its owner is busy.
///
/// Only times are taken, never what the events are called. What cannot be read exactly blocks more rather than
/// less, and is counted with its reason.
struct BusyTimes: Sendable {
    /// Why a time is wider than it may be, or an event is missing.
    enum Notice: String, Sendable, Hashable, CaseIterable {
        /// The rule is none that is expanded; the event blocks its hours every day until the rule ends.
        case rule
        /// The zone is not known; the event blocks as widely as the file's own description leaves open.
        case zone
        /// The start cannot be read, so there is nothing to block.
        case start
        /// The end cannot be read; the event blocks until midnight.
        case end
        /// There are more times than a calendar of a person has; those after the limit are missing.
        case tooMany
    }

    private(set) var intervals: [DateInterval] = []
    private(set) var notices: [Notice: Int] = [:]

    private let window: DateInterval
    private let home: TimeZone

    static let mostIntervals = 20_000

    /// - Parameters:
    ///   - text: The file.
    ///   - window: What is of interest; the rest is left out.
    ///   - home: The zone of times that name none: the clinic's.
    /// - Throws: ``CalendarFault`` where it is no calendar.
    init(reading text: String, within window: DateInterval, home: TimeZone) throws(CalendarFault) {
        (self.window, self.home) = (window, home)
        for calendar in try CalendarComponent.calendars(in: text) {
            let events = calendar.parts(named: "VEVENT")
            let moved = Dictionary(grouping: events.filter { $0.line("RECURRENCE-ID") != nil }) {
                $0.text("UID") ?? ""
            }
            for event in events { add(event, moved: moved[event.text("UID") ?? ""] ?? [], in: calendar) }
            for part in calendar.parts(named: "VFREEBUSY") { addPeriods(of: part) }
        }
        intervals = Self.joined(intervals)
    }

    private mutating func add(
        _ event: CalendarComponent, moved: [CalendarComponent], in calendar: CalendarComponent
    ) {
        guard event.text("STATUS")?.uppercased() != "CANCELLED",
            event.text("TRANSP")?.uppercased() != "TRANSPARENT"
        else { return }
        guard let start = event.line("DTSTART").flatMap(\.calendarTime) else { return note(.start) }
        let zone = zone(of: start, in: calendar)
        if !zone.isKnown { note(.zone) }
        let seconds = length(of: event, from: start, in: calendar)
        let isMoved = event.line("RECURRENCE-ID") != nil
        var starts = isMoved ? [start.wall] : repeated(event, from: start, zone)
        if !isMoved {
            let out = (event.all("EXDATE") + moved.compactMap { $0.line("RECURRENCE-ID") })
                .flatMap(\.calendarTimes)
            starts.removeAll { wall in out.contains { isSame($0, wall, zone, in: calendar) } }
            starts += event.all("RDATE").flatMap(\.calendarTimes).map { inZone($0, zone, in: calendar) }
        }
        let days = DateInterval(
            start: window.start.addingTimeInterval(-Double(seconds + 2 * ClockTime.day)),
            end: window.end.addingTimeInterval(Double(2 * ClockTime.day)))
        for wall in starts where days.contains(wall.instant(offset: 0)) {
            block(zone.instants(of: wall), seconds: seconds, wall, zone)
        }
    }

    /// The starts on the event's own wall.
    private mutating func repeated(_ event: CalendarComponent, from start: CalendarTime, _ zone: ForeignZone)
        -> [ClockTime]
    {
        let rules = event.all("RRULE")
        guard let rule = rules.first?.value else { return [start.wall] }
        let horizon = Day(window.end, in: home).advanced(by: 2)
        let first = start.wall.day
        func walls(_ days: [Day]) -> [ClockTime] {
            days.map { ClockTime($0, secondOfDay: start.wall.secondOfDay) }
        }
        if rules.count == 1, let read = Recurrence(rule), let days = read.days(from: first, before: horizon) {
            return walls(days).filter { !isAfterEnd($0, of: read, zone) }
        }
        note(.rule)
        // Every day that the rule could mean, as far as it says when it ends.
        let from = max(first, Day(window.start, in: home).advanced(by: -2))
        var last = horizon
        let until = rule.uppercased().split(separator: ";").first { $0.hasPrefix("UNTIL=") }
        if rules.count == 1, let until, let time = CalendarTime(String(until.dropFirst(6)), zone: nil) {
            last = min(last, time.wall.day.advanced(by: 2))
        }
        guard from < last else { return [start.wall] }
        return [start.wall] + walls((from.number..<last.number).map { Day(number: $0) })
    }

    private func isAfterEnd(_ wall: ClockTime, of rule: Recurrence, _ zone: ForeignZone) -> Bool {
        guard case .until(let time) = rule.end else { return false }
        switch time {
        case .day(let day): return wall.day > day
        case .utc(let end): return zone.instants(of: wall).lowerBound > end.instant(offset: 0)
        case .wall(let end, _): return wall > end
        }
    }

    private mutating func length(
        of event: CalendarComponent, from start: CalendarTime, in calendar: CalendarComponent
    ) -> Int {
        if let end = event.line("DTEND").flatMap(\.calendarTime) {
            let (from, to) = (zone(of: start, in: calendar), zone(of: end, in: calendar))
            // The wall's own difference where both are on one wall: a day of 25 hours is still a day.
            let seconds =
                from == to
                ? end.wall.seconds - start.wall.seconds
                : Int(
                    to.instants(of: end.wall).upperBound.timeIntervalSince(
                        from.instants(of: start.wall).lowerBound))
            if seconds >= 0 { return seconds }
        } else if let text = event.text("DURATION") {
            if let seconds = CalendarDuration.seconds(text), seconds >= 0 { return seconds }
        } else if event.line("DTEND") == nil {
            return start.isDay ? ClockTime.day : 0
        }
        note(.end)
        return ClockTime.day - start.wall.secondOfDay
    }

    private mutating func block(
        _ start: ClosedRange<Date>, seconds: Int, _ wall: ClockTime, _ zone: ForeignZone
    ) {
        let end = zone.instants(of: ClockTime(seconds: wall.seconds + seconds)).upperBound
        add(DateInterval(start: start.lowerBound, end: max(end, start.lowerBound)))
    }

    private mutating func add(_ interval: DateInterval) {
        guard interval.duration > 0, interval.end > window.start, interval.start < window.end else { return }
        guard intervals.count < Self.mostIntervals else { return note(.tooMany) }
        intervals.append(interval)
    }

    private mutating func note(_ notice: Notice) { notices[notice, default: 0] += 1 }

    private mutating func addPeriods(of part: CalendarComponent) {
        for line in part.all("FREEBUSY") where line.parameters["FBTYPE"]?.uppercased() != "FREE" {
            for period in line.value.split(separator: ",") {
                let ends = period.split(separator: "/", maxSplits: 1).map(String.init)
                guard ends.count == 2, case .utc(let from)? = CalendarTime(ends[0], zone: nil) else {
                    note(.start)
                    continue
                }
                let start = from.instant(offset: 0)
                if case .utc(let to)? = CalendarTime(ends[1], zone: nil), to > from {
                    add(DateInterval(start: start, end: to.instant(offset: 0)))
                } else if let seconds = CalendarDuration.seconds(ends[1]), seconds >= 0 {
                    add(DateInterval(start: start, duration: Double(seconds)))
                } else {
                    note(.end)
                    add(DateInterval(start: start, duration: Double(ClockTime.day - from.secondOfDay)))
                }
            }
        }
    }
}

extension BusyTimes {
    private func zone(of time: CalendarTime, in calendar: CalendarComponent) -> ForeignZone {
        switch time {
        case .utc: .known(.gmt)
        case .day, .wall(_, zone: nil): .known(home)
        case .wall(_, let name?): ForeignZone(named: name, in: calendar)
        }
    }

    /// A time on the wall of another zone's event.
    private func inZone(_ time: CalendarTime, _ zone: ForeignZone, in calendar: CalendarComponent)
        -> ClockTime
    {
        let own = self.zone(of: time, in: calendar)
        guard !time.isDay, own != zone, case .known(let zone) = zone else { return time.wall }
        return ClockTime(own.instants(of: time.wall).lowerBound, in: zone)
    }

    /// Whether a time that is taken out is this one; a day takes out all of it.
    private func isSame(
        _ out: CalendarTime, _ wall: ClockTime, _ zone: ForeignZone, in calendar: CalendarComponent
    ) -> Bool {
        out.isDay ? out.wall.day == wall.day : inZone(out, zone, in: calendar) == wall
    }

    /// Sorted, and what touches or overlaps as one.
    private static func joined(_ intervals: [DateInterval]) -> [DateInterval] {
        intervals.sorted().reduce(into: []) { joined, next in
            if let last = joined.last, next.start <= last.end {
                joined[joined.count - 1] = DateInterval(start: last.start, end: max(last.end, next.end))
            } else {
                joined.append(next)
            }
        }
    }
}

extension ContentLine {
    fileprivate var calendarTime: CalendarTime? { CalendarTime(value, zone: parameters["TZID"]) }

    /// The times of a list; of a period its start.
    fileprivate var calendarTimes: [CalendarTime] {
        value.split(separator: ",").compactMap { text in
            let start = text.split(separator: "/").first.map(String.init) ?? ""
            return CalendarTime(start, zone: parameters["TZID"])
        }
    }
}
