// SPDX-License-Identifier: Apache-2.0

/// Heel raises seen by a phone on the foot: the foot tilts about its ball and comes back flat.
struct FootTilt {
    /// Degrees at which a rise begins to be one, and ends.
    static let rise = 10.0
    static let flat = 6.0
    /// The foot of a heel raise does not tilt further: standing on the toes is about 60°.
    static let steepest = 62.0
    /// The foot's ball is closer to a phone on the instep than this, in m; the foot of a leg in the air turns
    /// about its knee or hip.
    static let longestLever = 0.14
    /// Seconds.
    static let longest = 10.0

    let upright: Upright
    /// Degrees from the flat foot.
    private(set) var tilt: [Double] = []
    /// The flat foot's up, sample by sample.
    private(set) var flatUp = Axes()
    private(set) var candidates: [HeelRaiseCandidate] = []

    let noise: Double
    private let linear: Axes
    /// deg/s.
    private let rate: Axes

    /// Looks for tilts from end to end.
    ///
    /// - Parameters:
    ///   - upright: From a phone on the foot.
    ///   - flat: Up in the phone's axes while the foot is flat, if known from before.
    ///   - noise: Mean square of acceleration at rest, if known from before.
    @inline(never)
    init(_ upright: Upright, flat: Vector? = nil, noise: Double? = nil) {
        self.upright = upright
        let smooth = Butterworth.lowPass(order: 2, cutoff: 6, rate: EvenRecording.rate)
        linear = upright.linear.filtered(smooth)
        rate = upright.turn.filtered(smooth)
        var quiet = 0.0
        for index in upright.still { quiet += linear[index].dot(linear[index]) }
        self.noise = noise ?? (upright.still.isEmpty ? 0 : quiet / Double(upright.still.count))
        find(flat: flat ?? firstUp())
    }

    private func firstUp() -> Vector {
        var sum = Vector.zero
        for index in 0..<min(Int(StillMoment.seconds * EvenRecording.rate), upright.count) {
            sum += upright.up[index]
        }
        return sum.normalized ?? Vector(0, 0, 1)
    }

    private mutating func find(flat first: Vector) {
        var flat = first
        var calm = 0
        var begun: Int?
        var armed = true
        var peak = 0
        for index in 0..<upright.count {
            let angle = Upright.degrees(upright.up[index], flat)
            tilt.append(angle)
            calm = upright.turn[index].length < 12 ? calm + 1 : 0
            if let start = begun {
                if angle > tilt[peak] { peak = index }
                let isLong = Double(index - start) > Self.longest * EvenRecording.rate
                if isLong || angle < max(0.3 * tilt[peak], Self.flat) {
                    candidates.append(
                        candidate(start: start, peak: peak, end: index, isLong: isLong, flat: flat))
                    begun = nil
                    armed = false
                    if isLong { flat = upright.up[index] }
                }
            } else {
                if angle < 0.8 * Self.rise { armed = true }
                if armed && angle > Self.rise {
                    begun = index
                    peak = index
                } else if calm >= 10 && angle < 12 {
                    flat = (flat + (upright.up[index] - flat) * 0.1).normalized ?? flat
                }
            }
            flatUp.append(flat)
        }
        if let start = begun {
            var last = candidate(start: start, peak: peak, end: upright.count - 1, isLong: false, flat: flat)
            last.flaw = last.flaw ?? .cut
            candidates.append(last)
        }
    }

    private func candidate(start: Int, peak: Int, end: Int, isLong: Bool, flat: Vector) -> HeelRaiseCandidate
    {
        let smooth = Butterworth.lowPass(order: 2, cutoff: 6, rate: EvenRecording.rate)
        // Half a second around, against the flat foot of this movement.
        let first = max(start - 60, 0)
        let last = min(end + 60, upright.count - 1)
        let angle = smooth.zeroPhase((first...last).map { Upright.degrees(upright.up[$0], flat) })
        let begin = Crossing.before(peak - first, in: angle, above: Self.flat) + Double(first)
        let finish = Crossing.after(peak - first, in: angle, above: Self.flat) + Double(first)
        let axis = flat.cross(upright.up[peak]).normalized ?? .zero
        let recording = upright.recording
        var result = HeelRaiseCandidate(
            start: recording.seconds(at: begin), top: recording.seconds(at: Double(peak)),
            end: recording.seconds(at: finish), size: tilt[peak], turn: turned(start: start, end: end),
            axis: axis)
        if start == 0 {
            // Where the foot was before is not known.
            result.flaw = .cut
        } else if isLong {
            result.flaw = .duration
        } else if tilt[peak] >= Self.steepest {
            result.flaw = .tilt
        } else if lever(max(start - 8, 0)...min(end + 8, upright.count - 1)) >= Self.longestLever {
            result.flaw = .lever
        }
        return result
    }

    /// How far from the axis of turn the phone moves as if it were, in m.
    private func lever(_ samples: ClosedRange<Int>) -> Double {
        var moved = 0.0
        var turned = 0.0
        for index in samples where index > 0 && index < upright.count - 1 {
            let change =
                (rate[index + 1] - rate[index - 1]) * (Math.radiansPerDegree * EvenRecording.rate / 2)
            let radians = rate[index] * Math.radiansPerDegree
            let square = radians.dot(radians)
            moved += linear[index].dot(linear[index]) - noise
            turned += change.dot(change) + square * square
        }
        return turned > 0 ? (max(moved, 0) / turned).squareRoot() : .infinity
    }

    /// The foot's range about its main axis, from rest to rest with the drift between taken off, in degrees.
    private func turned(start: Int, end: Int) -> Double {
        let rest = 6.0
        var first = start
        while first > 0 && start - first < 90 && upright.turn[first].length >= rest { first -= 1 }
        var last = end
        while last < upright.count - 1 && last - end < 90 && upright.turn[last].length >= rest { last += 1 }
        var spread = Symmetric3()
        for index in first...last { spread.add(upright.turn[index]) }
        guard last > first, let axis = spread.principalAxis else { return .nan }
        var path: [Double] = [0]
        var angle = 0.0
        for index in (first + 1)...last {
            angle += (upright.turn[index - 1] + upright.turn[index]).dot(axis) / (2 * EvenRecording.rate)
            path.append(angle)
        }
        var high = 0.0
        var low = 0.0
        for index in path.indices {
            let level = path[index] - angle * Double(index) / Double(path.count - 1)
            high = max(high, level)
            low = min(low, level)
        }
        return high - low
    }
}
