// SPDX-License-Identifier: Apache-2.0
import Store
import Synchronization

/// The real database, counting its write transactions.
final class CommitCounter: Database {
    private let database: any Database
    private let count = Mutex(0)

    init(_ database: any Database) { self.database = database }

    var commits: Int { count.withLock { $0 } }

    func read<T: Sendable>(_ body: @Sendable (any Connection) throws -> T) async throws -> T {
        try await database.read(body)
    }

    func snapshot<T: Sendable>(_ body: @Sendable (any Connection) throws -> T) async throws -> T {
        try await database.snapshot(body)
    }

    func write<T: Sendable>(_ body: @Sendable (any Connection) throws -> T) async throws -> T {
        count.withLock { $0 += 1 }
        return try await database.write(body)
    }

    func close() throws { try database.close() }
}
