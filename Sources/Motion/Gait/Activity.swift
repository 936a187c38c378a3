// SPDX-License-Identifier: Apache-2.0

/// Whether the body moves at all, sample by sample as they come.
///
/// The magnitude of acceleration, from 0.5 to 6 Hz, over 1.5 s: it does not ask how the sensor sits.
struct Activity: Hashable, Sendable {
    /// m/s²: the quietest shuffle seen shakes the waist more, standing less.
    static let threshold = 0.15
    private static let width = 150

    private var high = Butterworth.highPass(order: 2, cutoff: 0.5, rate: UniformSignal.rate)
    private var low = Butterworth.lowPass(order: 2, cutoff: 6, rate: UniformSignal.rate)
    private var squares = [Double](repeating: 0, count: width)
    private var position = 0
    private var taken = 0

    /// Takes a sample and says whether the 1.5 s that end here are active; the first is at rest.
    mutating func append(_ acceleration: Vector) -> Bool {
        let magnitude = acceleration.length
        if taken == 0 {
            high.settle(on: magnitude)
            low.settle(on: 0)
        }
        taken += 1
        let value = low.next(high.next(magnitude))
        squares[position] = value * value
        position = (position + 1) % Self.width
        // Summed afresh every half second only, and never by taking away: no rounding builds up.
        guard taken % 10 == 0 else { return isActive }
        let power = squares.reduce(0, +) / Double(Self.width)
        isActive = power > Self.threshold * Self.threshold
        return isActive
    }

    private(set) var isActive = false
}
