// SPDX-License-Identifier: Apache-2.0
package import Clinical
package import Foundation

/// A patient with their newest episode.
package struct Patient: Hashable, Sendable {
    package let account: Account
    package let episode: Episode.ID
    package let openedAt: Date
}

extension People {
    /// The patients with their newest episode; patients without one are left out.
    package func patients() async throws -> [Patient] {
        try await database.read { connection in
            try connection.rows("\(Self.patient) ORDER BY p.name_key, p.id").map(Self.patient)
        }
    }

    /// The patient by their own identity, with their newest episode.
    package func patient(_ id: Person.ID) async throws -> Patient? {
        try await database.read { connection in
            try connection.row("\(Self.patient) AND p.id = \(id)").map(Self.patient)
        }
    }

    /// Whose episode it is.
    package func patient(of episode: Episode.ID) async throws -> Patient? {
        try await database.read { connection in
            try connection.row(
                """
                SELECT p.id, p.role, p.name, p.email, p.phone, p.born, p.sex, p.language, p.disabled_at,
                    e.id AS episode, e.opened_at
                FROM episode e JOIN person p ON p.id = e.patient WHERE e.id = \(episode)
                """
            ).map(Self.patient)
        }
    }

    /// The patients with a word of their name that starts so, in the order of their names.
    package func patients(named start: String, limit: Int) async throws -> [Patient] {
        let pattern = Self.pattern(name: start)
        return try await database.read { connection in
            try connection.rows(
                """
                \(Self.patient) AND p.name_key LIKE \(pattern) ESCAPE '\\' ORDER BY p.name_key, p.id
                LIMIT \(limit)
                """
            ).map(Self.patient)
        }
    }

    /// The patients of the same name, whatever its accents and case, who were born on the same day.
    package func namesakes(of name: String, born: Day) async throws -> [Patient] {
        let key = Account.key(name: name)
        return try await database.read { connection in
            try connection.rows("\(Self.patient) AND p.name_key = \(key) AND p.born = \(born) ORDER BY p.id")
                .map(Self.patient)
        }
    }

    private static let patient: SQL = """
        SELECT p.id, p.role, p.name, p.email, p.phone, p.born, p.sex, p.language, p.disabled_at,
            e.id AS episode, e.opened_at
        FROM person p JOIN episode e ON e.patient = p.id
        WHERE e.id = (SELECT n.id FROM episode n WHERE n.patient = p.id ORDER BY n.opened_at DESC, n.id LIMIT 1)
        """

    private static func patient(_ row: Row) throws -> Patient {
        Patient(
            account: try Account(row), episode: Episode.ID(try row.text("episode")),
            openedAt: try row.date("opened_at"))
    }
}

/// Where a patient's pages are made from: their newest episode and its last entry.
package struct PatientPlace: Hashable, Sendable {
    package let episode: Episode.ID
    package let sequence: Int
}

extension People {
    /// The patient's newest episode with the sequence of its last entry; nil for nobody's.
    package func place(of patient: Person.ID) async throws -> PatientPlace? {
        try await database.read { connection in
            try connection.row(
                """
                SELECT e.id, (SELECT COALESCE(MAX(n.sequence), 0) FROM entry n WHERE n.episode = e.id) AS head
                FROM episode e WHERE e.patient = \(patient) ORDER BY e.opened_at DESC, e.id LIMIT 1
                """
            ).map { PatientPlace(episode: Episode.ID(try $0.text("id")), sequence: try $0.integer("head")) }
        }
    }
}
