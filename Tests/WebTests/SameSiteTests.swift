// SPDX-License-Identifier: Apache-2.0
import Clinical
import HTTPTypes
import Testing

@testable import Web

@Suite("Where a form comes from") struct SameSiteTests {
    private static let own = "http://localhost"
    private static let other = "https://evil.example"

    /// What the browser says (`nil`: nothing), and whether the form is taken.
    private static let cases: [(fetchSite: String?, origin: String?, isTaken: Bool)] = [
        // A browser that tells the site is believed; the origin adds nothing.
        ("same-origin", own, true), ("same-origin", nil, true), ("same-origin", "null", true),
        ("none", nil, true), ("none", "null", true),
        ("cross-site", other, false), ("cross-site", "null", false), ("cross-site", nil, false),
        ("cross-site", own, false), ("same-site", "http://other.localhost", false), ("same-site", nil, false),
        ("", own, false), ("same-origin, cross-site", own, false), ("SAME-ORIGIN", own, false),
        // Over plain HTTP to another machine there is the origin alone.
        (nil, own, true), (nil, "https://localhost", true), (nil, "HTTP://LocalHost", true),
        (nil, other, false), (nil, "null", false), (nil, "", false), (nil, "localhost", false),
        (nil, "http://localhost:81", false), (nil, "http://localhost.evil.example", false),
        (nil, "http://evil.example/?http://localhost", false), (nil, "http://evil@localhost", false),
        (nil, "ftp://localhost", false), (nil, "http://localhost, http://evil.example", false),
        // No browser sends a form so; a program may.
        (nil, nil, true)
    ]

    @Test("A form is taken from the site's own pages only, signed in or not")
    func isTaken() async throws {
        let site = try await TestSite()
        let visitor = try await site.browser(nil)
        for (fetchSite, origin, isTaken) in Self.cases {
            var headers: HTTPFields = [:]
            if let fetchSite { headers[.secFetchSite] = fetchSite }
            if let origin { headers[.origin] = origin }
            let said = "Sec-Fetch-Site \(fetchSite ?? "missing"), Origin \(origin ?? "missing")"
            #expect(
                try await visitor.post("/check", headers: headers).status == (isTaken ? 200 : 403), "\(said)")
            let desk = try await site.browser(.desk)
            let status = try await desk.post("/sign-out", headers: headers).status
            #expect(status == (isTaken ? 303 : 403), "\(said)")
            let after = try await desk.get("/account").status
            #expect(after == (isTaken ? 303 : 200), "\(said): and nothing happened")
        }
    }

    @Test("The session's token is asked for besides, whatever the browser says of the origin")
    func tokenBesides() async throws {
        let desk = try await TestSite().browser(.desk)
        let headers: HTTPFields = [.secFetchSite: "same-origin", .origin: Self.own]
        #expect(try await desk.post("/sign-out", ["csrf": "wrong"], headers: headers).status == 403)
        #expect(try await desk.get("/account").status == 200)
    }

    @Test(
        "The whole host counts, with its port",
        arguments: [
            ("http://10.1.2.3:8080", "10.1.2.3:8080", true),
            ("http://[fe80::1]:8080", "[fe80::1]:8080", true),
            ("http://10.1.2.3:8080", "10.1.2.3", false), ("http://10.1.2.3", "10.1.2.3:8080", false),
            ("https://clinic.example", "clinic.example", true), ("https://clinic.example", nil, false),
            ("https://", "", false), ("https://clinic.example.", "clinic.example", false)
        ])
    func hosts(origin: String, host: String?, isOwn: Bool) {
        #expect(SameSite.isOwn(fetchSite: nil, origin: origin, host: host) == isOwn)
    }
}
