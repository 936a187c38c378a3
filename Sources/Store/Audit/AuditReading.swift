// SPDX-License-Identifier: Apache-2.0
package import Clinical

/// An act with the names of today.
package struct AuditLine: Hashable, Sendable {
    package let act: AuditedAct
    /// nil for a visitor, the engine and the command line.
    package let actorName: String?
    /// Whose chart.
    package let patientName: String?
    /// Whom it was done to, where it was done to an account.
    package let aboutName: String?
}

extension AuditTrail {
    /// A page of the acts, newest first.
    ///
    /// - Parameters:
    ///   - limit: How many at most.
    ///   - sequence: Only what came before this row; nil starts at the newest.
    ///   - person: Only what this person did or what was done to their account or chart; nil gives all.
    /// - Returns: The acts with names.
    /// - Throws: ``StoreError``.
    package func lines(limit: Int, before sequence: Int? = nil, of person: Person.ID? = nil) async throws
        -> [AuditLine]
    {
        let end = sequence ?? Int(Int32.max)
        let filter: SQL =
            if let person {
                "AND (a.actor = \(person) OR a.detail = \(person) OR e.patient = \(person))"
            } else {
                ""
            }
        return try await database.read { connection in
            try connection.rows(
                """
                SELECT a.sequence, a.at, a.actor, a.part, a.action, a.episode, a.detail, a.hash,
                    who.name AS actor_name, patient.name AS patient_name, about.name AS about_name
                FROM audit a
                LEFT JOIN person who ON who.id = a.actor
                LEFT JOIN episode e ON e.id = a.episode
                LEFT JOIN person patient ON patient.id = e.patient
                LEFT JOIN person about ON about.id = a.detail
                WHERE a.sequence < \(end) \(filter)
                ORDER BY a.sequence DESC LIMIT \(limit)
                """
            ).map { row in
                AuditLine(
                    act: try Self.act(row), actorName: try row.textIfPresent("actor_name"),
                    patientName: try row.textIfPresent("patient_name"),
                    aboutName: try row.textIfPresent("about_name"))
            }
        }
    }
}
