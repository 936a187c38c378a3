// SPDX-License-Identifier: Apache-2.0
package import Clinical
package import Foundation

/// Who waits for a slot: a freed one is kept for them in turn, by clinical need and then by how long they wait.
package struct WaitingList: Sendable {
    private let diary: Diary

    package init(_ diary: Diary) { self.diary = diary }

    /// So long before it starts nothing is offered any more: somebody must read it and travel.
    static let leadMinutes = 60

    /// Puts somebody on the list; the same identity is kept once.
    package func join(_ waiting: Waiting) async throws {
        guard diary.rules.service(waiting.service) != nil, waiting.earliest <= waiting.latest else {
            throw BookingRefusal.unknown
        }
        try await diary.database.write { connection in
            try connection.execute(
                """
                INSERT INTO waiting (\(Waiting.columns))
                VALUES (\(waiting.id), \(waiting.at), \(waiting.service), \(waiting.therapist),
                    \(waiting.patient), \(waiting.visitor?.name), \(waiting.visitor?.phone),
                    \(waiting.visitor?.email), \(waiting.language), \(Waiting.number(of: waiting.need)),
                    \(waiting.earliest), \(waiting.latest), 'waiting', NULL, \(waiting.request))
                ON CONFLICT (id) DO NOTHING
                """)
        }
    }

    /// Everybody who waits or has an offer, in the order of their turn, with their names.
    package func list() async throws -> [(waiting: Waiting, name: String)] {
        try await diary.database.read { connection in
            try connection.rows(
                """
                SELECT \(Waiting.columns),
                    COALESCE((SELECT p.name FROM person p WHERE p.id = waiting.patient), visitor_name) AS who
                FROM waiting WHERE status IN ('waiting', 'offered') ORDER BY need DESC, at, id
                """
            ).map { (try Waiting($0), try $0.text("who")) }
        }
    }

    package func find(_ id: Waiting.ID) async throws -> Waiting? {
        try await diary.database.read { connection in
            try connection.row("SELECT \(Waiting.columns) FROM waiting WHERE id = \(id)").map(Waiting.init)
        }
    }

    /// A therapist says how much somebody needs it.
    package func mark(_ id: Waiting.ID, need: Disposition) async throws {
        try await change(id) {
            try $0.execute(
                """
                UPDATE waiting SET need = \(Waiting.number(of: need))
                WHERE id = \(id) AND status IN ('waiting', 'offered')
                """)
        }
    }

    /// Takes somebody off the list; what was kept for them ends by itself.
    package func leave(_ id: Waiting.ID) async throws {
        try await change(id) {
            try $0.execute(
                "UPDATE waiting SET status = 'left' WHERE id = \(id) AND status IN ('waiting', 'offered')")
        }
    }

    private func change(_ id: Waiting.ID, _ body: @Sendable (any Connection) throws -> Int) async throws {
        try await diary.database.write { connection in
            guard try body(connection) == 1 else { throw StoreError.notFound }
        }
    }

    /// Keeps what is free for those whose turn it is, each a slot of their own, until they answer.
    ///
    /// Nobody is offered the same time twice. To be called whenever something became free, and by a job.
    /// - Returns: What is kept for whom now.
    @discardableResult
    package func offer(now: Date) async throws -> [(waiting: Waiting.ID, appointment: Appointment)] {
        try await diary.sweep(now: now)
        var offers: [(waiting: Waiting.ID, appointment: Appointment)] = []
        var free = FreeDays(diary: diary, now: now)
        for (waiting, _) in try await list() where waiting.status == .waiting {
            guard try await free.reach(waiting) else { continue }
            let offered = try await diary.database.write { connection in
                try offer(waiting.id, DiaryWriting(rules: diary.rules, connection: connection, now: now))
            }
            if let offered { offers.append((waiting.id, offered)) }
        }
        return offers
    }

    private func offer(_ id: Waiting.ID, _ writing: DiaryWriting) throws -> Appointment? {
        let (now, rules, connection) = (writing.now, writing.rules, writing.connection)
        try connection.serialize("waiting \(id)")
        let row = try connection.row(
            "SELECT \(Waiting.columns) FROM waiting WHERE id = \(id) AND status = 'waiting'")
        guard let waiting = try row.map(Waiting.init), let service = rules.service(waiting.service) else {
            return nil
        }
        let today = Day(now, in: rules.zone)
        let first = max(waiting.earliest, today)
        let last = min(waiting.latest, today.advanced(by: rules.bookAheadDays))
        guard first <= last else { return nil }
        let person = waiting.patient.map { Claim.person($0) }
        let able = try writing.therapists().filter {
            $0.offers(service) && (waiting.therapist == nil || $0.id == waiting.therapist)
        }
        try writing.lock(diary.keys(service, able) + [person].compactMap { $0 })
        let before = Set(
            try connection.rows("SELECT starts_at FROM waiting_offer WHERE waiting = \(id)").map {
                try $0.date("starts_at")
            })
        let also = [person].compactMap { $0 }
        let slot = try writing.availability(
            of: service, on: first...last, wanted: waiting.therapist, also: also
        ).slots(
            of: service, on: first...last, from: now.addingTimeInterval(Double(Self.leadMinutes) * 60),
            also: also
        ).first { !before.contains($0.starts) }
        guard let slot else { return nil }
        let until = min(
            now.addingTimeInterval(Double(rules.offerMinutes) * 60),
            slot.starts.addingTimeInterval(-Double(Self.leadMinutes) * 30))
        var made = Appointment(
            id: diary.ids.make(), service: service, therapist: slot.therapist, place: slot.place,
            starts: slot.starts, zone: rules.zone, language: waiting.language, by: "waiting", now: now)
        made.patient = waiting.patient
        made.visitor = waiting.visitor
        made.request = waiting.request
        made.heldUntil = Instant(until).date
        try writing.insert(made)
        let link = Token.random()
        try Diary.add(link, to: made.id, now: now, on: connection)
        try connection.execute(
            "UPDATE waiting SET status = 'offered', offer = \(made.id) WHERE id = \(id) AND status = 'waiting'"
        )
        try connection.execute(
            """
            INSERT INTO waiting_offer (waiting, starts_at, at) VALUES (\(id), \(slot.starts), \(now))
            """)
        try diary.follow(AppointmentChange(kind: .offered, before: nil, after: made, link: link), connection)
        return made
    }
}

/// The days on which anything is free, looked up once for all who want the same: most who wait can be offered
/// nothing, and for them nobody else's booking is kept waiting.
private struct FreeDays {
    private struct Wanted: Hashable {
        let service: String
        let therapist: Person.ID?
    }

    let diary: Diary
    let now: Date
    private var found: [Wanted: Set<Day>] = [:]

    init(diary: Diary, now: Date) {
        self.diary = diary
        self.now = now
    }

    /// Whether something is free on one of the days that somebody waits for.
    mutating func reach(_ waiting: Waiting) async throws -> Bool {
        let wanted = Wanted(service: waiting.service, therapist: waiting.therapist)
        let days = if let known = found[wanted] { known } else { try await look(wanted) }
        found[wanted] = days
        return days.contains { waiting.earliest <= $0 && $0 <= waiting.latest }
    }

    private func look(_ wanted: Wanted) async throws -> Set<Day> {
        guard let service = diary.rules.service(wanted.service) else { return [] }
        let today = Day(now, in: diary.rules.zone)
        let days = today...today.advanced(by: diary.rules.bookAheadDays)
        return Set(
            try await diary.slots(of: service, with: wanted.therapist, on: days, now: now).map(\.wall.day))
    }
}
