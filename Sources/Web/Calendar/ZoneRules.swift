// SPDX-License-Identifier: Apache-2.0
import Foundation

/// A time zone's own description in a calendar file, for readers that do not know its name.
///
/// One observance for each change of the clock between two instants, with its own start and no rule to repeat
/// it: laws change, and what the system's table says of these years is exact.
struct ZoneRules: Hashable, Sendable {
    struct Observance: Hashable, Sendable {
        let isDaylight: Bool
        let start: ClockTime
        let from: Int
        let to: Int
        let name: String
    }

    let zone: TimeZone
    let observances: [Observance]

    /// - Parameters:
    ///   - zone: The zone.
    ///   - span: The first and the last instant that the file speaks of.
    init(_ zone: TimeZone, over span: ClosedRange<Date>) {
        self.zone = zone
        // A year before, so that the first event never lies before the first observance.
        let first = span.lowerBound.addingTimeInterval(-366 * 86_400)
        let last = span.upperBound.addingTimeInterval(86_400)
        var observances = [Self.observance(zone, at: first, from: zone.secondsFromGMT(for: first))]
        var instant = first
        while let next = zone.nextDaylightSavingTimeTransition(after: instant), next > instant, next <= last {
            instant = next
            let before = zone.secondsFromGMT(for: next.addingTimeInterval(-1))
            // The table also has changes of the name alone.
            guard before != zone.secondsFromGMT(for: next) else { continue }
            observances.append(Self.observance(zone, at: next, from: before))
        }
        self.observances = observances
    }

    private static func observance(_ zone: TimeZone, at instant: Date, from: Int) -> Observance {
        Observance(
            isDaylight: zone.isDaylightSavingTime(for: instant), start: ClockTime(instant, offset: from),
            from: from, to: zone.secondsFromGMT(for: instant),
            name: zone.abbreviation(for: instant) ?? zone.identifier)
    }

    var lines: [ContentLine] {
        var lines = [
            ContentLine("BEGIN", value: "VTIMEZONE"), ContentLine("TZID", text: zone.identifier),
            ContentLine("X-LIC-LOCATION", text: zone.identifier)
        ]
        for observance in observances {
            let kind = observance.isDaylight ? "DAYLIGHT" : "STANDARD"
            lines += [
                ContentLine("BEGIN", value: kind),
                ContentLine("DTSTART", value: observance.start.basic),
                ContentLine("TZOFFSETFROM", value: Self.offset(observance.from)),
                ContentLine("TZOFFSETTO", value: Self.offset(observance.to)),
                ContentLine("TZNAME", text: observance.name), ContentLine("END", value: kind)
            ]
        }
        return lines + [ContentLine("END", value: "VTIMEZONE")]
    }

    /// `-0500`, with seconds only where there are some.
    private static func offset(_ seconds: Int) -> String {
        func two(_ number: Int) -> String { number < 10 ? "0\(number)" : "\(number)" }
        let size = abs(seconds)
        return (seconds < 0 ? "-" : "+") + two(size / 3600) + two(size / 60 % 60)
            + (size % 60 == 0 ? "" : two(size % 60))
    }
}
