// SPDX-License-Identifier: Apache-2.0
package import Clinical

/// A test that a patient does with nothing but the phone.
enum LabTest: String, Sendable, Hashable, CaseIterable {
    case heelRaise = "heel-raise"
    case ankle, balance, hop
    /// Direction changes, reaction and foot placement.
    case turn
    case walk

    var tasks: [LabTask] {
        switch self {
        case .heelRaise: [.double, .single, .bent]
        case .ankle: [.lunge, .pumps, .circles]
        case .balance: [.open, .closed]
        case .hop: [.hop, .hops]
        case .turn: [.reaction, .placement, .turns]
        case .walk: [.walk]
        }
    }

    /// The first task that the plan opens; nil where it opens none.
    func openTask(in episode: Episode) -> LabTask? { tasks.first { LabGate($0, in: episode) == .open } }

    /// Key of its words, `lab.<key>.…`.
    var key: String { rawValue.replacing("-", with: "_") }
    /// After it the person is asked why they stopped.
    var asksWhyItEnded: Bool { self == .heelRaise }
    /// What turns its angles and times into heights, work and lengths.
    var bodyFields: [String] {
        switch self {
        case .heelRaise: ["mass", "foot"]
        case .walk: ["height"]
        default: []
        }
    }
}

/// One way to do a test.
package enum LabTask: String, Sendable, Hashable, CaseIterable {
    case double, single, bent
    case lunge, pumps, circles
    case open, closed
    case hop, hops
    case reaction, placement, turns
    case walk

    var figure: String { "figures/lab-\(self == .hops ? "hop" : rawValue)" }

    /// Where the phone may be, the best place first.
    var placements: [LabPlacement] {
        switch self {
        case .double, .single, .bent: [.foot, .shin, .thigh, .waist]
        case .lunge: [.shin]
        case .pumps, .circles: [.foot]
        case .open, .closed, .turns, .walk: [.waist]
        case .hop, .hops: [.waist, .shin, .foot]
        case .reaction, .placement: [.shin, .foot]
        }
    }

    /// Seen by a camera beside the foot, too.
    var hasCamera: Bool { self == .single || self == .bent }

    /// Where a recording of it may come from: worn places and the camera.
    func takes(_ placement: LabPlacement) -> Bool {
        placements.contains(placement) || (placement == .camera && hasCamera)
    }

    /// Done with one leg at a time.
    var hasSide: Bool {
        switch self {
        case .double, .turns, .walk: false
        default: true
        }
    }

    /// Longest trial in seconds.
    var longestS: Int {
        switch self {
        case .double, .single, .bent: 180
        case .lunge: 20
        case .pumps, .circles, .turns: 60
        // Springer 2007 stops the clock at 45 s; see norms.yaml.
        case .open, .closed: 45
        case .hop: 20
        case .hops: 30
        case .reaction, .placement: 90
        case .walk: 120
        }
    }

    /// Three quiet seconds end it; where standing still is the test itself, only the clock and the button do.
    var stopsWhenStill: Bool {
        switch self {
        case .open, .closed, .walk, .reaction, .placement: false
        default: true
        }
    }

    /// Up on one beat and down on the next, 60 beats a minute (Hébert-Losier 2017).
    var hasBeats: Bool {
        switch self {
        case .double, .single, .bent: true
        default: false
        }
    }

    /// How many cues the page gives; the median of at least ten is the result.
    var cues: Int {
        switch self {
        case .reaction: 10
        case .placement: 12
        default: 0
        }
    }

    /// The exercises of a signed plan that ask at least as much of the calf as this task.
    ///
    /// The plan is the clinician's gate: a task that none of its exercises covers is not open yet.
    var opens: Set<Exercise.ID> {
        let hops: Set<Exercise.ID> = ["pogo_hop", "sprint_cut"]
        let running = hops.union(["walk_run"])
        let oneLeg = running.union([
            "single_heel_raise", "bent_knee_heel_raise", "heavy_calf_raise", "maintenance_calf_raise"
        ])
        let walking = oneLeg.union(["walking", "double_heel_raise", "seated_soleus_raise"])
        return switch self {
        case .pumps, .circles: walking.union(["ankle_pumps", "ankle_circles"])
        case .double, .lunge, .walk: walking
        case .single, .bent, .open, .closed, .reaction: oneLeg
        case .placement, .turns: running
        case .hop, .hops: hops
        }
    }
}

/// Where on the leg the phone is worn, or that it stands beside the foot with its camera.
enum LabPlacement: String, Sendable, Hashable, CaseIterable {
    case foot, shin, thigh, waist, camera
}

/// Whether a test may be done now, and if not, why.
package enum LabGate: Hashable, Sendable {
    case open
    /// The programme is held or a flag is open.
    case paused
    case noPlan
    /// The plan holds no exercise yet that asks as much of the calf.
    case notYet

    package init(_ task: LabTask, in episode: Episode) {
        if episode.closed != nil || episode.hold != nil || !episode.openFlags.isEmpty {
            self = .paused
        } else if let plan = episode.plan {
            self = plan.prescriptions.contains { task.opens.contains($0.exercise) } ? .open : .notYet
        } else {
            self = .noPlan
        }
    }

}
