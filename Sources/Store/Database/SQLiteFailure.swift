// SPDX-License-Identifier: Apache-2.0
import GRDB

extension StoreError {
    /// Runs `body`, and turns the driver's errors into facts without the statement or its values.
    static func translating<T>(_ path: String, _ body: () throws -> T) throws -> T {
        do {
            return try body()
        } catch let error as DatabaseError {
            throw StoreError(error, path: path)
        }
    }

    static func translatingLater<T: Sendable>(_ path: String, _ body: () async throws -> T) async throws
        -> T
    {
        do {
            return try await body()
        } catch let error as DatabaseError {
            throw StoreError(error, path: path)
        }
    }

    init(_ error: DatabaseError, path: String) {
        // SQLite's own texts for constraints name tables and columns only: "UNIQUE constraint failed: a.b".
        let rule = error.message.map { $0.split(separator: ": ").last.map(String.init) ?? $0 } ?? ""
        self =
            switch (error.resultCode, error.extendedResultCode) {
            case (.SQLITE_CONSTRAINT, .SQLITE_CONSTRAINT_UNIQUE),
                (.SQLITE_CONSTRAINT, .SQLITE_CONSTRAINT_PRIMARYKEY):
                .duplicate(rule)
            // What the triggers of the claims say.
            case (.SQLITE_CONSTRAINT, _) where rule == "overlap": .overlap("appointment_claim")
            case (.SQLITE_CONSTRAINT, _): .refused(rule)
            case (.SQLITE_BUSY, _), (.SQLITE_LOCKED, _): .busy
            case (.SQLITE_FULL, _): .full
            case (.SQLITE_READONLY, _): .readOnly
            case (.SQLITE_CANTOPEN, _), (.SQLITE_PERM, _): .unwritable(path: path)
            case (.SQLITE_CORRUPT, _): .corrupt(path: path)
            case (.SQLITE_NOTADB, _): .notADatabase(path: path)
            default: .unavailable(code: Int(error.extendedResultCode.rawValue))
            }
    }
}
