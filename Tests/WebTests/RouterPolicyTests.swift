// SPDX-License-Identifier: Apache-2.0
import Clinical
import HTTPTypes
import Hummingbird
import Store
import Testing

@testable import Web

@Suite("Who may use which route") struct RouterPolicyTests {
    /// Every route and who may use it.
    ///
    /// A new route is added here by hand, after a thought.
    static let golden = """
        GET / → everyone
        GET /account → admin desk therapist
        GET /audit → admin
        GET /board → therapist
        GET /book → everyone
        GET /book/manage/{link} → everyone
        GET /book/manage/{link}/appointment.ics → everyone
        GET /book/manage/{link}/move → everyone
        GET /book/waiting/{link} → everyone
        GET /calendar → patient therapist
        GET /calendar/{token}/appointments.ics → everyone
        GET /charts/{episode} → therapist
        GET /charts/{episode}/amend/{entry} → therapist
        GET /charts/{episode}/evaluate → therapist
        GET /charts/{episode}/lab/{entry} → therapist
        GET /charts/{episode}/measure → therapist
        GET /charts/{episode}/plan → therapist
        GET /charts/{episode}/treat → therapist
        GET /check → everyone
        GET /check-in → patient
        GET /check/sent → everyone
        GET /clinic → patient
        GET /clinic/appointments/{appointment}/appointment.ics → patient
        GET /clinic/appointments/{appointment}/move → patient
        GET /contact → everyone
        GET /diary → desk therapist
        GET /diary/agreed → desk
        GET /diary/hours → desk therapist
        GET /diary/new → desk therapist
        GET /diary/waiting → desk therapist
        GET /diary/waiting/new → desk therapist
        GET /diary/{appointment} → desk therapist
        GET /diary/{appointment}/move → desk therapist
        GET /enter/{token} → everyone
        GET /feeds → admin desk
        GET /guide → everyone
        GET /guide/exercises → everyone
        GET /guide/sources → everyone
        GET /healthz → everyone
        GET /lab → patient
        GET /lab/camera → patient
        GET /lab/result/{entry} → patient
        GET /lab/{test} → patient
        GET /measure → patient
        GET /outbox → desk therapist
        GET /people → desk therapist
        GET /people/new → desk therapist
        GET /people/{person} → desk therapist
        GET /progress → patient
        GET /requests → desk therapist
        GET /requests/{request} → desk therapist
        GET /review → patient
        GET /reviews → everyone
        GET /reviews/desk → admin desk
        GET /reviews/desk/{review} → admin desk
        GET /robots.txt → everyone
        GET /sign-in → everyone
        GET /sitemap.xml → everyone
        GET /staff → admin
        GET /staff/new → admin
        GET /static/{file} → everyone
        GET /today → patient
        GET /today/exercise/{exercise} → patient
        POST /account/password → admin desk therapist
        POST /book → everyone
        POST /book/hold → everyone
        POST /book/manage/{link}/cancel → everyone
        POST /book/manage/{link}/confirm → everyone
        POST /book/manage/{link}/detach → everyone
        POST /book/manage/{link}/move → everyone
        POST /book/manage/{link}/texts → everyone
        POST /book/waiting → everyone
        POST /book/waiting/{link}/detach → everyone
        POST /book/waiting/{link}/leave → everyone
        POST /book/waiting/{link}/look → everyone
        POST /calendar/end → patient therapist
        POST /calendar/renew → patient therapist
        POST /charts/{episode}/acknowledge → therapist
        POST /charts/{episode}/amend/{entry} → therapist
        POST /charts/{episode}/close → therapist
        POST /charts/{episode}/discharge → therapist
        POST /charts/{episode}/evaluate → therapist
        POST /charts/{episode}/hold → therapist
        POST /charts/{episode}/link → therapist
        POST /charts/{episode}/measure → therapist
        POST /charts/{episode}/message → therapist
        POST /charts/{episode}/plan → therapist
        POST /charts/{episode}/resume → therapist
        POST /charts/{episode}/sign → therapist
        POST /charts/{episode}/sign-out → therapist
        POST /charts/{episode}/treat → therapist
        POST /check → everyone
        POST /check-in → patient
        POST /check/request → everyone
        POST /clinic/appointments/{appointment}/cancel → patient
        POST /clinic/appointments/{appointment}/move → patient
        POST /clinic/texts → patient
        POST /diary/agreed → desk
        POST /diary/hours → desk therapist
        POST /diary/hours/{change}/remove → desk therapist
        POST /diary/new → desk therapist
        POST /diary/waiting/new → desk therapist
        POST /diary/waiting/{waiting}/accept → desk therapist
        POST /diary/waiting/{waiting}/decline → desk therapist
        POST /diary/waiting/{waiting}/leave → desk therapist
        POST /diary/waiting/{waiting}/need → therapist
        POST /diary/{appointment}/cancel → desk therapist
        POST /diary/{appointment}/move → desk therapist
        POST /diary/{appointment}/reassign → desk
        POST /diary/{appointment}/restore → desk therapist
        POST /diary/{appointment}/step → desk therapist
        POST /diary/{appointment}/swap → desk
        POST /enter/{token} → everyone
        POST /feeds/{person}/end → admin desk
        POST /feeds/{person}/renew → admin desk
        POST /lab/{test} → patient
        POST /language → everyone
        POST /measure → patient
        POST /outbox/{message}/send → desk therapist
        POST /outbox/{message}/stop → desk therapist
        POST /people/new → desk therapist
        POST /people/{person} → desk therapist
        POST /people/{person}/link → desk therapist
        POST /people/{person}/sign-out → desk therapist
        POST /people/{person}/texts → desk therapist
        POST /requests/{request}/close → desk therapist
        POST /requests/{request}/patient → desk therapist
        POST /requests/{request}/take → desk therapist
        POST /review → patient
        POST /review/{review}/discard → patient
        POST /review/{review}/sign → patient
        POST /review/{review}/withdraw → patient
        POST /reviews/desk/{review}/decline → admin desk
        POST /reviews/desk/{review}/release → admin desk
        POST /reviews/desk/{review}/withdraw → admin desk
        POST /sign-in → everyone
        POST /sign-out → admin desk patient therapist
        POST /staff/new → admin
        POST /staff/{person}/disable → admin
        POST /staff/{person}/enable → admin
        POST /staff/{person}/link → admin
        POST /staff/{person}/unlock → admin
        POST /today/exercise/{exercise} → patient
        POST /today/log → patient
        POST /today/pain → patient
        PUT /lab/recordings/{hash} → patient
        """

    @Test("The routes are the ones that were thought about") func goldenList() async throws {
        let routes = try await TestSite().site.routes
        let found = Set(routes.map { "\($0.method) \($0.path) → \(Self.who($0.allow))" })
        let known = Set(Self.golden.split(separator: "\n").map(String.init))
        let added = found.subtracting(known).sorted().joined(separator: "\n")
        let gone = known.subtracting(found).sorted().joined(separator: "\n")
        #expect(added.isEmpty, "not in the golden list:\n\(added)")
        #expect(gone.isEmpty, "only in the golden list:\n\(gone)")
        #expect(routes.count == found.count, "a route is declared twice")
    }

    @Test("The router has the declared routes and no other") func routerIsDeclared() async throws {
        let site = try await TestSite().site
        let router = site.router()
        try router.validate()
        let served = Set(router.routes.filter { $0.method != .head }.map { "\($0.method) \($0.path)" })
        let declared = Set(site.routes.map { "\($0.method) \(RouterPath($0.path))" })
        #expect(served.subtracting(declared).sorted() == [], "served without a policy")
        #expect(declared.subtracting(served).sorted() == [], "declared but not served")
    }

    @Test(
        "Nobody gets through a door that is not theirs",
        arguments: [nil, .patient, .therapist, .desk, .admin] as [Role?])
    func refusals(role: Role?) async throws {
        let site = try await TestSite()
        let browser = try await site.browser(role)
        var tried = 0
        for route in site.site.routes where !route.allow.admits(role) {
            let path = Self.filled(route.path)
            let name = "\(role.map(\.rawValue) ?? "visitor"): \(route.method) \(path)"
            // The token is right, so that it is the policy that refuses.
            let answer =
                switch route.method {
                case .get: try await browser.get(path)
                case .put: try await browser.put(path, [1])
                default: try await browser.post(path)
                }
            if role != nil {
                #expect(answer.status == 403, "\(name)")
            } else if route.method == .get {
                #expect(answer.status == 303, "\(name)")
                #expect(answer.location == "/sign-in", "\(name)")
            } else {
                #expect(answer.status == 401, "\(name)")
            }
            tried += 1
        }
        #expect(tried > 0)
    }

    @Test("HEAD asks for the same as GET") func head() async throws {
        let site = try await TestSite()
        #expect(try await site.send(.head, "/staff").status == 303)
        let patient = try await site.browser(.patient)
        let cookie = try #require(patient.cookie)
        #expect(try await site.send(.head, "/staff", headers: [.cookie: cookie]).status == 403)
    }

    @Test(
        "Nothing breaks for those who are admitted",
        arguments: [nil, .patient, .therapist, .desk, .admin] as [Role?])
    func admitted(role: Role?) async throws {
        let site = try await TestSite()
        let browser = try await site.browser(role)
        for route in site.site.routes where route.allow.admits(role) && route.method == .get {
            let path = Self.filled(route.path)
            let answer = try await browser.get(path)
            #expect(
                answer.status < 500, "\(role.map(\.rawValue) ?? "visitor"): \(path) gave \(answer.status)")
        }
    }

    @Test("A refusal of somebody signed in is kept") func refusalIsAudited() async throws {
        let site = try await TestSite()
        _ = try await site.browser(.patient).get("/staff")
        let act = try #require(try await site.site.auditTrail.recent(limit: 1).first?.act)
        #expect(act.kind == .refused)
        #expect(act.actor == "person-rosa")
        #expect(act.detail == "GET /staff")
    }

    private static func who(_ allow: Allow) -> String {
        switch allow {
        case .everyone: "everyone"
        case .only(let roles): roles.map(\.rawValue).sorted().joined(separator: " ")
        }
    }

    /// A path with something in its parameters; what it is does not matter to a policy.
    private static func filled(_ path: String) -> String {
        path.split(separator: "/", omittingEmptySubsequences: false)
            .map { $0.hasPrefix("{") ? "rosa" : String($0) }.joined(separator: "/")
    }
}
