// SPDX-License-Identifier: Apache-2.0
import Clinical
import Foundation
import HTTPTypes
import Store
import Testing

@testable import Web

@Suite("Signing in and out") struct AccountTests {
    static let password = "lantern harbour sevenfold"

    @Test("A patient's link signs in once, and looking at it uses nothing up") func linkOnce() async throws {
        let site = try await TestSite()
        let visitor = try await site.browser(nil)
        let token = try await link(site)
        for _ in 1...3 { #expect(try await visitor.get("/enter/\(token.text)").status == 200) }
        let answer = try await visitor.post("/enter/\(token.text)")
        #expect(answer.status == 303)
        let cookie = try #require(answer.headers[.setCookie])
        #expect(
            cookie.contains("HttpOnly") && cookie.contains("SameSite=Lax")
                && cookie.contains("Max-Age=2592000"))
        try await visitor.use(cookie: answer.cookie)
        #expect(try await visitor.get("/").location == "/today")
        let again = try await site.browser(nil).post("/enter/\(token.text)")
        #expect(again.status == 410)
        #expect(again.cookie == nil)
    }

    @Test("A link that is too old signs nobody in") func expiredLink() async throws {
        let site = try await TestSite()
        let token = try await link(site)
        site.wait(hours: 24)
        #expect(try await site.browser(nil).post("/enter/\(token.text)").status == 410)
    }

    @Test("A link made later ends the one before") func laterLink() async throws {
        let site = try await TestSite()
        let (first, second) = (try await link(site), try await link(site))
        #expect(try await site.browser(nil).post("/enter/\(first.text)").status == 410)
        #expect(try await site.browser(nil).post("/enter/\(second.text)").status == 303)
    }

    @Test("A new link works on a phone that is still signed in, and ends the session before")
    func linkWhileSignedIn()
        async throws
    {
        let site = try await TestSite()
        let phone = try await site.browser(.patient)
        let before = try #require(phone.cookie)
        let token = try await link(site)
        let page = try await phone.get("/enter/\(token.text)")
        #expect(page.hidden("csrf") == phone.csrf)
        let answer = try await phone.post("/enter/\(token.text)")
        #expect(answer.status == 303)
        #expect(
            try await site.send(.get, "/", headers: [.cookie: before]).status == 200,
            "the old one is a visitor's")
    }

    @Test("A shared phone signs out after 30 minutes, one's own after 30 days") func patientSessions()
        async throws
    {
        let site = try await TestSite()
        let (shared, own) = (try await site.browser(nil), try await site.browser(nil))
        try await shared.use(cookie: shared.post("/enter/\(link(site).text)", ["shared": "yes"]).cookie)
        try await own.use(cookie: own.post("/enter/\(link(site).text)").cookie)
        site.wait(minutes: 29)
        #expect(try await shared.get("/").location == "/today")
        site.wait(minutes: 1)
        #expect(try await shared.get("/").location == nil)
        #expect(try await own.get("/").location == "/today")
        site.wait(days: 29)
        #expect(try await own.get("/").location == "/today")
        site.wait(days: 1)
        #expect(try await own.get("/").location == nil)
    }

    @Test("Staff who come by a link set a password, and then sign in with it") func passwordEndToEnd()
        async throws
    {
        let site = try await TestSite()
        let browser = try await site.browser(nil)
        let entered = try await browser.post("/enter/\(link(site, to: "person-tess").text)")
        #expect(entered.location == "/account")
        try await browser.use(cookie: entered.cookie)
        let set = try await browser.post(
            "/account/password", ["password": Self.password, "again": Self.password])
        #expect(set.status == 303)
        #expect(set.cookie != entered.cookie, "the session goes on under another token")
        #expect(try await browser.get("/account").status == 303, "the one before has ended")

        let home = try await site.browser(nil)
        let signedIn = try await home.post(
            "/sign-in", ["email": " TESS@clinic.example", "password": Self.password])
        #expect(signedIn.status == 303)
        try await home.use(cookie: signedIn.cookie)
        #expect(try await home.get("/").location == "/board")
        #expect(
            try await home.post("/sign-in", ["email": "tess@clinic.example", "password": "wrong"]).status
                == 401)
    }

    @Test("A password is changed only by who knows the one until now") func currentPassword() async throws {
        let site = try await TestSite()
        try await setPassword(of: "person-tess", site)
        let browser = try await site.browser(.therapist)
        let new = "seventeen quiet bicycles"
        #expect(try await browser.get("/account").body.contains("id=\"current\""))
        let without = try await browser.post("/account/password", ["password": new, "again": new])
        #expect(without.status == 422)
        let with = try await browser.post(
            "/account/password", ["current": Self.password, "password": new, "again": new])
        #expect(with.status == 303)
    }

    @Test(
        "A password that is short, guessable or mistyped is refused and nothing changes",
        arguments: [
            ("fourteen chars", "fourteen chars"), ("password1234567", "password1234567"),
            ("tess stone tess stone", "tess stone tess stone"),
            ("lantern harbour sevenfold", "lantern harbour sevenfol")
        ])
    func passwordRules(password: String, again: String) async throws {
        let site = try await TestSite()
        let browser = try await site.browser(.therapist)
        let answer = try await browser.post("/account/password", ["password": password, "again": again])
        #expect(answer.status == 422)
        #expect(answer.body.contains("role=\"alert\""))
        #expect(try await site.site.people.staffMember("person-tess")?.hasPassword == false)
    }

    @Test("Staff are signed out after 15 idle minutes, and after 12 hours in any case") func staffSessions()
        async throws
    {
        let site = try await TestSite()
        let (idle, busy) = (try await site.browser(.desk), try await site.browser(.desk))
        for _ in 1...71 {
            site.wait(minutes: 10)
            #expect(try await busy.get("/account").status == 200)
        }
        #expect(try await idle.get("/account").status == 303)
        site.wait(minutes: 10)
        #expect(try await busy.get("/account").status == 303, "12 hours")
        let other = try await site.browser(.desk)
        site.wait(minutes: 14)
        #expect(try await other.get("/account").status == 200)
        site.wait(minutes: 15)
        #expect(try await other.get("/account").status == 303)
    }

    @Test("Signing out ends the session, not only the cookie") func signOut() async throws {
        let site = try await TestSite()
        let browser = try await site.browser(.therapist)
        let answer = try await browser.post("/sign-out")
        #expect(answer.location == "/sign-in")
        #expect(answer.headers[.setCookie]?.contains("Max-Age=0") == true)
        #expect(try await browser.get("/account").status == 303)
    }

    @Test(
        "Ten wrong passwords, and an account must wait, whether it is there or not",
        arguments: ["tess@clinic.example", "nobody@clinic.example"])
    func throttled(email: String) async throws {
        let site = try await TestSite()
        try await setPassword(of: "person-tess", site)
        let visitor = try await site.browser(nil)
        for attempt in 1...10 {
            let answer = try await visitor.post(
                "/sign-in", ["email": email, "password": "guess number \(attempt)"])
            #expect(answer.status == 401)
            #expect(answer.body.contains(site.site.pages.words(in: "en")["sign_in.problem.wrong"]))
        }
        let right = try await visitor.post("/sign-in", ["email": email, "password": Self.password])
        #expect(right.status == 429)
        site.wait(minutes: 2)
        let later = try await visitor.post("/sign-in", ["email": email, "password": Self.password])
        #expect(later.status == (email.hasPrefix("tess") ? 303 : 401))
    }

    @Test("A patient has no password, so none signs them in") func patientsHaveNone() async throws {
        let site = try await TestSite()
        let account = Account(
            id: "person-pat", role: .patient, name: "Pat", email: "pat@home.example", language: "en")
        try await site.site.people.add(account, now: site.now)
        try await setPassword(of: "person-pat", site)
        let answer = try await site.browser(nil).post(
            "/sign-in", ["email": "pat@home.example", "password": Self.password])
        #expect(answer.status == 401)
    }

    @Test("Who comes through the proxy is counted by their own address") func proxiedAddress() async throws {
        let site = try await TestSite(isSecure: true)
        let visitor = try await site.browser(nil)
        func attempt(_ number: Int, from address: String) async throws -> Int {
            try await visitor.post(
                "/sign-in",
                ["email": "no\(number)@clinic.example", "password": String(repeating: "x", count: 600)],
                headers: [.xForwardedFor: "203.0.113.9, \(address)"]
            ).status
        }
        for number in 1...10 { #expect(try await attempt(number, from: "198.51.100.1") == 401) }
        #expect(try await attempt(11, from: "198.51.100.1") == 429)
        #expect(try await attempt(12, from: "198.51.100.2") == 401)
    }

    @Test("Over TLS the cookie is bound to the host") func secureCookie() async throws {
        let site = try await TestSite(isSecure: true)
        let answer = try await site.browser(nil).post("/enter/\(link(site).text)")
        let cookie = try #require(answer.headers[.setCookie])
        #expect(cookie.hasPrefix("__Host-sid=") && cookie.contains("Secure") && cookie.contains("Path=/"))
        #expect(answer.headers[.strictTransportSecurity] != nil)
    }

    private func link(_ site: TestSite, to person: Person.ID = "person-rosa") async throws -> Token {
        try await site.site.links.make(for: person, validFor: 24 * 3600, madeBy: nil, now: site.now)
    }

    private func setPassword(of person: Person.ID, _ site: TestSite) async throws {
        try await site.site.people.setPassword(site.site.passwords.hash(Self.password), of: person)
    }
}
