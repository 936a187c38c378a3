// SPDX-License-Identifier: Apache-2.0

/// What happened to an appointment, for whoever must know: calendars, reminders.
package struct AppointmentChange: Sendable {
    package enum Kind: Hashable, Sendable {
        case booked, moved, cancelled, restored, checkedIn, done, noShow
        /// Kept for somebody from the waiting list, who must be told.
        case offered
    }

    package let kind: Kind
    /// nil for a new one.
    package let before: Appointment?
    package let after: Appointment
    /// The secret of the person's link, where one was made just now; it is kept nowhere.
    package let link: Token?

    /// Called within the transaction that makes the change: what it writes is written with it or not at all.
    package typealias Follower = @Sendable (AppointmentChange, any Connection) throws -> Void
}
