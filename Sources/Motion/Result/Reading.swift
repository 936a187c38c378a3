// SPDX-License-Identifier: Apache-2.0

/// A measured value, or why there is none.
///
/// The unit stands in the name of the property that holds it.
public enum Reading: Hashable, Sendable {
    case value(Double)
    case missing(Missing)

    public var value: Double? {
        if case .value(let value) = self { value } else { nil }
    }

    public var missing: Missing? {
        if case .missing(let missing) = self { missing } else { nil }
    }

    /// A number that came out, or the reason if none did.
    init(_ value: Double, orMissing reason: Missing) {
        self = value.isFinite ? .value(value) : .missing(reason)
    }
}

/// Why a value is missing, as facts.
public enum Missing: Hashable, Sendable {
    /// The person's mass in kg was not given.
    case noMass
    /// The length of the foot in cm was not given.
    case noFootLength
    /// The person's height in m was not given.
    case noHeight
    /// The recording has no gyroscope.
    case noRotation
    /// Too few repetitions, hops, trials or samples.
    case tooFew(needed: Int, got: Int)
    /// A phone at this place does not show it.
    case notAtThisPlacement
    /// The movement is smaller than the phone's steps.
    case tooStill
    /// A hole in the recording lies in it.
    case gap
    /// It was not found in the recording.
    case notFound
}

/// How a result was worked out: a method's name, and a version that rises whenever its numbers could change.
public enum Method: String, Hashable, Sendable, CaseIterable {
    case heelRaiseFoot = "heel-raise-tilt-of-foot"
    case heelRaiseBody = "heel-raise-rise-of-body"
    case anklePumps = "ankle-pumps-principal-axis"
    case ankleCircles = "ankle-circles-lean"
    case ankleLunge = "ankle-lunge-shin-to-vertical"
    case balancePhone = "balance-fused-tilt"
    case balancePlate = "balance-prediction-ellipse"
    case hopEdges = "hop-edge-model"
    case hopImpacts = "hop-impacts-at-foot"
    case turns = "turn-yaw-about-gravity"
    case reaction = "reaction-first-departure"
    case footPlacement = "foot-placement-drill"
    case load = "load-share"
    case camera = "camera-sticker"
    case gait

    public var version: Int {
        switch self {
        // 2: nothing is counted while the body stands still. 3: nor what is weak between stronger steps.
        case .gait: 3
        // 2: the row that explains the whole recording; a rise begins where its speed's straight line meets rest.
        case .heelRaiseFoot, .heelRaiseBody: 2
        default: 1
        }
    }
}
