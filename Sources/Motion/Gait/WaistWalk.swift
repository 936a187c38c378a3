// SPDX-License-Identifier: Apache-2.0

/// What one stretch of activity at the waist holds: contacts, sides and strides.
struct WaistWalk: Sendable {
    var contacts: [InitialContact] = []
    var finalContacts: [FinalContact] = []
    var strides: [Stride] = []

    /// - Parameters:
    ///   - signal: The stretch with what is around it.
    ///   - height: The body's in m, where known.
    init(_ signal: UniformSignal, height: Double?) {
        guard signal.count >= 120, var walk = Found(signal, signal) else { return }
        if let first = walk.contacts.first, let last = walk.contacts.last,
            last.index - first.index > 1.2 * UniformSignal.rate
        {
            // Again, now that it is known where the walk is: standing around it tilts the frame.
            let range = Int(first.index)..<min(signal.count, Int(last.index) + 1)
            walk = Found(signal, signal.part(range)) ?? walk
        }
        let found = walk.contacts
        guard found.count >= 3 else { return }
        let sides = SideEvidence().sides(found, walk.motion)
        let rate = UniformSignal.rate
        for (contact, side) in zip(found, sides) {
            contacts.append(
                InitialContact(
                    time: signal.time(contact.index), side: side.side,
                    quality: min(1, contact.likelihood) * side.certainty))
        }
        guard let step = median(zip(found.dropFirst(), found).map { ($0.index - $1.index) / rate }) else {
            return
        }
        let search = FinalContactSearch()
        var finals: [Double?] = []
        for k in found.indices {
            let near = k + 1 < found.count ? (found[k + 1].index - found[k].index) / rate : step
            finals.append(found[k].index / rate + search.doubleSupport(step: min(near, 2 * step)))
            if let last = finals[k] {
                finalContacts.append(
                    FinalContact(
                        time: signal.start + last, side: sides[k].side.other, quality: contacts[k].quality))
            }
        }
        for k in found.indices.dropLast(2) {
            let (a, b, c) = (found[k].index / rate, found[k + 1].index / rate, found[k + 2].index / rate)
            guard sides[k].side == sides[k + 2].side, sides[k].side != sides[k + 1].side, c - a <= 2.5,
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
            strides.append(
                Stride(
                    side: sides[k].side, start: signal.start + a, end: signal.start + c,
                    oppositeContact: signal.start + b, length: length, stance: stance, swing: swing,
                    turned: turned))
        }
    }

    /// The contacts of a stretch seen in the frame of a part of it.
    struct Found: Sendable {
        var motion: BodyMotion
        var contacts: [Candidate]

        init?(_ signal: UniformSignal, _ walking: UniformSignal) {
            guard let frame = BodyFrame(walking) else { return nil }
            motion = BodyMotion(signal, frame: frame)
            let stepTime = StepTime(
                walking.count == signal.count ? motion : BodyMotion(walking, frame: frame))
            let whole = walking.count == signal.count ? stepTime : StepTime(motion)
            var local = whole
            local.typical = stepTime.typical
            let likelihood = ContactLikelihood.values(motion, stepTime: local)
            let path = ContactPath()
            contacts = path.chains(path.candidates(likelihood), stepTime: local).flatMap { $0 }
        }
    }
}
