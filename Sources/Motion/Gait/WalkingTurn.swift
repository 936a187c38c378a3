// SPDX-License-Identifier: Apache-2.0

/// Turning about the vertical while on the feet.
public struct WalkingTurn: Hashable, Sendable {
    /// Seconds on the recording's clock.
    public var start: Double
    public var end: Double
    /// deg, to the left positive.
    public var angle: Double
}

/// Finds turns: El-Gohary and others 2014, Sensors 14:356.
///
/// The rate of turn about up, below 1.5 Hz, has a peak above 15 deg/s; the turn reaches to where it falls
/// below 5 deg/s, takes half a second to ten, and comes to 45° or more.
struct TurnDetector: Sendable {
    var peakRate = 15.0
    var edgeRate = 5.0
    var leastAngle = 45.0
    var seconds = 0.5...10.0

    func turns(_ signal: UniformSignal, up: Vector) -> [WalkingTurn] {
        guard let rotation = signal.rotation else { return [] }
        let rate = UniformSignal.rate
        let yaw = Butterworth.lowPass(order: 2, cutoff: 1.5, rate: rate).zeroPhase(rotation.along(up))
        var turns: [WalkingTurn] = []
        var from = 0
        while from < yaw.count {
            guard yaw[from].magnitude > edgeRate else {
                from += 1
                continue
            }
            let isLeft = yaw[from] > 0
            var to = from
            var (angle, top) = (0.0, 0.0)
            while to < yaw.count, yaw[to].magnitude > edgeRate, (yaw[to] > 0) == isLeft {
                angle += yaw[to] / rate
                top = max(top, yaw[to].magnitude)
                to += 1
            }
            let duration = Double(to - from) / rate
            if top > peakRate, angle.magnitude >= leastAngle, seconds.contains(duration) {
                turns.append(
                    WalkingTurn(start: signal.time(Double(from)), end: signal.time(Double(to)), angle: angle))
            }
            from = to
        }
        return turns
    }
}
