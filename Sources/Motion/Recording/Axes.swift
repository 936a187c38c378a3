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
        @inline(never)
        get { Vector(x[index], y[index], z[index]) }
        set {
            x[index] = newValue.x
            y[index] = newValue.y
            z[index] = newValue.z
        }
    }

    /// Asks for the memory of so many samples at once.
    public mutating func reserve(_ count: Int) {
        x.reserveCapacity(count)
        y.reserveCapacity(count)
        z.reserveCapacity(count)
    }

    // Not inlined: the browser's build has hundreds of these, and a byte there is waited for.
    @inline(never)
    public mutating func append(_ vector: Vector) {
        x.append(vector.x)
        y.append(vector.y)
        z.append(vector.z)
    }

    /// The samples of a range.
    func part(_ range: Range<Int>) -> Axes {
        Axes(x: Array(x[range]), y: Array(y[range]), z: Array(z[range]))
    }

    /// Each axis filtered both ways.
    func filtered(_ filter: Butterworth) -> Axes {
        filter.zeroPhase(self)
    }

    /// The component along a direction, sample by sample.
    public func along(_ direction: Vector) -> [Double] {
        list(count) { Vector(x[$0], y[$0], z[$0]).dot(direction) }
    }

    /// Each sample's length.
    public var magnitude: [Double] {
        var result: [Double] = []
        result.reserveCapacity(count)
        for index in 0..<count { result.append(self[index].length) }
        return result
    }
}
