// SPDX-License-Identifier: Apache-2.0
package import Motion

/// What a recording is to be asked.
package enum AnalysisKind: String, Hashable, Sendable, CaseIterable {
    case gait
    case heelRaise = "heel-raise"
    case ankle, balance, hop, turn, reaction

    /// Where the sensor may sit for it.
    package func placements(task: AnkleTask) -> [Placement] {
        switch self {
        case .gait: [.lowerBack, .waist, .foot, .shin, .pocket]
        case .heelRaise: [.foot, .shin, .thigh, .waist, .lowerBack, .chest]
        case .ankle: task == .lunge ? [.shin] : [.foot]
        case .balance: [.waist, .lowerBack, .thigh, .pocket]
        case .hop: [.waist, .lowerBack, .chest, .shin, .foot]
        case .turn: [.waist, .lowerBack]
        case .reaction: [.foot, .shin, .waist]
        }
    }

    /// The same with the camera, by their names.
    package func places(task: AnkleTask) -> [String] {
        placements(task: task).map(\.rawValue) + (self == .heelRaise ? [AnalysisRequest.camera] : [])
    }
}

/// What an analysis needs to know besides the recording.
package struct AnalysisRequest: Hashable, Sendable {
    package var kind: AnalysisKind
    package var placement: Placement
    /// The recording is a camera's track of a sticker at the foot; the phone was not worn.
    package var isCamera = false
    package var side: BodySide?
    /// Body height in m.
    package var height: Double?
    /// kg.
    package var mass: Double?
    /// cm, heel to toe.
    package var footLength: Double?
    package var ankleTask = AnkleTask.pumps
    /// When each signal of a reaction test was given, in the recording's own seconds.
    package var signals: [Double] = []
    /// Seconds that showing a signal and sensing a movement take together, measured beforehand.
    package var latency = 0.0
    /// The signals said where to step: each answer has a direction, too.
    package var isDrill = false

    /// Where the phone was, as results and command lines call it.
    package var place: String { isCamera ? Self.camera : placement.rawValue }
    package static let camera = "camera"

    package init(kind: AnalysisKind, placement: Placement) {
        self.kind = kind
        self.placement = placement
    }
}
