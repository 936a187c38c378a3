// SPDX-License-Identifier: Apache-2.0
import Clinical
package import Foundation

extension WaitingList {
    /// Keeps what is free for those whose turn it is, each a slot of their own, until they answer.
    ///
    /// Nobody is offered the same time twice. To be called whenever something became free, and by a job.
    /// - Returns: What is kept for whom now.
    @discardableResult
    package func offer(now: Date) async throws -> [(waiting: Waiting.ID, appointment: Appointment)] {
        try await diary.sweep(now: now)
        var offers: [(waiting: Waiting.ID, appointment: Appointment)] = []
        var free = FreeDays(diary: diary, now: now)
        for waiting in try await list().map(\.waiting) where waiting.status == .waiting {
            guard try await free.reach(waiting) else { continue }
            let offered = try await diary.database.write { connection in
                try offer(waiting.id, DiaryWriting(rules: diary.rules, connection: connection, now: now))
            }
            if let offered { offers.append((waiting.id, offered)) }
        }
        return offers
    }

    /// Makes a link to what is kept for somebody.
    ///
    /// - Returns: false where nothing is.
    package func open(_ id: Waiting.ID, with link: Token, now: Date) async throws -> Bool {
        try await diary.database.write { connection in
            let row = try connection.row(
                "SELECT offer FROM waiting WHERE id = \(id) AND status = 'offered'")
            guard let offer = try row?.textIfPresent("offer") else { return false }
            try Diary.add(link, to: Appointment.ID(offer), now: now, on: connection)
            return true
        }
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
        let also = waiting.patient.map { [Claim.person($0)] } ?? []
        let able = try writing.able(for: service, wanted: waiting.therapist)
        try writing.lock(diary.keys(service, able) + also)
        let before = Set(
            try connection.rows("SELECT starts_at FROM waiting_offer WHERE waiting = \(id)").map {
                try $0.date("starts_at")
            })
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
            starts: slot.starts, zone: rules.zone, language: waiting.language,
            by: Appointment.byWaitingList, now: now)
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
