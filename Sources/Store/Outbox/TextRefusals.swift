// SPDX-License-Identifier: Apache-2.0
import Clinical
package import Foundation

/// Who wants no text messages: a patient, or a visitor by the telephone number.
///
/// What the clinic must tell them goes by e-mail then; where there is none, the desk sees it and calls.
package struct TextRefusals: Sendable {
    private let database: any Database

    package init(_ database: any Database) { self.database = database }

    package func has(_ person: BookedPerson) async throws -> Bool {
        try await database.read { try Self.has(person, on: $0) }
    }

    /// Keeps or takes back what somebody wants; done twice, it is as done once.
    ///
    /// - Parameters:
    ///   - refuses: Whether they want none.
    ///   - person: Who.
    ///   - actor: Id of who says so; `visitor` where nobody is signed in.
    ///   - now: When.
    /// - Throws: ``StoreError``.
    package func set(_ refuses: Bool, for person: BookedPerson, by actor: String, now: Date) async throws {
        try await database.write { connection in
            guard refuses else {
                try connection.execute("DELETE FROM text_refusal WHERE whose = \(person.whose)")
                return
            }
            try connection.execute(
                """
                INSERT INTO text_refusal (whose, made_by, made_at) VALUES (\(person.whose), \(actor), \(now))
                ON CONFLICT (whose) DO NOTHING
                """)
        }
    }

    static func has(_ person: BookedPerson, on connection: any Connection) throws -> Bool {
        try connection.row("SELECT whose FROM text_refusal WHERE whose = \(person.whose)") != nil
    }
}

extension BookedPerson {
    fileprivate var whose: String {
        switch self {
        case .patient(let id): "person:\(id)"
        case .visitor(let visitor): "phone:\(visitor.phoneKey)"
        }
    }
}
