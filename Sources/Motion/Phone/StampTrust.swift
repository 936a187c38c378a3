// SPDX-License-Identifier: Apache-2.0

// How far to believe time stamps: each sample is compared with the cubic through its four neighbours; and where a
// signal is as steep as in a jump, with the straight line between two.

extension PhoneClock {
    /// The instants that samples would have if the sensor took them evenly: a line through the stamps, bent
    /// only where samples were lost or the rate drifted.
    static func evenTimes(_ time: [Double], in stretch: Range<Int>) -> [Double] {
        let stamps = Array(time[stretch])
        let (offset, slope) = Statistics.line(stamps)
        var even: [Double] = []
        even.reserveCapacity(stamps.count)
        for index in stamps.indices { even.append(offset + slope * Double(index)) }
        // The mean of the stamps' distance over 4 s averages jitter away; a lost sample stays in it.
        let reach = max(Int(2 / max(slope, 1e-4)), 5)
        guard stamps.count > 2 * reach else { return even }
        var sums: [Double] = [0]
        sums.reserveCapacity(stamps.count + 1)
        for index in stamps.indices { sums.append(sums[index] + stamps[index] - even[index]) }
        var drift: [Double] = []
        drift.reserveCapacity(stamps.count)
        var worst = 0.0
        for index in stamps.indices {
            let around = min(min(index, stamps.count - 1 - index), reach)
            let mean = (sums[index + around + 1] - sums[index - around]) / Double(2 * around + 1)
            drift.append(mean)
            if around == reach { worst = max(worst, mean.magnitude) }
        }
        guard worst > 0.005 else { return even }
        for index in even.indices {
            // Near the ends the window is short; take the nearest full one.
            even[index] += drift[min(max(index, reach), stamps.count - 1 - reach)]
        }
        return even
    }

    /// The part of the stamps' distance from even time that the movement confirms, 0 to 1.
    static func trust(in recording: Recording, stretches: [Range<Int>], even: [[Double]]) -> Double {
        var above = 0.0
        var below = 0.0
        var evidence = 0.0
        var channels = [recording.acceleration.x, recording.acceleration.y, recording.acceleration.z]
        if let rotation = recording.rotation {
            for axis in [rotation.x, rotation.y, rotation.z] { channels.append(axis.map { $0 / 20 }) }
        }
        for (stretch, times) in zip(stretches, even) where stretch.count > 20 {
            var delays: [Double] = []
            for index in times.indices {
                delays.append(recording.time[stretch.lowerBound + index] - times[index])
            }
            let period = (times[times.count - 1] - times[0]) / Double(times.count - 1)
            for channel in channels {
                let part = Array(channel[stretch])
                evidence += Self.evidence(part, stamps: recording.time[stretch])
                let slopes = slopes(part, period: period)
                var moved: [Double] = []
                for index in slopes.indices { moved.append(slopes[index] * delays[index]) }
                let rest = surprise(part)
                let expected = surprise(moved)
                let scale = 3 * Statistics.median(rest.map { $0.magnitude }) + 0.001
                for index in rest.indices {
                    let r = rest[index] / scale
                    let weight = 1 / (1 + r * r)
                    above += weight * r * expected[index] / scale
                    below += weight * expected[index] * expected[index] / (scale * scale)
                }
            }
        }
        if evidence > Self.enough { return 1 }
        // 1.75: the neighbours are late and early themselves, which hides part of the effect; from simulation.
        let part = 1.75 * above / below
        return part.isFinite ? min(max(part, 0), 1) : 0
    }

    /// Logarithm of odds from which on the samples were taken when stamped; even samples gave 1 at most in 340
    /// simulated jumps, late ones 10 at least.
    private static let enough = 5.0

    /// How much better the samples fit between their neighbours when placed at their stamps than evenly.
    ///
    /// Only where the two differ by more than the noise: at the edges of a jump, where cubics overshoot and the
    /// robust fit above sees nothing but outliers. A residual counts by the logarithm of a Cauchy distribution.
    private static func evidence(_ signal: [Double], stamps: ArraySlice<Double>) -> Double {
        var rest: [Double] = []
        rest.reserveCapacity(signal.count)
        for index in 1..<(signal.count - 1) {
            rest.append(signal[index] - (signal[index - 1] + signal[index + 1]) / 2)
        }
        let scale = 1.5 * Statistics.median(rest.map { $0.magnitude }) + 0.02
        var sum = 0.0
        for index in rest.indices {
            let first = stamps.startIndex + index
            let span = stamps[first + 2] - stamps[first]
            // Stamps that run backwards are held at their neighbour's, and speak against themselves.
            let part = span > 0 ? min(max((stamps[first + 1] - stamps[first]) / span, 0), 1) : 0
            let even = rest[index]
            let stamped = even - (part - 0.5) * (signal[index + 2] - signal[index])
            guard (stamped - even).magnitude > 4 * scale else { continue }
            sum += Math.log((scale * scale + even * even) / (scale * scale + stamped * stamped))
        }
        return sum
    }

    /// Change per second at each sample, lightly smoothed.
    private static func slopes(_ signal: [Double], period: Double) -> [Double] {
        var raw = [Double](repeating: 0, count: signal.count)
        for index in 1..<(signal.count - 1) {
            raw[index] = (signal[index + 1] - signal[index - 1]) / (2 * period)
        }
        var smooth = raw
        for index in 1..<(signal.count - 1) {
            smooth[index] = 0.25 * raw[index - 1] + 0.5 * raw[index] + 0.25 * raw[index + 1]
        }
        return smooth
    }

    /// Each sample minus what the cubic through its four neighbours expects.
    private static func surprise(_ signal: [Double]) -> [Double] {
        var result: [Double] = []
        result.reserveCapacity(signal.count)
        for index in 2..<(signal.count - 2) {
            let near = 4 * (signal[index - 1] + signal[index + 1])
            result.append(signal[index] - (near - signal[index - 2] - signal[index + 2]) / 6)
        }
        return result
    }

    /// The instants between even time and the stamps, ascending.
    static func times(_ stamps: ArraySlice<Double>, even: [Double], trust: Double) -> [Double] {
        var times: [Double] = []
        times.reserveCapacity(even.count)
        var latest = -Double.infinity
        for index in even.indices {
            let stamp = stamps[stamps.startIndex + index]
            latest = max(even[index] + trust * (stamp - even[index]), latest + 1e-6)
            times.append(latest)
        }
        return times
    }

    /// The samples of a stretch at 60 Hz, straight between neighbours.
    static func resampled(_ recording: Recording, stretch: Range<Int>, times: [Double]) -> EvenRecording {
        let start = times[0]
        let count = Int((times[times.count - 1] - start) * EvenRecording.rate) + 1
        var acceleration = Axes()
        var rotation = recording.rotation == nil ? nil : Axes()
        var right = 1
        for sample in 0..<count {
            let instant = start + Double(sample) / EvenRecording.rate
            while right < times.count - 1 && times[right] < instant { right += 1 }
            let part = min(max((instant - times[right - 1]) / (times[right] - times[right - 1]), 0), 1)
            let index = stretch.lowerBound + right
            let force = recording.acceleration
            acceleration.append(force[index - 1] * (1 - part) + force[index] * part)
            if let turn = recording.rotation {
                rotation?.append(turn[index - 1] * (1 - part) + turn[index] * part)
            }
        }
        return EvenRecording(start: start, acceleration: acceleration, rotation: rotation)
    }
}
