// SPDX-License-Identifier: Apache-2.0
import ArgumentParser
import Clinical
import Foundation
import Store

struct ChartCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "chart", abstract: "Read charts, or verify that nobody has altered them.",
        subcommands: [Show.self, Verify.self])

    struct Show: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Print a chart's journal, entry by entry.",
            discussion: "The reading is written into the audit, as every reading is.")

        @OptionGroup var folder: DataFolder
        @Argument(help: "A patient's name, or an episode's id.") var who: String
        @Flag(help: "Print JSON, one entry a line.") var json = false

        private struct Line: Encodable {
            let sequence: Int
            let at: Date
            let author: String
            let part: String
            let kind: String
            let pathway: String
            let content: String
        }

        func run() async throws {
            try await explaining {
                let database = try await folder.database()
                let charts = Charts(database)
                let episode = try await episode(People(database))
                let entries = try await charts.entries(of: episode)
                guard !entries.isEmpty else { throw Refusal("'\(who)' is nobody with a chart here.") }
                try await Audit(database).record(
                    Act(
                        actor: "command-line", part: .system, kind: .read, episode: episode,
                        detail: "chart show"),
                    at: Date())
                for entry in entries {
                    let line = Line(
                        sequence: entry.sequence, at: entry.at, author: entry.author.id.rawValue,
                        part: entry.author.part.rawValue, kind: entry.event.kind.rawValue,
                        pathway: entry.pathway,
                        content: try entry.event.content())
                    if json {
                        let encoder = JSONEncoder()
                        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
                        encoder.dateEncodingStrategy = .iso8601
                        print(String(decoding: try encoder.encode(line), as: UTF8.self))
                    } else {
                        print(
                            "\(line.sequence)  \(line.at.ISO8601Format())  \(line.part)  \(line.kind)  \(line.content)"
                        )
                    }
                }
                try database.close()
            }
        }

        private func episode(_ people: People) async throws -> Episode.ID {
            let found = try await people.search(name: who, role: .patient)
            if found.count > 1, !found.contains(where: { $0.name == who }) {
                throw Refusal("'\(who)' could be \(found.map(\.name).joined(separator: " or ")). Say which.")
            }
            guard let person = found.first(where: { $0.name == who }) ?? found.first else {
                return Episode.ID(who)
            }
            guard let patient = try await people.patient(person.id) else {
                throw Refusal("\(person.name) has no chart yet.")
            }
            return patient.episode
        }
    }

    struct Verify: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Walk every chart's hash chain, and the audit's.",
            discussion: "Exit status 2 where a row is not as it was written; the output names it.")

        @OptionGroup var folder: DataFolder
        @Flag(help: "Print JSON.") var json = false

        private struct Output: Encodable {
            let holds: Bool
            let faults: [String]
        }

        func run() async throws {
            try await explaining {
                let database = try await folder.database()
                var faults = try await Charts(database).verifyAll().map { "chart \($0.key): \($0.value)" }
                if let fault = try await AuditTrail(database).verify() { faults.append("audit: \(fault)") }
                if json {
                    try printJSON(Output(holds: faults.isEmpty, faults: faults))
                } else {
                    print(
                        faults.isEmpty
                            ? "Every chart and the audit are as they were written."
                            : faults.joined(separator: "\n"))
                }
                try database.close()
                if !faults.isEmpty { throw ExitCode(2) }
            }
        }
    }
}
