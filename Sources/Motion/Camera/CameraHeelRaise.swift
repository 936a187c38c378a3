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

/// Follows a round sticker below the ankle, frame by frame, and measures heel raises from its height.
///
/// The scale comes from the sticker's own diameter, the middle of all frames. The camera stands level and
/// side-on, at the height of the ankle; a tilt of 10° would cost 1.5 % of the height.
public struct CameraHeelRaise: Sendable {
    /// mm, of the sticker.
    public let stickerDiameter: Double
    /// cm that a raise lifts the ankle at least.
    static let least = 1.5
    /// Frames that are kept: ten minutes at 60 a second.
    static let most = 36_000

    private var position: (x: Double, y: Double)
    private var radius: Double
    private var velocity = (x: 0.0, y: 0.0)
    private var misses = 0
    private(set) var time: [Double] = []
    private(set) var rows: [Double] = []
    private var diameters: [Double] = []
    private var lost = 0

    /// - Parameters:
    ///   - stickerDiameter: mm.
    ///   - x: Pixels: where the sticker is in the first frame, as the person tapped it.
    ///   - y: Pixels from the top.
    ///   - radius: Pixels, about.
    public init(stickerDiameter: Double, x: Double, y: Double, radius: Double) {
        self.stickerDiameter = stickerDiameter
        position = (x, y)
        self.radius = min(max(radius, 3), 200)
    }

    /// Takes one more frame.
    ///
    /// - Parameters:
    ///   - frame: All of one size.
    ///   - seconds: The frame's own time.
    /// - Returns: The sticker, or nil if it was lost; it is looked for further out in the next.
    public mutating func append(_ frame: Frame, at seconds: Double) -> Sticker? {
        guard time.count < Self.most, seconds.isFinite, seconds > time.last ?? -.infinity else { return nil }
        time.append(seconds)
        let search = StickerSearch(frame: frame)
        let guess = (x: position.x + velocity.x, y: position.y + velocity.y)
        for place in places(guess) {
            guard let sticker = search.sticker(near: place.x, place.y, radius: radius),
                misses > 0 || (0.6...1.6).contains(sticker.diameter / (2 * radius)) || diameters.isEmpty
            else { continue }
            velocity =
                misses == 0 && !diameters.isEmpty ? (sticker.x - position.x, sticker.y - position.y) : (0, 0)
            position = (sticker.x, sticker.y)
            radius = sticker.diameter / 2
            misses = 0
            rows.append(sticker.y)
            diameters.append(sticker.diameter)
            return sticker
        }
        misses += 1
        velocity = (0, 0)
        lost += 1
        rows.append(.nan)
        return nil
    }

    /// Where to look: where it should be, where it was, and rings around.
    private func places(_ guess: (x: Double, y: Double)) -> [(x: Double, y: Double)] {
        var places = [guess, position]
        for ring in 1...(misses > 0 ? 4 : 2) {
            let step = radius * 0.9 * Double(ring)
            places += [
                (position.x, position.y - step), (position.x, position.y + step),
                (position.x - step, position.y),
                (position.x + step, position.y)
            ]
        }
        return places
    }

    /// The heights and the raises so far.
    public func result() -> CameraResult {
        guard !diameters.isEmpty else {
            return CameraResult(
                time: time, heightCentimetres: rows, millimetresPerPixel: .missing(.notFound),
                repetitions: [],
                frames: time.count, lost: lost)
        }
        let scale = stickerDiameter / Statistics.median(diameters)
        let ground = Statistics.quantile(rows.filter { $0.isFinite }, 0.95)
        let heights = rows.map { (ground - $0) * scale / 10 }
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
