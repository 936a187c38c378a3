// SPDX-License-Identifier: Apache-2.0

/// What a recording of standing says.
public struct BalanceResult: Hashable, Sendable {
    public var method: Method
    public var quality: Quality
    /// From the start until the other foot came down, or the whole recording.
    public var heldSeconds: Reading
    /// True if the hold was lost, false if the recording ended first.
    public var isLost: Bool
    /// Of the body's horizontal acceleration below 3.5 Hz, with gravity's part in it.
    public var rmsMetresPerSecondSquared: Reading
    /// Of the body's lean below 3.5 Hz; path and ellipse of the same.
    public var rmsDegrees: Reading
    public var pathDegrees: Reading
    public var ellipseSquareDegrees: Reading
    /// Half the integral of the squared change of g times lean, in m²/s⁵.
    public var jerk: Reading
    /// Of the lean times the height of the body's centre, if the person's height is known.
    public var rmsCentimetres: Reading
    /// True if the body moved less than the phone shows: the numbers are then too uncertain to compare.
    public var isTooStill: Bool
}

/// Standing, on one leg or two, with the phone at the waist or in a pocket.
public struct BalanceTest: Hashable, Sendable {
    /// Of the person, m.
    public var height: Double?

    /// Where the body's centre lies, as a part of height.
    static let centre = 0.55
    /// m, where the height is not known: only the acceleration's root mean square uses it.
    static let usualHeight = 1.7
    /// Hz: below, the accelerometer tells the lean; above, the gyroscope does.
    static let fusion = 0.02
    /// Hz: sway is slower (Mancini 2012).
    static let smooth = 3.5
    /// Seconds that sway needs to be one.
    static let shortest = 5.0
    static let gravity = 9.80665

    public init(height: Double? = nil) { self.height = height }

    /// Measures how long a stance was held, and the sway until then.
    ///
    /// - Parameter recording: From the moment of the stance. Without a gyroscope, only the time and the
    ///   acceleration are known.
    /// - Returns: The measures, with a reason for each that is missing.
    /// - Throws: Why the recording gives no measure.
    public func result(of recording: Recording) throws(SignalError) -> BalanceResult {
        let (stretches, quality) = try PhoneClock().even(recording)
        let stretch = stretches[0]
        let hold = StanceHold(stretch)
        let held = stretch.part(0..<hold.samples)
        // A hole ends what can be said of the hold.
        let isCut = stretches.count > 1 && !hold.isLost
        var result = BalanceResult(
            method: .balancePhone, quality: quality,
            heldSeconds: isCut ? .missing(.gap) : .value(Double(hold.samples) / EvenRecording.rate),
            isLost: hold.isLost, rmsMetresPerSecondSquared: .missing(.noRotation),
            rmsDegrees: .missing(.noRotation), pathDegrees: .missing(.noRotation),
            ellipseSquareDegrees: .missing(.noRotation), jerk: .missing(.noRotation),
            rmsCentimetres: .missing(height == nil ? .noHeight : .noRotation),
            isTooStill: Self.isTooStill(held))
        let needed = Int(Self.shortest * EvenRecording.rate)
        guard held.count >= needed else {
            let missing = Reading.missing(.tooFew(needed: needed, got: held.count))
            result.rmsMetresPerSecondSquared = missing
            result.rmsDegrees = missing
            result.pathDegrees = missing
            result.ellipseSquareDegrees = missing
            result.jerk = missing
            return result
        }
        guard let lean = Lean(held) else {
            let plain = Lean.acceleration(held)
            result.rmsMetresPerSecondSquared = .value(Sway.rootMeanSquare(plain.0, plain.1))
            return result
        }
        fill(&result, lean)
        return result
    }

    private func fill(_ result: inout BalanceResult, _ lean: Lean) {
        let degrees = { (x: Double) in x / Math.radiansPerDegree }
        let (x, y) = (lean.x.map(degrees), lean.y.map(degrees))
        result.rmsDegrees = .value(Sway.rootMeanSquare(x, y))
        result.pathDegrees = .value(Sway.path(x, y))
        result.ellipseSquareDegrees = .value(Sway.ellipseArea(x, y))
        let centre = Self.centre * (height ?? Self.usualHeight)
        let (ax, ay) = (lean.acceleration(lean.x, centre), lean.acceleration(lean.y, centre))
        result.rmsMetresPerSecondSquared = .value(Sway.rootMeanSquare(ax, ay))
        var jerk = 0.0
        for index in 1..<x.count {
            let dx = (lean.x[index] - lean.x[index - 1]) * Self.gravity
            let dy = (lean.y[index] - lean.y[index - 1]) * Self.gravity
            jerk += (dx * dx + dy * dy) * EvenRecording.rate
        }
        result.jerk = .value(jerk / 2)
        if height != nil {
            result.rmsCentimetres = .value(Sway.rootMeanSquare(lean.x, lean.y) * centre * 100)
        }
    }

    /// Two axes that show fewer than four values, or the same one most of the time, hide the sway; one may be
    /// the vertical, which does not move.
    static func isTooStill(_ held: EvenRecording) -> Bool {
        var stuck = 0
        for channel in [held.acceleration.x, held.acceleration.y, held.acceleration.z] {
            var same = 0
            var values: [Double] = []
            for index in channel.indices {
                if index > 0 && (channel[index] - channel[index - 1]).magnitude < 1e-9 { same += 1 }
                if values.count < 4 && !values.contains(where: { ($0 - channel[index]).magnitude < 1e-9 }) {
                    values.append(channel[index])
                }
            }
            if values.count < 4 || Double(same) > 0.6 * Double(channel.count) { stuck += 1 }
        }
        return stuck >= 2
    }
}
