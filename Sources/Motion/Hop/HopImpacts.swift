// SPDX-License-Identifier: Apache-2.0

/// Flights seen at the foot or shin: it strikes the ground, rests flat, and is torn off.
///
/// A foot is not weightless in the air, so the flight itself shows little. Offsets from five drop jumps of one
/// person at a shoe sensor (JMU), each left out in turn.
struct HopImpacts {
    /// Body weights in an impact, and at the toe's leaving.
    static let impact = 3.0
    static let leaving = 2.0
    /// Seconds between two landings.
    static let between = 0.45
    /// Seconds that the contact is longer, and the flight shorter, than it looks.
    static let contactOffset = 0.029
    static let flightOffset = 0.030

    private(set) var flights: [Flight] = []

    init(_ force: [Double], _ stretch: EvenRecording) {
        let landings = Self.landings(force)
        guard landings.count > 1 else { return }
        for index in 1..<landings.count {
            let (first, second) = (landings[index - 1], landings[index])
            guard let left = Self.takeoff(force, from: first, to: second) else { continue }
            let rate = EvenRecording.rate
            let contact = Double(left - first) / rate + Self.contactOffset
            let air = Double(second - left) / rate - Self.flightOffset
            guard HopEdges.durations.contains(air), contact < 3 else { continue }
            let landing = stretch.seconds(at: Double(second))
            let takeoff = landing - air
            flights.append(
                HopTest.flight(takeoff: takeoff, landing: landing, landed: takeoff - contact, isSoft: nil))
        }
    }

    /// The first sample of each strong impact.
    private static func landings(_ force: [Double]) -> [Int] {
        var clusters: [(first: Int, last: Int, strength: Double)] = []
        let join = Int(0.12 * EvenRecording.rate)
        for index in force.indices where force[index] > impact {
            if let last = clusters.last, index - last.last <= join {
                clusters[clusters.count - 1].last = index
                clusters[clusters.count - 1].strength += force[index] * force[index]
            } else {
                clusters.append((index, index, force[index] * force[index]))
            }
        }
        let strongest = clusters.map { $0.strength }.max() ?? 0
        var landings: [Int] = []
        // The strongest first; a weaker one close by is the toe leaving, or a second knock.
        for place in Sorting.order(clusters.map { -$0.strength }) {
            let cluster = clusters[place]
            let isApart = landings.allSatisfy {
                Double(abs($0 - cluster.first)) >= between * EvenRecording.rate
            }
            if cluster.strength >= 0.12 * strongest && isApart { landings.append(cluster.first) }
        }
        return Sorting.order(landings.map { Double($0) }).map { landings[$0] }
    }

    /// The first strong sample after the foot lay flat for longest.
    private static func takeoff(_ force: [Double], from first: Int, to second: Int) -> Int? {
        var longest = 0..<0
        var start: Int?
        var doubts = 0
        for index in first...second {
            let isFlat = index < second && (force[index] - 1).magnitude < 0.25
            // One sample off does not end it.
            doubts = isFlat ? 0 : doubts + 1
            if isFlat && start == nil { start = index }
            if let begun = start, doubts > 1 || index == second {
                if index - doubts + 1 - begun > longest.count { longest = begun..<(index - doubts + 1) }
                start = nil
            }
        }
        guard Double(longest.count) >= 0.06 * EvenRecording.rate else { return nil }
        return (longest.upperBound..<second).first { force[$0] > leaving }
    }
}
