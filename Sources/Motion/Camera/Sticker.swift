// SPDX-License-Identifier: Apache-2.0

/// A picture of one frame: brightness from 0 to 255, row by row.
public struct Frame: Hashable, Sendable {
    public let width: Int
    public let height: Int
    public let brightness: [UInt8]

    /// Nil if the numbers do not fit the size.
    public init?(width: Int, height: Int, grey: [UInt8]) {
        guard width > 0, height > 0, grey.count == width * height else { return nil }
        self.width = width
        self.height = height
        brightness = grey
    }

    /// From red, green, blue and opacity as a canvas gives them; brightness by ITU-R BT.601.
    public init?(width: Int, height: Int, rgba: [UInt8]) {
        guard width > 0, height > 0, rgba.count == 4 * width * height else { return nil }
        var grey: [UInt8] = []
        grey.reserveCapacity(width * height)
        var index = 0
        while index < rgba.count {
            let sum = 77 * Int(rgba[index]) + 150 * Int(rgba[index + 1]) + 29 * Int(rgba[index + 2])
            grey.append(UInt8(truncatingIfNeeded: (sum + 128) >> 8))
            index += 4
        }
        self.width = width
        self.height = height
        brightness = grey
    }

    func at(_ x: Int, _ y: Int) -> Double { Double(brightness[y * width + x]) }
}

/// A round sticker as seen in one frame, pixels from the middle of the first pixel, y downwards.
public struct Sticker: Hashable, Sendable {
    public var x: Double
    public var y: Double
    public var diameter: Double
    /// How well it fills the circle of its size: 1 for a disc.
    public var roundness: Double
}

/// Finds a sticker near where it was.
struct StickerSearch {
    let frame: Frame

    /// The sticker that covers a point, or nil if what is there is no disc.
    ///
    /// Each pixel counts by how far its brightness is from the ground's to the sticker's, so that the edge's
    /// half-covered pixels count by half, and the centre is known to hundredths of a pixel.
    func sticker(near x: Double, _ y: Double, radius: Double) -> Sticker? {
        let reach = Int(radius * 2) + 4
        // A sticker that left the picture is looked for beyond its edge, too.
        guard x >= 0, y >= 0, x < Double(frame.width), y < Double(frame.height) else { return nil }
        let (cx, cy) = (Int(x), Int(y))
        let columns = max(cx - reach, 0)...min(cx + reach, frame.width - 1)
        let rows = max(cy - reach, 0)...min(cy + reach, frame.height - 1)
        guard let (ground, paint) = levels(columns, rows, x, y) else { return nil }
        let region = connected(columns, rows, cx, cy, ground: ground, paint: paint)
        guard region.count > 12 else { return nil }
        return measured(region, columns, rows, ground: ground, paint: paint)
    }

    /// The brightness around the window's rim and in the middle.
    private func levels(_ columns: ClosedRange<Int>, _ rows: ClosedRange<Int>, _ x: Double, _ y: Double)
        -> (ground: Double, paint: Double)?
    {
        var rim: [Double] = []
        for column in columns {
            rim += [frame.at(column, rows.lowerBound), frame.at(column, rows.upperBound)]
        }
        for row in rows { rim += [frame.at(columns.lowerBound, row), frame.at(columns.upperBound, row)] }
        var middle: [Double] = []
        for row in -1...1 {
            for column in -1...1 {
                let (px, py) = (Int(x.rounded(.down)) + column, Int(y.rounded(.down)) + row)
                if columns.contains(px) && rows.contains(py) { middle.append(frame.at(px, py)) }
            }
        }
        let (ground, paint) = (Statistics.median(rim), Statistics.median(middle))
        return (paint - ground).magnitude >= 24 ? (ground, paint) : nil
    }

    private func part(_ x: Int, _ y: Int, ground: Double, paint: Double) -> Double {
        min(max((frame.at(x, y) - ground) / (paint - ground), 0), 1)
    }

    /// The pixels that hang together with the middle, as indices into the frame.
    private func connected(
        _ columns: ClosedRange<Int>, _ rows: ClosedRange<Int>, _ cx: Int, _ cy: Int, ground: Double,
        paint: Double
    ) -> [Int] {
        let width = columns.count
        var seen = [Bool](repeating: false, count: width * rows.count)
        var found: [Int] = []
        var next = [(cx, cy)]
        while let (x, y) = next.popLast() {
            guard columns.contains(x), rows.contains(y) else { continue }
            let place = (y - rows.lowerBound) * width + x - columns.lowerBound
            if seen[place] { continue }
            seen[place] = true
            guard part(x, y, ground: ground, paint: paint) >= 0.5 else { continue }
            found.append(y * frame.width + x)
            next += [(x + 1, y), (x - 1, y), (x, y + 1), (x, y - 1)]
        }
        return found
    }

    private func measured(
        _ region: [Int], _ columns: ClosedRange<Int>, _ rows: ClosedRange<Int>, ground: Double, paint: Double
    ) -> Sticker? {
        // The region and a rim of two pixels, where the edge is blurred.
        var low = (x: Int.max, y: Int.max)
        var high = (x: 0, y: 0)
        for index in region {
            let (x, y) = (index % frame.width, index / frame.width)
            low = (min(low.x, x), min(low.y, y))
            high = (max(high.x, x), max(high.y, y))
        }
        // At the window's rim it is cut off, or no sticker at all.
        guard low.x > columns.lowerBound, low.y > rows.lowerBound, high.x < columns.upperBound,
            high.y < rows.upperBound
        else { return nil }
        var sum = 0.0
        var sx = 0.0
        var sy = 0.0
        for y in max(low.y - 2, rows.lowerBound)...min(high.y + 2, rows.upperBound) {
            for x in max(low.x - 2, columns.lowerBound)...min(high.x + 2, columns.upperBound) {
                let weight = part(x, y, ground: ground, paint: paint)
                // Noise of the ground is no sticker.
                guard weight > 0.08 else { continue }
                sum += weight
                sx += weight * Double(x)
                sy += weight * Double(y)
            }
        }
        let diameter = 2 * (sum / Math.pi).squareRoot()
        let box = Double(max(high.x - low.x, high.y - low.y) + 1)
        let roundness = min(diameter / box, box / diameter)
        guard roundness > 0.75 else { return nil }
        return Sticker(x: sx / sum, y: sy / sum, diameter: diameter, roundness: roundness)
    }
}
