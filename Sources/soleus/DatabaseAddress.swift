// SPDX-License-Identifier: Apache-2.0
import Foundation
import Store

/// Where a clinic's rows are: a file, or a PostgreSQL database.
enum DatabaseAddress {
    case file(String)
    case postgres(PostgresAddress)

    /// - Parameter text: A path, or `postgres://…`.
    /// - Throws: ``StoreError/address(_:)``.
    init(_ text: String) throws {
        guard text.contains("://") else {
            self = .file(text)
            return
        }
        self = .postgres(try PostgresAddress(text))
    }

    /// Where it is, for a sentence; no user and no password.
    var name: String {
        switch self {
        case .file(let path): path
        case .postgres(let address): address.name
        }
    }

    /// The files that it is made of, those of the write-ahead log too; none for PostgreSQL.
    var files: [String] {
        switch self {
        case .file(let path): [path, path + "-wal", path + "-shm"]
        case .postgres: []
        }
    }

    /// Opens it and brings its schema up to date.
    ///
    /// - Parameters:
    ///   - create: Whether a file may be made where there is none; a PostgreSQL database is made by its
    ///     administrator.
    ///   - now: When the schema is brought up to date.
    /// - Returns: The database.
    /// - Throws: ``StoreError`` with the reason.
    func open(create: Bool, now: Date) async throws -> any Database {
        switch self {
        case .file(let path): try await SQLiteDatabase(path: path, create: create, now: now)
        case .postgres(let address): try await PostgresDatabase(address, now: now)
        }
    }

    /// Tells the person once where a password on the command line can be read by others.
    func warnOfPassword() {
        guard case .postgres(let address) = self, address.hasPassword else { return }
        FileHandle.standardError.write(
            Data(
                """
                soleus: everybody on this machine can read a password on the command line. Put the address into \
                \(Self.variable), or the password into ~/.pgpass.

                """.utf8))
    }

    /// The environment variable that is read where the command line gives no address.
    static let variable = "SOLEUS_DATABASE"
}
