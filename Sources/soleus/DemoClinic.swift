// SPDX-License-Identifier: Apache-2.0
import Clinical
import Foundation
import Store
import Web

/// Makes the demo clinic's people and lets the simulated ones live.
struct DemoClinic {
    let database: any Database
    let pathway: Pathway
    let clinic: ClinicDetails
    let seed: UInt64
    let now: Date

    func build() async throws -> Int {
        let people = People(database)
        let staff: [(Role, String, String)] = [
            (.therapist, "Demo, Tess (therapist)", "tess@demo.invalid"), (.desk, "Demo, Dora (desk)", "dora@demo.invalid"),
            (.admin, "Demo, Ada (admin)", "ada@demo.invalid")
        ]
        for (role, name, email) in staff {
            try await people.add(
                Account(id: IDSource.random.make(), role: role, name: name, email: email, language: "en"), now: now)
        }
        let patient = Account(
            id: IDSource.random.make(), role: .patient, name: "Demo, Rosa", phone: "555-0100", born: Day("1980-02-03"), sex: .female,
            language: "en")
        try await people.add(patient, now: now)
        try await Charts(database).open("rosa", for: patient.id, now: now)
        return 1
    }
}
