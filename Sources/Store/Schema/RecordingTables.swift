// SPDX-License-Identifier: Apache-2.0

extension Migration {
    /// Raw recordings of measurements, and the pieces of those that are still on their way.
    ///
    /// The bytes are in the database, as base64 in pieces: one truth and one backup, also where several servers
    /// share one database and no folder. They come compressed; two minutes of a phone are some 150 kB.
    static let recordings = Migration(
        number: 6,
        name: "recordings",
        tables: [
            """
            CREATE TABLE recording (
                episode TEXT NOT NULL REFERENCES episode (id),
                hash TEXT NOT NULL CHECK (length(hash) = 64),
                bytes INTEGER NOT NULL CHECK (bytes BETWEEN 1 AND 33554432),
                kind TEXT NOT NULL,
                placement TEXT NOT NULL,
                side TEXT NULL CHECK (side IN ('left', 'right')),
                rate_millihertz INTEGER NOT NULL CHECK (rate_millihertz >= 0),
                uploaded_by TEXT NOT NULL REFERENCES person (id),
                begun_at TEXT NOT NULL CHECK (length(begun_at) = 24),
                received INTEGER NOT NULL CHECK (received BETWEEN 0 AND bytes),
                at TEXT NULL CHECK (length(at) = 24),
                PRIMARY KEY (episode, hash),
                CHECK (at IS NULL OR received = bytes)
            )
            """,
            """
            CREATE TABLE recording_piece (
                episode TEXT NOT NULL,
                hash TEXT NOT NULL,
                start INTEGER NOT NULL CHECK (start >= 0),
                bytes INTEGER NOT NULL CHECK (bytes BETWEEN 1 AND 524288),
                content TEXT NOT NULL,
                PRIMARY KEY (episode, hash, start),
                FOREIGN KEY (episode, hash) REFERENCES recording (episode, hash)
            )
            """
        ],
        statements: [
            "CREATE INDEX recording_open ON recording (begun_at) WHERE at IS NULL"
        ])
}
