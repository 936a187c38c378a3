// SPDX-License-Identifier: Apache-2.0
package import Clinical
package import Foundation

/// Something that somebody did, for the audit.
package struct Act: Hashable, Sendable {
    /// What was done; add, never rename.
    package enum Kind: String, Hashable, Sendable, CaseIterable {
        case read
        case wrote
        case signedIn = "signed_in"
        case signInRefused = "sign_in_refused"
        case signedOut = "signed_out"
        case linkMade = "link_made"
        case passwordSet = "password_set"
        case personAdded = "person_added"
        case personChanged = "person_changed"
        case personDisabled = "person_disabled"
        case personEnabled = "person_enabled"
        case throttleReset = "throttle_reset"
        case requestSent = "request_sent"
        case requestTaken = "request_taken"
        case requestClosed = "request_closed"
        case booked
        case bookingChanged = "booking_changed"
        case bookingCancelled = "booking_cancelled"
        case hoursChanged = "hours_changed"
        case waitingChanged = "waiting_changed"
        case reviewWritten = "review_written"
        case reviewAuthorized = "review_authorized"
        case reviewReleased = "review_released"
        case reviewDeclined = "review_declined"
        case reviewWithdrawn = "review_withdrawn"
        case exported
        case refused
    }

    package enum Part: String, Hashable, Sendable, CaseIterable {
        case patient, therapist, desk, admin, engine
        /// Nobody is signed in.
        case visitor
        /// The command line.
        case system
    }

    package var actor: Person.ID
    package var part: Part
    package var kind: Kind
    package var episode: Episode.ID?
    /// Which page or form; never what stood in it.
    package var detail: String

    package init(actor: Person.ID, part: Part, kind: Kind, episode: Episode.ID? = nil, detail: String = "") {
        self.actor = actor
        self.part = part
        self.kind = kind
        self.episode = episode
        self.detail = detail
    }

    package init(actor: Person.ID, role: Role, kind: Kind, episode: Episode.ID? = nil, detail: String = "") {
        let part: Part =
            switch role {
            case .patient: .patient
            case .therapist: .therapist
            case .desk: .desk
            case .admin: .admin
            }
        self.init(actor: actor, part: part, kind: kind, episode: episode, detail: detail)
    }
}

/// An act as the audit keeps it.
package struct AuditedAct: Hashable, Sendable {
    package let sequence: Int
    package let at: Date
    package let act: Act
    /// Its place in the chain: anchored elsewhere, it vouches for all before it.
    package let hash: String
}
