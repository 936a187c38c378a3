// SPDX-License-Identifier: Apache-2.0

/// The duration of a step, second by second, from how the walk resembles itself.
struct StepTime: Hashable, Sendable {
    /// Seconds a step; one value a second.
    private var values: [Double]
    /// The middle value over the walk.
    var typical: Double

    /// Lags looked at, in samples of 50 Hz: 0.32 to 1.32 s.
    private static let lags = 16..<66
    private static let window = 200

    init(_ motion: BodyMotion) {
        let rate = UniformSignal.rate
        let slow = Butterworth.band(order: 2, from: 0.3, to: 3, rate: rate)
        let v = BodyFrame.decimated(motion.vertical)
        let a = BodyFrame.decimated(motion.forward)
        let r = BodyFrame.decimated(slow.zeroPhase(motion.lateral))
        let yaw = motion.hasRotation ? BodyFrame.decimated(slow.zeroPhase(motion.yaw)) : nil
        var raw: [Double] = []
        var centre = 0
        while centre < max(1, v.count) {
            let low = max(0, min(centre - Self.window / 2, v.count - Self.window))
            let range = low..<min(v.count, low + Self.window)
            raw.append(Self.stepTime(v, a, r, yaw, in: range))
            centre += 50
        }
        values = raw.indices.map { index in
            let range = max(0, index - 1)..<min(raw.count, index + 2)
            return median(Array(raw[range])) ?? raw[index]
        }
        typical = median(values) ?? 0.55
    }

    /// The step time at a sample, by a straight line between the seconds.
    func at(_ index: Double) -> Double { interpolated(values, at: index / UniformSignal.rate) }

    private static func stepTime(
        _ v: [Double], _ a: [Double], _ r: [Double], _ yaw: [Double]?, in range: Range<Int>
    ) -> Double {
        var sum = [Double](repeating: 0, count: lags.count)
        for signal in [v, a] {
            let all = autocorrelation(signal, in: range, lags: 0..<1)[0]
            guard all > 0 else { continue }
            let values = autocorrelation(signal, in: range, lags: lags)
            for index in sum.indices { sum[index] += values[index] / all }
        }
        guard let peak = BodyFrame.firstPeak(sum, share: 0.6) else { return 0.55 }
        let lag = peak + lags.lowerBound
        // With a limp only every second step looks the same; then the sway, which swings to the other side
        // half-way, says that the lag was a stride.
        if lag >= 30 {
            var (whole, half, number) = (0.0, 0.0, 0.0)
            for signal in [r, yaw ?? r] {
                let all = autocorrelation(signal, in: range, lags: 0..<1)[0]
                guard all > 0 else { continue }
                whole += autocorrelation(signal, in: range, lags: lag..<(lag + 1))[0] / all
                half += autocorrelation(signal, in: range, lags: (lag / 2)..<(lag / 2 + 1))[0] / all
                number += 1
            }
            if number > 0, whole / number > 0.3, half / number < -0.3 { return Double(lag) / 100 }
        }
        return Double(lag) / 50
    }
}
