// SPDX-License-Identifier: Apache-2.0
package import Motion

/// What a recording is to be asked.
package enum AnalysisKind: String, Hashable, Sendable, CaseIterable {
    case gait
    case heelRaise = "heel-raise"

    /// Where the sensor may sit for it.
    package var placements: [Placement] {
        switch self {
        case .gait: [.lowerBack, .waist, .foot, .shin, .pocket]
        case .heelRaise: [.foot, .shin, .thigh, .waist, .lowerBack, .chest]
        }
    }
}

/// What an analysis needs to know besides the recording.
package struct AnalysisRequest: Hashable, Sendable {
    package var kind: AnalysisKind
    package var placement: Placement
    package var side: BodySide?
    /// Body height in m.
    package var height: Double?
    /// kg.
    package var mass: Double?
    /// cm, heel to toe.
    package var footLength: Double?

    package init(kind: AnalysisKind, placement: Placement) {
        self.kind = kind
        self.placement = placement
    }
}
