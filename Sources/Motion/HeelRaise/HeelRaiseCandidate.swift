// SPDX-License-Identifier: Apache-2.0

/// A movement up and down that may be a heel raise, with what decides it.
struct HeelRaiseCandidate: Hashable {
    var start: Double
    var top: Double
    var end: Double
    /// How large: degrees on the foot, cm on the body.
    var size: Double
    /// cm on the body, NaN on the foot.
    var height = Double.nan
    /// Degrees that the foot turned, NaN on the body.
    var turn = Double.nan
    /// Root mean square of the rate of turn on the body, deg/s.
    var turning = Double.nan
    /// The axis of the foot's tilt, in the phone's axes.
    var axis = Vector.zero
    /// Set where the movement is certainly none.
    var flaw: RejectedMovement.Because?
}
