// SPDX-License-Identifier: Apache-2.0
package import Clinical
package import Foundation

/// Somebody who works at the clinic.
package struct StaffMember: Hashable, Sendable {
    package let account: Account
    /// Whether they have set a password; before that they come in by a link.
    package let hasPassword: Bool
}

extension People {
    /// Everybody who works here, admins first, then by name.
    package func staff() async throws -> [StaffMember] {
        try await database.read { connection in
            try connection.rows(
                """
                SELECT \(Account.columns), password FROM person WHERE role <> 'patient'
                ORDER BY role, name_key, id
                """
            ).map { row in
                StaffMember(account: try Account(row), hasPassword: try row.textIfPresent("password") != nil)
            }
        }
    }

    package func staffMember(_ id: Person.ID) async throws -> StaffMember? {
        try await database.read { connection in
            try connection.row(
                "SELECT \(Account.columns), password FROM person WHERE id = \(id) AND role <> 'patient'"
            ).map { row in
                StaffMember(account: try Account(row), hasPassword: try row.textIfPresent("password") != nil)
            }
        }
    }

    /// Shuts somebody out, unless no admin would be left to let anybody in again.
    ///
    /// - Returns: false where this is the last enabled admin; then nothing is changed.
    package func disableKeepingAnAdmin(_ id: Person.ID, now: Date) async throws -> Bool {
        try await database.write { connection in
            try connection.serialize("admins")
            let others = try connection.rows(
                "SELECT id FROM person WHERE role = 'admin' AND disabled_at IS NULL AND id <> \(id) LIMIT 1")
            guard let row = try connection.row("SELECT role FROM person WHERE id = \(id)") else {
                throw StoreError.notFound
            }
            if try row.text("role") == Role.admin.rawValue, others.isEmpty { return false }
            try Self.disable(id, now: now, on: connection)
            return true
        }
    }

    /// Corrects how somebody is called and how they are reached.
    package func correct(_ id: Person.ID, name: String, phone: String?) async throws {
        try await database.write { connection in
            let changed = try connection.execute(
                """
                UPDATE person SET name = \(name), name_key = \(Account.key(name: name)), phone = \(phone)
                WHERE id = \(id)
                """)
            guard changed == 1 else { throw StoreError.notFound }
        }
    }
}
