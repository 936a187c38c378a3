// SPDX-License-Identifier: Apache-2.0

/// A number that a walk gave, or why it gave none.
public enum GaitValue: Hashable, Sendable {
    case known(Double)
    case missing(GaitGap)

    /// The number, where there is one.
    public var value: Double? {
        guard case .known(let value) = self else { return nil }
        return value
    }

    /// Why there is none.
    public var gap: GaitGap? {
        guard case .missing(let gap) = self else { return nil }
        return gap
    }

    /// The middle of the values, or that there are too few strides for one.
    static func middle(of values: [Double], atLeast needed: Int) -> GaitValue {
        guard values.count >= needed, let middle = median(values) else {
            return .missing(.tooFewStrides(found: values.count, needed: needed))
        }
        return .known(middle)
    }
}

/// Why a number about a walk is missing, as facts; the sentence is made where it is read.
public enum GaitGap: Hashable, Sendable {
    case tooFewSteps(found: Int, needed: Int)
    case tooFewStrides(found: Int, needed: Int)
    /// Of one side, where both are compared.
    case tooFewOfOneSide(side: BodySide, found: Int, needed: Int)
    /// Lengths follow from body height, which was not given.
    case noHeight
    case noRotation
    /// The sensor in this place does not see it.
    case notSeenFrom(Placement)
    /// The stride began or ended outside the walk.
    case incomplete
    /// No method that held against a reference is known for it.
    case notMeasurableThisWay
    /// Nobody walked.
    case noWalking
}
