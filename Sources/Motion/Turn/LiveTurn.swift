// SPDX-License-Identifier: Apache-2.0

/// Counts turns while they are done, by the same analysis over the last quarter of a minute.
public struct LiveTurn: Sendable {
    static let window = 15.0
    static let block = 3.0
    static let most = 1000

    public private(set) var turns: [Turn] = []
    private var window = LiveWindow()

    public init() {}

    public var count: Int { turns.count }

    /// Takes one more sample, in the units of a recording.
    public mutating func append(time: Double, force: Vector, turn: Vector) {
        guard case .look = window.append(time: time, force: force, turn: turn) else { return }
        let start = window.recording.time.first ?? 0
        guard let found = try? TurnTest().result(of: window.recording) else { return }
        let sure = start + (window.recording.duration > Self.window ? 2 : 0)
        turns = turns.filter { $0.start < sure } + found.turns.filter { $0.start >= sure }
        if turns.count > Self.most { turns.removeFirst(turns.count - Self.most) }
        if window.recording.duration > Self.window + Self.block { window.drop(before: start + Self.block) }
    }
}
