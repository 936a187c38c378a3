// SPDX-License-Identifier: Apache-2.0
package import Clinical
package import Foundation

/// What cannot be in two places at once, as the rows of `appointment_claim` name it, and their unit of time.
package enum Claim {
    package static func therapist(_ id: Person.ID) -> String { "therapist:\(id)" }
    package static func place(_ id: String) -> String { "place:\(id)" }
    package static func person(_ id: Person.ID) -> String { "person:\(id)" }

    /// Whole minutes since 1970: an integer that every database keeps in 32 bits until the year 6053.
    package static func minute(_ instant: Date) -> Int {
        Int((instant.timeIntervalSince1970 / 60).rounded(.down))
    }

    package static func date(_ minute: Int) -> Date { Date(timeIntervalSince1970: Double(minute) * 60) }
}

extension Appointment {
    /// Each resource that it takes, and for how long: therapist and place need the buffer, the person does not.
    var claims: [(resource: String, range: Range<Int>)] {
        let start = Claim.minute(starts)
        let work = start..<Claim.minute(busyUntil)
        var claims = [(Claim.therapist(therapist), work)]
        if let place { claims.append((Claim.place(place), work)) }
        if let patient { claims.append((Claim.person(patient), start..<Claim.minute(ends))) }
        return claims
    }
}
