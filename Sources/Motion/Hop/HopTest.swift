// SPDX-License-Identifier: Apache-2.0

/// Hops and jumps: how long in the air, how long on the ground.
///
/// Only the accelerometer is used.
public struct HopTest: Hashable, Sendable {
    public var placement: Placement
    static let gravity = 9.80665
    /// Samples per second up to which each is used at its own instant; more are thinned to the 60 that the edges'
    /// constants were fitted for.
    static let fastest = 75.0

    public init(placement: Placement) { self.placement = placement }

    /// Finds the flights of a recording.
    ///
    /// - Parameter recording: With a second or two of standing still somewhere in it.
    /// - Returns: The flights in order.
    /// - Throws: Why the recording gives no measure.
    public func result(of recording: Recording) throws(SignalError) -> HopResult {
        let isLeg = placement == .foot || placement == .shin
        let (stretches, times, quality) = try PhoneClock().placed(recording)
        var flights: [Flight] = []
        for (stretch, times) in zip(stretches, times) {
            if isLeg || quality.rate > Self.fastest {
                let even = PhoneClock.resampled(recording, stretch: stretch, times: times)
                let force = Self.weights(even.acceleration)
                if isLeg {
                    flights += HopImpacts(force, even).flights
                } else {
                    flights += HopEdges(force, at: force.indices.map { even.seconds(at: Double($0)) }).flights
                }
            } else {
                flights += HopEdges(Self.weights(recording.acceleration.part(stretch)), at: times).flights
            }
        }
        let strengths = Sorting.ascending(flights.compactMap { $0.reactiveStrength.value })
        let best = strengths.count >= 10 ? Array(strengths.suffix(5)) : strengths
        return HopResult(
            method: isLeg ? .hopImpacts : .hopEdges, placement: placement, quality: quality, flights: flights,
            reactiveStrength: Reading(Statistics.mean(best), orMissing: .tooFew(needed: 1, got: 0)),
            bestHeightCentimetres: Reading(
                flights.map { $0.heightCentimetres }.max() ?? .nan, orMissing: .tooFew(needed: 1, got: 0)))
    }

    /// The length of the acceleration in units of gravity, as this accelerometer shows it at rest.
    static func weights(_ acceleration: Axes) -> [Double] {
        let force = acceleration.magnitude
        let length = min(90, force.count)
        // The stillest moment that is no flight.
        var best = Double.infinity
        var gravity = gravity
        var start = 0
        while start + length <= force.count {
            let window = start..<(start + length)
            let mean = Statistics.mean(force, in: window)
            let spread = Statistics.standardDeviation(force, in: window)
            if (mean - Self.gravity).magnitude < 1 && spread < best {
                best = spread
                gravity = Self.mean(acceleration, window)
            }
            start += 15
        }
        return force.map { $0 / gravity }
    }

    private static func mean(_ axes: Axes, _ window: Range<Int>) -> Double {
        // Of the vector, for the length of noise is never negative.
        Vector(
            Statistics.mean(axes.x, in: window), Statistics.mean(axes.y, in: window),
            Statistics.mean(axes.z, in: window)
        ).length
    }

    static func flight(takeoff: Double, landing: Double, landed: Double?, isSoft: Bool?) -> Flight {
        let seconds = landing - takeoff
        let height = gravity * seconds * seconds / 8
        let contact = landed.map { takeoff - $0 }
        return Flight(
            takeoff: takeoff, landing: landing,
            contactSeconds: contact.map { .value($0) } ?? .missing(.notFound),
            heightCentimetres: height * 100,
            reactiveStrength: contact.map { .value(height / $0) } ?? .missing(.notFound), isSoft: isSoft)
    }
}
