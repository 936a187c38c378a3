// SPDX-License-Identifier: Apache-2.0

extension Migration {
    /// What patients wrote about the clinic, what they signed, and what was decided on it.
    ///
    /// `authorization` alone is a word that PostgreSQL keeps for itself; hence `authorization_id`.
    static let reviews = Migration(
        number: 3,
        name: "reviews",
        tables: [
            """
            CREATE TABLE review (
                id TEXT NOT NULL PRIMARY KEY,
                person TEXT NOT NULL REFERENCES person (id),
                episode TEXT NOT NULL REFERENCES episode (id),
                occasion TEXT NOT NULL CHECK (occasion IN ('visit', 'discharge')),
                number INTEGER NOT NULL CHECK (number >= 1),
                at TEXT NOT NULL CHECK (length(at) = 24),
                language TEXT NOT NULL,
                content TEXT NOT NULL CHECK (length(content) BETWEEN 1 AND 1000),
                rating INTEGER NULL CHECK (rating BETWEEN 1 AND 5),
                shown_name TEXT NULL,
                scope TEXT NOT NULL CHECK (scope IN ('site', 'site_and_print')),
                months INTEGER NOT NULL CHECK (months >= 1),
                form TEXT NOT NULL UNIQUE,
                UNIQUE (episode, occasion, number)
            )
            """,
            """
            CREATE TABLE review_authorization (
                id TEXT NOT NULL PRIMARY KEY,
                review TEXT NOT NULL REFERENCES review (id),
                number INTEGER NOT NULL CHECK (number >= 1),
                at TEXT NOT NULL CHECK (length(at) = 24),
                version TEXT NOT NULL,
                content TEXT NOT NULL,
                signature TEXT NOT NULL CHECK (length(signature) >= 1),
                scope TEXT NOT NULL CHECK (scope IN ('site', 'site_and_print')),
                expires_at TEXT NOT NULL CHECK (length(expires_at) = 24),
                form TEXT NOT NULL UNIQUE,
                UNIQUE (review, number)
            )
            """,
            """
            CREATE TABLE review_decision (
                authorization_id TEXT NOT NULL REFERENCES review_authorization (id),
                number INTEGER NOT NULL CHECK (number >= 1),
                at TEXT NOT NULL CHECK (length(at) = 24),
                person TEXT NOT NULL REFERENCES person (id),
                kind TEXT NOT NULL CHECK (kind IN ('released', 'declined', 'withdrawn')),
                reason TEXT NULL,
                PRIMARY KEY (authorization_id, number),
                CHECK (kind <> 'declined' OR COALESCE(length(reason), 0) >= 1)
            )
            """
        ],
        statements: [
            "CREATE INDEX review_person ON review (person, at)",
            """
            CREATE UNIQUE INDEX review_withdrawn_once ON review_decision (authorization_id)
            WHERE kind = 'withdrawn'
            """
        ],
        sqlite: [
            ("review", ["UPDATE"]), ("review_authorization", ["UPDATE", "DELETE"]),
            ("review_decision", ["UPDATE", "DELETE"])
        ].flatMap { table, acts in
            acts.map { act in
                """
                CREATE TRIGGER \(table)_no_\(act.lowercased()) BEFORE \(act) ON \(table)
                BEGIN SELECT RAISE(ABORT, '\(table) is append-only'); END
                """
            }
        } + [
            """
            CREATE TRIGGER review_decision_final BEFORE INSERT ON review_decision
            WHEN EXISTS (SELECT 1 FROM review_decision
                WHERE authorization_id = NEW.authorization_id AND kind = 'withdrawn')
            BEGIN SELECT RAISE(ABORT, 'the authorization was withdrawn'); END
            """
        ],
        postgres: [
            ("review", ["UPDATE", "TRUNCATE"]), ("review_authorization", ["UPDATE", "DELETE", "TRUNCATE"]),
            ("review_decision", ["UPDATE", "DELETE", "TRUNCATE"])
        ].flatMap { table, acts in
            acts.map { act in
                """
                CREATE TRIGGER \(table)_no_\(act.lowercased()) BEFORE \(act) ON \(table)
                FOR EACH STATEMENT EXECUTE FUNCTION refuse_as_append_only()
                """
            }
        } + [
            """
            CREATE FUNCTION refuse_after_withdrawal() RETURNS trigger LANGUAGE plpgsql AS
            $$ BEGIN
                IF EXISTS (SELECT 1 FROM review_decision
                    WHERE authorization_id = NEW.authorization_id AND kind = 'withdrawn')
                THEN RAISE EXCEPTION 'the authorization was withdrawn'; END IF;
                RETURN NEW;
            END $$
            """,
            """
            CREATE TRIGGER review_decision_final BEFORE INSERT ON review_decision
            FOR EACH ROW EXECUTE FUNCTION refuse_after_withdrawal()
            """
        ])
}
