// SPDX-License-Identifier: Apache-2.0
package import Clinical
package import Foundation

extension Diary {
    /// Keeps a closure or extra hours; the same identity is kept once.
    ///
    /// Appointments in a closure stay: who closes is told of them and calls the people.
    /// - Returns: The open appointments that lie in it.
    package func add(_ change: DiaryChange, by person: Person.ID, now: Date) async throws -> [DiaryEntry] {
        try await database.write { connection in
            try connection.execute(
                """
                INSERT INTO diary_change (\(DiaryChange.columns), made_by, made_at)
                VALUES (\(change.id), \(change.kind.rawValue), \(change.therapist), \(change.starts),
                    \(change.ends), \(change.note), \(change.source), \(person), \(now))
                ON CONFLICT (id) DO NOTHING
                """)
            guard change.kind != .open else { return [] }
            let only: SQL = if let therapist = change.therapist { "AND therapist = \(therapist)" } else { "" }
            return try connection.rows(
                """
                SELECT \(DiaryEntry.columns) FROM appointment
                WHERE starts_at < \(change.ends) AND ends_at > \(change.starts) AND status = 'booked' \(only)
                ORDER BY starts_at, id
                """
            ).map(DiaryEntry.init)
        }
    }

    /// Takes a change back.
    package func remove(_ id: DiaryChange.ID) async throws {
        try await database.write { connection in
            guard try connection.execute("DELETE FROM diary_change WHERE id = \(id)") == 1 else {
                throw StoreError.notFound
            }
        }
    }

    /// Puts what another calendar says in the place of what it said before.
    ///
    /// - Parameters:
    ///   - source: Which calendar.
    ///   - therapist: Whose.
    ///   - times: When they are taken.
    ///   - now: When it was asked.
    /// - Throws: ``StoreError``.
    package func replaceBusy(
        from source: String, of therapist: Person.ID, with times: [Range<Date>], now: Date
    )
        async throws
    {
        try await database.write { connection in
            try connection.serialize("busy \(source)")
            try connection.execute("DELETE FROM diary_change WHERE kind = 'busy' AND source = \(source)")
            for time in times where !time.isEmpty {
                let id: DiaryChange.ID = ids.make()
                try connection.execute(
                    """
                    INSERT INTO diary_change (\(DiaryChange.columns), made_by, made_at)
                    VALUES (\(id), 'busy', \(therapist), \(time.lowerBound), \(time.upperBound), '', \(source),
                        'calendar', \(now))
                    """)
            }
        }
    }
}
