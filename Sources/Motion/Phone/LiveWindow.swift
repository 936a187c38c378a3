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
    /// What lay before the latest hole, from the hole before it on.
    private(set) var closed: Recording?
    private(set) var samples = 0
    private var sinceLook = 0

    init(stride: Int = 20) { self.stride = stride }

    /// Takes one more sample; one that is not finite or comes from the past is left out.
    mutating func append(time: Double, force: Vector, turn: Vector) -> Next {
        let sum = time + force.x + force.y + force.z + turn.x + turn.y + turn.z
        guard sum.isFinite else { return .nothing }
        let clock = PhoneClock()
        var gap: Gap?
        if let latest = recording.time.last {
            if time < latest - clock.jitter { return .nothing }
            if time - latest > clock.longestStep { gap = Gap(start: latest, end: time) }
        }
        if gap != nil {
            closed = recording
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

    /// Drops the samples before an instant.
    mutating func drop(before start: Double) {
        let count = recording.time.firstIndex { $0 >= start } ?? 0
        let kept = count..<recording.count
        recording = Recording(
            time: Array(recording.time[kept]), acceleration: recording.acceleration.part(kept),
            rotation: recording.rotation?.part(kept))
    }
}
