// SPDX-License-Identifier: Apache-2.0

/// One flight of a hop.
public struct Flight: Hashable, Sendable {
    /// The recording's own seconds.
    public var takeoff: Double
    public var landing: Double
    /// On the ground between the landing before and this take-off; a first hop has none.
    public var contactSeconds: Reading
    /// g·T²/8: up to 6 cm more than by the push-off, if the knees are bent on landing.
    public var heightCentimetres: Double
    /// Reactive strength index: height in m by contact time in s.
    public var reactiveStrength: Reading
    /// More than 27 ms from touch-down to the body's weight.
    public var isSoft: Bool?

    public var seconds: Double { landing - takeoff }
}

/// What a recording of hops or jumps says.
public struct HopResult: Hashable, Sendable {
    public var method: Method
    public var placement: Placement
    public var quality: Quality
    public var flights: [Flight]
    /// Of the best five, if there are ten (10-to-5 repeated jump test); of all, if fewer.
    public var reactiveStrength: Reading
    public var bestHeightCentimetres: Reading

    public var count: Int { flights.count }
}
