// SPDX-License-Identifier: Apache-2.0
public import ArgumentParser
import Clinical
import Foundation
import Hummingbird
import HummingbirdCore
import HummingbirdTLS
public import Logging
import NIOCore
import ServiceLifecycle
import Store
import Web

struct Serve: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Start the clinic's server.",
        discussion: """
            Listens on this machine only, unless --host says otherwise. Patients' pages must travel over TLS, and \
            phones give their motion sensors to https pages only. Three ways:

              --tls-cert FILE --tls-key FILE   the server speaks TLS itself, with a certificate of an authority
              --public-url https://…           a TLS proxy on this machine stands in front
              --tls-self-signed                to try it on the clinic's own network: the server makes a \
            certificate, keeps it in the data folder and prints its fingerprint. Browsers warn once; compare the \
            fingerprint they show before you go on.

            TLS is 1.2 or 1.3, and cookies are bound to it. To listen on a network without TLS, say --plain-http.

            SIGTERM ends it: requests under way finish, the exit status is 0.
            """)

    @OptionGroup var folder: DataFolder
    @OptionGroup var pathway: PathwayOption
    @OptionGroup var tls: TLSOptions
    @Option(help: "The address to listen on.") var host = "127.0.0.1"
    @Option(help: "The port to listen on.") var port = 8080
    @Option(help: "The address that people type, such as https://rehab.example.org.") var publicURL: String?
    @Option(
        help: "The address of a TLS proxy on another machine, whose X-Forwarded-For is believed; repeatable.")
    var trustedProxy: [String] = []
    @Flag(help: "Allow a network address without TLS.") var plainHTTP = false
    @Flag(help: "Print one single-use sign-in link per role.") var links = false
    @Option(help: "How often to look for messages and calendars that are due, in seconds.") var chores = 10
    @Option(help: "How much to log: trace, debug, info, notice, warning, error.") var logLevel = Logger.Level
        .notice

    func validate() throws {
        guard (1...65_535).contains(port) else { throw ValidationError("--port must be from 1 to 65535.") }
        if let publicURL, !(publicURL.hasPrefix("https://") || publicURL.hasPrefix("http://")) {
            throw ValidationError("--public-url must begin with https:// or http://.")
        }
        guard (1...3600).contains(chores) else { throw ValidationError("--chores must be from 1 to 3600.") }
        for proxy in trustedProxy where (try? SocketAddress(ipAddress: proxy, port: 0)) == nil {
            throw ValidationError("--trusted-proxy '\(proxy)' is no IP address, such as 10.0.0.5.")
        }
        if tls.isOn, publicURL?.hasPrefix("http://") == true {
            throw ValidationError("With TLS on, --public-url must begin with https://.")
        }
        let isLocal = ["127.0.0.1", "::1", "localhost"].contains(host)
        guard isLocal || tls.isOn || plainHTTP || publicURL?.hasPrefix("https://") == true else {
            throw ValidationError(
                "\(host) can be reached from other machines, and pages would travel unprotected. "
                    + "Give --tls-cert and --tls-key or --tls-self-signed, --public-url https://… for a TLS proxy in "
                    + "front, or --plain-http to try it.")
        }
    }

    func run() async throws {
        try await explaining {
            let identity = try tls.identity(for: host, in: folder, now: Date())
            let database = try await folder.database()
            var logger = Logger(label: "soleus")
            logger.logLevel = logLevel
            let address = publicURL.map { $0.hasSuffix("/") ? String($0.dropLast()) : $0 } ?? ownAddress
            var site = try Site(
                clinic: folder.clinic(), pathway: pathway.load(signedIn: folder), database: database,
                logger: logger,
                isSecure: address.hasPrefix("https://"), publicURL: publicURL == nil ? nil : address)
            site.trustedProxies.formUnion(trustedProxy)
            for notice in site.pathway.notices { logger.info("\(notice)") }
            var app = Application(
                router: site.router(),
                server: try Self.server(identity),
                configuration: .init(
                    address: .hostname(host, port: port), serverName: "Soleus",
                    availableConnectionsDelegate: .maximum(2000, logger: logger)),
                onServerRunning: { [site] _ in await announce(site, address, identity) }, logger: logger)
            app.addServices(
                Jobs(
                    runner: JobRunner(
                        site.jobs(address: address, every: chores), lease: JobLease(database), logger: logger,
                        clock: site.clock)))
            do {
                try await app.runService()
            } catch let error as IOError where error.errnoCode == EADDRINUSE {
                throw Refusal("port \(port) on \(host) is in use. Stop what listens there, or choose --port.")
            } catch is SocketAddressError.UnknownHost {
                throw Refusal("cannot listen on \(host): there is no such address.")
            } catch let error as IOError where error.errnoCode == EACCES || error.errnoCode == EADDRNOTAVAIL {
                throw Refusal(
                    "cannot listen on \(host):\(port): \(String(cString: strerror(error.errnoCode))).")
            }
            try database.close()
        }
    }

    private static func server(_ identity: TLSIdentity?) throws -> HTTPServerBuilder {
        let idle = TimeAmount.seconds(60)
        guard let identity else { return .http1(configuration: .init(idleTimeout: idle)) }
        let plain = HTTPServerBuilder.http1(
            configuration: .init(
                additionalChannelHandlers: [HandshakeDeadline(time: .seconds(10))], idleTimeout: idle))
        return try .tls(plain, tlsConfiguration: identity.configuration)
    }

    /// What to type where nothing stands in front; a wildcard address is told as one that can be reached.
    private var ownAddress: String {
        let name = LocalNames.isWildcard(host) ? LocalNames(host: host).reachable ?? "127.0.0.1" : host
        return "\(tls.isOn ? "https" : "http")://\(name.contains(":") ? "[\(name)]" : name):\(port)"
    }

    private func announce(_ site: Site, _ address: String, _ identity: TLSIdentity?) async {
        say("Soleus is at \(address)/")
        if tls.tlsSelfSigned, let identity { say("SHA-256 of its certificate: \(identity.fingerprint)") }
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

/// The clinic's jobs beside its server; they end with it.
private struct Jobs: ServiceLifecycle.Service {
    let runner: JobRunner

    func run() async throws { await cancelWhenGracefulShutdown { await runner.run() } }
}

/// Prints a line at once, even into a pipe.
func say(_ line: String) {
    FileHandle.standardOutput.write(Data("\(line)\n".utf8))
}

extension Logger.Level: @retroactive ExpressibleByArgument {}
