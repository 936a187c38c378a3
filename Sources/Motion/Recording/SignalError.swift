// SPDX-License-Identifier: Apache-2.0

/// Why a recording gives no measure, as facts; the sentence is made where it is read.
public enum SignalError: Error, Hashable, Sendable {
    /// Fewer samples without a gap than anything can be said from; `gotSeconds` is the longest such stretch.
    case tooShort(neededSeconds: Double, gotSeconds: Double)
    /// The sample of this number holds something that is not a finite number.
    case notFinite(sample: Int)
    /// Time stands still or runs backwards at this sample.
    case timeNotAscending(sample: Int)
    /// Nothing changes: the sensor was dead.
    case constant
    /// Sampled more coarsely or more finely than the method was made for.
    case rate(hertz: Double, least: Double, most: Double)
    /// The method needs a gyroscope.
    case noRotation
}
