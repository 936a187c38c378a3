// SPDX-License-Identifier: Apache-2.0

extension Migration {
    /// Why somebody of the waiting list comes when they do, their own link, and who wants no text messages.
    static let frontDesk = Migration(
        number: 7,
        name: "front desk",
        tables: [
            """
            CREATE TABLE waiting_link (
                hash TEXT NOT NULL PRIMARY KEY CHECK (length(hash) = 64),
                waiting TEXT NOT NULL REFERENCES waiting (id),
                created_at TEXT NOT NULL CHECK (length(created_at) = 24)
            )
            """,
            """
            CREATE TABLE text_refusal (
                whose TEXT NOT NULL PRIMARY KEY,
                made_by TEXT NOT NULL,
                made_at TEXT NOT NULL CHECK (length(made_at) = 24)
            )
            """
        ],
        statements: [
            "ALTER TABLE waiting ADD COLUMN basis TEXT NOT NULL DEFAULT 'unknown' "
                + "CHECK (basis IN ('unknown', 'check', 'therapist'))",
            "ALTER TABLE waiting ADD COLUMN finding TEXT NULL CHECK (finding IN "
                + "('self_care_monitor', 'book_evaluation', 'same_day', 'emergency_now'))",
            // Until now only a therapist made it another than the common one.
            "UPDATE waiting SET basis = 'therapist', finding = CASE need WHEN 0 THEN 'self_care_monitor' "
                + "WHEN 2 THEN 'same_day' ELSE 'emergency_now' END WHERE need <> 1",
            // What a finding counts for is the order's to say, and may change while somebody waits.
            "DROP INDEX waiting_order",
            "ALTER TABLE waiting DROP COLUMN need",
            "CREATE INDEX waiting_order ON waiting (status, at)",
            "CREATE INDEX waiting_link_of ON waiting_link (waiting)"
        ])
}
