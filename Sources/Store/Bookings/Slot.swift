// SPDX-License-Identifier: Apache-2.0
package import Clinical
package import Foundation

/// A time at which a service could begin, with who would give it and where.
package struct Slot: Hashable, Sendable {
    package let starts: Date
    package let ends: Date
    /// What the clinic's clock shows at the start.
    package let wall: WallTime
    /// The clock shows this twice on that day; then a page says which of the two it is.
    package let isDoubled: Bool
    package let therapist: Person.ID
    /// The room or table; nil where the service needs none.
    package let place: String?

    package init(
        starts: Date, ends: Date, wall: WallTime, isDoubled: Bool, therapist: Person.ID, place: String?
    ) {
        self.starts = starts
        self.ends = ends
        self.wall = wall
        self.isDoubled = isDoubled
        self.therapist = therapist
        self.place = place
    }
}

/// Somebody with whom appointments can be made.
package struct Therapist: Hashable, Sendable, Identifiable {
    package let id: Person.ID
    package let name: String
    package let profile: TherapistProfile?

    package init(id: Person.ID, name: String, profile: TherapistProfile? = nil) {
        self.id = id
        self.name = name
        self.profile = profile
    }

    package func offers(_ service: Service) -> Bool { profile?.services?.contains(service.id) ?? true }
}
