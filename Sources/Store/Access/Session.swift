// SPDX-License-Identifier: Apache-2.0
package import Clinical
import Foundation

/// Somebody signed in on one device.
package struct Session: Hashable, Sendable {
    /// The hash of its token: names the session, opens nothing.
    package let hash: String
    package let person: Person.ID
    package let role: Role
    package let name: String
    package let language: String
    /// What a form of this session must send back.
    package let csrf: String
}

/// How long a session lasts.
package struct SessionPolicy: Hashable, Sendable {
    /// Seconds without a request after which it ends.
    package var idleSeconds: Int
    /// Seconds after which it ends in any case.
    package var absoluteSeconds: Int

    package init(idleSeconds: Int, absoluteSeconds: Int) {
        self.idleSeconds = idleSeconds
        self.absoluteSeconds = absoluteSeconds
    }

    /// A patient's own phone: 30 days.
    package static let patient = SessionPolicy(idleSeconds: 30 * 86_400, absoluteSeconds: 30 * 86_400)
    /// A phone that others use too: 30 minutes.
    package static let sharedPhone = SessionPolicy(idleSeconds: 30 * 60, absoluteSeconds: 30 * 60)
    /// Staff: 15 minutes idle, 12 hours in all.
    package static let staff = SessionPolicy(idleSeconds: 15 * 60, absoluteSeconds: 12 * 3600)
}
