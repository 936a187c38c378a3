// SPDX-License-Identifier: Apache-2.0

/// When the other foot leaves the ground after each initial contact.
struct FinalContactSearch: Sendable {
    /// Double support in seconds from step time in seconds.
    var slope = 0.477
    var intercept = -0.133

    func doubleSupport(step: Double) -> Double { slope * min(max(step, 0.4), 0.9) + intercept }
}
