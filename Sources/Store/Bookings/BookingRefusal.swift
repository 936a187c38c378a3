// SPDX-License-Identifier: Apache-2.0

package import Clinical

/// Why something was not booked, moved or cancelled.
package enum BookingRefusal: Error, Hashable, Sendable {
    /// Somebody else has the time, or the person is elsewhere then.
    case taken
    /// The clinic or the therapist does not work then, or the start is none that is offered.
    case notOffered
    case past
    case tooFarAhead(days: Int)
    /// It starts too soon to be changed without calling.
    case notice(hours: Int)
    case tooMany(limit: Int)
    /// There is no such service, therapist or place, or it is not for them.
    case unknown
    /// The form was sent before with something else in it.
    case formReused
    /// Somebody changed the appointment in between.
    case changed
    /// What it is now does not lead there: a cancelled one cannot be checked in.
    case wrongStatus(Appointment.Status)
    /// The hold is over, and its time is taken.
    case expired
}

/// Who acts on the diary.
package enum Booker: Hashable, Sendable {
    case visitor
    case patient(Person.ID)
    case staff(Person.ID)

    package var id: String {
        switch self {
        case .visitor: "visitor"
        case .patient(let id), .staff(let id): id.rawValue
        }
    }

    /// The desk knows why it does what the rules keep from others.
    package var isStaff: Bool { if case .staff = self { true } else { false } }
}
