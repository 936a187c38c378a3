// SPDX-License-Identifier: Apache-2.0

/// Time held and sway while somebody stands, from the last half minute, once a second.
public struct LiveBalance: Sendable {
    static let window = 30.0
    static let block = 5.0

    public let test: BalanceTest
    public private(set) var heldSeconds = 0.0
    public private(set) var isLost = false
    /// Of the last half minute.
    public private(set) var rmsDegrees = Reading.missing(.tooFew(needed: 300, got: 0))
    private var window = LiveWindow(stride: 60)
    private var start: Double?

    public init(_ test: BalanceTest) { self.test = test }

    /// Takes one more sample, in the units of a recording; after the hold is lost nothing changes.
    public mutating func append(time: Double, force: Vector, turn: Vector) {
        guard !isLost else { return }
        let next = window.append(time: time, force: force, turn: turn)
        let first = start ?? window.recording.time.first ?? time
        start = first
        if time.isFinite { heldSeconds = max(heldSeconds, time - first) }
        guard case .look = next else { return }
        let begin = window.recording.time.first ?? first
        guard let found = try? test.result(of: window.recording) else { return }
        if found.isLost, let held = found.heldSeconds.value {
            isLost = true
            heldSeconds = begin - first + held
        }
        rmsDegrees = found.rmsDegrees
        if window.recording.duration > Self.window + Self.block { window.drop(before: begin + Self.block) }
    }
}
