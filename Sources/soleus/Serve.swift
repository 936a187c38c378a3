// SPDX-License-Identifier: Apache-2.0
public import ArgumentParser
import Clinical
import Foundation
import Hummingbird
import HummingbirdCore
public import Logging
import NIOCore
import ServiceLifecycle
import Store
import Web

struct Serve: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Start the clinic's server.",
        discussion: """
            Listens on this machine only, unless --host says otherwise. Patients' pages must travel over TLS: put a \
            TLS proxy in front and give its address with --public-url https://…; cookies are then bound to it. To \
            listen on a network without TLS (to try it on the clinic's own), say --plain-http.

            SIGTERM ends it: requests under way finish, the exit status is 0.
            """)

    @OptionGroup var folder: DataFolder
    @OptionGroup var pathway: PathwayOption
    @Option(help: "The address to listen on.") var host = "127.0.0.1"
    @Option(help: "The port to listen on.") var port = 8080
    @Option(help: "The address that people type, such as https://rehab.example.org.") var publicURL: String?
    @Flag(help: "Allow a network address without TLS.") var plainHTTP = false
    @Flag(help: "Print one single-use sign-in link per role.") var links = false
    @Option(help: "How much to log: trace, debug, info, notice, warning, error.") var logLevel = Logger.Level
        .notice

    func validate() throws {
        guard (1...65_535).contains(port) else { throw ValidationError("--port must be from 1 to 65535.") }
        if let publicURL, !(publicURL.hasPrefix("https://") || publicURL.hasPrefix("http://")) {
            throw ValidationError("--public-url must begin with https:// or http://.")
        }
        let isLocal = ["127.0.0.1", "::1", "localhost"].contains(host)
        guard isLocal || plainHTTP || publicURL?.hasPrefix("https://") == true else {
            throw ValidationError(
                "\(host) can be reached from other machines, and pages would travel unprotected. "
                    + "Give --public-url https://… for a TLS proxy in front, or --plain-http to try it.")
        }
    }

    func run() async throws {
        try await explaining {
            let database = try await folder.database()
            var logger = Logger(label: "soleus")
            logger.logLevel = logLevel
            let address =
                publicURL.map { $0.hasSuffix("/") ? String($0.dropLast()) : $0 } ?? "http://\(host):\(port)"
            let site = try Site(
                clinic: folder.clinic(), pathway: pathway.load(signedIn: folder), database: database,
                logger: logger,
                isSecure: address.hasPrefix("https://"), publicURL: publicURL == nil ? nil : address)
            try await site.sessions.sweep(now: Date())
            for notice in site.pathway.notices { logger.info("\(notice)") }
            let app = Application(
                router: site.router(),
                server: .http1(
                    configuration: .init(idleTimeout: .seconds(60))),
                configuration: .init(
                    address: .hostname(host, port: port), serverName: "Soleus",
                    availableConnectionsDelegate: .maximum(2000, logger: logger)),
                onServerRunning: { _ in await announce(site, address) }, logger: logger)
            do {
                try await app.runService()
            } catch let error as IOError where error.errnoCode == EADDRINUSE {
                throw Refusal("port \(port) on \(host) is in use. Stop what listens there, or choose --port.")
            } catch let error as IOError where error.errnoCode == EACCES || error.errnoCode == EADDRNOTAVAIL {
                throw Refusal(
                    "cannot listen on \(host):\(port): \(String(cString: strerror(error.errnoCode))).")
            }
            try database.close()
        }
    }

    private func announce(_ site: Site, _ address: String) async {
        say("Soleus is at \(address)/")
        guard links else { return }
        for role in Role.allCases {
            do {
                guard let token = try await SignInLinkMaker(site: site).link(for: role.rawValue) else {
                    say("\(role.rawValue): nobody yet; add one with `soleus user add`")
                    continue
                }
                say("\(role.rawValue): \(address)/enter/\(token.text)")
            } catch {
                say("\(role.rawValue): no link could be made")
            }
        }
    }
}

/// Prints a line at once, even into a pipe.
func say(_ line: String) {
    FileHandle.standardOutput.write(Data("\(line)\n".utf8))
}

extension Logger.Level: @retroactive ExpressibleByArgument {}
