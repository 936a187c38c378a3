// SPDX-License-Identifier: Apache-2.0

extension PostgresConnection {
    /// Makes a new connection's session what the store rests on, and reads it back.
    ///
    /// - Throws: ``StoreError/unsafeSetting(_:)`` where an acknowledged write could be lost, and
    ///   ``StoreError/unfit(database:reason:)`` where texts would be kept or sorted otherwise than in SQLite.
    func setUp(_ limits: PostgresLimits, database: String) throws {
        _ = try rows(
            """
            SELECT set_config('statement_timeout', \("\(limits.statementSeconds)s"), false) AS statements,
                set_config('lock_timeout', \("\(limits.lockSeconds)s"), false) AS locks,
                set_config('idle_in_transaction_session_timeout',
                    \("\(limits.idleInTransactionSeconds)s"), false) AS idle,
                set_config('timezone', 'UTC', false) AS zone,
                set_config('client_min_messages', 'warning', false) AS notices,
                set_config('default_transaction_read_only', 'on', false) AS reading,
                set_config('synchronous_commit',
                    CASE current_setting('synchronous_commit') WHEN 'remote_apply' THEN 'remote_apply' ELSE 'on' END,
                    false) AS commits
            """)
        let found = try row(
            """
            SELECT current_setting('synchronous_commit') AS synchronous_commit,
                current_setting('fsync') AS fsync,
                current_setting('full_page_writes') AS full_page_writes,
                current_setting('TimeZone') AS zone,
                current_setting('server_encoding') AS encoding,
                current_setting('server_version_num')::integer AS version,
                'B' < 'a' AND 'Z' < '_' AND 'z' < 'é' AS sorts_by_byte
            """)
        guard let found else { throw PostgresFailure.lost }
        guard try found.integer("version") >= Self.oldest * 10_000 else {
            throw StoreError.unfit(database: database, reason: "PostgreSQL \(Self.oldest) or later is needed")
        }
        guard try ["on", "remote_apply"].contains(found.text("synchronous_commit")) else {
            throw StoreError.unsafeSetting("synchronous_commit = on")
        }
        for setting in ["fsync", "full_page_writes"] where try found.text(setting) != "on" {
            throw StoreError.unsafeSetting("\(setting) = on")
        }
        guard try found.text("zone") == "UTC" else { throw StoreError.unsafeSetting("TimeZone = UTC") }
        guard try found.text("encoding") == "UTF8", try found.integer("sorts_by_byte") == 1 else {
            throw StoreError.unfit(
                database: database,
                reason: "texts must be kept in UTF-8 and sorted by their bytes; make it with "
                    + "CREATE DATABASE … TEMPLATE template0 ENCODING 'UTF8' LOCALE 'C'")
        }
    }

    private static let oldest = 13
}
