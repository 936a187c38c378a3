// SPDX-License-Identifier: Apache-2.0

/// The weight-bearing lunge: how far the shin leans while the heel stays down.
///
/// The phone lies on the front of the shin, 15 cm below the bump under the knee, its long side (y) along the
/// bone. Where on the shin it lies moves the angle by 6° (Hall 2017), so the place is part of the number.
struct KneeToWall {
    /// Degrees that a lunge leans further than standing.
    static let swing = 10.0
    /// Nobody stands with the shin leaning further than this: then the phone was put on another way.
    static let standing = 25.0

    private(set) var cycles: [AnkleCycle] = []
    private(set) var isAlongShin = true
    /// The angle of a recording without any lunge, degrees.
    private(set) var pose = Double.nan

    init(_ stretches: [EvenRecording]) {
        for stretch in stretches {
            let calm = Butterworth.lowPass(order: 2, cutoff: 2, rate: EvenRecording.rate)
            add(stretch, stretch.acceleration.filtered(calm))
        }
    }

    /// The angle of a phone's long side to the vertical, from 0 to 90 degrees.
    static func toVertical(_ force: Vector) -> Double {
        Math.atan2((force.x * force.x + force.z * force.z).squareRoot(), force.y.magnitude)
            / Math.radiansPerDegree
    }

    private mutating func add(_ stretch: EvenRecording, _ smooth: Axes) {
        let first = mean(stretch, around: 0) { (smooth[$0] - smooth[0]).length < 0.5 }
        guard let start = first.normalized else { return }
        // From the first pose, so that the mounting does not matter.
        let lean = (0..<smooth.count).map { Upright.degrees(smooth[$0].normalized ?? start, start) }
        let points = TurningPoints(lean, swing: Self.swing).points
        let isAlong = points.isEmpty || Self.toVertical(start) <= Self.standing
        isAlongShin = isAlongShin && isAlong
        for index in points.indices where points[index].isHigh {
            let top = points[index].sample
            let from = index > 0 ? points[index - 1].sample : 0
            let to = index + 1 < points.count ? points[index + 1].sample : smooth.count - 1
            let held = mean(stretch, around: top) { lean[$0] > lean[top] - 1.5 && $0 >= from && $0 <= to }
            let angle = isAlong ? Self.toVertical(held) : Upright.degrees(held.normalized ?? start, start)
            cycles.append(
                AnkleCycle(
                    start: stretch.seconds(at: Double(from)), end: stretch.seconds(at: Double(to)),
                    rangeDegrees: angle))
        }
        if points.isEmpty && pose.isNaN { pose = Self.toVertical(mean(stretch, around: 0) { _ in true }) }
    }

    /// The mean of the samples around one that belong with it.
    private func mean(_ stretch: EvenRecording, around sample: Int, while belongs: (Int) -> Bool) -> Vector {
        var first = sample
        var last = sample
        while first > 0 && belongs(first - 1) { first -= 1 }
        while last < stretch.count - 1 && belongs(last + 1) { last += 1 }
        var sum = Vector.zero
        for index in first...last { sum += stretch.acceleration[index] }
        return sum / Double(last - first + 1)
    }
}
