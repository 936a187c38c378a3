// SPDX-License-Identifier: Apache-2.0

extension Migration {
    /// Messages that wait to be sent, private calendar feeds, and what is known of calendars read elsewhere.
    static let outbox = Migration(
        number: 4,
        name: "outbox",
        tables: [
            """
            CREATE TABLE outbox_message (
                id TEXT NOT NULL PRIMARY KEY CHECK (length(id) = 32),
                kind TEXT NOT NULL
                    CHECK (kind IN ('confirmation', 'moved', 'cancelled', 'reminder', 'offer')),
                channel TEXT NOT NULL CHECK (channel IN ('email', 'text')),
                appointment TEXT NOT NULL REFERENCES appointment (id),
                starts_at TEXT NOT NULL CHECK (length(starts_at) = 24),
                recipient TEXT NOT NULL,
                language TEXT NOT NULL,
                due_at TEXT NOT NULL CHECK (length(due_at) = 24),
                expires_at TEXT NOT NULL CHECK (length(expires_at) = 24),
                state TEXT NOT NULL CHECK (state IN ('waiting', 'sending', 'sent', 'failed', 'stopped')),
                attempts INTEGER NOT NULL CHECK (attempts >= 0),
                lease TEXT NULL,
                lease_until TEXT NULL CHECK (length(lease_until) = 24),
                problem TEXT NULL,
                subject TEXT NULL,
                created_at TEXT NOT NULL CHECK (length(created_at) = 24),
                changed_at TEXT NOT NULL CHECK (length(changed_at) = 24),
                CHECK ((state = 'sending') = (lease IS NOT NULL)),
                CHECK ((lease IS NULL) = (lease_until IS NULL))
            )
            """,
            """
            CREATE TABLE calendar_feed (
                hash TEXT NOT NULL PRIMARY KEY CHECK (length(hash) = 64),
                person TEXT NOT NULL REFERENCES person (id),
                made_by TEXT NOT NULL REFERENCES person (id),
                made_at TEXT NOT NULL CHECK (length(made_at) = 24),
                read_at TEXT NULL CHECK (length(read_at) = 24),
                ended_at TEXT NULL CHECK (length(ended_at) = 24)
            )
            """,
            """
            CREATE TABLE calendar_import (
                source TEXT NOT NULL PRIMARY KEY,
                next_at TEXT NOT NULL CHECK (length(next_at) = 24),
                read_at TEXT NULL CHECK (length(read_at) = 24),
                events INTEGER NOT NULL CHECK (events >= 0),
                notices TEXT NOT NULL,
                problem TEXT NULL
            )
            """
        ],
        statements: [
            "CREATE INDEX outbox_message_due ON outbox_message (state, due_at)",
            "CREATE INDEX outbox_message_appointment ON outbox_message (appointment)",
            "CREATE INDEX outbox_message_changed ON outbox_message (changed_at)",
            "CREATE UNIQUE INDEX calendar_feed_one ON calendar_feed (person) WHERE ended_at IS NULL"
        ])
}
