// SPDX-License-Identifier: Apache-2.0

/// Follows a round sticker below the ankle, frame by frame, and measures heel raises from its height.
///
/// The scale comes from the sticker's own diameter, the middle of all frames. The camera stands level and
/// side-on, at the height of the ankle; a tilt of 10° would cost 1.5 % of the height.
public struct CameraHeelRaise: Sendable {
    /// Where the sticker was so far.
    public private(set) var track: CameraTrack

    private var position: (x: Double, y: Double)
    private var radius: Double
    private var velocity = (x: 0.0, y: 0.0)
    private var misses = 0

    /// - Parameters:
    ///   - stickerDiameter: mm.
    ///   - x: Pixels: where the sticker is in the first frame, as the person tapped it.
    ///   - y: Pixels from the top.
    ///   - radius: Pixels, about.
    public init(stickerDiameter: Double, x: Double, y: Double, radius: Double) {
        track = CameraTrack(stickerDiameter: stickerDiameter)
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
        guard track.takes(seconds) else { return nil }
        let search = StickerSearch(frame: frame)
        let guess = (x: position.x + velocity.x, y: position.y + velocity.y)
        for place in places(guess) {
            guard let sticker = search.sticker(near: place.x, place.y, radius: radius),
                misses > 0 || (0.6...1.6).contains(sticker.diameter / (2 * radius)) || track.isEmpty
            else { continue }
            velocity =
                misses == 0 && !track.isEmpty ? (sticker.x - position.x, sticker.y - position.y) : (0, 0)
            position = (sticker.x, sticker.y)
            radius = sticker.diameter / 2
            misses = 0
            track.append(seconds, x: sticker.x, y: sticker.y, diameter: sticker.diameter)
            return sticker
        }
        misses += 1
        velocity = (0, 0)
        track.append(seconds, x: .nan, y: .nan, diameter: .nan)
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
    public func result() -> CameraResult { track.result() }
}
