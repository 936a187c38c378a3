// SPDX-License-Identifier: Apache-2.0
import Clinical
import Dispatch

/// Copies a clinic from one database into an empty one of either product.
package struct ClinicCopy: Sendable {
    package struct Count: Hashable, Sendable {
        package let table: String
        package let rows: Int
    }

    private let source: any BlockingDatabase
    private let target: any BlockingDatabase
    private let queue = DispatchQueue(label: "soleus.copy")

    /// - Throws: ``StoreError/unfit(database:reason:)`` for a database that cannot take part.
    package init(from source: any Database, to target: any Database) throws {
        guard let source = source as? any BlockingDatabase, let target = target as? any BlockingDatabase
        else {
            throw StoreError.unfit(database: "copy", reason: "only SQLite and PostgreSQL are copied")
        }
        self.source = source
        self.target = target
    }

    /// Copies every table, in one transaction of the target from one moment of the source.
    ///
    /// Before it is committed every table is read back and compared row by row, and every chain is walked; where
    /// anything differs nothing is copied.
    /// - Returns: How many rows each table has.
    /// - Throws: ``StoreError/unfit(database:reason:)`` where the target is not empty or what was read back differs.
    package func run() async throws -> [Count] {
        try await withCheckedThrowingContinuation { continuation in
            queue.async { continuation.resume(with: Result { try copy() }) }
        }
    }

    private func copy() throws -> [Count] {
        try source.snapshotNow { from in
            try target.writeNow { to in
                let tables = try ClinicTable.names.map {
                    try (ClinicTable.read($0, on: from), ClinicTable.read($0, on: to))
                }
                for (table, other) in tables {
                    guard table == other else {
                        throw StoreError.unfit(
                            database: target.name, reason: "its table \(table.name) is another")
                    }
                    guard try other.count(on: to) == 0 else {
                        throw StoreError.unfit(
                            database: target.name,
                            reason:
                                "its table \(table.name) holds rows already, and a copy goes into an empty one"
                        )
                    }
                }
                let counts = try tables.map { table, _ in
                    Count(table: table.name, rows: try copy(table, from, to))
                }
                if let fault = try Self.firstFault(on: to) {
                    throw StoreError.unfit(database: source.name, reason: "\(fault), so it is not copied")
                }
                return counts
            }
        }
    }

    private func copy(_ table: ClinicTable, _ from: any Connection, _ to: any Connection) throws -> Int {
        var (count, sent, kept) = (0, Chain.start, Chain.start)
        try table.forEach(on: from) { row in
            count += 1
            sent = Chain.hash(previous: sent, columns: row.values)
            try table.insert(row, into: to)
        }
        var found = 0
        try table.forEach(on: to) { row in
            found += 1
            kept = Chain.hash(previous: kept, columns: row.values)
        }
        guard found == count, sent == kept else {
            throw StoreError.unfit(
                database: target.name,
                reason: "of \(count) rows of \(table.name), \(found) came back, or with other content")
        }
        return count
    }

    private static func firstFault(on connection: any Connection) throws -> String? {
        for (episode, fault) in try Charts.faults(on: connection).sorted(by: {
            $0.key.rawValue < $1.key.rawValue
        }) {
            return "chart \(episode): \(fault)"
        }
        return try AuditTrail.fault(on: connection).map { "audit: \($0)" }
    }
}
