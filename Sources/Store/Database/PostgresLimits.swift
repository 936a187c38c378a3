// SPDX-License-Identifier: Apache-2.0

/// How much, and how long, a server process asks of PostgreSQL.
package struct PostgresLimits: Hashable, Sendable {
    /// Connections of this process.
    package var connections = 8
    /// Who waits for one at most; more are refused with ``StoreError/busy``.
    package var waiting = 1000
    /// How long one waits for a connection; as long as one waits for SQLite's writer.
    package var waitSeconds = 10.0
    /// `statement_timeout`.
    package var statementSeconds = 5
    /// `lock_timeout`: less than a statement's, so that a lock that nobody lets go is named as one.
    package var lockSeconds = 4
    /// `idle_in_transaction_session_timeout`: a process that stands still lets its locks go.
    package var idleInTransactionSeconds = 10
    /// How much longer than a statement may take one waits for its answer, before the server counts as gone.
    package var graceSeconds = 3
    /// Statements that a connection keeps prepared.
    package var preparedStatements = 500
    /// How often a transaction is run again that the database refused for another one's sake.
    package var retries = 5

    package init() {}

    /// For work on the whole database, such as a step of the schema.
    static let unhurried: PostgresLimits = {
        var limits = PostgresLimits()
        limits.connections = 1
        limits.statementSeconds = 3600
        limits.lockSeconds = 60
        limits.idleInTransactionSeconds = 3600
        return limits
    }()
}
