// SPDX-License-Identifier: Apache-2.0
import Dispatch
import Synchronization

/// One place of the pool: a connection that is made when it is needed and replaced when it is dead.
///
/// libpq blocks, so a session has a thread's queue of its own and keeps off the threads that serve requests.
actor PostgresSession {
    private let queue: BlockingQueue
    private let address: PostgresAddress
    private let limits: PostgresLimits
    private let outage: PostgresOutage
    private var connection: PostgresConnection?

    nonisolated var unownedExecutor: UnownedSerialExecutor { queue.asUnownedSerialExecutor() }

    init(_ address: PostgresAddress, limits: PostgresLimits, outage: PostgresOutage) {
        queue = BlockingQueue()
        self.address = address
        self.limits = limits
        self.outage = outage
    }

    /// Statements of their own, on a session that may only read.
    func read<T: Sendable>(_ body: @Sendable (any Connection) throws -> T) throws -> T { try body(live()) }

    func snapshot<T: Sendable>(_ body: @Sendable (any Connection) throws -> T) throws -> T {
        let connection = try live()
        try connection.begin("BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY")
        defer { leave(connection) }
        return try body(connection)
    }

    /// One attempt at a transaction.
    ///
    /// READ COMMITTED: after ``Connection/serialize(_:)`` a statement sees what the last holder of the key wrote.
    /// A stricter level would keep the view from before the wait, and refuse.
    func write<T: Sendable>(_ body: @Sendable (any Connection) throws -> T) throws -> T {
        let connection = try live()
        try connection.begin("BEGIN ISOLATION LEVEL READ COMMITTED READ WRITE")
        defer { leave(connection) }
        let value = try body(connection)
        // A body that went on past a failure: the server would answer the commit with a rollback.
        if let failure = connection.lastFailure { throw failure }
        do {
            guard try connection.command("COMMIT") == "COMMIT" else { throw PostgresFailure(state: "25P02") }
        } catch let failure as PostgresFailure where failure.isLoss {
            throw StoreError.uncertain
        }
        return value
    }

    /// Ends what is still open; a connection that cannot be brought to rest is replaced.
    private func leave(_ connection: PostgresConnection) {
        if !connection.isBroken, !connection.isAlive() { _ = try? connection.command("ROLLBACK") }
        if !connection.isAlive() { self.connection = nil }
    }

    private func live() throws -> PostgresConnection {
        if let connection, connection.isAlive() { return connection }
        connection = nil
        try outage.check()
        do {
            let fresh = try PostgresConnection(address, limits: limits)
            try fresh.setUp(limits, database: address.name)
            connection = fresh
            return fresh
        } catch let failure as PostgresFailure {
            throw outage.noting(StoreError(failure, database: address.name, keys: [:]))
        } catch let error as StoreError {
            throw outage.noting(error)
        }
    }
}

/// Remembers for a moment that the server could not be reached, so that not every request waits to find out.
final class PostgresOutage: Sendable {
    private static let pause = Duration.milliseconds(250)
    private let last = Mutex<(at: ContinuousClock.Instant, error: StoreError)?>(nil)

    func check() throws {
        guard let last = last.withLock({ $0 }), .now < last.at + Self.pause else { return }
        throw last.error
    }

    func noting(_ error: StoreError) -> StoreError {
        last.withLock { $0 = (.now, error) }
        return error
    }
}

/// A queue of its own for an actor whose calls block.
private final class BlockingQueue: SerialExecutor {
    private let queue = DispatchQueue(label: "soleus.postgres")

    func enqueue(_ job: consuming ExecutorJob) {
        let job = UnownedJob(job)
        queue.async { job.runSynchronously(on: self.asUnownedSerialExecutor()) }
    }
}
