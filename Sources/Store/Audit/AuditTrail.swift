// SPDX-License-Identifier: Apache-2.0
package import Clinical
package import Foundation

/// The rows of the audit, each chained to the one before.
package struct AuditTrail: Sendable {
    let database: any Database

    package init(_ database: any Database) { self.database = database }

    /// Adds acts as part of a transaction, so that an act and its audit are written together or not at all.
    package static func append(_ acts: [(act: Act, at: Date)], on connection: any Connection) throws {
        try connection.serialize("audit")
        let last = try connection.row("SELECT sequence, hash FROM audit ORDER BY sequence DESC LIMIT 1")
        var sequence = try last?.integer("sequence") ?? 0
        var previous = try last?.text("hash") ?? Chain.start
        for (act, at) in acts {
            sequence += 1
            let hash = Chain.hash(
                previous: previous,
                columns: [
                    sequence.value, at.value, act.actor.value, .text(act.part.rawValue),
                    .text(act.kind.rawValue), act.episode.value, .text(act.detail)
                ])
            try connection.execute(
                """
                INSERT INTO audit (sequence, at, actor, part, action, episode, detail, previous_hash, hash)
                VALUES (\(sequence), \(at), \(act.actor), \(act.part.rawValue), \(act.kind.rawValue),
                    \(act.episode), \(act.detail), \(previous), \(hash))
                """)
            previous = hash
        }
    }

    /// The newest acts first.
    ///
    /// - Parameters:
    ///   - limit: How many at most.
    ///   - episode: Those of one chart only.
    /// - Returns: The acts.
    /// - Throws: ``StoreError``.
    package func recent(limit: Int, episode: Episode.ID? = nil) async throws -> [AuditedAct] {
        try await database.read { connection in
            let rows =
                if let episode {
                    try connection.rows(
                        """
                        SELECT \(Self.columns) FROM audit WHERE episode = \(episode)
                        ORDER BY sequence DESC LIMIT \(limit)
                        """)
                } else {
                    try connection.rows(
                        "SELECT \(Self.columns) FROM audit ORDER BY sequence DESC LIMIT \(limit)")
                }
            return try rows.map(Self.act)
        }
    }

    /// Walks the chain in portions, so that years of it need no memory.
    ///
    /// - Returns: The first row that is not as it was written; nil where all are.
    package func verify() async throws -> ChainFault? {
        try await database.snapshot { try Self.fault(on: $0) }
    }

    static func fault(on connection: any Connection) throws -> ChainFault? {
        var walked = 0
        var previous = Chain.start
        while true {
            let links = try connection.rows(
                """
                SELECT \(columns) FROM audit WHERE sequence > \(walked) ORDER BY sequence LIMIT 5000
                """
            ).map(link)
            guard let last = links.last else { return nil }
            if let fault = Chain.firstFault(in: links, after: walked, previous: previous) { return fault }
            walked = last.sequence
            previous = last.hash
        }
    }

    /// As ``verify()``, and that a row which was noted elsewhere is still there.
    ///
    /// - Parameters:
    ///   - sequence: The noted row.
    ///   - hash: Its hash as it was noted; it vouches for every row before it.
    /// - Returns: The first row that is not as it was written; nil where all are.
    /// - Throws: ``StoreError``.
    package func verify(through sequence: Int, hash: String) async throws -> ChainFault? {
        if let fault = try await verify() { return fault }
        let found = try await database.read { connection in
            try connection.row("SELECT hash FROM audit WHERE sequence = \(sequence)")?.text("hash")
        }
        guard let found else { return .missing(sequence) }
        return found == hash ? nil : .altered(sequence)
    }

    private static let columns: SQL =
        "sequence, at, actor, part, action, episode, detail, previous_hash, hash"

    private static func link(_ row: Row) throws -> Chain.Link {
        Chain.Link(
            sequence: try row.integer("sequence"), previous: try row.text("previous_hash"),
            hash: try row.text("hash"),
            columns: try ["sequence", "at", "actor", "part", "action", "episode", "detail"].map(row.value))
    }

    static func act(_ row: Row) throws -> AuditedAct {
        AuditedAct(
            sequence: try row.integer("sequence"), at: try row.date("at"),
            act: Act(
                actor: Person.ID(try row.text("actor")), part: try row.one("part"),
                kind: try row.one("action"),
                episode: try row.textIfPresent("episode").map { Episode.ID($0) },
                detail: try row.text("detail")),
            hash: try row.text("hash"))
    }
}
