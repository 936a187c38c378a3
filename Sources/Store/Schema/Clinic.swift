// SPDX-License-Identifier: Apache-2.0

extension Migration {
    /// People, charts, sign-in, audit and evaluation requests.
    ///
    /// TEXT and INTEGER only. Instants are ``Instant`` texts, hashes lower-case hex.
    static let clinic = Migration(
        number: 1,
        name: "clinic",
        tables: [
            """
            CREATE TABLE person (
                id TEXT NOT NULL PRIMARY KEY,
                role TEXT NOT NULL CHECK (role IN ('patient', 'therapist', 'desk', 'admin')),
                name TEXT NOT NULL,
                name_key TEXT NOT NULL,
                email TEXT NULL UNIQUE,
                phone TEXT NULL,
                born TEXT NULL CHECK (length(born) = 10),
                sex TEXT NULL CHECK (sex IN ('female', 'male', 'other')),
                language TEXT NOT NULL,
                password TEXT NULL,
                created_at TEXT NOT NULL CHECK (length(created_at) = 24),
                disabled_at TEXT NULL CHECK (length(disabled_at) = 24)
            )
            """,
            """
            CREATE TABLE episode (
                id TEXT NOT NULL PRIMARY KEY,
                patient TEXT NOT NULL REFERENCES person (id),
                opened_at TEXT NOT NULL CHECK (length(opened_at) = 24)
            )
            """,
            """
            CREATE TABLE entry (
                id TEXT NOT NULL UNIQUE,
                episode TEXT NOT NULL REFERENCES episode (id),
                sequence INTEGER NOT NULL CHECK (sequence >= 1),
                at TEXT NOT NULL CHECK (length(at) = 24),
                author TEXT NOT NULL,
                author_part TEXT NOT NULL
                    CHECK (author_part IN ('patient', 'therapist', 'desk', 'admin', 'engine')),
                pathway TEXT NOT NULL,
                kind TEXT NOT NULL,
                content TEXT NOT NULL,
                form TEXT NULL,
                previous_hash TEXT NOT NULL CHECK (length(previous_hash) = 64),
                hash TEXT NOT NULL CHECK (length(hash) = 64),
                PRIMARY KEY (episode, sequence),
                UNIQUE (episode, form)
            )
            """,
            """
            CREATE TABLE standing (
                episode TEXT NOT NULL PRIMARY KEY REFERENCES episode (id),
                sequence INTEGER NOT NULL CHECK (sequence >= 0),
                content TEXT NOT NULL
            )
            """,
            """
            CREATE TABLE session (
                hash TEXT NOT NULL PRIMARY KEY CHECK (length(hash) = 64),
                person TEXT NOT NULL REFERENCES person (id),
                created_at TEXT NOT NULL CHECK (length(created_at) = 24),
                seen_at TEXT NOT NULL CHECK (length(seen_at) = 24),
                idle_seconds INTEGER NOT NULL CHECK (idle_seconds > 0),
                expires_at TEXT NOT NULL CHECK (length(expires_at) = 24),
                csrf TEXT NOT NULL
            )
            """,
            """
            CREATE TABLE sign_in_link (
                hash TEXT NOT NULL PRIMARY KEY CHECK (length(hash) = 64),
                person TEXT NOT NULL REFERENCES person (id),
                made_by TEXT NULL REFERENCES person (id),
                created_at TEXT NOT NULL CHECK (length(created_at) = 24),
                expires_at TEXT NOT NULL CHECK (length(expires_at) = 24),
                used_at TEXT NULL CHECK (length(used_at) = 24)
            )
            """,
            """
            CREATE TABLE throttle (
                key TEXT NOT NULL PRIMARY KEY,
                failures INTEGER NOT NULL CHECK (failures >= 0),
                consecutive INTEGER NOT NULL CHECK (consecutive >= 0),
                window_start TEXT NOT NULL CHECK (length(window_start) = 24),
                blocked_until TEXT NULL CHECK (length(blocked_until) = 24)
            )
            """,
            """
            CREATE TABLE audit (
                sequence INTEGER NOT NULL PRIMARY KEY CHECK (sequence >= 1),
                at TEXT NOT NULL CHECK (length(at) = 24),
                actor TEXT NOT NULL,
                part TEXT NOT NULL,
                action TEXT NOT NULL,
                episode TEXT NULL,
                detail TEXT NOT NULL,
                previous_hash TEXT NOT NULL CHECK (length(previous_hash) = 64),
                hash TEXT NOT NULL CHECK (length(hash) = 64)
            )
            """,
            """
            CREATE TABLE evaluation_request (
                id TEXT NOT NULL PRIMARY KEY,
                at TEXT NOT NULL CHECK (length(at) = 24),
                name TEXT NOT NULL,
                phone TEXT NOT NULL,
                language TEXT NOT NULL,
                answers TEXT NOT NULL,
                disposition TEXT NOT NULL,
                rules TEXT NOT NULL,
                status TEXT NOT NULL CHECK (status IN ('new', 'taken', 'closed')),
                taken_by TEXT NULL REFERENCES person (id),
                episode TEXT NULL REFERENCES episode (id),
                form TEXT NOT NULL UNIQUE
            )
            """
        ],
        statements: [
            "CREATE INDEX person_role ON person (role, name_key)",
            "CREATE INDEX episode_patient ON episode (patient)",
            "CREATE INDEX session_person ON session (person)",
            "CREATE INDEX sign_in_link_person ON sign_in_link (person)",
            "CREATE INDEX audit_episode ON audit (episode, sequence)",
            "CREATE INDEX evaluation_request_status ON evaluation_request (status, at)"
        ],
        sqlite: ["entry", "audit"].flatMap { table in
            ["UPDATE", "DELETE"].map { act in
                """
                CREATE TRIGGER \(table)_no_\(act.lowercased()) BEFORE \(act) ON \(table)
                BEGIN SELECT RAISE(ABORT, '\(table) is append-only'); END
                """
            }
        } + [
            """
            CREATE TRIGGER entry_next BEFORE INSERT ON entry
            WHEN NEW.sequence <> 1 + COALESCE((SELECT MAX(sequence) FROM entry WHERE episode = NEW.episode), 0)
            BEGIN SELECT RAISE(ABORT, 'entry is not the next of its episode'); END
            """,
            """
            CREATE TRIGGER audit_next BEFORE INSERT ON audit
            WHEN NEW.sequence <> 1 + COALESCE((SELECT MAX(sequence) FROM audit), 0)
            BEGIN SELECT RAISE(ABORT, 'audit row is not the next'); END
            """
        ],
        postgres: [
            """
            CREATE FUNCTION refuse_as_append_only() RETURNS trigger LANGUAGE plpgsql AS
            $$ BEGIN RAISE EXCEPTION '% is append-only', TG_TABLE_NAME; END $$
            """
        ]
            + ["entry", "audit"].flatMap { table in
                ["UPDATE", "DELETE", "TRUNCATE"].map { act in
                    """
                    CREATE TRIGGER \(table)_no_\(act.lowercased()) BEFORE \(act) ON \(table)
                    FOR EACH STATEMENT EXECUTE FUNCTION refuse_as_append_only()
                    """
                }
            } + [
                """
                CREATE FUNCTION refuse_entry_out_of_turn() RETURNS trigger LANGUAGE plpgsql AS
                $$ BEGIN
                    IF NEW.sequence <> 1 + COALESCE((SELECT MAX(sequence) FROM entry WHERE episode = NEW.episode), 0)
                    THEN RAISE EXCEPTION 'entry is not the next of its episode'; END IF;
                    RETURN NEW;
                END $$
                """,
                """
                CREATE TRIGGER entry_next BEFORE INSERT ON entry
                FOR EACH ROW EXECUTE FUNCTION refuse_entry_out_of_turn()
                """,
                """
                CREATE FUNCTION refuse_audit_out_of_turn() RETURNS trigger LANGUAGE plpgsql AS
                $$ BEGIN
                    IF NEW.sequence <> 1 + COALESCE((SELECT MAX(sequence) FROM audit), 0)
                    THEN RAISE EXCEPTION 'audit row is not the next'; END IF;
                    RETURN NEW;
                END $$
                """,
                """
                CREATE TRIGGER audit_next BEFORE INSERT ON audit
                FOR EACH ROW EXECUTE FUNCTION refuse_audit_out_of_turn()
                """
            ])
}
