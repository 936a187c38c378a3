// SPDX-License-Identifier: Apache-2.0
public import Foundation

/// Now, and where: the instant and the clinic's time zone, so that days are the patient's days.
public struct Moment: Hashable, Sendable {
    public let instant: Date
    public let zone: TimeZone

    public init(_ instant: Date, zone: TimeZone) {
        self.instant = instant
        self.zone = zone
    }

    public var today: Day { Day(instant, in: zone) }
    public func day(of other: Date) -> Day { Day(other, in: zone) }
    public func hours(since other: Date) -> Double { instant.timeIntervalSince(other) / 3600 }
}
