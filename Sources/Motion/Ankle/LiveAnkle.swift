// SPDX-License-Identifier: Apache-2.0

/// Counts pumps, circles or lunges while they are done, by the same analysis over the last half minute.
public struct LiveAnkle: Sendable {
    static let window = 30.0
    static let block = 5.0
    static let most = 1000

    public let test: AnkleTest
    public private(set) var cycles: [AnkleCycle] = []
    /// Of a lunge: the shin's angle to the vertical over the last half second, degrees.
    public private(set) var angleDegrees = Double.nan
    private var window = LiveWindow()
    private var recent: [Vector] = []

    public init(_ test: AnkleTest) { self.test = test }

    public var count: Int { cycles.count }

    /// Takes one more sample, in the units of a recording.
    public mutating func append(time: Double, force: Vector, turn: Vector) {
        let next = window.append(time: time, force: force, turn: turn)
        if (force.x + force.y + force.z).isFinite {
            if recent.count == 30 { recent.removeFirst() }
            recent.append(force)
        }
        guard case .look = next else { return }
        var sum = Vector.zero
        for force in recent { sum += force }
        angleDegrees = KneeToWall.toVertical(sum)
        let start = window.recording.time.first ?? 0
        guard let found = try? test.result(of: window.recording) else { return }
        let sure = start + (window.recording.duration > Self.window ? 3 : 0)
        cycles = cycles.filter { $0.start < sure } + found.cycles.filter { $0.start >= sure }
        if cycles.count > Self.most { cycles.removeFirst(cycles.count - Self.most) }
        if window.recording.duration > Self.window + Self.block { window.drop(before: start + Self.block) }
    }
}
