// SPDX-License-Identifier: Apache-2.0
package import Clinical
package import Foundation

/// The patients' journals.
package struct Charts: Sendable {
    let database: any Database
    let cache: EntryCache

    /// - Parameters:
    ///   - database: Where the charts are.
    ///   - cachedEntries: How many decoded entries are kept in memory; 20 000 are about 30 MB.
    package init(_ database: any Database, cachedEntries: Int = 20_000) {
        self.database = database
        cache = EntryCache(limit: cachedEntries)
    }

    /// Opens an episode without entries.
    package func open(_ episode: Episode.ID, for patient: Person.ID, now: Date) async throws {
        try await database.write { try Self.open(episode, for: patient, now: now, on: $0) }
    }

    /// As ``open(_:for:now:)``, as part of a larger transaction.
    package static func open(
        _ episode: Episode.ID, for patient: Person.ID, now: Date, on connection: any Connection
    ) throws {
        try connection.execute(
            "INSERT INTO episode (id, patient, opened_at) VALUES (\(episode), \(patient), \(now))")
    }

    /// The entries of an episode from the first.
    ///
    /// - Returns: Nothing for an episode that is not there.
    package func entries(of episode: Episode.ID) async throws -> [Entry] {
        try await database.read { try known(episode, on: $0).entries }
    }

    /// The sequence of the last entry; 0 where there is none.
    package func head(of episode: Episode.ID) async throws -> Int {
        try await database.read {
            try $0.row("SELECT COALESCE(MAX(sequence), 0) AS head FROM entry WHERE episode = \(episode)")?
                .integer("head") ?? 0
        }
    }

    /// Appends entries in one transaction, all or none.
    ///
    /// - Parameters:
    ///   - drafts: At least one.
    ///   - episode: The chart.
    ///   - head: The sequence that the caller saw last.
    ///   - form: The identity of the form that was sent: the same form writes once.
    ///   - standing: How the chart stands then, as JSON.
    ///   - now: The time of every entry.
    /// - Returns: The new entries, or the entry of the same form.
    /// - Throws: ``StoreError/conflict(episode:expected:found:)`` where somebody else wrote first.
    package func append(
        _ drafts: [Draft], to episode: Episode.ID, expecting head: Int, form: String?, standing: String,
        now: Date
    ) async throws -> Appended {
        try await update(episode, form: form, now: now) { entries in
            guard entries.count == head else {
                throw StoreError.conflict(episode: episode, expected: head, found: entries.count)
            }
            return Change(drafts: drafts, standing: standing)
        }
    }

    /// Reads a chart and appends what follows from it, within one transaction.
    ///
    /// Nobody writes between the reading and the writing: a decision stands on exactly the entries before it.
    /// - Parameters:
    ///   - episode: The chart.
    ///   - form: The identity of the form that was sent; the same form writes once and `body` is not run again.
    ///   - now: The time of every entry.
    ///   - body: Pure; it may be run again where the database asks for it.
    /// - Returns: The new entries, or the entry of the same form.
    /// - Throws: ``StoreError/notFound`` for no such episode, and whatever `body` throws; then nothing is
    ///   written.
    package func update(
        _ episode: Episode.ID, form: String?, now: Date, _ body: @Sendable ([Entry]) throws -> Change
    ) async throws -> Appended {
        let (appended, known) = try await database.write { connection in
            try step(episode, form: form, now: now, on: connection, body)
        }
        // Only now: before the commit the entries might still have come to nothing.
        if let known { cache.keep(known, of: episode) }
        return appended
    }

    /// As ``update(_:form:now:_:)``, as part of a larger transaction.
    package func update(
        _ episode: Episode.ID, form: String?, now: Date, on connection: any Connection,
        _ body: ([Entry]) throws -> Change
    ) throws -> Appended {
        try step(episode, form: form, now: now, on: connection, body).0
    }

    private func step(
        _ episode: Episode.ID, form: String?, now: Date, on connection: any Connection,
        _ body: ([Entry]) throws -> Change
    ) throws -> (Appended, EntryCache.Known?) {
        try connection.serialize("chart \(episode)")
        if let form, let row = try Self.row(of: form, in: episode, on: connection) {
            return (.alreadyWritten(try EntryRow.entry(row)), nil)
        }
        guard try connection.row("SELECT id FROM episode WHERE id = \(episode)") != nil else {
            throw StoreError.notFound
        }
        var known = try known(episode, on: connection)
        let change = try body(known.entries)
        // What the text keeps: the entry returned now and the one read later are equal.
        let at = Instant(now).date
        var written: [Entry] = []
        for draft in change.drafts {
            let entry = Entry(
                id: draft.id, episode: episode, sequence: known.entries.count + 1, at: at,
                author: draft.author,
                pathway: draft.pathway, event: draft.event)
            let row = try EntryRow(entry, form: written.isEmpty ? form : nil, previous: known.hash)
            try row.insert(into: connection)
            written.append(entry)
            known.entries.append(entry)
            known.hash = row.hash
        }
        try Self.write(standing: change.standing, of: episode, sequence: known.entries.count, on: connection)
        return (.written(written), known)
    }

    private static func row(of form: String, in episode: Episode.ID, on connection: any Connection) throws
        -> Row?
    {
        try connection.row(
            "SELECT \(EntryRow.columns) FROM entry WHERE episode = \(episode) AND form = \(form)")
    }

    private static func write(
        standing: String?, of episode: Episode.ID, sequence: Int, on connection: any Connection
    ) throws {
        if let standing {
            try connection.execute(
                """
                INSERT INTO standing (episode, sequence, content) VALUES (\(episode), \(sequence), \(standing))
                ON CONFLICT (episode) DO UPDATE SET sequence = excluded.sequence, content = excluded.content
                """)
        } else {
            try connection.execute(
                """
                INSERT INTO standing (episode, sequence, content) VALUES (\(episode), \(sequence), '{}')
                ON CONFLICT (episode) DO UPDATE SET sequence = excluded.sequence
                """)
        }
    }

    /// All entries, decoding only those that the cache does not hold.
    private func known(_ episode: Episode.ID, on connection: any Connection) throws -> EntryCache.Known {
        var known = cache.known(episode) ?? EntryCache.Known(entries: [], hash: Chain.start)
        // From the last known entry on, not after it: its hash says whether it is still the one in the cache.
        var rows = try Self.rows(of: episode, from: known.entries.count, on: connection)[...]
        if !known.entries.isEmpty {
            if try rows.first?.text("hash") == known.hash {
                rows = rows.dropFirst()
            } else {
                known = EntryCache.Known(entries: [], hash: Chain.start)
                rows = try Self.rows(of: episode, from: 1, on: connection)[...]
            }
        }
        guard let last = rows.last else { return known }
        known.entries += try rows.map(EntryRow.entry)
        known.hash = try last.text("hash")
        // These rows are committed: a transaction's own new rows are not read back here.
        cache.keep(known, of: episode)
        return known
    }

    private static func rows(of episode: Episode.ID, from sequence: Int, on connection: any Connection) throws
        -> [Row]
    {
        try connection.rows(
            """
            SELECT \(EntryRow.columns) FROM entry
            WHERE episode = \(episode) AND sequence >= \(sequence) ORDER BY sequence
            """)
    }
}
