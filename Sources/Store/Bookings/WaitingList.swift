// SPDX-License-Identifier: Apache-2.0
package import Clinical
package import Foundation

/// Who waits for a slot: a freed one is kept for them in turn, by clinical need and then by how long they wait.
package struct WaitingList: Sendable {
    let diary: Diary
    package let order: WaitingOrder

    package init(_ diary: Diary, order: WaitingOrder) {
        self.diary = diary
        self.order = order
    }

    /// So long before it starts nothing is offered any more: somebody must read it and travel.
    static let leadMinutes = 60

    /// Somebody on the list, with their name and how they are reached.
    package struct Entry: Hashable, Sendable {
        package let waiting: Waiting
        package let name: String
        package let phone: String?
    }

    /// Puts somebody on the list; the same identity is kept once.
    ///
    /// - Parameters:
    ///   - waiting: Who, for what, and until when.
    ///   - link: The secret with which they look at it, take it back, or take their answers back.
    /// - Throws: ``BookingRefusal/unknown``, ``StoreError``.
    package func join(_ waiting: Waiting, link: Token? = nil) async throws {
        guard diary.rules.service(waiting.service) != nil, waiting.earliest <= waiting.latest else {
            throw BookingRefusal.unknown
        }
        try await diary.database.write { connection in
            try connection.execute(
                """
                INSERT INTO waiting (\(Waiting.columns))
                VALUES (\(waiting.id), \(waiting.at), \(waiting.service), \(waiting.therapist),
                    \(waiting.patient), \(waiting.visitor?.name), \(waiting.visitor?.phone),
                    \(waiting.visitor?.email), \(waiting.language), \(waiting.need.basis.rawValue),
                    \(waiting.need.finding?.rawValue), \(waiting.earliest), \(waiting.latest), 'waiting',
                    NULL, \(waiting.request))
                ON CONFLICT (id) DO NOTHING
                """)
            guard let link else { return }
            try connection.execute(
                """
                INSERT INTO waiting_link (hash, waiting, created_at)
                VALUES (\(link.hash), \(waiting.id), \(waiting.at))
                """)
        }
    }

    /// Everybody who waits or has an offer, in the order of their turn.
    package func list() async throws -> [Entry] {
        let entries = try await diary.database.read { connection in
            try connection.rows(
                """
                SELECT \(Waiting.columns),
                    COALESCE((SELECT p.name FROM person p WHERE p.id = waiting.patient), visitor_name) AS who,
                    COALESCE((SELECT p.phone FROM person p WHERE p.id = waiting.patient), visitor_phone)
                        AS whose_phone
                FROM waiting WHERE status IN ('waiting', 'offered') ORDER BY at, id
                """
            ).map {
                Entry(
                    waiting: try Waiting($0), name: try $0.text("who"),
                    phone: try $0.textIfPresent("whose_phone"))
            }
        }
        // Sorting is stable: of one need, they stay in the order of their coming.
        return entries.sorted { rank(of: $0.waiting) > rank(of: $1.waiting) }
    }

    private func rank(of waiting: Waiting) -> Int { order.line(for: waiting.need.finding).rank }

    package func find(_ id: Waiting.ID) async throws -> Waiting? {
        try await diary.database.read { connection in
            try connection.row("SELECT \(Waiting.columns) FROM waiting WHERE id = \(id)").map(Waiting.init)
        }
    }

    /// What a visitor's link opens: their own place on the list, whatever became of it.
    package func waiting(of link: Token) async throws -> Waiting? {
        try await diary.database.read { connection in
            try connection.row(
                """
                SELECT \(Waiting.columns) FROM waiting
                WHERE id = (SELECT l.waiting FROM waiting_link l WHERE l.hash = \(link.hash))
                """
            ).map(Waiting.init)
        }
    }

    /// A therapist says how much somebody needs it.
    package func mark(_ id: Waiting.ID, need finding: Disposition) async throws {
        try await diary.database.write { connection in
            let changed = try connection.execute(
                """
                UPDATE waiting SET basis = \(WaitingNeed.Basis.therapist.rawValue), finding = \(finding.rawValue)
                WHERE id = \(id) AND status IN ('waiting', 'offered')
                """)
            guard changed == 1 else { throw StoreError.notFound }
        }
    }

    /// Takes somebody off the list; what is kept for them is free at once.
    package func leave(_ id: Waiting.ID, now: Date) async throws {
        try await diary.database.write { connection in
            try connection.serialize("waiting \(id)")
            let row = try connection.row(
                """
                SELECT \(Waiting.columns) FROM waiting WHERE id = \(id) AND status IN ('waiting', 'offered')
                """)
            guard let waiting = try row.map(Waiting.init) else { throw StoreError.notFound }
            if waiting.status == .offered, let offer = waiting.offer {
                let writing = DiaryWriting(rules: diary.rules, connection: connection, now: now)
                try writing.lock(diary.keys(try writing.find(offer)))
                try writing.giveBack(offer)
            }
            try connection.execute("UPDATE waiting SET status = 'left' WHERE id = \(id)")
        }
    }

    /// Takes the symptom check's result away, wherever it was sent along; nothing is known then.
    package func detachRequest(from id: Waiting.ID) async throws {
        try await diary.database.write { connection in
            let row = try connection.row("SELECT \(Waiting.columns) FROM waiting WHERE id = \(id)")
            guard let waiting = try row.map(Waiting.init) else { throw StoreError.notFound }
            if let request = waiting.request { try Requests.withdraw(request, on: connection) }
        }
    }
}
