// SPDX-License-Identifier: Apache-2.0
import ArgumentParser
import Foundation
import Store

struct Migrate: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Bring the database's schema up to date, and say what was done.",
        discussion: """
            The server does so too when it starts. Where several servers share a PostgreSQL database, run this \
            before the first of them is updated, so that nobody waits for a long step. Steps that ran are never \
            run again; a database of a newer Soleus is refused.
            """)

    @OptionGroup var folder: DataFolder
    @Flag(help: "Print JSON.") var json = false

    private struct Output: Encodable {
        let schema: Int
        let done: [String]
    }

    func run() async throws {
        try await explaining {
            let steps = try await Schema.update(folder.address(), now: Date())
            let done = steps.filter(\.isNew).map(\.name)
            if json {
                try printJSON(Output(schema: steps.last?.number ?? 0, done: done))
            } else {
                say(
                    done.isEmpty
                        ? "The schema is up to date."
                        : "The schema is up to date now. Steps: \(done.joined(separator: ", ")).")
            }
        }
    }
}

/// The steps of the schema that a database has.
enum Schema {
    struct Step {
        let number: Int
        let name: String
        /// Done just now.
        let isNew: Bool
    }

    static func update(_ address: DatabaseAddress, now: Date) async throws -> [Step] {
        let database = try await address.open(create: false, now: now)
        let steps = try await database.read { connection in
            try connection.rows("SELECT number, name, applied_at FROM schema_migration ORDER BY number").map {
                row in
                Step(
                    number: try row.integer("number"), name: try row.text("name"),
                    isNew: try row.date("applied_at") == Instant(now).date)
            }
        }
        try database.close()
        return steps
    }
}
