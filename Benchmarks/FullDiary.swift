// SPDX-License-Identifier: Apache-2.0
import Clinical
import Foundation
import Store

/// The clinic that the figures of the diary are measured in: ten therapists, ten tables, 200,000 appointments.
///
/// Sixteen half hours a day for each therapist, until ninety days from now, and every fifth of them cancelled;
/// further ahead every time is free.
struct FullDiary: Sendable {
    static let therapists = 10
    static let appointments = 200_000
    /// The last day that has appointments, from now.
    static let lastDay = 90

    let database: any Database
    let diary: Diary
    let service = Service(id: "treatment", names: [:], minutes: 30, needs: .table)
    /// Every measurement happens at the same moment, wherever the clock stands.
    let now = Date(timeIntervalSince1970: 1_795_348_800)

    /// Fills an empty clinic.
    init(in database: any Database) async throws {
        self.database = database
        var rules = DiaryRules(zone: .gmt)
        rules.hours = OpenHours(
            Dictionary(uniqueKeysWithValues: Weekday.allCases.map { ($0, [480..<720, 780..<1140]) }))
        rules.services = [service]
        rules.resources = (0..<Self.therapists).map {
            Resource(id: "table-\($0)", kind: .table, name: "Table \($0)")
        }
        rules.bookAheadDays = 400
        // As the site has it: every booking writes its messages.
        diary = Diary(database, rules: rules, follow: Outbox(rules: MessageRules(zone: .gmt)).follower)
        for number in 0..<Self.therapists {
            let account = Account(
                id: Self.therapist(number), role: .therapist, name: "Therapist \(number)", language: "en")
            try await People(database).add(account, now: now)
        }
        let days = Self.appointments / Self.therapists / 16
        let last = Day(now, in: .gmt).number + Self.lastDay
        for therapist in 0..<Self.therapists {
            try await database.write { connection in
                for day in (last - days + 1)...last { try Self.fill(day, of: therapist, connection) }
            }
        }
    }

    static func therapist(_ number: Int) -> Person.ID { Person.ID(id(number)) }

    /// As long as the identities of a clinic are.
    private static func id(_ number: Int) -> String { String(format: "%032d", number) }

    /// The sixteen appointments of a day.
    private static func fill(_ day: Int, of therapist: Int, _ connection: any Connection) throws {
        var (appointments, claims): (SQL?, SQL?)
        for number in 0..<16 {
            let start = day * 1440 + 480 + number * 30
            let (starts, ends) = (Claim.date(start), Claim.date(start + 30))
            let id = id(start * therapists + therapist)
            let isCancelled = (day + number).isMultiple(of: 5)
            let row: SQL = """
                (\(id), 1, \(isCancelled ? "cancelled" : "booked"), 'treatment', \(Self.therapist(therapist)),
                \("table-\(therapist)"), \(starts), \(ends), \(ends), 'GMT',
                \(WallTime(starts, in: .gmt).description), 'en', \(id), 0, 'bench', \(starts), \(starts))
                """
            appointments = appointments.map { "\($0), \(row)" } ?? row
            for resource in [Claim.therapist(Self.therapist(therapist)), Claim.place("table-\(therapist)")] {
                let row: SQL = "(\(id), \(resource), \(start), \(start + 30), \(!isCancelled))"
                claims = claims.map { "\($0), \(row)" } ?? row
            }
        }
        guard let appointments, let claims else { return }
        try connection.execute(
            """
            INSERT INTO appointment (id, version, status, service, therapist, place, starts_at, ends_at,
                busy_until, zone, wall, language, uid, sequence, created_by, created_at, changed_at)
            VALUES \(appointments)
            """)
        try connection.execute(
            "INSERT INTO appointment_claim (appointment, resource, starts, ends, active) VALUES \(claims)")
    }
}
