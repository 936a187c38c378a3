// SPDX-License-Identifier: Apache-2.0

// The browser's build has no mathematics library, and the server must give the same bits; so these are ours.
// Every operation is a correctly rounded one of IEEE 754, in a fixed order, without fused products. Each
// function reduces its argument to a short interval and sums a Taylor series there, smallest term first. The
// series are written out: a loop over floating-point numbers is slow and calls `fma`, which wasm does not have.

/// Trigonometry, exponentials and logarithms that give the same bits on every machine.
public enum Math {
    public static let pi = 3.141592653589793

    /// Radians in a degree.
    public static let radiansPerDegree = pi / 180

    /// The sine of an angle in radians, for angles up to 1e6.
    public static func sin(_ angle: Double) -> Double {
        guard let (quadrant, high, low) = quarterTurns(angle) else { return .nan }
        switch quadrant {
        case 0: return sineKernel(high, low)
        case 1: return cosineKernel(high, low)
        case 2: return -sineKernel(high, low)
        default: return -cosineKernel(high, low)
        }
    }

    /// The cosine of an angle in radians, for angles up to 1e6.
    public static func cos(_ angle: Double) -> Double {
        guard let (quadrant, high, low) = quarterTurns(angle) else { return .nan }
        switch quadrant {
        case 0: return cosineKernel(high, low)
        case 1: return -sineKernel(high, low)
        case 2: return -cosineKernel(high, low)
        default: return sineKernel(high, low)
        }
    }

    public static func tan(_ angle: Double) -> Double { sin(angle) / cos(angle) }

    /// The angle of the point (x, y) in radians, from -pi to pi.
    public static func atan2(_ y: Double, _ x: Double) -> Double {
        if x.isNaN || y.isNaN { return .nan }
        let (ax, ay) = (x.magnitude, y.magnitude)
        if ax == 0 && ay == 0 {
            let angle = x.sign == .minus ? pi : 0
            return y.sign == .minus ? -angle : angle
        }
        let first: Double
        if ax.isInfinite && ay.isInfinite {
            first = pi / 4
        } else if ay <= ax {
            first = atanUnit(ay / ax)
        } else {
            first = pi / 2 - atanUnit(ax / ay)
        }
        let angle = x.sign == .minus ? pi - first : first
        return y.sign == .minus ? -angle : angle
    }

    public static func asin(_ sine: Double) -> Double { atan2(sine, ((1 - sine) * (1 + sine)).squareRoot()) }

    public static func acos(_ cosine: Double) -> Double {
        atan2(((1 - cosine) * (1 + cosine)).squareRoot(), cosine)
    }

    /// e to the power of `x`.
    public static func exp(_ x: Double) -> Double {
        if x.isNaN { return .nan }
        if x > 709.78 { return .infinity }
        if x < -745.2 { return 0 }
        let turns = (x * 1.4426950408889634).rounded(.toNearestOrEven)
        let high = x - turns * 0.6931471803691238
        let low = turns * 1.9082149292705877e-10
        let rest = high - low
        var sum = 1.1470745597729725e-11
        sum = sum * rest + 1.6059043836821613e-10
        sum = sum * rest + 2.08767569878681e-09
        sum = sum * rest + 2.505210838544172e-08
        sum = sum * rest + 2.755731922398589e-07
        sum = sum * rest + 2.7557319223985893e-06
        sum = sum * rest + 2.48015873015873e-05
        sum = sum * rest + 0.0001984126984126984
        sum = sum * rest + 0.001388888888888889
        sum = sum * rest + 0.008333333333333333
        sum = sum * rest + 0.041666666666666664
        sum = sum * rest + 0.16666666666666666
        sum = sum * rest + 0.5
        sum *= rest
        let value = 1 + (rest + rest * sum)
        return scaled(value, byPowerOfTwo: Int(turns))
    }

    /// The natural logarithm; NaN below zero.
    public static func log(_ x: Double) -> Double {
        if x.isNaN || x < 0 { return .nan }
        if x == 0 { return -.infinity }
        if x.isInfinite { return .infinity }
        var exponent = Double(x.exponent)
        var significand = x.significand
        if significand > 1.4142135623730951 {
            significand *= 0.5
            exponent += 1
        }
        let f = significand - 1
        let s = f / (2 + f)
        let square = s * s
        var sum = 0.043478260869565216
        sum = sum * square + 0.047619047619047616
        sum = sum * square + 0.05263157894736842
        sum = sum * square + 0.058823529411764705
        sum = sum * square + 0.06666666666666667
        sum = sum * square + 0.07692307692307693
        sum = sum * square + 0.09090909090909091
        sum = sum * square + 0.1111111111111111
        sum = sum * square + 0.14285714285714285
        sum = sum * square + 0.2
        sum = sum * square + 0.3333333333333333
        sum *= square
        // log(1 + f) = 2s + 2s·sum, and 2s = f - s·f keeps what rounding s would lose.
        let rest = exponent * 1.9082149292705877e-10
        return exponent * 0.6931471803691238 + (f - (s * (f - 2 * sum) - rest))
    }

    /// `base` to the power of `exponent`, for a base above zero.
    public static func pow(_ base: Double, _ exponent: Double) -> Double { exp(exponent * log(base)) }

    /// The whole part towards minus infinity.
    public static func floor(_ x: Double) -> Double { x.rounded(.down) }

    // MARK: kernels

    /// The angle as quarter turns and what is left, in two parts, at most an eighth of a turn either way.
    private static func quarterTurns(_ angle: Double) -> (quadrant: Int, high: Double, low: Double)? {
        guard angle.magnitude <= 1e6 else { return nil }
        let turns = (angle * 0.6366197723675814).rounded(.toNearestOrEven)
        // pi/2 in three parts of 33 bits, so that turns times a part is exact.
        let first = angle - turns * 1.5707963267341256
        let second = turns * 6.077100506303966e-11
        let third = turns * 2.0222662487959506e-21
        let high = first - second
        let low = ((first - high) - second) - third
        return (Int(turns) & 3, high, low)
    }

    private static func sineKernel(_ x: Double, _ low: Double) -> Double {
        let square = x * x
        var sum = -8.22063524662433e-18
        sum = sum * square + 2.8114572543455206e-15
        sum = sum * square - 7.647163731819816e-13
        sum = sum * square + 1.6059043836821613e-10
        sum = sum * square - 2.505210838544172e-08
        sum = sum * square + 2.7557319223985893e-06
        sum = sum * square - 0.0001984126984126984
        sum = sum * square + 0.008333333333333333
        sum = sum * square - 0.16666666666666666
        sum *= square
        return x + (x * sum + low * (1 - 0.5 * square))
    }

    private static func cosineKernel(_ x: Double, _ low: Double) -> Double {
        let square = x * x
        var sum = 3.123841393717245e-16
        sum = sum * square - 9.55895466477477e-14
        sum = sum * square + 2.294149119545945e-11
        sum = sum * square - 4.17535139757362e-09
        sum = sum * square + 5.511463844797178e-07
        sum = sum * square - 4.96031746031746e-05
        sum = sum * square + 0.002777777777777778
        sum = sum * square - 0.08333333333333333
        sum *= square
        let half = 0.5 * square
        let one = 1 - half
        // What 1 - half lost in rounding comes back with the small terms.
        return one + (((1 - one) - half) + (-half * sum - x * low))
    }

    /// The arc tangent of a ratio from 0 to 1.
    private static func atanUnit(_ ratio: Double) -> Double {
        let step = Int((ratio * 16).rounded(.toNearestOrEven))
        let centre = Double(step) / 16
        let t = (ratio - centre) / (1 + ratio * centre)
        let square = t * t
        var sum = -0.06666666666666667
        sum = sum * square + 0.07692307692307693
        sum = sum * square - 0.09090909090909091
        sum = sum * square + 0.1111111111111111
        sum = sum * square - 0.14285714285714285
        sum = sum * square + 0.2
        sum = sum * square - 0.3333333333333333
        sum *= square
        return arcs[step] + (t + t * sum)
    }

    /// The arc tangents of k/16, k from 0 to 16.
    private static let arcs: [Double] = [
        0, 0.06241880999595735, 0.12435499454676144, 0.18534794999569476, 0.24497866312686414,
        0.3028848683749714, 0.3587706702705722, 0.4124104415973873, 0.4636476090008061, 0.5123894603107377,
        0.5585993153435624, 0.6022873461349642, 0.6435011087932844, 0.6823165548747481, 0.7188299996216245,
        0.7531512809621944, 0.7853981633974483
    ]

    private static func scaled(_ value: Double, byPowerOfTwo power: Int) -> Double {
        if power > 1023 { return value * 2 * Double(sign: .plus, exponent: power - 1, significand: 1) }
        if power < -1000 {
            return value * Double(sign: .plus, exponent: power + 200, significand: 1)
                * Double(sign: .plus, exponent: -200, significand: 1)
        }
        return value * Double(sign: .plus, exponent: power, significand: 1)
    }
}
