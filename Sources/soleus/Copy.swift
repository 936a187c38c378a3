// SPDX-License-Identifier: Apache-2.0
import ArgumentParser
import Foundation
import Store

struct Copy: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Copy a clinic into an empty database: from a file to PostgreSQL, or back.",
        discussion: """
            Stop the servers first: what is written after the copy began is not in it. Every table is copied in one \
            transaction, read back and compared, and every chart's and the audit's chain is walked; where anything \
            differs, nothing is copied. A target that holds rows is refused. Passwords come from ~/.pgpass, \
            PGPASSWORD or PGPASSFILE.

            A PostgreSQL database is made by its administrator:
              CREATE DATABASE soleus OWNER soleus TEMPLATE template0 ENCODING 'UTF8' LOCALE 'C'
            """)

    @Option(help: "The clinic: a file such as data/soleus.sqlite, or postgres://….") var from: String
    @Option(help: "The empty database: a file that is not there yet, or postgres://….") var to: String
    @Flag(help: "Print JSON.") var json = false

    func run() async throws {
        try await explaining {
            let (source, target) = (try DatabaseAddress(from), try DatabaseAddress(to))
            for address in [source, target] { address.warnOfPassword() }
            let made = try Self.newFile(target)
            do {
                let counts = try await copy(source, target)
                if json {
                    try printJSON(Dictionary(uniqueKeysWithValues: counts.map { ($0.table, $0.rows) }))
                } else {
                    for count in counts where count.rows > 0 { say("\(count.table): \(count.rows)") }
                    say(
                        "Everything is in \(target.name), and every chart and the audit are as they were written."
                    )
                }
            } catch {
                for path in made { try? FileManager.default.removeItem(atPath: path) }
                throw error
            }
        }
    }

    private func copy(_ source: DatabaseAddress, _ target: DatabaseAddress) async throws -> [ClinicCopy.Count]
    {
        let now = Date()
        let from = try await source.open(create: false, now: now)
        let to = try await target.open(create: true, now: now)
        let counts = try await ClinicCopy(from: from, to: to).run()
        try from.close()
        try to.close()
        return counts
    }

    /// The files that a copy makes, to be taken away again should it fail.
    private static func newFile(_ target: DatabaseAddress) throws -> [String] {
        guard case .file(let path) = target else { return [] }
        guard !FileManager.default.fileExists(atPath: path) else {
            throw Refusal("\(path) is there already. A copy goes into a file that is not there yet.")
        }
        return target.files
    }
}
