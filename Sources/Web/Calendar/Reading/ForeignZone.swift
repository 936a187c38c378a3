// SPDX-License-Identifier: Apache-2.0
import Foundation

/// A zone that a calendar file names: known to this system, or only as far as the file describes it.
enum ForeignZone: Hashable, Sendable {
    case known(TimeZone)
    /// Between these offsets from UTC, in seconds.
    case between(Int, Int)

    /// Every offset that was ever in use.
    private static let anywhere = ForeignZone.between(-12 * 3600, 14 * 3600)

    init(named name: String, in calendar: CalendarComponent) {
        if let zone = Self.zone(name) {
            self = .known(zone)
            return
        }
        let described = calendar.parts(named: "VTIMEZONE").first { $0.text("TZID") == name }
        if let hint = described?.text("X-LIC-LOCATION"), let zone = Self.zone(hint) {
            self = .known(zone)
            return
        }
        let offsets = described?.parts.compactMap { $0.text("TZOFFSETTO") }.compactMap(Self.offset) ?? []
        guard let least = offsets.min(), let most = offsets.max() else {
            self = Self.anywhere
            return
        }
        self = least == most ? .known(TimeZone(secondsFromGMT: least) ?? .gmt) : .between(least, most)
    }

    /// The earliest and the latest instant that this time on a wall can be.
    func instants(of wall: ClockTime) -> ClosedRange<Date> {
        switch self {
        case .known(let zone):
            let instant = wall.instant(in: zone)
            return instant...instant
        case .between(let least, let most): return wall.instant(offset: most)...wall.instant(offset: least)
        }
    }

    var isKnown: Bool {
        if case .known = self { true } else { false }
    }

    // The system knows abbreviations too, such as EST, and takes them for one fixed offset; that is what they say.
    private static func zone(_ name: String) -> TimeZone? {
        let clean =
            name.hasPrefix("/") ? String(name.split(separator: "/").suffix(2).joined(separator: "/")) : name
        return TimeZone(identifier: clean)
    }

    private static func offset(_ text: String) -> Int? {
        guard let sign = text.first, sign == "+" || sign == "-" else { return nil }
        let digits = text.dropFirst()
        guard digits.count == 4 || digits.count == 6, let number = Int(digits), number >= 0 else {
            return nil
        }
        let whole = digits.count == 4 ? number * 100 : number
        let seconds = whole / 10_000 * 3600 + whole / 100 % 100 * 60 + whole % 100
        guard seconds <= 18 * 3600 else { return nil }
        return sign == "-" ? -seconds : seconds
    }
}
