// SPDX-License-Identifier: Apache-2.0
import Clinical
import Foundation
import Store

extension CalendarEvent {
    /// An appointment as the person who comes sees it: clinic and time, and nothing of their health.
    init(_ appointment: Appointment, clinic: ClinicDetails, words: Words) {
        self.init(
            appointment, clinic: clinic, summary: words("calendar.event", ["clinic": clinic.name]),
            location: clinic.address.joined(separator: ", "),
            details: words("calendar.details", ["phone": clinic.phone]))
    }

    /// As the therapist sees it: who comes by the initials alone, and in which room.
    init(_ appointment: Appointment, initials: String, clinic: ClinicDetails, words: Words) {
        let place = appointment.place.flatMap { clinic.diary.resource($0)?.name }
        self.init(
            appointment, clinic: clinic, summary: words("calendar.event_of", ["initials": initials]),
            location: place ?? "", details: "")
    }

    private init(
        _ appointment: Appointment, clinic: ClinicDetails, summary: String, location: String, details: String
    ) {
        // Until the desk has agreed on it again, a calendar shows what was agreed, too.
        let start = appointment.agreedStart
        self.init(
            uid: "\(appointment.uid)@soleus", sequence: appointment.sequence, changed: appointment.changedAt,
            start: start,
            end: start.addingTimeInterval(appointment.ends.timeIntervalSince(appointment.starts)),
            zone: TimeZone(identifier: appointment.zone) ?? clinic.zone, summary: summary, location: location,
            details: details, isCancelled: appointment.status == .cancelled)
    }
}

extension ClinicDetails {
    /// Who speaks in its calendar files.
    var organizer: Organizer {
        Organizer(name: name, address: messages.mail.map { "mailto:\($0.from)" } ?? phoneLink)
    }
}

extension String {
    /// The first letters of a name's first and last word, as in "A. B."
    var initials: String {
        let words = split { !$0.isLetter && $0 != "'" && $0 != "-" }
        let ends = words.count > 1 ? [words[0], words[words.count - 1]] : Array(words)
        return ends.compactMap(\.first).map { "\($0.uppercased())." }.joined(separator: " ")
    }
}
