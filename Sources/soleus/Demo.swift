// SPDX-License-Identifier: Apache-2.0
import ArgumentParser
import Clinical
import Foundation
import Store
import Web

struct Demo: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Make a demo clinic with invented patients.",
        discussion: """
            The patients are simulated people who are run through the real engine, day by day, up to today. Their \
            names are invented. An existing clinic is never touched.
            """)

    @OptionGroup var folder: DataFolder
    @Option(help: "The same seed makes the same people.") var seed: UInt64 = 1

    func run() async throws {
        try await explaining {
            let address = try folder.address()
            if case .file(let path) = address, FileManager.default.fileExists(atPath: path) {
                throw Refusal("\(path) is there already. A demo never touches an existing clinic.")
            }
            try FileManager.default.createDirectory(atPath: folder.data, withIntermediateDirectories: true)
            if !FileManager.default.fileExists(atPath: folder.clinicPath) {
                try ClinicDetails.demoYAML.write(toFile: folder.clinicPath, atomically: true, encoding: .utf8)
            }
            let database = try await address.open(create: true, now: Date())
            for role in Role.allCases where try await !People(database).list(role: role).isEmpty {
                throw Refusal(
                    "\(address.name) holds a clinic already. A demo never touches an existing clinic.")
            }
            let count = try await DemoClinic(
                database: database, pathway: Pathway.calfTear(), clinic: folder.clinic(), seed: seed,
                now: Date()
            ).build()
            say("A demo clinic with \(count) invented patients is in \(folder.data).")
            try database.close()
        }
    }
}
