// SPDX-License-Identifier: Apache-2.0

/// When the other foot leaves the ground after an initial contact.
struct FinalContactSearch: Sendable {
    /// Double support in seconds from the walk's step time in seconds.
    ///
    /// 12 % of the stride at 110 steps/min (Perry and Burnfield 2010: stance 62 %); the slope is between that
    /// and the slow and the quick of stroke-treadmill.
    var slope = 0.900
    var intercept = -0.360
    /// How much of what a step is longer than the walk's others goes into its double support: by the feet of
    /// stroke-treadmill half, as the median of 22 legs.
    var within = 0.5
    /// How far double support strays from that.
    var spread = 0.2
    /// Steps by which the likelihood is highest too late: on the ground of mobgap-lab, person left out, against
    /// the optical system.
    var lag = 0.02

    /// - Parameters:
    ///   - contact: The initial contact.
    ///   - step: Seconds to the next.
    ///   - usual: Seconds of the walk's middle step.
    ///   - likelihood: Where feet leave the ground.
    /// - Returns: In samples.
    func final(after contact: Candidate, step: Double, usual: Double, in likelihood: ContactLikelihood)
        -> Double
    {
        let rate = UniformSignal.rate
        let expected = slope * min(max(usual, 0.4), 1.2) + intercept + within * (step - usual)
        let values = contact.side == .left ? likelihood.finalRight : likelihood.finalLeft
        let every = Double(ContactLikelihood.every)
        let low = max(0, Int((contact.index - 0.02 * rate) / every))
        let high = min(values.count - 1, Int((contact.index + 0.7 * step * rate) / every))
        guard low < high else { return contact.index + expected * rate }
        let plausible = (low...high).map { index in
            let deviation = ((Double(index) * every - contact.index) / rate - expected) / spread
            return values[index] - 2 * deviation * deviation
        }
        let best = plausible.indices.max { plausible[$0] < plausible[$1] } ?? 0
        return (Double(low) + parabolicPeak(plausible, best)) * every - lag * step * rate
    }
}
