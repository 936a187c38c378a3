// SPDX-License-Identifier: Apache-2.0

extension WalkFindings {
    /// From a phone in a pocket, a hand or a bag: steps without sides.
    ///
    /// Such a phone turns and swings with a leg or an arm, so only the size of the acceleration is looked at:
    /// in the band of the step it swells once a step, wherever the phone is.
    init(pocket signal: UniformSignal) {
        guard signal.count > 200 else { return }
        let rate = UniformSignal.rate
        let magnitude = signal.acceleration.magnitude
        let shake = Butterworth.band(order: 2, from: 0.5, to: 8, rate: rate).zeroPhase(magnitude)
        let stepTime = StepTime(same: [(shake, 1)], mirrored: [], usual: 0.55)
        let step = stepTime.typical
        let swell = Butterworth.band(order: 2, from: 0.65 / step, to: 1.5 / step, rate: rate).zeroPhase(shake)
        let strength = movingMean(swell.map { $0 * $0 }, width: 300)
        guard let usual = median(strength) else { return }
        let least = max(0.04, 0.1 * usual)
        var peaks: [Int] = []
        for index in 1..<(swell.count - 1)
        where swell[index] > 0 && swell[index] >= swell[index - 1] && swell[index] > swell[index + 1]
            && strength[index] > least && swell[index] * swell[index] > 0.1 * strength[index]
        {
            if let last = peaks.last, Double(index - last) < 0.5 * step * rate {
                if swell[index] > swell[last] { peaks[peaks.count - 1] = index }
            } else {
                peaks.append(index)
            }
        }
        contacts = peaks.map { index in
            let height = swell[index] / (2 * strength[index]).squareRoot()
            return InitialContact(
                time: signal.time(parabolicPeak(swell, index)), side: nil, quality: min(1, height))
        }
        // A chain of fewer than four is fidgeting.
        var chains: [[InitialContact]] = []
        for contact in contacts {
            if let last = chains.last?.last, contact.time - last.time < 1.8 * step {
                chains[chains.count - 1].append(contact)
            } else {
                chains.append([contact])
            }
        }
        contacts = chains.filter { $0.count >= 4 }.flatMap { $0 }
        if contacts.count > 8, let first = peaks.first, let last = peaks.last,
            let regularity = Regularity(
                shake, walking: first..<last, stride: 2 * step, strides: contacts.count / 2)
        {
            regularities = [regularity]
        }
    }
}
