// SPDX-License-Identifier: Apache-2.0
package import Foundation

/// What became of a time that people agreed on, when the rules of its zone are not those of that day.
package enum AgreedTime: Hashable, Sendable {
    /// The clock shows the agreed time at the instant that is kept.
    case kept
    /// The clock shows it at another instant now.
    case moved(to: Date)
    /// The clock does not show it on that day at all.
    case gone

    /// - Parameters:
    ///   - wall: What people agreed on.
    ///   - instant: What is kept for it.
    ///   - zone: With the rules of today.
    package init(_ wall: WallTime, kept instant: Date, in zone: TimeZone) {
        if WallTime(instant, in: zone) == wall {
            self = .kept
        } else if let moved = wall.instants(in: zone).min(by: {
            // Of two, the one that is nearer: the other is an hour that nobody meant.
            abs($0.timeIntervalSince(instant)) < abs($1.timeIntervalSince(instant))
        }) {
            self = .moved(to: moved)
        } else {
            self = .gone
        }
    }
}
