// SPDX-License-Identifier: Apache-2.0
public import Motion

/// A video of an ankle with a round sticker, drawn so that the true height is known exactly.
///
/// A leg in front of a wall with a gradient, the sticker's edge antialiased 4 × 4, sensor noise, whole numbers.
/// The ankle rises and goes forwards on an arc about the ball of the foot, with the given heights.
public struct StickerVideo: Sendable {
    public var width = 320
    public var height = 240
    public var framesPerSecond = 30.0
    public var millimetresPerPixel = 0.7
    public var stickerDiameter = 20.0
    /// cm, one per raise.
    public var raises = [6.0, 8, 7, 8.5, 5]
    /// Seconds per raise, half of it up; a second of rest before and after.
    public var period = 2.0
    /// Standard deviation of brightness.
    public var noise = 3.0
    public var sticker = 230.0
    public var leg = 90.0
    public var seed = 1

    public init() {}

    public var frameCount: Int { Int((Double(raises.count) * period + 2) * framesPerSecond) }

    public func seconds(_ frame: Int) -> Double { Double(frame) / framesPerSecond }

    /// cm above rest at a frame.
    public func trueHeight(_ frame: Int) -> Double {
        let t = seconds(frame) - 1
        guard t > 0, t < Double(raises.count) * period else { return 0 }
        let raise = Int(t / period)
        let part = (t - Double(raise) * period) / period
        return raises[raise] * (1 - Math.cos(2 * Math.pi * part)) / 2
    }

    /// The sticker's centre in pixels.
    public func centre(_ frame: Int) -> (x: Double, y: Double) {
        let rise = trueHeight(frame) * 10 / millimetresPerPixel
        let radius = 120 / millimetresPerPixel
        let along = (radius * radius - rise * rise).squareRoot()
        return (Double(width) * 0.45 + radius - along, Double(height) * 0.8 - rise + 0.3)
    }

    public func frame(_ number: Int) -> Frame? {
        var chance = SeededGenerator(seed: seed &* 100_003 &+ number)
        let (cx, cy) = centre(number)
        let radius = stickerDiameter / millimetresPerPixel / 2
        var grey: [UInt8] = []
        grey.reserveCapacity(width * height)
        for y in 0..<height {
            for x in 0..<width {
                let isLeg = abs(Double(x) - cx - (cy - Double(y)) * 0.05) < 45
                var value = isLeg ? leg + 6 * Math.sin(Double(x) * 0.2) : 140 + Double(y) * 0.1
                let distance = ((Double(x) - cx) * (Double(x) - cx) + (Double(y) - cy) * (Double(y) - cy))
                    .squareRoot()
                if distance < radius + 1 {
                    var covered = 0.0
                    for step in 0..<16 {
                        let dx = Double(x) + (Double(step % 4) - 1.5) / 4 - cx
                        let dy = Double(y) + (Double(step / 4) - 1.5) / 4 - cy
                        if dx * dx + dy * dy < radius * radius { covered += 1.0 / 16 }
                    }
                    value += (sticker - value) * covered
                }
                grey.append(UInt8(min(max((value + noise * chance.normal()).rounded(), 0), 255)))
            }
        }
        return Frame(width: width, height: height, grey: grey)
    }
}
