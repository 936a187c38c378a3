// SPDX-License-Identifier: Apache-2.0

/// The foot goes up and down about one axis.
struct AnklePumps {
    /// Degrees that a pump sweeps at least.
    static let least = 10.0
    /// Seconds from one pump to the next.
    static let periods = 0.5...8.0

    private(set) var cycles: [AnkleCycle] = []

    init(_ upright: Upright) {
        var spread = Symmetric3()
        for index in 0..<upright.count { spread.add(upright.turn[index]) }
        guard let axis = spread.principalAxis else { return }
        let rate = EvenRecording.rate
        let smooth = Butterworth.lowPass(order: 2, cutoff: 6, rate: rate).zeroPhase(upright.turn.along(axis))
        var sum = 0.0
        let path = smooth.map { value in
            sum += value / rate
            return sum
        }
        let angle = Butterworth.highPass(order: 1, cutoff: 0.1, rate: rate).zeroPhase(path)
        let points = TurningPoints(angle, swing: Self.least).points
        let lows = points.filter { !$0.isHigh }.count
        let highs = points.count - lows
        // A pump is a swing out and back; which way is out, the axis does not tell, so the rarer turn counts.
        let counts = highs <= lows
        for index in points.indices where points[index].isHigh == counts {
            let before = points[max(index - 1, 0)]
            let after = points[min(index + 1, points.count - 1)]
            let top = points[index]
            let from = index > 0 ? before.sample : onset(of: angle, top.sample, step: -1)
            let to = index + 1 < points.count ? after.sample : onset(of: angle, top.sample, step: 1)
            guard Self.periods.contains(Double(to - from) / rate) else { continue }
            let out = (top.value - angle[from]).magnitude
            let back = (top.value - angle[to]).magnitude
            cycles.append(
                AnkleCycle(
                    start: upright.recording.seconds(at: Double(from)),
                    end: upright.recording.seconds(at: Double(to)), rangeDegrees: (out + back) / 2))
        }
        // What the filter rings before the first and after the last is far smaller than a pump.
        let usual = Statistics.median(cycles.map { $0.rangeDegrees })
        cycles = cycles.filter { $0.rangeDegrees >= 0.5 * usual }
    }

    /// Where the foot lay before its first swing, or came to rest after the last.
    private func onset(of angle: [Double], _ top: Int, step: Int) -> Int {
        var index = top
        while index + step >= 0 && index + step < angle.count
            && (angle[index + step] - angle[top]).magnitude >= (angle[index] - angle[top]).magnitude
        {
            index += step
        }
        return index
    }
}
