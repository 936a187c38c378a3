// SPDX-License-Identifier: Apache-2.0

/// The last seconds of a recording that is still running, from the latest hole on.
struct LiveWindow {
    /// What a new sample asks for.
    enum Next {
        case nothing
        /// Enough is new to look again.
        case look
        /// A hole lies before it; the window begins anew.
        case gap(Gap)
    }

    /// Samples between two looks.
    let stride: Int
    private(set) var recording = Recording(time: [], acceleration: Axes(), rotation: Axes())
    private(set) var samples = 0
    private var sinceLook = 0

    init(stride: Int = 20) { self.stride = stride }

    /// Takes one more sample; one that is not finite or comes from the past is left out.
    mutating func append(time: Double, force: Vector, turn: Vector) -> Next {
        guard Self.isFinite(time, force, turn) else { return .nothing }
        let clock = PhoneClock()
        var gap: Gap?
        if let latest = recording.time.last {
            if time < latest - clock.jitter { return .nothing }
            if isHole(before: time) { gap = Gap(start: latest, end: time) }
        }
        if gap != nil {
            recording = Recording(time: [], acceleration: Axes(), rotation: Axes())
            sinceLook = 0
        }
        recording.time.append(time)
        recording.acceleration.append(force)
        recording.rotation?.append(turn)
        samples += 1
        sinceLook += 1
        if let gap { return .gap(gap) }
        guard sinceLook >= stride, recording.duration >= 2 else { return .nothing }
        sinceLook = 0
        return .look
    }

    static func isFinite(_ time: Double, _ force: Vector, _ turn: Vector) -> Bool {
        (time + force.x + force.y + force.z + turn.x + turn.y + turn.z).isFinite
    }

    /// Whether so much time is missing before an instant that the window will begin anew there.
    func isHole(before time: Double) -> Bool {
        guard let latest = recording.time.last else { return false }
        return time - latest > PhoneClock().longestStep
    }

    /// Drops the samples before an instant.
    mutating func drop(before start: Double) {
        let count = recording.time.firstIndex { $0 >= start } ?? 0
        let kept = count..<recording.count
        recording = Recording(
            time: Array(recording.time[kept]), acceleration: recording.acceleration.part(kept),
            rotation: recording.rotation?.part(kept))
    }
}
