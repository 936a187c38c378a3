// SPDX-License-Identifier: Apache-2.0
import Clinical

/// How somebody can be reached, by what they gave and what they do not want.
struct Contact: Hashable, Sendable {
    let email: String
    /// Empty where they want no text messages.
    let phone: String
    let refusesTexts: Bool

    subscript(channel: Message.Channel) -> String { channel == .email ? email : phone }

    func channel(prefers preferred: Message.Channel) -> Message.Channel {
        if !self[preferred].isEmpty { return preferred }
        return preferred == .email ? .text : .email
    }

    /// Why nothing can be sent where there is neither an address nor a number.
    var absence: Message.Problem { refusesTexts ? .noTexts : .noAddress }

    /// As it is now: an address that was corrected after the booking is the one that counts.
    init(of appointment: Appointment, on connection: any Connection) throws {
        var (email, phone) = ("", "")
        if let visitor = appointment.visitor {
            (email, phone) = (visitor.email ?? "", visitor.phone)
        } else if let patient = appointment.patient,
            let row = try connection.row("SELECT email, phone FROM person WHERE id = \(patient)")
        {
            email = try row.textIfPresent("email") ?? ""
            phone = try row.textIfPresent("phone") ?? ""
        }
        refusesTexts = try appointment.person.map { try TextRefusals.has($0, on: connection) } ?? false
        self.email = email
        self.phone = refusesTexts ? "" : phone
    }
}
