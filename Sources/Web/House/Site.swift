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
    package let recordings: RecordingStore
    package let reviews: Reviews
    package let feeds: CalendarFeeds
    package let imports: CalendarImports
    package let outboxDesk: OutboxDesk
    package let textRefusals: TextRefusals
    package let logger: Logger
    /// Pages travel over TLS, so cookies are bound to it.
    package let isSecure: Bool
    /// TLS proxies that say where a request comes from; those on this machine, unless more are named.
    package var trustedProxies: Set<String> = ["127.0.0.1", "::1", "local"]
    /// The address that people type, without a slash at its end; nil: as each request says.
    package let publicURL: String?
    package let clock: @Sendable () -> Date
    package let ids: IDSource
    let pages: PageLibrary
    let questionnaire: Questionnaire
    let today = PageMemo()
    private let paths = SitePaths()

    /// - Throws: ``LoadError`` where a template names a text that a catalogue lacks.
    package init(
        clinic: ClinicDetails, pathway: Pathway, database: any Database, logger: Logger, isSecure: Bool,
        publicURL: String? = nil,
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
        diary = Diary(
            database, rules: clinic.diary, ids: ids, follow: Outbox(rules: clinic.messages.rules).follower)
        waiting = WaitingList(
            diary, order: try WaitingOrder(yaml: EmbeddedFiles.all[WaitingOrder.file] ?? ""))
        recordings = RecordingStore(database)
        reviews = Reviews(database)
        feeds = CalendarFeeds(database)
        imports = CalendarImports(database)
        outboxDesk = OutboxDesk(database)
        textRefusals = TextRefusals(database)
        self.logger = logger
        self.isSecure = isSecure
        self.publicURL = publicURL
        self.clock = clock
        self.ids = ids
        pages = try PageLibrary.embedded()
        questionnaire = Questionnaire(pathway)
    }

    var features: [any Feature] {
        [
            PublicPages(site: self), SymptomCheck(site: self), AccountPages(site: self),
            LanguageChoice(site: self),
            TodayPages(site: self), LabPages(site: self),
            Board(site: self), ChartPages(site: self), ChartForms(site: self),
            Desk(site: self), Reviewing(site: self),
            OutboxPages(site: self), FeedPages(site: self),
            Booking(site: self), OwnAppointments(site: self),
            Admin(site: self)
        ]
    }

    /// The site's texts in a language.
    package func words(in language: String) -> Words { pages.words(in: pages.language(language)) }

    /// Every route of the site with who may use it.
    package var routes: [Route] { features.flatMap(\.routes) }

    /// The methods that a path takes, as `Allow` lists them; nil where the site has no such path.
    func methods(at path: String) -> String? { paths.methods(at: path) { routes } }

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
            guard route.allow.admits(context.session?.role) else {
                guard let session = context.session else { throw Failure.signInFirst }
                // Somebody of the house at a door that is not theirs is worth a look; a visitor is not.
                try await audit.record(
                    Act(
                        actor: session.person, role: session.role, kind: .refused,
                        detail: "\(route.method) \(route.path)"), at: clock())
                throw Failure.forbidden
            }
            var visit = Visit(
                request: request, context: context, site: self, form: Form(), now: clock())
            switch route.sends {
            case .nothing: break
            case .form: visit.form = try await Sent.form(in: request, by: context.session)
            case .bytes(let limit, let deadline):
                visit.bytes = try await Sent.bytes(
                    in: request, by: context.session, upTo: limit, within: deadline)
            }
            return try await route.handle(visit)
        }
    }
}
