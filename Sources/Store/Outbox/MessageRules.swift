// SPDX-License-Identifier: Apache-2.0
package import Foundation

/// What the clinic decided about its messages: `messages` in `clinic.yaml`.
package struct MessageRules: Hashable, Sendable {
    package var zone: TimeZone
    /// How long before an appointment people are reminded, in hours.
    package var reminderHours = [24]
    package var quiet: QuietHours?
    /// What is taken where somebody gave both an e-mail address and a telephone number.
    package var prefers = Message.Channel.email

    package init(zone: TimeZone) { self.zone = zone }

    /// A reminder is of no use where the person booked just now.
    private static let sinceBooking: TimeInterval = 2 * 3600
    /// Nobody can act on one that comes later than this before the start.
    private static let beforeStart: TimeInterval = 3600

    /// When to remind somebody.
    ///
    /// In quiet hours: after they end, or before they begin where that would be too close to the start.
    /// - Parameters:
    ///   - hours: How long before.
    ///   - start: When the appointment begins.
    ///   - now: When it was made.
    /// - Returns: nil where no time is left that is of use.
    package func reminder(hours: Int, before start: Date, now: Date) -> Date? {
        let wanted = start.addingTimeInterval(-Double(hours) * 3600)
        var due = quiet?.end(from: wanted, in: zone) ?? wanted
        if due > start.addingTimeInterval(-Self.beforeStart) {
            due = quiet?.start(before: wanted, in: zone) ?? wanted
        }
        guard due >= now.addingTimeInterval(Self.sinceBooking),
            due <= start.addingTimeInterval(-Self.beforeStart)
        else { return nil }
        return due
    }

    /// When a message may go out: an e-mail that answers somebody at once, all else outside the quiet hours.
    package func allowed(_ kind: Message.Kind, _ channel: Message.Channel, at instant: Date) -> Date {
        if kind.isAnswer, channel == .email { return instant }
        return quiet?.end(from: instant, in: zone) ?? instant
    }
}
