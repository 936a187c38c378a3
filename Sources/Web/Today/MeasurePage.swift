// SPDX-License-Identifier: Apache-2.0
import Clinical
import Store

/// What the patient can try at home: the measures that the goals of the phase ask for.
struct MeasurePage: Page {
    static let template = "measure"
    let title: String
    let isPaused: Bool
    let isEmpty: Bool
    let faultsTitle: String?
    let faults: [ChartForms.Fault]
    let left: String
    let right: String
    let hasPairs: Bool
    let pairs: [MeasureFields.Pair]
    let hasSingles: Bool
    let singles: [ChartForms.Field]
    let formID: String
    var place: String? { "/measure" }

    init(_ visit: Visit, _ episode: Episode, values: ChartForms.Values, faults: [ChartForms.Fault]) {
        let words = visit.words
        let fields = MeasureFields(Self.measures(visit, episode), visit)
        isPaused = Self.isPaused(episode)
        isEmpty = fields.measures.isEmpty
        title = words[isPaused ? "today.paused" : "measure.title"]
        self.faults = faults
        faultsTitle = faults.isEmpty ? nil : words("exercise.problems", count: faults.count)
        left = fields.column(.left, episode)
        right = fields.column(.right, episode)
        pairs = fields.pairs(values, faults, episode)
        hasPairs = !pairs.isEmpty
        singles = fields.singles(values, faults, episode)
        hasSingles = !singles.isEmpty
        formID = values.has("form") ? values["form"] : visit.site.ids.make()
    }

    static func isPaused(_ episode: Episode) -> Bool { episode.hold != nil || !episode.openFlags.isEmpty }

    /// The recorded measures behind the goals of the phase and behind what its exercises need.
    static func measures(_ visit: Visit, _ episode: Episode) -> [Measure] {
        let pathway = visit.site.pathway
        guard let plan = episode.plan, let phase = pathway.phase(plan.phase) else { return [] }
        let needs = plan.prescriptions.compactMap { pathway.exercise($0.exercise) }.flatMap(\.needs)
        let facts = (phase.exit + needs).flatMap { $0.condition.facts }
        let bases = Set(
            facts.compactMap { id -> FactID? in
                switch pathway.vocabulary.measure(id)?.origin {
                case .recorded, .recordedBothSides: id
                case .injuredSide(let base), .symmetry(let base), .difference(let base): base
                case .finding, .journal, nil: nil
                }
            })
        return pathway.vocabulary.measures.filter { bases.contains($0.id) }
    }
}
