// SPDX-License-Identifier: Apache-2.0

/// The answer to one signal.
public struct Response: Hashable, Sendable {
    /// Seconds from the signal to the first movement, the latency taken off.
    public var seconds: Reading
    /// True if the person moved before anybody can react.
    public var isFalseStart: Bool
    /// Where the foot set off to, in degrees counterclockwise from the first answer; nil without an answer.
    public var directionDegrees: Double?
}

/// What a recording of reactions says.
public struct ReactionResult: Hashable, Sendable {
    public var method: Method
    public var quality: Quality
    public var responses: [Response]
    /// The middle of the answers that count.
    public var medianSeconds: Reading
    public var spreadSeconds: Reading
    public var falseStarts: Int
}

/// How long after a light or a sound somebody moves; and, in the foot-placement drill, which way.
///
/// A proposal of this project, checked on synthetic movements only. One frame of the screen and one sample of
/// the sensor make about ±17 ms of a single answer; the median of ten is what counts.
public struct ReactionTest: Hashable, Sendable {
    /// When each signal was given, in the recording's own seconds.
    public var signals: [Double]
    /// Seconds from the signal's command to the light or sound, and from movement to its sample, measured
    /// beforehand.
    public var latency: Double
    /// True for the drill, in which the way of the foot is asked for.
    public var isDrill: Bool

    /// Departures count from five standard deviations, and from these at least: m/s² and deg/s.
    static let deviations = 5.0
    static let leastForce = 0.8
    static let leastTurn = 15.0
    /// A browser's rounding, m/s² and deg/s: a phone so still that every sample is the same has no spread.
    static let step = 0.1
    /// Seconds: sooner is a false start, later no answer.
    static let window = 0.1...1.5
    static let needed = 3

    public init(signals: [Double], latency: Double = 0, isDrill: Bool = false) {
        self.signals = signals
        self.latency = latency
        self.isDrill = isDrill
    }

    /// Measures each answer.
    ///
    /// - Parameter recording: Of the whole test; the gyroscope helps, where there is one.
    /// - Returns: One response per signal, in order.
    /// - Throws: Why the recording gives no measure.
    public func result(of recording: Recording) throws(SignalError) -> ReactionResult {
        let (stretches, quality) = try PhoneClock().even(recording)
        var responses: [Response] = []
        var reference: Vector?
        for signal in signals {
            guard
                let stretch = stretches.first(where: {
                    $0.start <= signal - 0.3
                        && $0.seconds(at: Double($0.count)) > signal + Self.window.lowerBound
                })
            else {
                responses.append(Response(seconds: .missing(.gap), isFalseStart: false))
                continue
            }
            let departure = Departure(stretch, signal: signal + latency)
            var response = Response(seconds: .missing(.notFound), isFalseStart: false)
            if let seconds = departure.seconds {
                response.isFalseStart = seconds < Self.window.lowerBound
                if !response.isFalseStart && seconds <= Self.window.upperBound {
                    response.seconds = .value(seconds)
                    if isDrill, let way = departure.way {
                        let first = reference ?? way
                        reference = first
                        let angle = Math.atan2(departure.up.dot(first.cross(way)), first.dot(way))
                        response.directionDegrees = angle / Math.radiansPerDegree
                    }
                }
            }
            responses.append(response)
        }
        let times = responses.compactMap { $0.seconds.value }
        let few = Missing.tooFew(needed: Self.needed, got: times.count)
        return ReactionResult(
            method: isDrill ? .footPlacement : .reaction, quality: quality, responses: responses,
            medianSeconds: times.count >= Self.needed ? .value(Statistics.median(times)) : .missing(few),
            spreadSeconds: times.count >= Self.needed
                ? .value(Statistics.standardDeviation(times)) : .missing(few),
            falseStarts: responses.filter { $0.isFalseStart }.count)
    }
}

/// The first movement after a signal.
struct Departure {
    /// Seconds after the signal; nil if nobody moved.
    private(set) var seconds: Double?
    /// The level direction of the first quarter of a second, in the phone's axes.
    private(set) var way: Vector?
    private(set) var up = Vector(0, 0, 1)

    init(_ stretch: EvenRecording, signal: Double) {
        let rate = EvenRecording.rate
        let onset = Int(((signal - stretch.start) * rate).rounded(.down))
        let quiet = max(onset - Int(0.5 * rate), 0)..<min(max(onset, 0), stretch.count)
        guard quiet.count > 5 else { return }
        var sum = Vector.zero
        for index in quiet { sum += stretch.acceleration[index] }
        let rest = sum / Double(quiet.count)
        up = rest.normalized ?? up
        let force = Self.sizes(stretch.acceleration, rest)
        let (forceQuiet, forceSpread) = Self.spread(force, quiet)
        var turn: [Double] = []
        var turnQuiet = 0.0
        var turnSpread = Double.infinity
        if let rotation = stretch.rotation {
            turn = Self.sizes(rotation, .zero)
            (turnQuiet, turnSpread) = Self.spread(turn, quiet)
        }
        let forceLevel = forceQuiet + max(ReactionTest.deviations * forceSpread, ReactionTest.leastForce)
        let turnLevel = turnQuiet + max(ReactionTest.deviations * turnSpread, ReactionTest.leastTurn)
        let last = min(onset + Int((ReactionTest.window.upperBound + 0.1) * rate), stretch.count - 2)
        guard last > onset else { return }
        for index in max(onset, 1)...last {
            let isForce = force[index] > forceLevel && force[index + 1] > forceLevel
            let isTurn = !turn.isEmpty && turn[index] > turnLevel && turn[index + 1] > turnLevel
            guard isForce || isTurn else { continue }
            // Back to where it left its rest.
            let begin =
                isForce
                ? Crossing.before(
                    index, in: force, above: forceQuiet + max(3 * forceSpread, ReactionTest.step),
                    from: quiet.lowerBound)
                : Crossing.before(
                    index, in: turn, above: turnQuiet + max(3 * turnSpread, ReactionTest.step),
                    from: quiet.lowerBound)
            seconds = stretch.seconds(at: begin) - signal
            var push = Vector.zero
            for sample in index..<min(index + Int(0.25 * rate), stretch.count) {
                push += stretch.acceleration[sample] - rest
            }
            way = (push - up * push.dot(up)).normalized
            return
        }
    }

    private static func sizes(_ axes: Axes, _ rest: Vector) -> [Double] {
        var result: [Double] = []
        for index in 0..<axes.count { result.append((axes[index] - rest).length) }
        return result
    }

    private static func spread(_ signal: [Double], _ range: Range<Int>) -> (mean: Double, spread: Double) {
        (Statistics.mean(signal, in: range), Statistics.standardDeviation(signal, in: range))
    }
}
