// SPDX-License-Identifier: Apache-2.0
import ArgumentParser
import Clinical
import Foundation
import Logging
import Store
import Web

struct Demo: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Make a demo clinic with invented patients.",
        discussion: """
            The patients are simulated people who are run through the real engine, day by day, up to today. Their \
            names are invented. The diary has two weeks around today, and there are a waiting list and reviews. An \
            existing clinic is never touched.
            """)

    @OptionGroup var folder: DataFolder
    @Option(help: "The same seed makes the same people.") var seed: UInt64 = 1
    @Option(
        name: .customLong("now"),
        help: "The moment up to which they live, such as 2026-11-24T15:30:00Z; else this one.")
    var nowText: String?
    @Flag(help: "Leave the diary, the waiting list and the reviews empty.") var emptyDiary = false

    private func now() throws -> Date {
        guard let nowText else { return Date() }
        guard let now = try? Date(nowText, strategy: .iso8601) else {
            throw ValidationError(
                "--now '\(nowText)' is no moment; expected one such as 2026-11-24T15:30:00Z.")
        }
        return now
    }

    func validate() throws { _ = try now() }

    func run() async throws {
        try await explaining {
            let now = try now()
            let address = try folder.address()
            if case .file(let path) = address, FileManager.default.fileExists(atPath: path) {
                throw Refusal("\(path) is there already. A demo never touches an existing clinic.")
            }
            try FileManager.default.createDirectory(atPath: folder.data, withIntermediateDirectories: true)
            let isNew = !FileManager.default.fileExists(atPath: folder.clinicPath)
            do {
                if isNew {
                    try ClinicDetails.demoYAML.write(
                        toFile: folder.clinicPath, atomically: true, encoding: .utf8)
                }
                try await make(in: address, now)
            } catch {
                // Half a clinic would be one that is there already.
                for path in address.files + (isNew ? [folder.clinicPath] : []) {
                    try? FileManager.default.removeItem(atPath: path)
                }
                throw error
            }
        }
    }

    private func make(in address: DatabaseAddress, _ now: Date) async throws {
        let database = try await address.open(create: true, now: now)
        for role in Role.allCases where try await !People(database).list(role: role).isEmpty {
            throw Refusal(
                "\(address.name) holds a clinic already. A demo never touches an existing clinic.")
        }
        let site = try Site(
            clinic: folder.clinic(), pathway: Pathway.calfTear(), database: database,
            logger: Logger(label: "soleus"), isSecure: false, clock: { now })
        let count = try await DemoClinic(site: site, seed: seed, now: now, isBare: emptyDiary).build()
        say("A demo clinic with \(count) invented patients is in \(folder.data).")
        try database.close()
    }
}
