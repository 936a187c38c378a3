// SPDX-License-Identifier: Apache-2.0

/// What a side-on video of heel raises says.
public struct CameraResult: Hashable, Sendable {
    public var method: Method { .camera }
    /// Seconds, and height above the lowest resting height, cm; NaN in frames in which the sticker was lost.
    public var time: [Double]
    public var heightCentimetres: [Double]
    public var millimetresPerPixel: Reading
    public var repetitions: [HeelRaise]
    /// Frames that came, and those in which the sticker was lost.
    public var frames: Int
    public var lost: Int

    public var count: Int { repetitions.count }
}

/// Where a sticker was in each frame of a video: what a camera's recording keeps instead of pictures.
public struct CameraTrack: Hashable, Sendable {
    /// mm.
    public let stickerDiameter: Double
    /// Seconds of each frame, ascending.
    public private(set) var time: [Double] = []
    /// Pixels of the sticker's middle, y downwards, and of its diameter; NaN in a frame in which it was lost.
    public private(set) var x: [Double] = []
    public private(set) var y: [Double] = []
    public private(set) var diameter: [Double] = []
    /// Frames in which it was lost.
    public private(set) var lost = 0

    /// cm that a raise lifts the ankle at least.
    static let least = 1.5
    /// Frames that are kept: ten minutes at 60 a second.
    public static let most = 36_000
    /// Seconds without the sticker that are a gap.
    static let gap = 0.1

    public init(stickerDiameter: Double) { self.stickerDiameter = stickerDiameter }

    /// Whether the sticker was never seen.
    var isEmpty: Bool { lost == time.count }

    /// Whether a frame of this time comes after the last one, and there is room for it.
    public func takes(_ seconds: Double) -> Bool {
        time.count < Self.most && seconds.isFinite && seconds > time.last ?? -.infinity
    }

    /// Takes one more frame; one that is not ``takes(_:)`` is left out.
    public mutating func append(_ seconds: Double, x: Double, y: Double, diameter: Double) {
        guard takes(seconds) else { return }
        let isSeen = x.isFinite && y.isFinite && diameter.isFinite && diameter > 0
        time.append(seconds)
        self.x.append(isSeen ? x : .nan)
        self.y.append(isSeen ? y : .nan)
        self.diameter.append(isSeen ? diameter : .nan)
        if !isSeen { lost += 1 }
    }

    /// The raises as a heel-raise test: their number, height, work and fatigue.
    ///
    /// - Parameters:
    ///   - seen: What ``result()`` gave, where it was asked before.
    ///   - mass: kg.
    /// - Returns: As of a phone that is worn; nothing is rejected.
    public func heelRaises(_ seen: CameraResult? = nil, mass: Double? = nil) -> HeelRaiseResult {
        let test = HeelRaiseTest(placement: .foot, mass: mass)
        return HeelRaiseMeasures(repetitions: (seen ?? result()).repetitions, test: test).result(
            rejected: [], quality: quality, recordingEnd: time.last ?? 0, method: .camera)
    }

    /// How well the sticker was followed.
    public var quality: Quality {
        var quality = Quality()
        quality.samples = time.count
        var last: Double?
        var seconds = 0.0
        var steps = 0
        for index in time.indices where y[index].isFinite {
            if let last {
                if time[index] - last > Self.gap {
                    quality.gaps.append(Gap(start: last, end: time[index]))
                } else {
                    seconds += time[index] - last
                    steps += 1
                }
            }
            last = time[index]
        }
        if seconds > 0 { quality.rate = Double(steps) / seconds }
        return quality
    }

    /// The heights and the raises so far.
    public func result() -> CameraResult {
        guard !isEmpty else {
            return CameraResult(
                time: time, heightCentimetres: y, millimetresPerPixel: .missing(.notFound), repetitions: [],
                frames: time.count, lost: lost)
        }
        let scale = stickerDiameter / Statistics.median(diameter.filter { $0.isFinite })
        let ground = Statistics.quantile(y.filter { $0.isFinite }, 0.95)
        let heights = y.map { (ground - $0) * scale / 10 }
        return CameraResult(
            time: time, heightCentimetres: heights, millimetresPerPixel: .value(scale),
            repetitions: raises(heights), frames: time.count, lost: lost)
    }

    private func raises(_ heights: [Double]) -> [HeelRaise] {
        // Lost frames are bridged to find the raises, and make the height of a raise unknown at its top.
        var whole: [Double] = []
        for height in heights { whole.append(height.isFinite ? height : whole.last ?? 0) }
        let points = TurningPoints(whole, swing: Self.least).points
        var result: [HeelRaise] = []
        for index in points.indices where points[index].isHigh && index > 0 && index + 1 < points.count {
            let (before, top, after) = (points[index - 1], points[index], points[index + 1])
            let rise = top.value - before.value
            // A tenth of the way up, and a tenth before the end.
            let start = Crossing.before(
                top.sample, in: whole, above: before.value + 0.1 * rise, from: before.sample)
            let end = Crossing.after(
                top.sample, in: whole, above: after.value + 0.1 * (top.value - after.value), to: after.sample)
            let near = max(top.sample - 1, 0)...min(top.sample + 1, heights.count - 1)
            let isSeen = near.allSatisfy { heights[$0].isFinite }
            result.append(
                HeelRaise(
                    start: instant(start), top: time[top.sample], end: instant(end),
                    heightCentimetres: isSeen ? .value(rise) : .missing(.gap),
                    rangeDegrees: .missing(.notAtThisPlacement)))
        }
        let usual = Statistics.median(result.compactMap { $0.heightCentimetres.value })
        return result.filter { ($0.heightCentimetres.value ?? usual) >= 0.45 * usual }
    }

    private func instant(_ sample: Double) -> Double {
        let index = min(Int(sample), time.count - 1)
        let next = min(index + 1, time.count - 1)
        return time[index] + (time[next] - time[index]) * (sample - Double(index))
    }
}
