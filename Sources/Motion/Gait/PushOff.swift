// SPDX-License-Identifier: Apache-2.0

/// How much each leg's push-off speeds the waist up.
///
/// The increase of forward speed, by integration of forward acceleration, around the other foot's initial
/// contact: while that foot is put down this one pushes (Miyazaki and others 2019, Appl Bionics Biomech
/// 2019:8123467).
struct PushOff: Sendable {
    /// Forward speed in m/s about its own mean.
    private var speed: [Double] = []

    init(_ motion: BodyMotion) {
        var sum = 0.0
        speed.reserveCapacity(motion.count)
        for value in motion.forward {
            sum += value / UniformSignal.rate
            speed.append(sum)
        }
        speed = Butterworth.highPass(order: 2, cutoff: 0.5, rate: UniformSignal.rate).zeroPhase(speed)
    }

    /// The largest rise of speed from half a step before the other foot's contact to a quarter after it.
    ///
    /// - Parameters:
    ///   - contact: The other foot's, in samples.
    ///   - before: Samples from this foot's own contact to the other's.
    ///   - after: Samples from there to this foot's next contact.
    /// - Returns: m/s.
    func increase(contact: Double, before: Double, after: Double) -> Double {
        let low = max(0, Int(contact - 0.6 * before))
        let high = min(speed.count, Int(contact + 0.3 * after))
        var (least, best) = (Double.infinity, 0.0)
        for index in low..<max(low, high) {
            least = min(least, speed[index])
            best = max(best, speed[index] - least)
        }
        return best
    }
}
