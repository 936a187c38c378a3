// SPDX-License-Identifier: Apache-2.0

/// What a row of heel raises is like, as far as it is known: how fast, how high.
///
/// The cut-off is steep and as high as the shape allows, because the noise of twice-integrated acceleration
/// grows with the fourth power of the period.
struct HeelRaisePace: Hashable {
    /// Hz: slower than this is the drift of the sensor, not the body.
    private(set) var cutoff = 0.12
    /// cm: less than this is sway.
    private(set) var swing = 1.2
    private var cycle = 0.0

    /// Nothing known yet.
    init() {}

    /// Learns from what would be counted; false if there is nothing new, or too little.
    mutating func learn(from accepted: [HeelRaiseCandidate]) -> Bool {
        guard accepted.count >= 3 else { return false }
        let now = Statistics.median((1..<accepted.count).map { accepted[$0].top - accepted[$0 - 1].top })
        let size = Statistics.median(accepted.map { $0.size })
        guard (now - cycle).magnitude > 0.15 * now else { return false }
        cycle = now
        cutoff = min(max(0.4 / now, 0.12), 0.35)
        swing = min(max(0.35 * size, 0.6), 1.2)
        return true
    }
}
