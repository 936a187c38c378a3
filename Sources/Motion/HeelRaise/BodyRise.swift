// SPDX-License-Identifier: Apache-2.0

/// Heel raises seen by a phone on the shin, the thigh, the waist or the chest: the body rises and comes down.
struct BodyRise {
    /// cm: more lifts the body further than the feet can.
    static let most = 14.0
    /// Degrees that the phone tilts from before to after, at most.
    static let steepest = 11.0
    /// m/s²: harder is an impact, less than this in all is flight.
    static let impact = 14.0
    static let flight = 2.5
    static let flightSamples = 4
    /// Sideways by this part of upwards, and by this much in m/s², is walking or swaying.
    ///
    /// At the trunk only: legs
    /// tilt in a heel raise, and swing sideways with it.
    static let sideways = 1.25
    static let sway = 0.5
    /// Seconds from where it begins to where it ends.
    static let shortest = 0.35
    static let longest = 10.0
    /// Parts of the highest speed on the way.
    ///
    /// The straight line through both meets rest where a rise begins, and where its end is reached: at the lower
    /// of them the body has been on its way for a while, the longer the more gently it set off.
    static let edge = 0.15
    static let early = 0.4

    let upright: Upright
    let isTrunk: Bool
    /// The body's height, in m, with everything slower than the cut-off taken off.
    private(set) var height: [Double] = []
    private(set) var candidates: [HeelRaiseCandidate] = []

    private let vertical: [Double]
    /// m/s, upwards and downwards.
    private var speed: [Double] = []
    private var down: [Double] = []
    /// Squared rate of turn below 2 Hz, (deg/s)².
    private var turning: [Double] = []

    @inline(never)
    init(_ upright: Upright, isTrunk: Bool, pace: HeelRaisePace = HeelRaisePace()) {
        self.upright = upright
        self.isTrunk = isTrunk
        let rate = EvenRecording.rate
        vertical = Butterworth.lowPass(order: 2, cutoff: 8, rate: rate).zeroPhase(upright.vertical)
        let steady = Butterworth.highPass(order: 3, cutoff: pace.cutoff, rate: rate)
        height = steady.zeroPhase(Self.summed(steady.zeroPhase(Self.summed(vertical))))
        let gentle = Butterworth.lowPass(order: 2, cutoff: 6, rate: rate).zeroPhase(upright.vertical)
        speed = Butterworth.highPass(order: 2, cutoff: 0.15, rate: rate).zeroPhase(Self.summed(gentle))
        down = speed.map { -$0 }
        let calm = Butterworth.lowPass(order: 2, cutoff: 2, rate: rate)
        let turn = upright.turn.filtered(calm)
        for index in 0..<turn.count { turning.append(turn[index].dot(turn[index])) }
        find(swing: pace.swing)
    }

    private static func summed(_ signal: [Double]) -> [Double] {
        var sum = 0.0
        return signal.map { value in
            sum += value / EvenRecording.rate
            return sum
        }
    }

    private mutating func find(swing: Double) {
        let points = TurningPoints(height, swing: swing / 100).points
        for index in points.indices where points[index].isHigh {
            let before = index > 0 ? points[index - 1].sample : 0
            let after = index + 1 < points.count ? points[index + 1].sample : height.count - 1
            // Where the recording ends before the swing down, the movement is not over.
            let isCut = index + 1 >= points.count || index == 0
            candidates.append(
                candidate(before: before, top: points[index].sample, after: after, isCut: isCut))
        }
    }

    private func candidate(before: Int, top: Int, after: Int, isCut: Bool) -> HeelRaiseCandidate {
        let rise = (height[top] - height[before]) * 100
        let fall = (height[top] - height[after]) * 100
        let first = lastRest(before: top, from: before)
        let fastest = (first...top).max { speed[$0] < speed[$1] } ?? top
        let slowest = (top...after).min { speed[$0] < speed[$1] } ?? top
        let begin = Crossing.before(fastest, in: speed, above: Self.edge * speed[fastest], from: first)
        let finish = Crossing.after(slowest, in: down, above: Self.edge * down[slowest], to: after)
        let swift = Crossing.before(fastest, in: speed, above: Self.early * speed[fastest], from: first)
        let slow = Crossing.after(slowest, in: down, above: Self.early * down[slowest], to: after)
        let lead = (swift - begin) * Self.edge / (Self.early - Self.edge)
        let tail = (finish - slow) * Self.edge / (Self.early - Self.edge)
        let wide = (
            Crossing.before(top, in: height, above: height[before] + 0.001 * rise, from: before),
            Crossing.after(top, in: height, above: height[after] + 0.001 * fall, to: after)
        )
        let recording = upright.recording
        var result = HeelRaiseCandidate(
            start: recording.seconds(at: max(begin - lead, Double(before))),
            top: recording.seconds(at: Double(top)),
            end: recording.seconds(at: min(finish + tail, Double(after))), size: min(rise, fall))
        result.turning = min(turned(from: Int(begin), to: top), turned(from: top, to: Int(finish)))
        result.height = lifted(from: Int(begin) - 6, to: Int(finish) + 13)
        result.flaw =
            flaw(max(Int(wide.0) - 8, 0)...min(Int(wide.1) + 8, height.count - 1), largest: max(rise, fall))
            ?? (isCut ? .cut : nil)
        let duration = (finish - begin) / EvenRecording.rate
        if result.flaw == nil && duration < Self.shortest { result.flaw = .pace }
        if result.flaw == nil && duration > Self.longest { result.flaw = .duration }
        return result
    }

    /// Root mean square of the rate of turn, deg/s.
    private func turned(from first: Int, to last: Int) -> Double {
        Statistics.mean(turning, in: min(first, last)..<(last + 1)).squareRoot()
    }

    /// The last sample before the top at which the body was at rest in the lower half of the rise.
    private func lastRest(before top: Int, from first: Int) -> Int {
        let middle = (height[first] + height[top]) / 2
        var index = top
        while index > first && (speed[index] > 0 || height[index] > middle) { index -= 1 }
        return index
    }

    private func flaw(_ window: ClosedRange<Int>, largest: Double) -> RejectedMovement.Because? {
        if largest > Self.most { return .height }
        let still = upright.up[window.lowerBound]
        var falling = 0
        for index in window {
            let force = upright.recording.acceleration[index].length
            if (force - upright.gravity).magnitude > Self.impact { return .impact }
            falling = force < Self.flight ? falling + 1 : 0
            if falling >= Self.flightSamples { return .freeFall }
            if Upright.degrees(upright.up[index], still) > Self.steepest { return .tilt }
        }
        return isTrunk && isSideways(window) ? .sideways : nil
    }

    private func isSideways(_ window: ClosedRange<Int>) -> Bool {
        var upwards = 0.0
        var aside = 0.0
        for index in window {
            let up = upright.up[index]
            let linear = upright.recording.acceleration[index] - up * upright.gravity
            let part = linear.dot(up)
            upwards += part * part
            aside += linear.dot(linear) - part * part
        }
        return aside > Self.sideways * Self.sideways * upwards
            && aside > Self.sway * Self.sway * Double(window.count)
    }

    /// The rise within samples between which the body rests: integrated twice, the drift taken off.
    ///
    /// In cm.
    private func lifted(from first: Int, to last: Int) -> Double {
        let first = max(first, 0)
        let last = min(last, vertical.count - 1)
        guard last - first > 5 else { return .nan }
        let path = Self.level(Self.summed(Self.level(Self.summed(Array(vertical[first...last])))))
        return (path.max() ?? .nan) * 100
    }

    /// The signal with the straight line from its first to its last value taken off.
    private static func level(_ signal: [Double]) -> [Double] {
        let first = signal[0]
        let slope = (signal[signal.count - 1] - first) / Double(signal.count - 1)
        return signal.indices.map { signal[$0] - first - slope * Double($0) }
    }
}
