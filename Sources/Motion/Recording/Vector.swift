// SPDX-License-Identifier: Apache-2.0

/// A direction or a quantity in three axes.
public struct Vector: Hashable, Sendable {
    public var x: Double
    public var y: Double
    public var z: Double

    public init(_ x: Double, _ y: Double, _ z: Double) {
        self.x = x
        self.y = y
        self.z = z
    }

    public static let zero = Vector(0, 0, 0)

    public var length: Double { dot(self).squareRoot() }

    public func dot(_ other: Vector) -> Double { x * other.x + y * other.y + z * other.z }

    /// The vector at right angles to both, by the right hand.
    public func cross(_ other: Vector) -> Vector {
        Vector(y * other.z - z * other.y, z * other.x - x * other.z, x * other.y - y * other.x)
    }

    /// The same direction at length one; nil where there is no direction.
    public var normalized: Vector? {
        let length = length
        return length > 0 && length.isFinite ? self / length : nil
    }

    public static func + (left: Vector, right: Vector) -> Vector {
        Vector(left.x + right.x, left.y + right.y, left.z + right.z)
    }

    public static func - (left: Vector, right: Vector) -> Vector {
        Vector(left.x - right.x, left.y - right.y, left.z - right.z)
    }

    public static func * (left: Vector, right: Double) -> Vector {
        Vector(left.x * right, left.y * right, left.z * right)
    }

    public static func / (left: Vector, right: Double) -> Vector {
        Vector(left.x / right, left.y / right, left.z / right)
    }

    public static prefix func - (vector: Vector) -> Vector { Vector(-vector.x, -vector.y, -vector.z) }
    public static func += (left: inout Vector, right: Vector) { left = left + right }
}
