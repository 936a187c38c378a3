// SPDX-License-Identifier: Apache-2.0
import CPostgres
import Foundation

/// Where a PostgreSQL database is, and how it is spoken to.
///
/// What travels to another machine is encrypted and the server's name checked (`sslmode=verify-full`), or there
/// is no connection.
package struct PostgresAddress: Sendable {
    /// Host and database, for messages: no user and no password.
    package let name: String
    /// Whether the address itself carries a password.
    package let hasPassword: Bool
    /// libpq's keywords and values.
    let options: [String: String]

    /// - Parameters:
    ///   - text: `postgres://user@host:port/database?keyword=value`, with libpq's keywords.
    ///   - environment: `PGHOST` is read where the address names no host, as libpq does.
    /// - Throws: ``StoreError/address(_:)``, which never repeats the text: it may hold a password.
    package init(_ text: String, environment: [String: String] = ProcessInfo.processInfo.environment) throws {
        guard text.hasPrefix("postgres://") || text.hasPrefix("postgresql://") else {
            throw StoreError.address("it must begin with postgres://")
        }
        guard var options = Self.options(in: text),
            // A password with an @ of its own: the rest of it would count as the host.
            !(options["host"] ?? "").dropFirst().contains("@")
        else {
            throw StoreError.address(
                "it is not of the form postgres://user@host:port/database; write %40 for @ within a part")
        }
        guard options["service"] == nil else {
            throw StoreError.address("a service file may say anything; give host and database themselves")
        }
        let hosts = ["host", "hostaddr"].compactMap { options[$0] }
        let named = hosts.isEmpty ? [environment["PGHOST"] ?? ""] : hosts
        if !named.flatMap(Self.split).allSatisfy(Self.isLocal) {
            guard ["verify-full", nil].contains(options["sslmode"]) else {
                throw StoreError.address(
                    "the server is on another machine, so sslmode must be verify-full: "
                        + "health data travels encrypted, to a server whose name was checked")
            }
            options["sslmode"] = "verify-full"
        }
        hasPassword = options["password"] != nil
        name = (named.first ?? "") + "/" + (options["dbname"] ?? "")
        self.options = Self.defaults.merging(options) { $1 }
            .merging(["client_encoding": "UTF8"]) { $1 }
    }

    /// Whether what is sent there stays on this machine.
    static func isLocal(_ host: String) -> Bool {
        host.isEmpty || host.hasPrefix("/") || host.hasPrefix("@") || host == "localhost" || host == "::1"
            || (host.hasPrefix("127.") && host.allSatisfy { $0.isNumber || $0 == "." })
    }

    // A peer that is gone is noticed within half a minute, and not after the system's hours.
    private static let defaults = [
        "application_name": "soleus", "connect_timeout": "4", "keepalives_idle": "10",
        "keepalives_interval": "5", "keepalives_count": "3", "tcp_user_timeout": "10000"
    ]

    private static func split(_ hosts: String) -> [String] {
        hosts.split(separator: ",", omittingEmptySubsequences: false).map(String.init)
    }

    private static func options(in text: String) -> [String: String]? {
        var complaint: UnsafeMutablePointer<CChar>?
        guard let parsed = PQconninfoParse(text, &complaint) else {
            PQfreemem(complaint)
            return nil
        }
        defer { PQconninfoFree(parsed) }
        var options: [String: String] = [:]
        var next = parsed
        while let keyword = next.pointee.keyword {
            if let value = next.pointee.val { options[String(cString: keyword)] = String(cString: value) }
            next += 1
        }
        return options
    }
}
