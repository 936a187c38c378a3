// SPDX-License-Identifier: Apache-2.0

/// What one stretch of activity holds: contacts, sides and strides.
struct WalkFindings: Hashable, Sendable {
    var contacts: [InitialContact] = []
    var finalContacts: [FinalContact] = []
    var strides: [Stride] = []
    var turns: [WalkingTurn] = []
    var regularities: [Regularity] = []
}

extension WalkFindings {
    /// From the waist.
    ///
    /// - Parameters:
    ///   - signal: The stretch with what is around it.
    ///   - height: The body's in m, where known.
    ///   - goesOn: Whether somebody is still walking at the end, as in a stream.
    init(waist signal: UniformSignal, height: Double?, goesOn: Bool = false) {
        guard signal.count >= 120 else { return }
        let smoothed = SmoothedSignal(signal)
        guard var walk = WaistWalk(smoothed, in: 0..<signal.count, goesOn: goesOn) else { return }
        if let first = walk.contacts.first, let last = walk.contacts.last,
            last.index - first.index > 1.2 * UniformSignal.rate
        {
            // Again, now that it is known where the walk is: standing around it tilts the frame.
            let range = Int(first.index)..<min(signal.count, Int(last.index) + 1)
            let step = walk.stepTime.typical(in: range)
            walk = WaistWalk(smoothed, in: range, step: step, goesOn: goesOn) ?? walk
        }
        let found = walk.contacts
        guard found.count >= 3 else { return }
        let rate = UniformSignal.rate
        for contact in found {
            contacts.append(
                InitialContact(
                    time: signal.time(contact.index), side: contact.side,
                    quality: min(1, max(0, contact.likelihood))))
        }
        guard let step = median(zip(found.dropFirst(), found).map { ($0.index - $1.index) / rate }) else {
            return
        }
        var finals: [Double?] = []
        for k in found.indices {
            let next = k + 1 < found.count ? (found[k + 1].index - found[k].index) / rate : step
            let final = FinalContactSearch().final(
                after: found[k], step: min(next, 1.5 * step), usual: step, in: walk.likelihood)
            finals.append(final / rate)
            finalContacts.append(
                FinalContact(
                    time: signal.time(final), side: found[k].side.other, quality: contacts[k].quality))
        }
        let pushOff = PushOff(walk.motion)
        for k in found.indices.dropLast(2) {
            let (a, b, c) = (found[k].index / rate, found[k + 1].index / rate, found[k + 2].index / rate)
            guard found[k].side == found[k + 2].side, found[k].side != found[k + 1].side, c - a <= 3.2,
                b - a <= 2.2 * step, c - b <= 2.2 * step
            else { continue }
            var stance = GaitValue.missing(.incomplete)
            var swing = GaitValue.missing(.incomplete)
            if let off = finals[k + 1], off - a > 0.2, c - off > 0.1 {
                stance = .known(off - a)
                swing = .known(c - off)
            }
            let range = Int(found[k].index)..<Int(found[k + 2].index)
            let deviation = standardDeviation(Array(walk.motion.vertical[range])) ?? 0
            var turned: Double?
            if let rotation = signal.rotation {
                var sum = 0.0
                for index in range { sum += rotation[index].dot(walk.motion.frame.up) }
                turned = sum / rate
            }
            var length = GaitValue.missing(.noHeight)
            if let height {
                length = .known(
                    StrideLength().length(
                        verticalDeviation: deviation, duration: c - a,
                        turnRate: (turned ?? 0).magnitude / (c - a), height: height))
            }
            var stride = Stride(
                side: found[k].side, start: signal.start + a, end: signal.start + c,
                oppositeContact: signal.start + b, length: length, stance: stance, swing: swing,
                turned: turned, harmonicRatios: HarmonicRatios(walk.motion, stride: range))
            stride.pushOff = .known(
                pushOff.increase(contact: found[k + 1].index, before: rate * (b - a), after: rate * (c - b)))
            strides.append(stride)
        }
        turns = TurnDetector().turns(signal, up: walk.motion.frame.up)
        if let stride = median(strides.map { $0.duration }), let last = found.last,
            let regularity = Regularity(
                walk.motion, walking: Int(found[0].index)..<Int(last.index), stride: stride,
                strides: strides.count)
        {
            regularities.append(regularity)
        }
    }
}

/// The contacts of a stretch, seen in the frame of a part of it.
struct WaistWalk: Sendable {
    var motion: BodyMotion
    var stepTime: StepTime
    var likelihood: ContactLikelihood
    var contacts: [Candidate]

    /// - Parameters:
    ///   - signal: The stretch.
    ///   - walking: Where in it somebody walks.
    ///   - step: The step time there, once it is known.
    ///   - goesOn: Whether somebody is still walking at the end.
    init?(_ signal: SmoothedSignal, in walking: Range<Int>, step: Double? = nil, goesOn: Bool) {
        let part = signal.part(walking)
        if let step {
            guard let frame = BodyFrame(part, stepTime: step) else { return nil }
            motion = BodyMotion(signal, frame: frame)
            stepTime = StepTime(motion)
        } else {
            guard let rough = BodyFrame(part) else { return nil }
            let seen = StepTime(BodyMotion(part, frame: rough))
            motion = BodyMotion(signal, frame: BodyFrame(part, stepTime: seen.typical) ?? rough)
            stepTime = part.count == signal.count ? seen : StepTime(motion)
        }
        likelihood = ContactLikelihood(motion, stepTime: stepTime, goesOn: goesOn)
        var found = ContactPath().chains(likelihood, stepTime: stepTime)
        // A first look need not be right about forward, only about where the walk is. Then the walk itself says
        // which way it faced: the direction in which it is most plausible.
        let ahead = motion
        for degrees in part.count == signal.count && step == nil ? [] : Self.turns {
            let turned = ahead.facing(degrees * Math.radiansPerDegree)
            let other = ContactLikelihood(turned, stepTime: stepTime, goesOn: goesOn)
            let chains = ContactPath().chains(other, stepTime: stepTime)
            if chains.sum > found.sum { (motion, likelihood, found) = (turned, other, chains) }
        }
        if step != nil {
            found.contacts = ContactPath().undoubted(found.contacts, of: likelihood, stepTime: stepTime)
        }
        let (course, end) = (stepTime, Double(signal.count - 1))
        contacts = found.contacts.map { contact in
            let later = ContactLikelihood.lead(course.at(contact.index)) * UniformSignal.rate
            var contact = contact
            contact.index = min(contact.index + later, end)
            return contact
        }
    }

    /// Degrees to the left of where the phases say that forward is.
    private static let turns: [Double] = [180]
}
