// SPDX-License-Identifier: Apache-2.0
import Clinical
package import Foundation

/// When nobody is to be disturbed, by the clock on the clinic's wall.
package struct QuietHours: Hashable, Sendable {
    /// Minutes since midnight; quiet from ``from`` until before ``until``, over midnight where it is the greater.
    package let from: Int
    package let until: Int

    /// - Returns: nil where the two are the same or not on a clock.
    package init?(from: Int, until: Int) {
        guard from != until, (0..<1440).contains(from), (0..<1440).contains(until) else { return nil }
        self.from = from
        self.until = until
    }

    package func contains(_ instant: Date, in zone: TimeZone) -> Bool {
        let minute = WallTime(instant, in: zone).minute
        return from < until ? (from..<until).contains(minute) : minute >= from || minute < until
    }

    /// The instant itself, or the end of the quiet hours that it falls into.
    package func end(from instant: Date, in zone: TimeZone) -> Date {
        guard contains(instant, in: zone) else { return instant }
        return Self.change(after: instant, to: until, in: zone)
    }

    /// The instant itself, or the last minute before the quiet hours that it falls into.
    package func start(before instant: Date, in zone: TimeZone) -> Date {
        guard contains(instant, in: zone) else { return instant }
        let day = WallTime(instant, in: zone).day
        let starts = [-1, 0].flatMap { Self.instants(day.advanced(by: $0), from, zone) }
        return (starts.filter { $0 <= instant }.max() ?? instant).addingTimeInterval(-60)
    }

    private static func change(after instant: Date, to minute: Int, in zone: TimeZone) -> Date {
        let day = WallTime(instant, in: zone).day
        let ends = [0, 1, 2].flatMap { instants(day.advanced(by: $0), minute, zone) }
        return ends.first { $0 > instant } ?? instant
    }

    /// When the clock shows this minute; where it jumps over it, the first minute after the jump.
    private static func instants(_ day: Day, _ minute: Int, _ zone: TimeZone) -> [Date] {
        for later in minute..<min(minute + 180, 1440) {
            let found = WallTime(day, minute: later).instants(in: zone)
            if !found.isEmpty { return found }
        }
        return []
    }
}
