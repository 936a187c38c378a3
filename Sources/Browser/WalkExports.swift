// SPDX-License-Identifier: Apache-2.0
public import Motion

// The analysis of walking is a module of its own in the browser, so that the tests of the calf load quickly.

/// Side 0 is left, 1 right, anything else not known; a height of NaN gives no lengths.
@c(soleus_walk)
public func walk(_ handle: Handle, _ place: Int32, _ side: Int32, _ height: Double) -> Int32 {
    session(handle).answer { (recording, encoder) throws(SignalError) in
        encoder.write(
            try GaitAnalysis(
                recording: recording, placement: placement(place),
                side: side == 0 ? .left : side == 1 ? .right : nil, height: known(height)))
    }
}

@c(soleus_watch_walk) public func watchWalk(_ handle: Handle, _ place: Int32) {
    session(handle).watch(
        WalkWatcher(placement(place), hasRotation: session(handle).recording.rotation != nil))
}

/// Counts steps; the figure is the cadence of the last ten, in steps/min.
final class WalkWatcher: Watcher {
    private static let recent = 10
    private var stream: GaitStream
    private let hasRotation: Bool
    private var steps = 0
    /// When the last steps were, oldest first.
    private var times: [Double] = []

    init(_ placement: Placement, hasRotation: Bool) {
        // Nobody's eyes follow a phone at the belt more often than twice a second; the page analyses the whole
        // recording at the end.
        stream = GaitStream(placement: placement, isLive: true, liveEvery: 0.5, settling: .never)
        self.hasRotation = hasRotation
        // A stream keeps up to eighty seconds of samples, in a list that doubles as it grows.
        for order in 19...20 { Session.warm(order) }
    }

    override var count: Double { Double(steps) }
    override var figure: Double {
        guard times.count > 2, let first = times.first, let last = times.last, last > first else {
            return .nan
        }
        return 60 * Double(times.count - 1) / (last - first)
    }

    override func append(_ time: Double, _ force: Vector, _ turn: Vector) {
        let sample = MotionSample(time: time, acceleration: force, rotation: hasRotation ? turn : nil)
        // What is no number or comes late is left out here; the analysis at the end says so.
        guard let contacts = try? stream.append(sample) else { return }
        steps += contacts.count
        times += contacts.map { $0.time }
        if times.count > Self.recent + 1 { times.removeFirst(times.count - Self.recent - 1) }
    }
}

extension Encoder {
    private mutating func write(_ value: GaitValue) { write(value.value ?? .nan) }

    private mutating func write(_ sides: GaitSummary.BySide) {
        write(sides.left)
        write(sides.right)
    }

    private mutating func write(_ side: BodySide?) { write(side == .left ? 0 : side == .right ? 1 : -1) }

    public mutating func write(_ walk: GaitAnalysis) {
        let summary = walk.summary
        write(summary.walkingTime)
        write(summary.steps)
        write(summary.strides)
        write(summary.cadence)
        write(summary.strideLength)
        write(summary.walkingSpeed)
        write(summary.strideTime)
        write(summary.strideTimeVariability)
        write(summary.doubleSupport)
        write(summary.stepTime)
        write(summary.stanceTime)
        write(summary.swingTime)
        write(summary.stepTimeAsymmetry)
        write(summary.stanceTimeAsymmetry)
        write(summary.swingTimeAsymmetry)
        write(summary.phaseCoordinationIndex)
        write(summary.harmonicRatioVertical)
        write(summary.harmonicRatioForward)
        write(summary.harmonicRatioLateral)
        write(summary.improvedHarmonicRatioVertical)
        write(summary.improvedHarmonicRatioForward)
        write(summary.improvedHarmonicRatioLateral)
        write(summary.gaitSymmetryIndex)
        write(summary.stepRegularity)
        write(summary.strideRegularity)
        write(summary.footStrikeAngle)
        write(summary.toeOffAngle)
        write(summary.turns)
        write(walk.bouts.count)
        for bout in walk.bouts {
            write(bout.start)
            write(bout.end)
            write(bout.contacts.count)
            for contact in bout.contacts {
                write(contact.time)
                write(contact.side)
            }
        }
    }
}
