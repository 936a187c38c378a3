// SPDX-License-Identifier: Apache-2.0
import Clinical

/// One stage of the programme as the public reads it: its exercises with the doses of the data files.
struct GuideStage: Sendable {
    struct Exercise: Sendable {
        let id: String
        let name: String
        let figure: String
        let how: [String]
        let stop: String
        /// The gentlest dose.
        let from: String
        /// The last rung; nil where there is only one.
        let upTo: String?
        /// What must hold before it may be done.
        let needs: [String]
        let hasNeeds: Bool
    }

    let id: String
    let heading: String
    let aim: String
    let typical: String
    let exercises: [Exercise]
    /// Highest pain that is accepted while loading.
    let ceiling: String

    init(_ phase: Phase, _ visit: Visit) {
        let words = visit.words
        let medicine = visit.medicine
        id = phase.id.rawValue
        heading = words(
            "guide.stage", ["number": String(phase.number), "name": medicine["phase.\(id).name"]])
        aim = medicine["phase.\(id).aim"]
        typical = medicine["phase.\(id).typical"]
        ceiling = words("guide.ceiling", ["limit": String(phase.painCeilingNRS)])
        exercises = visit.site.pathway.exercises.filter { $0.phases.contains(phase.id) }.map { exercise in
            let doses = exercise.ladder.map { $0.phrases(words).joined(separator: ", ") }
            return Exercise(
                id: exercise.id.rawValue, name: medicine["exercise.\(exercise.id).name"],
                figure: "figures/\(exercise.figure)", how: medicine.lines("exercise.\(exercise.id).how"),
                stop: medicine["exercise.\(exercise.id).stop"], from: doses.first ?? "",
                upTo: doses.count > 1 ? doses.last : nil, needs: exercise.needs.map { $0.text(medicine) },
                hasNeeds: !exercise.needs.isEmpty)
        }
    }
}

/// The exercises of every stage: how, how much, when to stop.
struct ExercisesPage: PublicPage {
    static let template = "exercises"
    let title: String
    let summary: String
    let stages: [GuideStage]
    var place: String? { "/guide" }
    var path: String { "/guide/exercises" }

    init(_ visit: Visit) {
        title = visit.words["guide.exercises_title"]
        summary = visit.words["guide.exercises_summary"]
        stages = visit.site.pathway.phases.map { GuideStage($0, visit) }
    }
}

/// Everything that the guide, the symptom check and the programme rest on.
struct SourcesPage: PublicPage {
    static let template = "sources"
    let title: String
    let summary: String
    let sources: [Reference]
    var place: String? { "/guide" }
    var path: String { "/guide/sources" }

    init(_ visit: Visit) {
        title = visit.words["guide.sources"]
        summary = visit.words["guide.sources_text"]
        sources = visit.site.pathway.citations.values.sorted { $0.text < $1.text }.map { Reference($0) }
    }
}
