// SPDX-License-Identifier: Apache-2.0

/// The clinic's memory: a place for rows, whichever product keeps them.
package protocol Database: Sendable {
    /// Reads, cheaply.
    ///
    /// Every statement sees all that was committed before it; two statements may see two moments.
    func read<T: Sendable>(_ body: @Sendable (any Connection) throws -> T) async throws -> T

    /// Reads one moment: every statement sees the same state, for as long as `body` runs.
    func snapshot<T: Sendable>(_ body: @Sendable (any Connection) throws -> T) async throws -> T

    /// Writes all that `body` writes, or nothing.
    ///
    /// `body` is pure but for the connection: a driver may run it again when a commit was refused, and what
    /// the committed run returned is returned.
    @discardableResult
    func write<T: Sendable>(_ body: @Sendable (any Connection) throws -> T) async throws -> T

    /// Ends every connection; nothing can be read or written afterwards.
    func close() throws
}

/// One connection, inside one ``Database/read(_:)`` or ``Database/write(_:)``.
package protocol Connection {
    func rows(_ sql: SQL) throws -> [Row]

    /// Runs a statement that changes rows.
    ///
    /// - Returns: How many rows it inserted, updated or deleted itself.
    @discardableResult func execute(_ sql: SQL) throws -> Int

    /// Runs a statement of a migration, whose text is in the source.
    func define(_ statement: String) throws

    /// Waits for one key after another, in the order given, until no other write transaction that serialised on
    /// it is under way, in any process, and holds them until this transaction ends.
    ///
    /// Nothing to do where write transactions are serial in any case, as in SQLite.
    func hold(_ keys: [String]) throws
}

extension Connection {
    /// The first row of the answer; the statement should leave no second one.
    package func row(_ sql: SQL) throws -> Row? { try rows(sql).first }

    /// Waits until no other write transaction that serialised on the same key is under way, in any process,
    /// and holds the key until this transaction ends.
    ///
    /// Call it first wherever what is written depends on what was read.
    package func serialize(_ key: String) throws { try hold([key]) }

    /// As ``serialize(_:)`` on each key, in one order for all callers, so that two never wait for each other.
    package func serialize(_ keys: some Sequence<String>) throws { try hold(Set(keys).sorted()) }
}
