// SPDX-License-Identifier: Apache-2.0

/// A symmetric 3×3 matrix, such as the spread of a cloud of vectors.
struct Symmetric3 {
    var xx = 0.0
    var yy = 0.0
    var zz = 0.0
    var xy = 0.0
    var xz = 0.0
    var yz = 0.0

    /// Adds the product of a vector with itself.
    mutating func add(_ v: Vector) {
        xx += v.x * v.x
        yy += v.y * v.y
        zz += v.z * v.z
        xy += v.x * v.y
        xz += v.x * v.z
        yz += v.y * v.z
    }

    func times(_ v: Vector) -> Vector {
        Vector(
            xx * v.x + xy * v.y + xz * v.z,
            xy * v.x + yy * v.y + yz * v.z,
            xz * v.x + yz * v.y + zz * v.z)
    }

    /// The direction in which the cloud is widest, by powers of the matrix; nil for an empty cloud.
    var principalAxis: Vector? {
        // The column of the largest diagonal element is never at right angles to the answer, unless it is one.
        var axis: Vector
        if xx >= yy && xx >= zz {
            axis = Vector(xx, xy, xz)
        } else if yy >= zz {
            axis = Vector(xy, yy, yz)
        } else {
            axis = Vector(xz, yz, zz)
        }
        guard var unit = axis.normalized else { return nil }
        for _ in 0..<200 {
            axis = times(unit)
            guard let next = axis.normalized else { return unit }
            let change = (next - unit).length
            unit = next
            if change < 1e-13 { break }
        }
        return unit
    }
}
