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
    /// Root mean square of the rate of turn on the body, deg/s: on the way up or down, whichever is less.
    var turning = Double.nan
    /// Height and turning together: noise makes up either, but seldom both.
    var strength: Double { (size * turning).squareRoot() }
    /// The axis of the foot's tilt, in the phone's axes.
    var axis = Vector.zero
    /// Set where the movement is certainly none.
    var flaw: RejectedMovement.Because?
}
