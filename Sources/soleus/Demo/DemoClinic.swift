// SPDX-License-Identifier: Apache-2.0
import Clinical
import Foundation
import Store
import Web

/// Makes the demo clinic's people and lets the simulated ones live up to now.
struct DemoClinic {
    let site: Site
    let seed: UInt64
    let now: Date
    /// Without a diary, a waiting list, reviews and a second therapist.
    let isBare: Bool

    private static let staff: [(role: Role, name: String, email: String)] = [
        (.therapist, "Demo, Tess", "tess@demo.invalid"), (.desk, "Demo, Dora", "dora@demo.invalid"),
        (.admin, "Demo, Ada", "ada@demo.invalid")
    ]
    private static let second: (role: Role, name: String, email: String) = (
        .therapist, "Demo, Theo", "theo@demo.invalid"
    )

    /// - Returns: How many patients there are now.
    func build() async throws -> Int {
        var staff: [Role: [Person.ID]] = [:]
        for member in Self.staff + (isBare ? [] : [Self.second]) {
            let account = Account(
                id: site.ids.make(), role: member.role, name: member.name, email: member.email,
                language: site.clinic.language)
            try await site.people.add(account, now: now)
            staff[member.role, default: []].append(account.id)
        }
        guard let therapists = staff[.therapist], let tess = therapists.first, let desk = staff[.desk]?.first
        else { return 0 }
        let patients = try await patients(of: Author(id: tess, role: .therapist))
        try await visitors()
        if !isBare {
            try await DemoDiary(
                site: site, desk: desk, therapists: therapists, patients: patients, now: now
            ).build()
            try await DemoReviews(site: site, desk: desk, patients: patients, now: now).build()
        }
        return patients.count
    }

    /// - Returns: Who they are, by name.
    private func patients(of therapist: Author) async throws -> [String: Person.ID] {
        var patients: [String: Person.ID] = [:]
        var chance = Chance(seed: seed)
        for (index, person) in DemoPerson.cast.enumerated() {
            let account = Account(
                id: site.ids.make(), role: .patient, name: person.name, phone: "(555) 010-\(1000 + index)",
                born: Day(person.born), sex: Account.Sex(rawValue: person.sex), language: site.clinic.language
            )
            try await site.people.add(account, now: now)
            patients[person.name] = account.id
            let episode: Episode.ID = site.ids.make()
            try await site.scribe.charts.open(
                episode, for: account.id, now: now.addingTimeInterval(-86_400 * Double(person.daysAgo)))
            try await SimulatedCourse(
                person: person, patient: Author(id: account.id, role: .patient), therapist: therapist,
                episode: episode, scribe: site.scribe, recordings: site.recordings, now: now
            ).run(&chance)
        }
        return patients
    }

    /// Two visitors who asked to be evaluated after the symptom check.
    private func visitors() async throws {
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
            let screening = site.pathway.screen(visitor.answers)
            let encoder = JSONEncoder()
            _ = try await site.requests.add(
                EvaluationRequest(
                    id: site.ids.make(), at: now.addingTimeInterval(-60 * visitor.minutesAgo),
                    name: visitor.name, phone: visitor.phone, language: site.clinic.language,
                    answers: String(decoding: try encoder.encode(visitor.answers), as: UTF8.self),
                    disposition: screening.disposition.rawValue,
                    rules: String(
                        decoding: try encoder.encode(screening.reasons.map(\.rule.id)), as: UTF8.self),
                    form: site.ids.make()))
        }
    }
}
