// SPDX-License-Identifier: Apache-2.0

/// Finds the moment at which a stance is lost: the other foot comes down with a jolt, and the body leans anew.
///
/// A proposal of this project: no recording of a lost stance was at hand.
struct StanceHold {
    /// Samples from the start that were held.
    let samples: Int
    let isLost: Bool

    /// Standard deviations of the stance so far, and m/s² at least.
    static let jolt = 6.0
    static let least = 0.8
    /// Degrees between the lean before and after.
    static let step = 5.0

    init(_ stretch: EvenRecording) {
        let rate = Int(EvenRecording.rate)
        let (x, y) = Lean.acceleration(stretch)
        let reach = rate
        // Running sums of the stance so far.
        var count = 0.0
        var sum = 0.0
        var squares = 0.0
        for index in x.indices {
            let size = (x[index] * x[index] + y[index] * y[index]).squareRoot()
            if index > 3 * rate && index + reach < x.count {
                let mean = sum / count
                let spread = max(squares / count - mean * mean, 0).squareRoot()
                if size > mean + max(Self.jolt * spread, Self.least), Self.leans(stretch, index, reach) {
                    samples = index
                    isLost = true
                    return
                }
            }
            count += 1
            sum += size
            squares += size * size
        }
        samples = stretch.count
        isLost = false
    }

    /// Whether gravity points elsewhere in the second after than in the second before.
    private static func leans(_ stretch: EvenRecording, _ index: Int, _ reach: Int) -> Bool {
        var before = Vector.zero
        var after = Vector.zero
        let first = max(index - reach - reach / 6, 0)
        for sample in first..<(index - reach / 6) { before += stretch.acceleration[sample] }
        for sample in (index + reach / 6)..<min(index + reach + reach / 6, stretch.count) {
            after += stretch.acceleration[sample]
        }
        guard let one = before.normalized, let other = after.normalized else { return false }
        return Upright.degrees(one, other) > step
    }
}
