// SPDX-License-Identifier: Apache-2.0
import Motion

// Classes, because a page's session holds one of them and Embedded Swift has no protocol for a value to hide in.

/// What looks at a recording while it runs.
class Watcher {
    /// A count, or the seconds held.
    var count: Double { .nan }
    /// The latest figure of its kind; NaN before there is one.
    var figure: Double { .nan }
    func append(_ time: Double, _ force: Vector, _ turn: Vector) {}
}

/// Counts heel raises; the figure is the height in cm.
final class HeelRaiseWatcher: Watcher {
    private var live: LiveHeelRaise
    init(_ test: HeelRaiseTest) { live = LiveHeelRaise(test) }
    override var count: Double { Double(live.count) }
    override var figure: Double { live.repetitions.last?.heightCentimetres.value ?? .nan }
    override func append(_ time: Double, _ force: Vector, _ turn: Vector) {
        live.append(time: time, force: force, turn: turn)
    }
}

/// Counts pumps, circles and lunges; the figure is the range in degrees.
final class AnkleWatcher: Watcher {
    private var live: LiveAnkle
    init(_ test: AnkleTest) { live = LiveAnkle(test) }
    override var count: Double { Double(live.count) }
    override var figure: Double { live.cycles.last?.rangeDegrees ?? live.angleDegrees }
    override func append(_ time: Double, _ force: Vector, _ turn: Vector) {
        live.append(time: time, force: force, turn: turn)
    }
}

/// Counts flights; the figure is the height in cm.
final class HopWatcher: Watcher {
    private var live: LiveHop
    init(_ test: HopTest) { live = LiveHop(test) }
    override var count: Double { Double(live.count) }
    override var figure: Double { live.flights.last?.heightCentimetres ?? .nan }
    override func append(_ time: Double, _ force: Vector, _ turn: Vector) {
        live.append(time: time, force: force, turn: turn)
    }
}

/// Counts the seconds held; the figure is the sway in degrees.
final class BalanceWatcher: Watcher {
    private var live: LiveBalance
    init(_ test: BalanceTest) { live = LiveBalance(test) }
    override var count: Double { live.heldSeconds }
    override var figure: Double { live.rmsDegrees.value ?? .nan }
    override func append(_ time: Double, _ force: Vector, _ turn: Vector) {
        live.append(time: time, force: force, turn: turn)
    }
}

/// Counts turns; the figure is the peak rate in deg/s.
final class TurnWatcher: Watcher {
    private var live = LiveTurn()
    override var count: Double { Double(live.count) }
    override var figure: Double { live.turns.last?.peakDegreesPerSecond ?? .nan }
    override func append(_ time: Double, _ force: Vector, _ turn: Vector) {
        live.append(time: time, force: force, turn: turn)
    }
}
