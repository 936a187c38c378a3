// SPDX-License-Identifier: Apache-2.0
import Foundation

/// A walk with a sensor at the waist and the instants at which each foot came down and left, in samples.
struct TrainingWalk {
    var motion: BodyMotion
    var stepTime: StepTime
    var initialRight: [Double] = []
    var initialLeft: [Double] = []
    var finalRight: [Double] = []
    var finalLeft: [Double] = []
    /// Where the reference knows when feet come down, and where it knows when they leave, in samples.
    var known: [ClosedRange<Double>] = []
    var knownFinals: [ClosedRange<Double>] = []
    /// A belt gives thousands of steps, a room a hundred: these weigh three times, and what is clearly not
    /// walking there counts a little.
    var isOverground: Bool

    func weight(at index: Double, finals: Bool) -> Double {
        if (finals ? knownFinals : known).contains(where: { $0.contains(index) }) {
            return isOverground ? 3 : 1
        }
        let isNear = known.contains { index > $0.lowerBound - 120 && index < $0.upperBound + 120 }
        return isOverground && !isNear ? 0.9 : 0
    }

    /// The same walk with a weaker side, a sensor that sits a little turned, and stronger or weaker signals.
    func disturbed(by random: inout Random) -> BodyMotion {
        var result = motion.facing(25 * Math.radiansPerDegree * random.normal())
        let weaker = 1 - 0.6 * random.uniform()
        let isLeft = random.uniform() < 0.5
        let gains = [0.2, 0.2, 0.4, 0.4, 0.4, 0.4].map {
            Math.exp($0 * random.normal()) * (random.uniform() < 0.15 ? 0 : 1)
        }
        let steps =
            (initialLeft.map { ($0, isLeft ? weaker : 1) } + initialRight.map { ($0, isLeft ? 1 : weaker) })
            .sorted { $0.0 < $1.0 }
        var next = 0
        for index in 0..<motion.count {
            while next < steps.count, steps[next].0 < Double(index) { next += 1 }
            var gain = 1.0
            if next > 0, next < steps.count {
                let (a, b) = (steps[next - 1], steps[next])
                gain = a.1 + (b.1 - a.1) * (Double(index) - a.0) / max(1, b.0 - a.0)
            }
            result.vertical[index] *= gain * gains[0]
            result.forward[index] *= gain * gains[1]
            result.lateral[index] *= gain * gains[2]
            result.yaw[index] *= gain * gains[3]
            result.roll[index] *= gain * gains[4]
            result.pitch[index] *= gain * gains[5]
        }
        return result
    }
}

extension BodyMotion {
    /// In the frame as it is found without any template, so that the fit does not depend on the last one.
    init?(training signal: UniformSignal, _ walking: Range<Int>) {
        let smoothed = SmoothedSignal(signal)
        let part = smoothed.part(walking)
        guard let rough = BodyFrame(part) else { return nil }
        let step = StepTime(BodyMotion(part, frame: rough)).typical
        guard let frame = BodyFrame(part, stepTime: step) else { return nil }
        self.init(smoothed, frame: frame)
    }

    var withoutRotation: BodyMotion {
        var result = self
        result.yaw = [Double](repeating: 0, count: count)
        result.roll = result.yaw
        result.pitch = result.yaw
        return result
    }
}

/// The walks of one recording: a minute at a time on the belt, a bout at a time in the room.
func trainingWalks(folder: String, stem: String) throws -> [TrainingWalk] {
    let waist = try uniform("\(folder)/\(stem)_lower-back.csv")
    let json = try JSONSerialization.jsonObject(
        with: Data(contentsOf: URL(fileURLWithPath: "\(folder)/\(stem).json")))
    let references = (json as? [String: Any])?["references"] as? [String: Any] ?? [:]
    var initial: [(Double, BodySide)] = []
    var final: [(Double, BodySide)] = []
    var bouts: [ClosedRange<Double>] = []
    var finalBouts: [ClosedRange<Double>] = []
    var isOverground = false
    if let walks = references["INDIP_wb"] as? [[String: Any]] {
        isOverground = true
        for walk in walks {
            guard let start = walk["start_s"] as? Double, let end = walk["end_s"] as? Double else { continue }
            bouts.append(start...end)
            for contact in walk["initial_contacts"] as? [[String: Any]] ?? [] {
                guard let time = contact["t_s"] as? Double, let side = contact["side"] as? String,
                    let side = BodySide(rawValue: side)
                else { continue }
                initial.append((time, side))
            }
        }
        // The insoles let go some 60 ms after the foot does, as the optical system beside them sees.
        for walk in references["Stereophoto_wb"] as? [[String: Any]] ?? [] {
            guard let start = walk["start_s"] as? Double, let end = walk["end_s"] as? Double else { continue }
            finalBouts.append(start...end)
            for stride in walk["strides"] as? [[String: Any]] ?? [] {
                guard let time = stride["start_s"] as? Double, let stance = stride["stance_s"] as? Double,
                    let side = (stride["side"] as? String).flatMap(BodySide.init)
                else { continue }
                final.append((time + stance, side))
            }
        }
    } else if FileManager.default.fileExists(atPath: "\(folder)/\(stem)_left-foot.csv") {
        for side in BodySide.allCases {
            let foot = try WalkFindings(
                foot: uniform("\(folder)/\(stem)_\(side.rawValue)-foot.csv"), side: side)
            initial += foot.contacts.map { ($0.time, side) }
            final += foot.finalContacts.map { ($0.time, side) }
        }
        let times = initial.map { $0.0 }.sorted()
        if let first = times.first, let last = times.last {
            (bouts, finalBouts) = ([first...last], [first...last])
        }
    }
    let pieces: [ClosedRange<Double>] =
        isOverground
        ? bouts.map { ($0.lowerBound - 4)...($0.upperBound + 4) }
        : stride(from: waist.start, to: waist.time(Double(waist.count)), by: 60).map { $0...($0 + 60) }
    var walks: [TrainingWalk] = []
    for piece in pieces {
        let low = max(0, Int((piece.lowerBound - waist.start) * UniformSignal.rate))
        let high = min(waist.count, Int((piece.upperBound - waist.start) * UniformSignal.rate))
        let here = bouts.filter { $0.overlaps(piece) }
        guard high - low > 400, !here.isEmpty else { continue }
        let signal = waist.part(low..<high)
        func index(_ time: Double) -> Double { (time - signal.start) * UniformSignal.rate }
        let from = here.map { index($0.lowerBound) }.min() ?? 0
        let to = here.map { index($0.upperBound) }.max() ?? 0
        let walking = max(0, Int(from))..<min(signal.count, Int(to) + 1)
        guard walking.count > 150, let motion = BodyMotion(training: signal, walking) else { continue }
        func instants(_ events: [(Double, BodySide)], _ side: BodySide) -> [Double] {
            events.filter { $0.1 == side }.map { index($0.0) }
        }
        var walk = TrainingWalk(
            motion: motion, stepTime: StepTime(motion), isOverground: isOverground)
        walk.initialRight = instants(initial, .right)
        walk.initialLeft = instants(initial, .left)
        walk.finalRight = instants(final, .right)
        walk.finalLeft = instants(final, .left)
        func known(_ bouts: [ClosedRange<Double>]) -> [ClosedRange<Double>] {
            bouts.filter { $0.overlaps(piece) }.map {
                (index($0.lowerBound) - 30)...(index($0.upperBound) + 30)
            }
        }
        walk.known = known(bouts)
        walk.knownFinals = known(finalBouts)
        walks.append(walk)
    }
    return walks
}

/// A recording on the even grid.
func uniform(_ path: String) throws -> UniformSignal {
    let text = try String(contentsOfFile: path, encoding: .utf8)
    var sampler = GridSampler()
    var grid: [MotionSample] = []
    for line in text.split(whereSeparator: \.isNewline).dropFirst() {
        let row = line.split(separator: ",").compactMap { Double($0) }
        guard row.count == 7 else { continue }
        sampler.append(
            MotionSample(
                time: row[0], acceleration: Vector(row[1], row[2], row[3]),
                rotation: Vector(row[4], row[5], row[6])), to: &grid)
    }
    var (acceleration, rotation) = (Axes(), Axes())
    for sample in grid {
        acceleration.append(sample.acceleration)
        rotation.append(sample.rotation ?? .zero)
    }
    return UniformSignal(start: grid.first?.time ?? 0, acceleration: acceleration, rotation: rotation)
}
