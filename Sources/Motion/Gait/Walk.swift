// SPDX-License-Identifier: Apache-2.0

/// A foot coming down.
public struct InitialContact: Hashable, Sendable {
    /// Seconds on the recording's clock.
    public var time: Double
    /// Nil where neither foot is the likelier one.
    public var side: BodySide?
    /// 0 to 1: how clearly it stands out.
    public var quality: Double
}

/// A foot leaving the ground.
public struct FinalContact: Hashable, Sendable {
    public var time: Double
    public var side: BodySide?
    public var quality: Double
}

/// From one foot's initial contact to its next.
public struct Stride: Hashable, Sendable {
    public var side: BodySide
    /// Seconds on the recording's clock.
    public var start: Double
    public var end: Double
    /// Seconds from `start` to the other foot's initial contact.
    public var oppositeContact: Double?
    /// m.
    public var length: GaitValue
    /// Seconds on the ground and in the air.
    public var stance: GaitValue
    public var swing: GaitValue
    /// deg turned about the vertical, to the left positive; nil without a gyroscope.
    public var turned: Double?
    /// How alike its halves are; from the trunk.
    public var harmonicRatios: HarmonicRatios?
    /// m/s by which this leg's push-off speeds the waist up, forward; from the waist.
    public var pushOff = GaitValue.missing(.notSeenFrom(.foot))
    /// deg between foot and its place at rest as it comes down, toes up positive; from a foot sensor.
    public var footStrikeAngle = GaitValue.missing(.notSeenFrom(.lowerBack))
    /// deg as it leaves the ground, toes down negative; from a foot sensor.
    public var toeOffAngle = GaitValue.missing(.notSeenFrom(.lowerBack))

    /// Seconds.
    public var duration: Double { end - start }

    /// m/s.
    public var speed: GaitValue {
        guard case .known(let length) = length else { return length }
        return .known(length / duration)
    }
}

/// Walking without a pause of more than three seconds.
public struct WalkingBout: Hashable, Sendable {
    /// The first and the last initial contact, in seconds.
    public var start: Double
    public var end: Double
    public var contacts: [InitialContact]
    public var finalContacts: [FinalContact]
    public var strides: [Stride]

    public var duration: Double { end - start }

    /// Steps per minute, from the mean stride.
    public var cadence: GaitValue {
        let durations = strides.map { $0.duration }
        if let mean = mean(durations) { return .known(120 / mean) }
        guard contacts.count >= 3, duration > 0 else {
            return .missing(.tooFewSteps(found: contacts.count, needed: 3))
        }
        return .known(60 * Double(contacts.count - 1) / duration)
    }

    /// The mean stride's length in m.
    public var strideLength: GaitValue { average { $0.length } }

    /// The mean stride's speed in m/s.
    public var walkingSpeed: GaitValue { average { $0.speed } }

    private func average(_ value: (Stride) -> GaitValue) -> GaitValue {
        let values = strides.map(value)
        if let mean = mean(values.compactMap { $0.value }) { return .known(mean) }
        for case .missing(let gap) in values where gap == .noHeight { return .missing(gap) }
        return .missing(values.first?.gap ?? .tooFewStrides(found: 0, needed: 1))
    }
}
