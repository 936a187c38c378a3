// SPDX-License-Identifier: Apache-2.0

/// Counts hops while they are done, by the same analysis over the last ten seconds.
public struct LiveHop: Sendable {
    static let window = 10.0
    static let block = 2.0
    /// Flights that are kept.
    static let most = 1000

    public let test: HopTest
    public private(set) var flights: [Flight] = []
    private var window = LiveWindow()

    public init(_ test: HopTest) { self.test = test }

    public var count: Int { flights.count }

    /// Takes one more sample, in the units of a recording.
    public mutating func append(time: Double, force: Vector, turn: Vector = .zero) {
        guard case .look = window.append(time: time, force: force, turn: turn) else { return }
        let start = window.recording.time.first ?? 0
        guard let found = try? test.result(of: window.recording) else { return }
        // What lies well inside replaces what was seen of the same stretch before.
        let sure = start + (window.recording.duration > Self.window ? 1.5 : 0)
        flights = flights.filter { $0.takeoff < sure } + found.flights.filter { $0.takeoff >= sure }
        if flights.count > Self.most { flights.removeFirst(flights.count - Self.most) }
        if window.recording.duration > Self.window + Self.block { window.drop(before: start + Self.block) }
    }
}
