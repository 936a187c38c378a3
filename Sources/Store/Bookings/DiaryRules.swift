// SPDX-License-Identifier: Apache-2.0
package import Clinical
package import Foundation

/// What the clinic decided about its appointments: the parts of `clinic.yaml` that the diary reads.
package struct DiaryRules: Hashable, Sendable {
    package struct Holiday: Hashable, Sendable {
        package let day: Day
        package let name: String?

        package init(day: Day, name: String? = nil) {
            self.day = day
            self.name = name
        }
    }

    package var zone: TimeZone
    package var hours = OpenHours()
    package var holidays: [Holiday] = []
    package var services: [Service] = []
    package var resources: [Resource] = []
    package var therapists: [TherapistProfile] = []
    /// Until how long before it starts patients and visitors may cancel or move an appointment, in hours.
    package var noticeHours = 24
    /// How far ahead can be booked, in days.
    package var bookAheadDays = 60
    /// How long a slot is kept for somebody who fills in the form, in minutes.
    package var holdMinutes = 10
    /// How many open appointments a patient or visitor may have.
    package var openBookingsMax = 3
    /// Between two offered starts, in minutes, counted from the opening of the door.
    package var slotMinutes = 15
    /// How long somebody from the waiting list is kept an offered slot, in minutes.
    package var offerMinutes = 120

    /// A weekly series has at most so many appointments.
    package static let longestSeries = 12
    /// No appointment with its buffer takes longer, in minutes.
    package static let longestMinutes = 720

    package init(zone: TimeZone) { self.zone = zone }

    package func service(_ id: String) -> Service? { services.first { $0.id == id } }
    package func resource(_ id: String) -> Resource? { resources.first { $0.id == id } }

    /// The rooms or tables that a service can use; empty where it needs none.
    package func places(for service: Service) -> [Resource] {
        guard let kind = service.needs else { return [] }
        return resources.filter { $0.kind == kind }
    }

    package func profile(_ email: String?) -> TherapistProfile? {
        guard let email = email?.lowercased() else { return nil }
        return therapists.first { $0.email == email }
    }
}
