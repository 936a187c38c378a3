// SPDX-License-Identifier: Apache-2.0
package import Clinical
package import Foundation
package import Hummingbird
package import Logging
package import Store

/// Everything that the pages need, given once at start.
package struct Site: Sendable {
    package let clinic: ClinicDetails
    package let pathway: Pathway
    package let database: any Database
    package let scribe: Scribe
    package let people: People
    package let sessions: Sessions
    package let links: SignInLinks
    package let throttle: Throttle
    package let passwords: Passwords
    package let audit: Audit
    package let requests: Requests
    package let intake: Intake
    package let auditTrail: AuditTrail
    package let standings: Standings
    package let diary: Diary
    package let waiting: WaitingList
    package let logger: Logger
    /// Pages travel over TLS, so cookies are bound to it.
    package let isSecure: Bool
    package let clock: @Sendable () -> Date
    package let ids: IDSource
    let pages: PageLibrary
    let today = PageMemo()

    /// - Throws: ``LoadError`` where a template names a text that a catalogue lacks.
    package init(
        clinic: ClinicDetails, pathway: Pathway, database: any Database, logger: Logger, isSecure: Bool,
        clock: @escaping @Sendable () -> Date = { Date() }, ids: IDSource = .random
    ) throws {
        self.clinic = clinic
        self.pathway = pathway
        self.database = database
        scribe = Scribe(charts: Charts(database), pathway: pathway, zone: clinic.zone, ids: ids)
        people = People(database)
        sessions = Sessions(database)
        links = SignInLinks(database)
        throttle = Throttle(database)
        passwords = Passwords()
        audit = Audit(database)
        requests = Requests(database)
        intake = Intake(database, scribe: scribe)
        auditTrail = AuditTrail(database)
        standings = Standings(database)
        diary = Diary(database, rules: clinic.diary, ids: ids)
        waiting = WaitingList(diary)
        self.logger = logger
        self.isSecure = isSecure
        self.clock = clock
        self.ids = ids
        pages = try PageLibrary(files: EmbeddedFiles.all)
    }

    var features: [any Feature] {
        [
            PublicPages(site: self), SymptomCheck(site: self), AccountPages(site: self),
            TodayPages(site: self), Board(site: self), ChartPages(site: self), ChartForms(site: self),
            Desk(site: self), Admin(site: self), Booking(site: self), OwnAppointments(site: self)
        ]
    }

    /// Every route of the site with who may use it.
    package var routes: [Route] { features.flatMap(\.routes) }

    /// The router: outermost first the log, the headers, the error page, then who is signed in.
    package func router() -> Router<Context> {
        let router = Router(context: Context.self, options: [.autoGenerateHeadEndpoints])
        router.add(middleware: RequestLog(logger: logger))
        router.add(middleware: SecurityHeaders(isSecure: isSecure))
        router.add(middleware: ErrorPages(site: self))
        router.add(middleware: SignedIn(site: self))
        for route in routes { add(route, to: router) }
        return router
    }

    /// Wraps a handler in its policy: nothing of it runs for somebody who is not admitted.
    private func add(_ route: Route, to router: Router<Context>) {
        router.on(RouterPath(route.path), method: route.method) { request, context -> Response in
            var request = request
            guard route.allow.admits(context.session?.role) else {
                guard let session = context.session else { throw Failure.signInFirst }
                // Somebody of the house at a door that is not theirs is worth a look; a visitor is not.
                try await audit.record(
                    Act(
                        actor: session.person, role: session.role, kind: .refused,
                        detail: "\(route.method) \(route.path)"), at: clock())
                throw Failure.forbidden
            }
            var form = Form()
            if route.method == .post {
                try Self.requireSameSite(request)
                form = try await Self.form(of: &request)
                if let session = context.session, !Self.equal(form["csrf"], session.csrf) {
                    throw Failure.crossSite
                }
            }
            return try await route.handle(
                Visit(request: request, context: context, site: self, form: form, now: clock()))
        }
    }

    /// The browser says where a form comes from; one from elsewhere is refused.
    ///
    /// Source: the rule of Go 1.25's `CrossOriginProtection`. A form of a signed-in person carries a token besides.
    private static func requireSameSite(_ request: Request) throws {
        if let from = request.headers[.secFetchSite] {
            guard from == "same-origin" || from == "none" else { throw Failure.crossSite }
            return
        }
        guard let origin = request.headers[.origin] else { return }
        guard let host = request.head.authority, URL(string: origin).map(Self.authority) == host else {
            throw Failure.crossSite
        }
    }

    private static func authority(_ url: URL) -> String {
        guard let host = url.host() else { return "" }
        return url.port.map { "\(host):\($0)" } ?? host
    }

    private static let largestForm = 64 * 1024
    private static let formDeadline = Duration.seconds(30)

    private static func form(of request: inout Request) async throws -> Form {
        if let length = request.headers[.contentLength].flatMap({ Int($0) }), length > largestForm {
            throw Failure.tooLarge
        }
        let type = request.headers[.contentType] ?? ""
        guard type.isEmpty || type.hasPrefix("application/x-www-form-urlencoded") else {
            throw Failure.badForm
        }
        let body = request.body
        let text = try await withThrowingTaskGroup(of: String?.self) { group in
            group.addTask { String(buffer: try await body.collect(upTo: largestForm)) }
            // The idle timeout starts anew with every byte; a form that drips in must end all the same.
            group.addTask {
                try await Task.sleep(for: formDeadline)
                return nil
            }
            defer { group.cancelAll() }
            guard let text = try await group.next() ?? nil else { throw Failure.tooSlow }
            return text
        }
        guard let form = Form(encoded: text) else { throw Failure.badForm }
        return form
    }

    /// Compares without telling by its time how much was right.
    private static func equal(_ left: String, _ right: String) -> Bool {
        let (left, right) = (Array(left.utf8), Array(right.utf8))
        guard left.count == right.count else { return false }
        return zip(left, right).reduce(0) { $0 | ($1.0 ^ $1.1) } == 0
    }
}
