// SPDX-License-Identifier: Apache-2.0

/// The body's lean from the vertical in two directions, radians, from accelerometer and gyroscope together.
struct Lean {
    let x: [Double]
    let y: [Double]

    /// Nil without a gyroscope.
    init?(_ held: EvenRecording) {
        guard let rotation = held.rotation else { return nil }
        let (up, first, second) = Self.frame(held)
        let force = held.acceleration
        // Leaning towards an axis turns about the other one.
        x = Self.fused(force.along(first), rotation.along(second), gravity: up.length, sign: 1)
        y = Self.fused(force.along(second), rotation.along(first), gravity: up.length, sign: -1)
    }

    private static func frame(_ held: EvenRecording) -> (up: Vector, first: Vector, second: Vector) {
        var sum = Vector.zero
        for index in 0..<held.count { sum += held.acceleration[index] }
        let mean = sum / Double(max(held.count, 1))
        let (first, second) = AnkleCircles.across(mean.normalized ?? Vector(0, 0, 1))
        return (mean, first, second)
    }

    /// Slow lean from gravity, fast lean from the gyroscope, and the line of best fit between them.
    private static func fused(_ force: [Double], _ turn: [Double], gravity: Double, sign: Double) -> [Double]
    {
        let mean = Statistics.mean(turn)
        var sum = 0.0
        var difference: [Double] = []
        var gyro: [Double] = []
        for index in turn.indices {
            sum += sign * (turn[index] - mean) * Math.radiansPerDegree / EvenRecording.rate
            gyro.append(sum)
            difference.append(-force[index] / gravity - sum)
        }
        let (offset, slope) = Statistics.line(difference)
        var rest: [Double] = []
        for index in difference.indices { rest.append(difference[index] - offset - slope * Double(index)) }
        // Both ways through a second-order Butterworth is 1 / (1 + (f / cutoff)⁴); mirrored, for it is slow.
        let slow = mirrored(
            rest, Butterworth.lowPass(order: 2, cutoff: BalanceTest.fusion, rate: EvenRecording.rate))
        var lean: [Double] = []
        for index in gyro.indices { lean.append(gyro[index] + offset + slope * Double(index) + slow[index]) }
        return Butterworth.lowPass(order: 2, cutoff: BalanceTest.smooth, rate: EvenRecording.rate).zeroPhase(
            lean)
    }

    private static func mirrored(_ signal: [Double], _ filter: Butterworth) -> [Double] {
        let turned = Array(signal.reversed())
        let whole = filter.zeroPhase(turned + signal + turned)
        return Array(whole[signal.count..<(2 * signal.count)])
    }

    /// What an accelerometer at this height above the ankle would feel of the lean, m/s².
    func acceleration(_ lean: [Double], _ height: Double) -> [Double] {
        var result: [Double] = []
        let square = EvenRecording.rate * EvenRecording.rate
        let last = lean.count - 1
        // Beyond the ends the curve goes on turned about its end point: no acceleration there.
        func at(_ place: Int) -> Double {
            if place < 0 { return 2 * lean[0] - lean[-place] }
            return place > last ? 2 * lean[last] - lean[2 * last - place] : lean[place]
        }
        for index in lean.indices {
            // Of fourth order, so that sway near the filter's corner loses nothing.
            let near = at(index - 1) + at(index + 1)
            let far = at(index - 2) + at(index + 2)
            let second = (16 * near - far - 30 * lean[index]) / 12 * square
            result.append(-BalanceTest.gravity * lean[index] + height * second)
        }
        return result
    }

    /// The horizontal acceleration alone, filtered, m/s².
    static func acceleration(_ held: EvenRecording) -> ([Double], [Double]) {
        let (_, first, second) = frame(held)
        let calm = Butterworth.lowPass(order: 2, cutoff: BalanceTest.smooth, rate: EvenRecording.rate)
        return (
            calm.zeroPhase(held.acceleration.along(first)), calm.zeroPhase(held.acceleration.along(second))
        )
    }
}
