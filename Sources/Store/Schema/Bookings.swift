// SPDX-License-Identifier: Apache-2.0

extension Migration {
    /// Appointments, what they claim, changes to the hours, and the waiting list.
    ///
    /// What cannot be in two places at once is a row of `appointment_claim`: `therapist:ID`, `place:ID` or
    /// `person:ID`, in whole minutes since 1970, half-open, so that touching ends are allowed. Active claims of
    /// one resource never overlap; the database refuses the row that would.
    static let bookings = Migration(
        number: 2,
        name: "bookings",
        tables: [
            """
            CREATE TABLE appointment (
                id TEXT NOT NULL PRIMARY KEY,
                version INTEGER NOT NULL CHECK (version >= 1),
                status TEXT NOT NULL
                    CHECK (status IN ('held', 'booked', 'checked_in', 'done', 'no_show', 'cancelled')),
                service TEXT NOT NULL,
                therapist TEXT NOT NULL REFERENCES person (id),
                place TEXT NULL,
                starts_at TEXT NOT NULL CHECK (length(starts_at) = 24),
                ends_at TEXT NOT NULL CHECK (length(ends_at) = 24 AND ends_at > starts_at),
                busy_until TEXT NOT NULL CHECK (length(busy_until) = 24 AND busy_until >= ends_at),
                zone TEXT NOT NULL,
                wall TEXT NOT NULL CHECK (length(wall) = 16),
                patient TEXT NULL REFERENCES person (id),
                visitor_name TEXT NULL,
                visitor_phone TEXT NULL,
                visitor_email TEXT NULL,
                phone_key TEXT NULL,
                email_key TEXT NULL,
                language TEXT NOT NULL,
                request TEXT NULL REFERENCES evaluation_request (id),
                series TEXT NULL,
                held_until TEXT NULL CHECK (length(held_until) = 24),
                uid TEXT NOT NULL UNIQUE,
                sequence INTEGER NOT NULL CHECK (sequence >= 0),
                cancel_reason TEXT NULL,
                created_by TEXT NOT NULL,
                created_at TEXT NOT NULL CHECK (length(created_at) = 24),
                changed_at TEXT NOT NULL CHECK (length(changed_at) = 24),
                CHECK (patient IS NULL OR visitor_name IS NULL),
                CHECK ((status = 'held') = (held_until IS NOT NULL))
            )
            """,
            """
            CREATE TABLE appointment_claim (
                appointment TEXT NOT NULL REFERENCES appointment (id),
                resource TEXT NOT NULL,
                starts INTEGER NOT NULL,
                ends INTEGER NOT NULL,
                active INTEGER NOT NULL CHECK (active IN (0, 1)),
                held_until TEXT NULL CHECK (length(held_until) = 24),
                PRIMARY KEY (appointment, resource),
                CHECK (ends > starts AND ends - starts <= 1440)
            )
            """,
            """
            CREATE TABLE appointment_link (
                hash TEXT NOT NULL PRIMARY KEY CHECK (length(hash) = 64),
                appointment TEXT NOT NULL REFERENCES appointment (id),
                created_at TEXT NOT NULL CHECK (length(created_at) = 24)
            )
            """,
            """
            CREATE TABLE booking_form (
                hash TEXT NOT NULL PRIMARY KEY CHECK (length(hash) = 64),
                asked TEXT NOT NULL CHECK (length(asked) = 64),
                salt TEXT NOT NULL,
                answer TEXT NOT NULL,
                at TEXT NOT NULL CHECK (length(at) = 24)
            )
            """,
            """
            CREATE TABLE diary_change (
                id TEXT NOT NULL PRIMARY KEY,
                kind TEXT NOT NULL CHECK (kind IN ('closed', 'open', 'busy')),
                therapist TEXT NULL REFERENCES person (id),
                starts_at TEXT NOT NULL CHECK (length(starts_at) = 24),
                ends_at TEXT NOT NULL CHECK (length(ends_at) = 24 AND ends_at > starts_at),
                note TEXT NOT NULL,
                source TEXT NOT NULL,
                made_by TEXT NOT NULL,
                made_at TEXT NOT NULL CHECK (length(made_at) = 24)
            )
            """,
            """
            CREATE TABLE waiting (
                id TEXT NOT NULL PRIMARY KEY,
                at TEXT NOT NULL CHECK (length(at) = 24),
                service TEXT NOT NULL,
                therapist TEXT NULL REFERENCES person (id),
                patient TEXT NULL REFERENCES person (id),
                visitor_name TEXT NULL,
                visitor_phone TEXT NULL,
                visitor_email TEXT NULL,
                language TEXT NOT NULL,
                need INTEGER NOT NULL CHECK (need >= 0 AND need <= 3),
                earliest TEXT NOT NULL CHECK (length(earliest) = 10),
                latest TEXT NOT NULL CHECK (length(latest) = 10),
                status TEXT NOT NULL CHECK (status IN ('waiting', 'offered', 'booked', 'left')),
                offer TEXT NULL REFERENCES appointment (id),
                request TEXT NULL REFERENCES evaluation_request (id),
                CHECK ((patient IS NULL) = (visitor_name IS NOT NULL)),
                CHECK (status <> 'offered' OR offer IS NOT NULL)
            )
            """,
            """
            CREATE TABLE waiting_offer (
                waiting TEXT NOT NULL REFERENCES waiting (id),
                starts_at TEXT NOT NULL CHECK (length(starts_at) = 24),
                at TEXT NOT NULL CHECK (length(at) = 24),
                PRIMARY KEY (waiting, starts_at)
            )
            """
        ],
        statements: [
            "CREATE INDEX appointment_starts ON appointment (starts_at, therapist)",
            "CREATE INDEX appointment_patient ON appointment (patient, starts_at)",
            "CREATE INDEX appointment_phone ON appointment (phone_key, starts_at)",
            "CREATE INDEX appointment_email ON appointment (email_key, starts_at)",
            "CREATE INDEX appointment_series ON appointment (series)",
            "CREATE INDEX appointment_held ON appointment (held_until) WHERE status = 'held'",
            "CREATE INDEX appointment_claim_time ON appointment_claim (resource, starts, ends, held_until) "
                + "WHERE active = 1",
            "CREATE INDEX appointment_link_of ON appointment_link (appointment)",
            "CREATE INDEX booking_form_at ON booking_form (at)",
            "CREATE INDEX diary_change_time ON diary_change (ends_at)",
            "CREATE INDEX waiting_order ON waiting (status, need, at)"
        ],
        // The claims of one resource do not overlap, so the last one that starts before the new one's end is
        // the only one that can reach into it: one look into the index, however full the diary is.
        sqlite: ["INSERT", "UPDATE"].map { act in
            """
            CREATE TRIGGER appointment_claim_free_\(act.lowercased()) BEFORE \(act) ON appointment_claim
            WHEN NEW.active = 1 AND (
                SELECT c.ends FROM appointment_claim c
                WHERE c.resource = NEW.resource AND c.active = 1 AND c.starts < NEW.ends
                    AND NOT (c.appointment = NEW.appointment AND c.resource = NEW.resource)
                ORDER BY c.starts DESC LIMIT 1
            ) > NEW.starts
            BEGIN SELECT RAISE(ABORT, 'overlap'); END
            """
        },
        postgres: [
            "CREATE EXTENSION IF NOT EXISTS btree_gist WITH SCHEMA public",
            """
            ALTER TABLE appointment_claim ADD CONSTRAINT appointment_claim_free
            EXCLUDE USING gist (resource WITH =, int4range(starts, ends) WITH &&) WHERE (active = 1)
            """
        ])
}
