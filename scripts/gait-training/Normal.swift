// SPDX-License-Identifier: Apache-2.0

/// The normal equations of a ridge regression, for what is alike and what is mirrored.
struct Normal {
    /// The ridge as a share of the mean diagonal.
    var ridge = 0.003
    private var alike = [Double](repeating: 0, count: 76 * 76)
    private var mirrored = [Double](repeating: 0, count: 75 * 75)
    private var alikeRight = [Double](repeating: 0, count: 76)
    private var mirroredRight = [Double](repeating: 0, count: 75)

    /// A row and its mirror image: the sum of both feet's targets falls to what is alike, the difference to the
    /// rest.
    mutating func add(alike a: [Double], mirrored m: [Double], right: Double, left: Double, weight: Double) {
        Self.add(a, to: &alike, weight: 2 * weight)
        Self.add(m, to: &mirrored, weight: 2 * weight)
        for index in a.indices { alikeRight[index] += weight * a[index] * (right + left) }
        for index in m.indices { mirroredRight[index] += weight * m[index] * (right - left) }
    }

    /// The sum of two people's equations.
    mutating func add(_ other: Normal) {
        func add(_ more: [Double], to sums: inout [Double]) {
            for index in sums.indices { sums[index] += more[index] }
        }
        add(other.alike, to: &alike)
        add(other.mirrored, to: &mirrored)
        add(other.alikeRight, to: &alikeRight)
        add(other.mirroredRight, to: &mirroredRight)
    }

    private static func add(_ row: [Double], to matrix: inout [Double], weight: Double) {
        let count = row.count
        matrix.withUnsafeMutableBufferPointer { matrix in
            for i in 0..<count {
                let value = row[i] * weight
                if value == 0 { continue }
                for j in 0...i { matrix[i * count + j] += value * row[j] }
            }
        }
    }

    var solution: (alike: [Double], mirrored: [Double]) {
        var trace = 0.0
        for index in 0..<76 { trace += alike[index * 77] }
        for index in 0..<75 { trace += mirrored[index * 76] }
        let load = ridge * trace / 151
        return (
            Self.solved(alike, alikeRight, load: load),
            Self.solved(mirrored, mirroredRight, load: load)
        )
    }

    /// By Cholesky's decomposition.
    private static func solved(_ matrix: [Double], _ right: [Double], load: Double) -> [Double] {
        let count = right.count
        var l = matrix
        for index in 0..<count { l[index * count + index] += load }
        for i in 0..<count {
            for j in 0...i {
                var sum = l[i * count + j]
                for k in 0..<j { sum -= l[i * count + k] * l[j * count + k] }
                l[i * count + j] = i == j ? sum.squareRoot() : sum / l[j * count + j]
            }
        }
        var x = right
        for i in 0..<count {
            for k in 0..<i { x[i] -= l[i * count + k] * x[k] }
            x[i] /= l[i * count + i]
        }
        for i in stride(from: count - 1, through: 0, by: -1) {
            for k in (i + 1)..<max(i + 1, count) { x[i] -= l[k * count + i] * x[k] }
            x[i] /= l[i * count + i]
        }
        return x
    }
}

/// Chance that comes out the same each time.
struct Random {
    private var state: UInt64 = 2026

    /// 0 to 1.
    mutating func uniform() -> Double {
        state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
        return Double(state >> 11) / Double(UInt64(1) << 53)
    }

    /// From a normal distribution of mean 0 and deviation 1, as the sum of twelve.
    mutating func normal() -> Double { (0..<12).reduce(-6) { sum, _ in sum + uniform() } }
}
