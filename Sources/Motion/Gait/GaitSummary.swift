// SPDX-License-Identifier: Apache-2.0

/// What a chart takes from a walk: each value with its unit here, or why it is missing.
public struct GaitSummary: Hashable, Sendable {
    /// The fewest strides that a middle value is made of.
    static let fewestStrides = 4

    /// Seconds between the first and last contact of all bouts together.
    public var walkingTime: Double
    public var steps: Int
    public var strides: Int
    /// Steps/min, m, m/s, s: of the strides that are not turns.
    public var cadence: GaitValue
    public var strideLength: GaitValue
    public var walkingSpeed: GaitValue
    public var strideTime: GaitValue
    /// The coefficient of variation of stride time, in percent.
    public var strideTimeVariability: GaitValue
    /// The share of the stride with both feet on the ground, in percent.
    public var doubleSupport: GaitValue
    /// s, by leg; a left step ends with the left foot's contact.
    public var stepTime: BySide
    public var stanceTime: BySide
    public var swingTime: BySide
    /// Percent, without sign; 0 is alike.
    public var stepTimeAsymmetry: GaitValue
    public var stanceTimeAsymmetry: GaitValue
    public var swingTimeAsymmetry: GaitValue
    /// Percent; 0 is perfect.
    public var phaseCoordinationIndex: GaitValue
    public var harmonicRatioVertical: GaitValue
    public var harmonicRatioForward: GaitValue
    public var harmonicRatioLateral: GaitValue
    /// Percent; 100 is perfect.
    public var improvedHarmonicRatioVertical: GaitValue
    public var improvedHarmonicRatioForward: GaitValue
    public var improvedHarmonicRatioLateral: GaitValue
    /// At most 1.
    public var gaitSymmetryIndex: GaitValue
    public var stepRegularity: GaitValue
    public var strideRegularity: GaitValue
    /// deg, from a foot sensor.
    public var footStrikeAngle: GaitValue
    public var toeOffAngle: GaitValue
    /// m/s by which a push-off speeds the waist up; only to compare a person with that person.
    ///
    /// The middle of both legs followed the force plate within each of four people (r .96, eight trials of two
    /// each); across people it did not (r .36), and each leg by itself was never held against a plate.
    public var pushOff: GaitValue
    public var pushOffBySide: BySide
    public var turns: Int

    /// A value of each leg.
    public struct BySide: Hashable, Sendable {
        public var left: GaitValue
        public var right: GaitValue

        public subscript(side: BodySide) -> GaitValue { side == .left ? left : right }

        /// The injured leg's value as a share of the other's, in percent.
        public func limbSymmetry(injured: BodySide) -> GaitValue {
            guard let mine = self[injured].value else { return self[injured] }
            guard let other = self[injured.other].value else { return self[injured.other] }
            guard let index = limbSymmetryIndex(injured: mine, other: other) else {
                return .missing(.notMeasurableThisWay)
            }
            return .known(index)
        }

        /// The sides' difference by their mean in percent, without sign.
        var asymmetry: GaitValue {
            guard let left = left.value else { return self.left }
            guard let right = right.value else { return self.right }
            return percentAsymmetry(left, right).map { .known($0) } ?? .missing(.incomplete)
        }
    }
}

extension GaitSummary {
    init(bouts: [WalkingBout], regularities: [Regularity], turns: [WalkingTurn], placement: Placement) {
        let needed = Self.fewestStrides
        // A stride that turns is shorter and lopsided by nature: it says nothing about the legs.
        func isStraight(_ stride: Stride) -> Bool { (stride.turned ?? 0).magnitude < 30 }
        let straight = bouts.reduce(0) { sum, bout in
            bout.strides.reduce(sum) { $0 + (isStraight($1) ? 1 : 0) }
        }
        /// A value of each stride that counts; the strides of hours are not copied for it.
        func each<Value>(_ value: (Stride) -> Value?) -> [Value] {
            var values: [Value] = []
            for bout in bouts {
                for stride in bout.strides where straight < needed || isStraight(stride) {
                    if let value = value(stride) { values.append(value) }
                }
            }
            return values
        }
        func middle(_ values: [Double]) -> GaitValue {
            if bouts.isEmpty { return .missing(.noWalking) }
            return .middle(of: values, atLeast: needed)
        }
        func middle(_ value: (Stride) -> GaitValue) -> GaitValue {
            let values = each(value)
            let known = values.compactMap { $0.value }
            if known.isEmpty, let first = values.first, first.gap != nil { return first }
            return middle(known)
        }
        func bySide(_ value: (Stride) -> Double?) -> BySide {
            func of(_ side: BodySide) -> GaitValue {
                let values = each { $0.side == side ? value($0) : nil }
                if bouts.isEmpty { return .missing(.noWalking) }
                guard values.count >= needed, let middle = median(values) else {
                    return .missing(.tooFewOfOneSide(side: side, found: values.count, needed: needed))
                }
                return .known(middle)
            }
            return BySide(left: of(.left), right: of(.right))
        }
        walkingTime = bouts.reduce(0) { $0 + $1.duration }
        steps = bouts.reduce(0) { $0 + $1.contacts.count }
        strides = bouts.reduce(0) { $0 + $1.strides.count }
        let durations = each { $0.duration }
        strideTime = middle(durations)
        let walkedSteps = bouts.reduce(0) { $0 + $1.contacts.count - 1 }
        if let stride = strideTime.value {
            cadence = .known(120 / stride)
        } else if strides == 0, walkedSteps >= 2 * needed, walkingTime > 0 {
            // Steps without sides, as from a pocket.
            cadence = .known(60 * Double(walkedSteps) / walkingTime)
        } else {
            cadence = strideTime
        }
        strideLength = middle { $0.length }
        walkingSpeed = middle { $0.speed }
        if let mean = mean(durations), let deviation = standardDeviation(durations), durations.count >= needed
        {
            strideTimeVariability = .known(100 * deviation / mean)
        } else {
            strideTimeVariability = strideTime
        }
        // A step of a leg is the second half of the other leg's stride.
        let firstSteps = bySide { stride in stride.oppositeContact.map { $0 - stride.start } }
        stepTime = BySide(left: firstSteps.right, right: firstSteps.left)
        stanceTime = bySide { $0.stance.value }
        swingTime = bySide { $0.swing.value }
        stepTimeAsymmetry = stepTime.asymmetry
        stanceTimeAsymmetry = stanceTime.asymmetry
        swingTimeAsymmetry = swingTime.asymmetry
        let leftStance = stanceTime.left.value
        let rightStance = stanceTime.right.value
        if let leftStance, let rightStance, let stride = strideTime.value {
            doubleSupport = .known(100 * max(0, leftStance + rightStance - stride) / stride)
        } else {
            doubleSupport = leftStance == nil ? stanceTime.left : stanceTime.right
        }
        // By the leg with the longer swing, as Plotnik has it.
        let isLeft = (swingTime.left.value ?? 0) >= (swingTime.right.value ?? 0)
        let phases = each { stride in
            (stride.side == .left) == isLeft
                ? stride.oppositeContact.map { ($0 - stride.start) / stride.duration } : nil
        }
        let few = GaitValue.missing(
            bouts.isEmpty ? .noWalking : .tooFewStrides(found: phases.count, needed: needed))
        let index = phases.count >= needed ? coordinationIndex(phases) : nil
        phaseCoordinationIndex = index.map { .known($0) } ?? few
        let isTrunk = placement == .lowerBack || placement == .waist || placement == .chest
        func ratio(_ value: (HarmonicRatios) -> Double) -> GaitValue {
            isTrunk
                ? middle(each { $0.harmonicRatios.map(value) }) : .missing(.notSeenFrom(placement))
        }
        harmonicRatioVertical = ratio { $0.vertical }
        harmonicRatioForward = ratio { $0.forward }
        harmonicRatioLateral = ratio { $0.lateral }
        improvedHarmonicRatioVertical = ratio { $0.improvedVertical }
        improvedHarmonicRatioForward = ratio { $0.improvedForward }
        improvedHarmonicRatioLateral = ratio { $0.improvedLateral }
        let weight = Double(regularities.reduce(0) { $0 + $1.strides })
        func regularity(_ value: (Regularity) -> Double) -> GaitValue {
            if bouts.isEmpty { return .missing(.noWalking) }
            guard weight >= Double(needed) else {
                return .missing(.tooFewStrides(found: Int(weight), needed: needed))
            }
            return .known(regularities.reduce(0) { $0 + value($1) * Double($1.strides) } / weight)
        }
        gaitSymmetryIndex = isTrunk ? regularity { $0.symmetryIndex } : .missing(.notSeenFrom(placement))
        stepRegularity = regularity { $0.step }
        strideRegularity = regularity { $0.stride }
        let push = bySide { $0.pushOff.value }
        let unseen = GaitValue.missing(.notSeenFrom(placement))
        pushOff = isTrunk ? middle { $0.pushOff } : unseen
        pushOffBySide = isTrunk ? push : BySide(left: unseen, right: unseen)
        footStrikeAngle = middle { $0.footStrikeAngle }
        toeOffAngle = middle { $0.toeOffAngle }
        self.turns = turns.count
    }
}
