// SPDX-License-Identifier: Apache-2.0

extension WalkFindings {
    /// From one foot: contacts, strides with their length, and the foot's angles as it comes down and leaves.
    ///
    /// The foot's rate of turn about its own crosswise axis falls through zero as the heel touches and is
    /// lowest as the sole slaps down; the contact is half-way. It is lowest as the toes push and rises
    /// through zero as they leave; the final contact is half-way.
    init(foot signal: UniformSignal, side: BodySide?) {
        guard let rotation = signal.rotation, signal.count > 100 else { return }
        let swings = FootSwings().swings(signal, rotation: rotation)
        // Forward in the sensor's axes, by all strides; a turning step says little and is short.
        var sum = Vector.zero
        var up = Vector.zero
        for swing in swings {
            sum += swing.direction * (swing.length * swing.length)
            up += swing.up
        }
        guard let up = up.normalized, let forward = (sum - up * sum.dot(up)).normalized else { return }
        let rate = UniformSignal.rate
        let pitch = Butterworth.lowPass(order: 2, cutoff: 12, rate: rate).zeroPhase(
            rotation.along(forward.cross(up)))
        let smooth = Butterworth.lowPass(order: 2, cutoff: 3, rate: rate).zeroPhase(pitch)
        var steps: [FootStep] = []
        for swing in swings {
            if let step = FootStep(swing, pitch: pitch, smooth: smooth) { steps.append(step) }
        }
        for (number, step) in steps.enumerated() {
            let quality = min(1, step.swing.length)
            finalContacts.append(FinalContact(time: signal.time(step.final), side: side, quality: quality))
            contacts.append(InitialContact(time: signal.time(step.initial), side: side, quality: quality))
            guard number > 0, let side else { continue }
            let before = steps[number - 1]
            let duration = (step.initial - before.initial) / rate
            guard duration < 3.2, step.final > before.initial, step.initial > step.final else { continue }
            let range = Int(before.initial)..<Int(step.initial)
            let turned = range.reduce(0) { $0 + rotation[$1].dot(up) } / rate
            var stride = Stride(
                side: side, start: signal.time(before.initial), end: signal.time(step.initial),
                length: .known(step.swing.length), stance: .known((step.final - before.initial) / rate),
                swing: .known((step.initial - step.final) / rate), turned: turned)
            stride.footStrikeAngle = .known(step.strikeAngle)
            stride.toeOffAngle = .known(step.offAngle)
            strides.append(stride)
        }
    }
}

/// One flight of a foot with the instants at which it begins and ends.
struct FootStep: Sendable {
    var swing: FootSwing
    /// In samples.
    var final: Double
    var initial: Double
    /// deg, toes up positive, against the foot at rest.
    var offAngle: Double
    var strikeAngle: Double

    init?(_ swing: FootSwing, pitch: [Double], smooth: [Double]) {
        let range = swing.range
        guard let top = range.max(by: { smooth[$0] < smooth[$1] }), smooth[top] > 0 else { return nil }
        func crossing(_ a: Int, _ b: Int) -> Double {
            let span = pitch[b] - pitch[a]
            let part = span == 0 ? 0 : -pitch[a] / span
            return Double(a) + Double(b - a) * min(1, max(0, part))
        }
        var end = top
        while end < range.upperBound - 1, pitch[end] > 0 { end += 1 }
        // A foot that still turns its toes up when it rests has not come down from a step.
        guard pitch[end] <= 0 else { return nil }
        let slap = (end..<min(range.upperBound, end + 13)).min { pitch[$0] < pitch[$1] } ?? end
        var start = top
        while start > range.lowerBound, pitch[start] > 0 { start -= 1 }
        let push = (max(range.lowerBound, start - 18)...start).min { pitch[$0] < pitch[$1] } ?? start
        self.swing = swing
        let heel = crossing(max(range.lowerBound, end - 1), end)
        initial = (heel + Double(slap)) / 2
        final = (crossing(start, min(range.upperBound - 1, start + 1)) + Double(push)) / 2
        // The angle against rest, summed from either side, so that drift counts least near the nearer rest.
        var angle = [0.0]
        for index in range.dropFirst() {
            angle.append(
                angle[angle.count - 1] + (pitch[index - 1] + pitch[index]) / (2 * UniformSignal.rate))
        }
        let drift = angle[angle.count - 1] / Double(angle.count - 1)
        for index in angle.indices { angle[index] -= drift * Double(index) }
        strikeAngle = interpolated(angle, at: heel - Double(range.lowerBound))
        offAngle = interpolated(angle, at: final - Double(range.lowerBound))
    }
}
