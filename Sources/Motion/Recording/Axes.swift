// SPDX-License-Identifier: Apache-2.0

/// Three signals of equal length, one per axis of a right-handed frame.
public struct Axes: Hashable, Sendable {
    public var x: [Double]
    public var y: [Double]
    public var z: [Double]

    /// Three empty signals.
    public init() { self.init(x: [], y: [], z: []) }

    /// - Precondition: The three are equally long.
    public init(x: [Double], y: [Double], z: [Double]) {
        precondition(x.count == y.count && y.count == z.count, "the axes differ in length")
        self.x = x
        self.y = y
        self.z = z
    }

    public var count: Int { x.count }

    public subscript(index: Int) -> Vector {
        get { Vector(x[index], y[index], z[index]) }
        set {
            x[index] = newValue.x
            y[index] = newValue.y
            z[index] = newValue.z
        }
    }

    public mutating func append(_ vector: Vector) {
        x.append(vector.x)
        y.append(vector.y)
        z.append(vector.z)
    }

    /// The component along a direction, sample by sample.
    public func along(_ direction: Vector) -> [Double] {
        var result: [Double] = []
        result.reserveCapacity(count)
        for index in 0..<count { result.append(self[index].dot(direction)) }
        return result
    }

    /// Each sample's length.
    public var magnitude: [Double] {
        var result: [Double] = []
        result.reserveCapacity(count)
        for index in 0..<count { result.append(self[index].length) }
        return result
    }
}
