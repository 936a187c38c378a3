// SPDX-License-Identifier: Apache-2.0
package import Clinical

extension Charts {
    /// Walks one chart's hash chain.
    ///
    /// - Returns: The first entry that is not as it was written; nil for a whole chart.
    package func verify(_ episode: Episode.ID) async throws -> ChainFault? {
        try await database.snapshot { try Self.fault(in: episode, on: $0) }
    }

    /// Walks every chart's hash chain, all at one moment.
    ///
    /// - Returns: The charts that are not whole.
    package func verifyAll() async throws -> [Episode.ID: ChainFault] {
        try await database.snapshot { try Self.faults(on: $0) }
    }

    static func faults(on connection: any Connection) throws -> [Episode.ID: ChainFault] {
        var faults: [Episode.ID: ChainFault] = [:]
        for row in try connection.rows("SELECT id FROM episode ORDER BY id") {
            let episode = Episode.ID(try row.text("id"))
            faults[episode] = try fault(in: episode, on: connection)
        }
        return faults
    }

    private static func fault(in episode: Episode.ID, on connection: any Connection) throws -> ChainFault? {
        let links = try connection.rows(
            "SELECT \(EntryRow.columns) FROM entry WHERE episode = \(episode) ORDER BY sequence"
        ).map(EntryRow.link)
        if let fault = Chain.firstFault(in: links) { return fault }
        // A tail that was cut off leaves a whole chain; the standing still tells how long it was.
        let standing = try connection.row("SELECT sequence FROM standing WHERE episode = \(episode)")?
            .integer("sequence")
        let head = links.count
        if let standing, standing > head { return .missing(head + 1) }
        if (standing ?? 0) < head { return .unaccounted((standing ?? 0) + 1) }
        return nil
    }
}
