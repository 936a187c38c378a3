// SPDX-License-Identifier: Apache-2.0
package import Foundation
import Synchronization

/// The clinic's memory in a PostgreSQL database, which several server processes share.
package final class PostgresDatabase: Database {
    let address: PostgresAddress
    private let limits: PostgresLimits
    private let pool: PostgresPool
    private let keys: Mutex<[String: String]>

    /// The database's name for messages.
    package var name: String { address.name }

    /// Connects and brings the schema up to date.
    ///
    /// A database of another program or of a newer version is refused before it is touched.
    /// - Throws: ``StoreError`` with the reason.
    package init(_ address: PostgresAddress, limits: PostgresLimits = PostgresLimits(), now: Date)
        async throws
    {
        self.address = address
        self.limits = limits
        pool = PostgresPool(address, limits: limits)
        keys = Mutex([:])
        try await PostgresSchema(database: Self(unhurried: address)).update(now: now)
        let found = try await PostgresSchema(database: self).keys()
        keys.withLock { $0 = found }
    }

    /// One connection for work on the whole database, with no look at what is in it.
    init(unhurried address: PostgresAddress) {
        self.address = address
        limits = .unhurried
        pool = PostgresPool(address, limits: limits)
        keys = Mutex([:])
    }

    package func read<T: Sendable>(_ body: @Sendable (any Connection) throws -> T) async throws -> T {
        try await translating {
            let session = try await pool.take()
            defer { pool.giveBack(session) }
            return try await session.read(body)
        }
    }

    package func snapshot<T: Sendable>(_ body: @Sendable (any Connection) throws -> T) async throws -> T {
        try await translating {
            let session = try await pool.take()
            defer { pool.giveBack(session) }
            return try await session.snapshot(body)
        }
    }

    /// As ``Database/write(_:)``; what was refused for another transaction's sake is run again, from its start.
    ///
    /// What is returned comes from the attempt that committed and from no other. A commit whose answer was lost
    /// is ``StoreError/uncertain`` and is not tried again.
    package func write<T: Sendable>(_ body: @Sendable (any Connection) throws -> T) async throws -> T {
        try await translating {
            var refusals = 0
            while true {
                do {
                    let session = try await pool.take()
                    defer { pool.giveBack(session) }
                    return try await session.write(body)
                } catch let failure as PostgresFailure where failure.isForAnothersSake {
                    refusals += 1
                    guard refusals <= limits.retries else { throw failure }
                }
                // Of two that refused each other, one is first the next time.
                try? await Task.sleep(
                    for: .milliseconds(Double.random(in: 1...10) * Double(refusals * refusals)))
            }
        }
    }

    package func close() throws { pool.close() }

    private func translating<T: Sendable>(_ body: () async throws -> T) async throws -> T {
        do {
            return try await body()
        } catch let failure as PostgresFailure {
            throw StoreError(failure, database: address.name, keys: keys.withLock { $0 })
        }
    }
}
