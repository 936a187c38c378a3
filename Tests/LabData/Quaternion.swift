// SPDX-License-Identifier: Apache-2.0
public import Motion

/// A turn in space; as an orientation it takes sensor axes to world axes.
public struct Quaternion: Sendable {
    public var w: Double
    public var v: Vector

    public init(_ w: Double, _ v: Vector) {
        self.w = w
        self.v = v
    }

    public static let identity = Quaternion(1, .zero)

    /// A turn about an axis by as many radians as the vector is long.
    public init(turn: Vector) {
        let angle = turn.length
        guard let axis = turn.normalized else {
            self = .identity
            return
        }
        self.init(Math.cos(angle / 2), axis * Math.sin(angle / 2))
    }

    /// The vector along the axis, as long as the turn in radians, the short way round.
    public var turn: Vector {
        let flipped = w < 0 ? Quaternion(-w, -v) : self
        guard let axis = flipped.v.normalized else { return .zero }
        return axis * (2 * Math.atan2(flipped.v.length, flipped.w))
    }

    public var inverse: Quaternion { Quaternion(w, -v) }

    public static func * (left: Quaternion, right: Quaternion) -> Quaternion {
        Quaternion(
            left.w * right.w - left.v.dot(right.v),
            right.v * left.w + left.v * right.w + left.v.cross(right.v))
    }

    public func rotate(_ vector: Vector) -> Vector {
        let cross = v.cross(vector) * 2
        return vector + cross * w + v.cross(cross)
    }

    public var normalized: Quaternion {
        let length = (w * w + v.dot(v)).squareRoot()
        return Quaternion(w / length, v / length)
    }

    /// Any orientation, all equally likely (Shoemake 1992).
    public static func random(_ generator: inout SeededGenerator) -> Quaternion {
        let (u1, u2, u3) = (generator.unit(), generator.unit(), generator.unit())
        let (a, b) = ((1 - u1).squareRoot(), u1.squareRoot())
        return Quaternion(
            b * Math.cos(2 * Math.pi * u3),
            Vector(
                a * Math.sin(2 * Math.pi * u2), a * Math.cos(2 * Math.pi * u2), b * Math.sin(2 * Math.pi * u3)
            ))
    }
}
