// SPDX-License-Identifier: Apache-2.0
import Clinical
import Foundation
import Store

/// The question that every visitor's page asks: what is free with ten therapists on sixty days, in a diary of
/// 200,000 appointments.
struct DiaryFigure {
    static let therapists = 10
    static let days = 60
    static let appointments = 200_000

    /// - Returns: The median time in milliseconds, and how many slots were found.
    static func measure(runs: Int) async throws -> (milliseconds: Double, slots: Int) {
        let folder = FileManager.default.temporaryDirectory.appending(
            path: "soleus-bench-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        let now = Date(timeIntervalSince1970: 1_795_348_800)
        let database = try await SQLiteDatabase(
            path: folder.appending(path: "clinic.sqlite").path, create: true, now: now)
        let diary = Diary(database, rules: rules)
        guard let service = rules.service("treatment") else { return (0, 0) }
        for number in 0..<therapists {
            let account = Account(
                id: Person.ID("t\(number)"), role: .therapist, name: "Therapist \(number)", language: "en")
            try await People(database).add(account, now: now)
        }
        try await database.write { try fill($0, service, around: now) }
        let first = Day(now, in: .gmt)
        var found = 0
        let clock = ContinuousClock()
        var times: [Double] = []
        for _ in 0..<runs {
            let start = clock.now
            found = try await diary.slots(
                of: service, with: nil, on: first...first.advanced(by: days - 1), now: now
            ).count
            let duration = start.duration(to: clock.now)
            times.append(
                Double(duration.components.seconds) * 1e3 + Double(duration.components.attoseconds) / 1e15)
        }
        try database.close()
        return (times.sorted()[times.count / 2], found)
    }

    private static var rules: DiaryRules {
        var rules = DiaryRules(zone: TimeZone(identifier: "America/New_York") ?? .gmt)
        rules.hours = OpenHours(
            Dictionary(uniqueKeysWithValues: Weekday.allCases.map { ($0, [480..<720, 780..<1140]) }))
        rules.services = [Service(id: "treatment", names: [:], minutes: 30, needs: .table)]
        rules.resources = (0..<therapists).map {
            Resource(id: "table-\($0)", kind: .table, name: "Table \($0)")
        }
        return rules
    }

    /// Sixteen half hours a day for each therapist, most of them in the past, and every fifth left free.
    private static func fill(_ connection: any Connection, _ service: Service, around now: Date) throws {
        let perTherapist = appointments / therapists
        let first = Claim.minute(now) - Claim.minute(now) % 1440 - (perTherapist / 16 - 90) * 1440
        for therapist in 0..<therapists {
            for number in 0..<perTherapist {
                let start = first + number / 16 * 1440 + 780 + number % 16 * 30
                let isCancelled = number % 5 == 0
                try add(
                    connection, id: "\(therapist)-\(number)", therapist: therapist, start: start,
                    status: isCancelled ? "cancelled" : "booked")
            }
        }
    }

    private static func add(
        _ connection: any Connection, id: String, therapist: Int, start: Int, status: String
    ) throws {
        let (starts, ends) = (Claim.date(start), Claim.date(start + 30))
        let wall = WallTime(starts, in: .gmt).description
        try connection.execute(
            """
            INSERT INTO appointment (id, version, status, service, therapist, place, starts_at, ends_at,
                busy_until, zone, wall, language, uid, sequence, created_by, created_at, changed_at)
            VALUES (\(id), 1, \(status), 'treatment', \("t\(therapist)"), \("table-\(therapist)"), \(starts),
                \(ends), \(ends), 'GMT', \(wall), 'en', \(id), 0, 'bench', \(starts), \(starts))
            """)
        for resource in [Claim.therapist(Person.ID("t\(therapist)")), Claim.place("table-\(therapist)")] {
            try connection.execute(
                """
                INSERT INTO appointment_claim (appointment, resource, starts, ends, active)
                VALUES (\(id), \(resource), \(start), \(start + 30), \(status == "booked"))
                """)
        }
    }
}
