// SPDX-License-Identifier: Apache-2.0
import Clinical
import Foundation
import Store
import Web

/// Makes the demo clinic's people and lets the simulated ones live up to now.
struct DemoClinic {
    let database: any Database
    let pathway: Pathway
    let clinic: ClinicDetails
    let seed: UInt64
    let now: Date

    private static let staff: [(role: Role, name: String, email: String)] = [
        (.therapist, "Demo, Tess", "tess@demo.invalid"), (.desk, "Demo, Dora", "dora@demo.invalid"),
        (.admin, "Demo, Ada", "ada@demo.invalid")
    ]

    /// - Returns: How many patients there are now.
    func build() async throws -> Int {
        let people = People(database)
        let ids = IDSource.random
        var therapist = Author.engine
        for member in Self.staff {
            let account = Account(
                id: ids.make(), role: member.role, name: member.name, email: member.email,
                language: clinic.language)
            try await people.add(account, now: now)
            if member.role == .therapist { therapist = Author(id: account.id, role: .therapist) }
        }
        let charts = Charts(database)
        let scribe = Scribe(charts: charts, pathway: pathway, zone: clinic.zone, ids: ids)
        var chance = Chance(seed: seed)
        for (index, person) in DemoPerson.cast.enumerated() {
            let account = Account(
                id: ids.make(), role: .patient, name: person.name, phone: "(555) 010-\(1000 + index)",
                born: Day(person.born), sex: Account.Sex(rawValue: person.sex), language: clinic.language)
            try await people.add(account, now: now)
            let episode: Episode.ID = ids.make()
            try await charts.open(
                episode, for: account.id, now: now.addingTimeInterval(-86_400 * Double(person.daysAgo)))
            try await SimulatedCourse(
                person: person, patient: Author(id: account.id, role: .patient), therapist: therapist,
                episode: episode, scribe: scribe, recordings: RecordingStore(database), now: now
            ).run(&chance)
        }
        try await visitors(ids)
        return DemoPerson.cast.count
    }

    /// Two visitors who asked to be evaluated after the symptom check.
    private func visitors(_ ids: IDSource) async throws {
        let asked: [(name: String, phone: String, answers: Answers, minutesAgo: Double)] = [
            (
                "Demo, Vera", "(555) 010-2001",
                Answers(["age_years": .number(36), "onset": .word("sudden"), "swelling": .word("calf")]), 25
            ),
            (
                "Demo, Paul", "(555) 010-2002",
                Answers(["age_years": .number(51), "onset": .word("gradual"), "swelling": .word("none")]), 190
            )
        ]
        for visitor in asked {
            let screening = pathway.screen(visitor.answers)
            let encoder = JSONEncoder()
            _ = try await Requests(database).add(
                EvaluationRequest(
                    id: ids.make(), at: now.addingTimeInterval(-60 * visitor.minutesAgo), name: visitor.name,
                    phone: visitor.phone, language: clinic.language,
                    answers: String(decoding: try encoder.encode(visitor.answers), as: UTF8.self),
                    disposition: screening.disposition.rawValue,
                    rules: String(
                        decoding: try encoder.encode(screening.reasons.map(\.rule.id)), as: UTF8.self),
                    form: ids.make()))
        }
    }
}
