// SPDX-License-Identifier: Apache-2.0

/// The injured leg's value as a share of the other leg's.
///
/// - Parameters:
///   - injured: The injured side's value, any unit, not negative.
///   - other: The other side's value in the same unit, above zero.
/// - Returns: The limb symmetry index in percent, or nil where the other side gives nothing to compare with.
public func limbSymmetryIndex(injured: Double, other: Double) -> Double? {
    guard other > 0, injured >= 0, injured.isFinite, other.isFinite else { return nil }
    return injured / other * 100
}
