// SPDX-License-Identifier: Apache-2.0

/// Measures of a path in a plane, such as a centre of pressure.
public enum Sway {
    /// The area of the ellipse that holds a further point with a probability of 95 %.
    ///
    /// Schubert and Kirchner 2014: the prediction ellipse. The quantile of F with 2 and n - 2 degrees of freedom
    /// has a closed form.
    /// - Parameters:
    ///   - x: Any unit, at least 3 points.
    ///   - y: The same unit, as many.
    /// - Returns: The unit squared; NaN for fewer points.
    public static func ellipseArea(_ x: [Double], _ y: [Double]) -> Double {
        let n = Double(x.count)
        guard x.count > 2, x.count == y.count else { return .nan }
        let (mx, my) = (Statistics.mean(x), Statistics.mean(y))
        var xx = 0.0
        var yy = 0.0
        var xy = 0.0
        for index in x.indices {
            xx += (x[index] - mx) * (x[index] - mx)
            yy += (y[index] - my) * (y[index] - my)
            xy += (x[index] - mx) * (y[index] - my)
        }
        let determinant = max(xx * yy - xy * xy, 0).squareRoot() / (n - 1)
        let quantile = (n - 2) / 2 * (Math.pow(0.05, -2 / (n - 2)) - 1)
        return Math.pi * quantile * 2 * (n - 1) * (n + 1) / (n * (n - 2)) * determinant
    }

    /// The length of the path, in the unit of the points.
    public static func path(_ x: [Double], _ y: [Double]) -> Double {
        guard x.count > 1 else { return 0 }
        var sum = 0.0
        for index in 1..<x.count {
            let (dx, dy) = (x[index] - x[index - 1], y[index] - y[index - 1])
            sum += (dx * dx + dy * dy).squareRoot()
        }
        return sum
    }

    /// The path by the time of all its points, n / rate, as the authors of the standing trials count it.
    public static func speed(_ x: [Double], _ y: [Double], rate: Double) -> Double {
        path(x, y) / (Double(x.count) / rate)
    }

    /// Root mean square of the distance from the mean point.
    public static func rootMeanSquare(_ x: [Double], _ y: [Double]) -> Double {
        guard !x.isEmpty else { return .nan }
        let (mx, my) = (Statistics.mean(x), Statistics.mean(y))
        var sum = 0.0
        for index in x.indices {
            sum += (x[index] - mx) * (x[index] - mx) + (y[index] - my) * (y[index] - my)
        }
        return (sum / Double(x.count)).squareRoot()
    }
}
