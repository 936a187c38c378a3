// SPDX-License-Identifier: Apache-2.0

/// The foot's lean runs round in two directions at once.
struct AnkleCircles {
    /// Spread across as a part of the spread along: less is pumping.
    static let roundness = 0.25
    /// Closer to the middle than this, in spreads, direction means nothing.
    static let core = 0.45

    private(set) var cycles: [AnkleCycle] = []

    init(_ upright: Upright) {
        let count = upright.count
        var mean = Vector.zero
        for index in 0..<count { mean += upright.up[index] }
        guard count > 60, let up = mean.normalized else { return }
        let (first, second) = Self.across(up)
        let rate = EvenRecording.rate
        let slow = Butterworth.highPass(order: 1, cutoff: 0.1, rate: rate)
        let fast = Butterworth.lowPass(order: 2, cutoff: 4, rate: rate)
        func lean(_ axis: Vector) -> [Double] {
            let raw = upright.up.along(axis).map { Math.asin(min(max($0, -1), 1)) / Math.radiansPerDegree }
            return fast.zeroPhase(slow.zeroPhase(raw))
        }
        let (x, y) = (lean(first), lean(second))
        let spread = Spread2(x, y)
        guard spread.small > Self.roundness * spread.large, spread.large > 0.5 else { return }
        let (radius, phase) = Self.phase(x, y, spread)
        // The way round so far; standing still at the centre adds nothing.
        var total = 0.0
        var path: [Double] = [0]
        for index in 1..<count {
            var step = phase[index] - phase[index - 1]
            if step > Math.pi { step -= 2 * Math.pi }
            if step < -Math.pi { step += 2 * Math.pi }
            if radius[index] > Self.core && radius[index - 1] > Self.core { total += step }
            path.append(total)
        }
        for run in Self.runs(path) { add(run, path, x, y, upright.recording) }
    }

    /// Two directions at right angles to up and to each other, right-handed.
    static func across(_ up: Vector) -> (Vector, Vector) {
        let helper = up.x.magnitude < 0.8 ? Vector(1, 0, 0) : Vector(0, 1, 0)
        let first = helper.cross(up).normalized ?? Vector(1, 0, 0)
        return (first, up.cross(first))
    }

    /// Each sample's distance from the centre in spreads, and its direction.
    private static func phase(_ x: [Double], _ y: [Double], _ spread: Spread2) -> ([Double], [Double]) {
        var radius: [Double] = []
        var phase: [Double] = []
        for index in x.indices {
            let along = (x[index] * spread.axis.x + y[index] * spread.axis.y) / spread.large
            let aside = (y[index] * spread.axis.x - x[index] * spread.axis.y) / spread.small
            radius.append((along * along + aside * aside).squareRoot())
            phase.append(Math.atan2(aside, along))
        }
        return (radius, phase)
    }

    /// Stretches in which the way round goes one way.
    private static func runs(_ path: [Double]) -> [ClosedRange<Int>] {
        var turns = TurningPoints(path, swing: Math.pi).points.map { $0.sample }
        if turns.first != 0 { turns.insert(0, at: 0) }
        if turns.last != path.count - 1 { turns.append(path.count - 1) }
        return (1..<turns.count).map { turns[$0 - 1]...turns[$0] }
    }

    private mutating func add(
        _ run: ClosedRange<Int>, _ path: [Double], _ x: [Double], _ y: [Double], _ recording: EvenRecording
    ) {
        let way = path[run.upperBound] - path[run.lowerBound]
        let count = Int((way.magnitude / (2 * Math.pi) + 0.25).rounded(.down))
        guard count > 0 else { return }
        var from = run.lowerBound
        for circle in 1...count {
            let goal = min(2 * Math.pi * Double(circle), way.magnitude)
            var to = from
            while to < run.upperBound && (path[to] - path[run.lowerBound]).magnitude < goal { to += 1 }
            var widest = 0.0
            var index = from
            while index <= to {
                widest = max(widest, (x[index] * x[index] + y[index] * y[index]).squareRoot())
                index += 1
            }
            cycles.append(
                AnkleCycle(
                    start: recording.seconds(at: Double(from)), end: recording.seconds(at: Double(to)),
                    rangeDegrees: 2 * widest, direction: way > 0 ? .counterclockwise : .clockwise))
            from = to
        }
    }
}

/// How two signals of mean zero spread: along the widest direction and across it.
struct Spread2 {
    /// The widest direction; z is unused.
    let axis: Vector
    let large: Double
    let small: Double

    init(_ x: [Double], _ y: [Double]) {
        var xx = 0.0
        var yy = 0.0
        var xy = 0.0
        for index in x.indices {
            xx += x[index] * x[index]
            yy += y[index] * y[index]
            xy += x[index] * y[index]
        }
        let count = Double(max(x.count, 1))
        let half = (xx - yy) / 2
        let root = (half * half + xy * xy).squareRoot()
        let angle = Math.atan2(xy, half) / 2
        axis = Vector(Math.cos(angle), Math.sin(angle), 0)
        large = (max((xx + yy) / 2 + root, 0) / count).squareRoot()
        small = (max((xx + yy) / 2 - root, 0) / count).squareRoot()
    }
}
