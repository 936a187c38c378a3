// SPDX-License-Identifier: Apache-2.0
import ArgumentParser
import Clinical
import Foundation

struct PathwayCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "pathway", abstract: "Look at a pathway, prove its safety properties, or sign it.",
        subcommands: [Show.self, Check.self, Sign.self])

    struct Show: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Print the phases with their exercises, doses, criteria and sources.")

        @OptionGroup var pathway: PathwayOption
        @Flag(help: "Print JSON.") var json = false

        private struct Output: Encodable {
            struct Phase: Encodable {
                let id: String
                let number: Int
                let painCeilingNRS: Int
                let exercises: [Exercise]
                let exit: [Criterion]
            }
            struct Exercise: Encodable {
                let id: String
                let ladder: [Dose]
                let source: [String]
                let tag: String
            }
            struct Criterion: Encodable {
                let id: String
                let text: String
                let source: [String]
                let tag: String
            }
            let id: String
            let version: String
            let signedBy: String?
            let phases: [Phase]
            let inactive: [String]
        }

        func run() async throws {
            try await explaining {
                let pathway = try pathway.load()
                let words = pathway.words(in: "en")
                let output = Output(
                    id: pathway.id, version: pathway.version, signedBy: pathway.signedBy,
                    phases: pathway.phases.map { phase in
                        .init(
                            id: phase.id.rawValue, number: phase.number,
                            painCeilingNRS: phase.painCeilingNRS,
                            exercises: pathway.exercises.filter { $0.phases.contains(phase.id) }.map {
                                .init(
                                    id: $0.id.rawValue, ladder: $0.ladder,
                                    source: $0.basis.sources.map(\.rawValue),
                                    tag: $0.basis.tag.rawValue)
                            },
                            exit: phase.exit.map { criterion in
                                .init(
                                    id: criterion.id.rawValue, text: criterion.text(words),
                                    source: criterion.basis.sources.map(\.rawValue),
                                    tag: criterion.basis.tag.rawValue)
                            })
                    }, inactive: pathway.notices.map(\.description))
                if json { return try printJSON(output) }
                print(
                    "\(pathway.reference), \(pathway.signedBy.map { "signed by \($0)" } ?? "not signed by a clinician")"
                )
                for phase in output.phases {
                    print(
                        "\nPhase \(phase.number): \(words["phase.\(phase.id).name"]) (pain at most \(phase.painCeilingNRS) of 10)"
                    )
                    for exercise in phase.exercises {
                        print(
                            "  \(words["exercise.\(exercise.id).name"]) [\(exercise.tag): \(exercise.source.joined(separator: ", "))]"
                        )
                    }
                    print("  On when:")
                    for criterion in phase.exit {
                        print(
                            "    \(criterion.text) [\(criterion.tag): \(criterion.source.joined(separator: ", "))]"
                        )
                    }
                }
                if !output.inactive.isEmpty { print("\nInactive, because recalled and not read:") }
                for notice in output.inactive { print("  \(notice)") }
            }
        }
    }

    struct Check: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Load a pathway's files and prove its safety properties by trying every state.",
            discussion: "Exit status 2 where a property does not hold, 1 where a file does not load.")

        @OptionGroup var pathway: PathwayOption
        @Flag(help: "Print JSON.") var json = false

        private struct Output: Encodable {
            struct Property: Encodable {
                let id: String
                let statement: String
                let tried: Int
                let holds: Bool
                let counterexample: String?
            }
            let pathway: String
            let holds: Bool
            let properties: [Property]
            let inactive: [String]
            let unusedCitations: [String]
        }

        func run() async throws {
            try await explaining {
                let pathway = try pathway.load()
                let check = SafetyCheck(of: pathway)
                let output = Output(
                    pathway: pathway.reference, holds: check.holds,
                    properties: check.properties.map {
                        .init(
                            id: $0.id, statement: $0.statement, tried: $0.tried, holds: $0.holds,
                            counterexample: $0.counterexample)
                    }, inactive: pathway.notices.map(\.description),
                    unusedCitations: pathway.unusedCitations.map(\.rawValue))
                if json {
                    try printJSON(output)
                } else {
                    print(pathway.reference)
                    for property in output.properties {
                        print(
                            "\(property.holds ? "holds " : "BROKEN") \(property.statement) (\(property.tried) tried)"
                        )
                        if let example = property.counterexample { print("       \(example)") }
                    }
                    for notice in output.inactive { print("inactive \(notice)") }
                    for citation in output.unusedCitations { print("unused citation \(citation)") }
                }
                if !check.holds { throw ExitCode(2) }
            }
        }
    }
}
