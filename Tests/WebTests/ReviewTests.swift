// SPDX-License-Identifier: Apache-2.0
import Clinical
import Foundation
import HTTPTypes
import Store
import Testing

@testable import Web

@Suite("Reviews from the pen to the page and away again") struct ReviewTests {
    private static let words = "They told me why not yet, and then it was time."

    /// A clinic in which Rosa was treated once, and her browser.
    private struct Clinic {
        let site: TestSite
        let rosa: TestBrowser
        let desk: TestBrowser

        init(treated: Bool = true) async throws {
            site = try await TestSite()
            rosa = try await site.browser(.patient)
            desk = try await site.browser(.desk)
            if treated {
                try await site.site.scribe.write(
                    in: "rosa", by: Author(id: "person-tess", role: .therapist), now: site.now
                ) { _ in [.treated(Treated(items: [], note: ""))] }
            }
        }

        func fields(text: String = ReviewTests.words) -> [(String, String)] {
            [("text", text), ("rating", "5"), ("name", "initial"), ("scope", "site"), ("months", "6")]
        }

        func write(_ fields: [(String, String)]? = nil) async throws -> Answered {
            let form = try #require(try await rosa.get("/review").hidden("form"))
            return try await rosa.send("/review", [("form", form)] + (fields ?? self.fields()))
        }

        /// Signs what is on the screen.
        func sign() async throws -> Answered {
            let page = try await rosa.get("/review")
            let id = try #require(page.text(between: "action=\"/review/", and: "/sign"))
            return try await rosa.post(
                "/review/\(id)/sign",
                [
                    "form": try #require(page.hidden("form")), "shown": try #require(page.hidden("shown")),
                    "agree": "yes", "signature": "Rosa Quill"
                ])
        }

        var review: ReviewFile {
            get async throws {
                try #require(try await site.site.reviews.written(by: "person-rosa").first)
            }
        }

        func decide(
            _ act: String, by browser: TestBrowser? = nil, reason: String = "On the phone",
            authorization: String? = nil
        ) async throws -> Answered {
            let file = try await review
            return try await (browser ?? desk).post(
                "/reviews/desk/\(file.id)/\(act)",
                [
                    "authorization": authorization ?? file.authorization?.id.rawValue ?? "",
                    "reason": reason
                ])
        }

        func release() async throws {
            _ = try await write()
            _ = try await sign()
            #expect(try await decide("release").status == 303)
        }

        /// The public pages on which the review's words stand.
        func seen() async throws -> [String] {
            let visitor = try await site.browser(nil)
            var seen: [String] = []
            for route in site.site.routes where route.method == .get && route.allow == .everyone {
                guard !route.path.contains("{") else { continue }
                let page = try await visitor.get(route.path)
                if page.body.contains(ReviewTests.words) || page.body.contains("Rosa") {
                    seen.append(route.path)
                }
            }
            return seen.sorted()
        }
    }

    @Test("Written, signed, released, read, withdrawn: each step does what it says and no more")
    func journey() async throws {
        let clinic = try await Clinic()
        #expect(try await clinic.write().status == 303)
        #expect(try await clinic.seen() == [], "a draft is Rosa's own")
        #expect(try await clinic.desk.get("/reviews/desk").body.contains(Self.words) == false)
        let page = try await clinic.rosa.get("/review")
        #expect(page.body.contains("My treatment does not depend on it"))
        #expect(page.body.contains("until Saturday, May 22, 2027"))
        #expect(try await clinic.sign().status == 303)
        let signed = try #require(try await clinic.review.authorization)
        #expect(signed.text.contains("I, Rosa Quill, allow Clifton Physical Therapy"))
        #expect(signed.text.contains(Self.words) && signed.signature == "Rosa Quill")
        #expect(signed.version == clinic.site.site.pages.words(in: "en")["permission.version"])
        #expect(try await clinic.seen() == [], "a signature alone shows nothing")

        let file = try await clinic.desk.get("/reviews/desk/\(clinic.review.id)")
        for line in signed.text.split(separator: "\n") {
            #expect(
                file.body.contains(line.replacing("'", with: "&#39;")),
                "the desk has the whole permission in view")
        }
        #expect(try await clinic.decide("release").status == 303)
        #expect(try await clinic.seen() == ["/", "/reviews"])
        let shown = try await clinic.site.browser(nil).get("/reviews")
        #expect(shown.body.contains("Rosa Q.") && !shown.body.contains("Quill"))
        #expect(shown.headers[.cacheControl] == "no-store")
        #expect(!shown.body.contains("aggregateRating") && !shown.body.contains("\"Review\""))

        let button = try await clinic.rosa.get("/review").text(between: "action=\"/review/", and: "\"")
        #expect(try await clinic.rosa.post("/review/\(try #require(button))").status == 303)
        #expect(try await clinic.seen() == [], "gone from every page at once")
        #expect(try await clinic.decide("release").status == 422, "and nobody brings it back")
    }

    @Test("The desk withdraws for who calls, with how they told, and it is kept who did")
    func byPhone() async throws {
        let clinic = try await Clinic()
        try await clinic.release()
        #expect(try await clinic.decide("withdraw", reason: "").status == 422)
        #expect(try await clinic.seen() == ["/", "/reviews"])
        #expect(try await clinic.decide("withdraw").status == 303)
        #expect(try await clinic.seen() == [])
        let act = try #require(
            try await clinic.site.site.auditTrail.recent(limit: 5).first { $0.act.kind == .reviewWithdrawn }
        ).act
        #expect(act.actor == "person-dora" && act.episode == "rosa")
    }

    @Test("It ends by the clock, on the day that was signed, without anybody doing anything")
    func expiry() async throws {
        let clinic = try await Clinic()
        try await clinic.release()
        // Signed on November 22 for six months: May 22 counts in full, by the clinic's clock.
        clinic.site.wait(hours: 15.9, days: 181)
        #expect(try await clinic.seen() == ["/", "/reviews"])
        clinic.site.wait(hours: 0.2)
        #expect(try await clinic.seen() == [])
    }

    @Test("Nothing is taken that was not on the screen, agreed and signed")
    func signing() async throws {
        let clinic = try await Clinic()
        _ = try await clinic.write()
        let page = try await clinic.rosa.get("/review")
        let id = try #require(page.text(between: "action=\"/review/", and: "/sign"))
        let form = try #require(page.hidden("form"))
        let shown = try #require(page.hidden("shown"))
        for fields: KeyValuePairs<String, String> in [
            ["form": form, "shown": shown, "signature": "Rosa Quill"],
            ["form": form, "shown": shown, "agree": "yes", "signature": ""],
            ["form": form, "shown": "0", "agree": "yes", "signature": "Rosa Quill"]
        ] {
            #expect(try await clinic.rosa.post("/review/\(id)/sign", fields).status == 422)
        }
        #expect(try await clinic.review.authorization == nil)
        clinic.site.wait(days: 1)
        let late = try await clinic.site.browser(.patient).post(
            "/review/\(id)/sign",
            ["form": form, "shown": shown, "agree": "yes", "signature": "Rosa Quill"])
        #expect(late.status == 422, "the last day would be another one: read it again")
        #expect(try await clinic.rosa.post("/review/\(id)/discard").status == 303)
        #expect(try await clinic.site.site.reviews.written(by: "person-rosa").isEmpty)
    }

    @Test(
        "What cannot be kept is said at its field",
        arguments: [
            ("text", "", "Write a few words first"),
            ("text", String(repeating: "é", count: 1001), "1001 characters; up to 1000 fit"),
            ("rating", "6", "Choose a mark"), ("name", "Dr. Who", "which name"),
            ("scope", "everywhere", "where"),
            ("months", "25", "up to 24 months"), ("months", "-1", "up to 24 months")
        ])
    func problems(field: String, value: String, said: String) async throws {
        let clinic = try await Clinic()
        let answer = try await clinic.write(clinic.fields().map { $0.0 == field ? (field, value) : $0 })
        #expect(answer.status == 422 && answer.body.contains(said))
        #expect(answer.body.contains("href=\"#\(field)\"") && answer.body.contains("id=\"\(field)\""))
        #expect(try await clinic.site.site.reviews.written(by: "person-rosa").isEmpty)
    }

    @Test("Before the first visit there is nothing to write about") func tooEarly() async throws {
        let clinic = try await Clinic(treated: false)
        let page = try await clinic.rosa.get("/review")
        #expect(page.status == 200 && page.hidden("form") == nil)
        let sent = try await clinic.rosa.post(
            "/review",
            ["form": "0123456789abcdef", "text": "x", "name": "none", "scope": "site", "months": "3"])
        #expect(sent.status == 422)
    }

    @Test("Declined needs a reason, which the patient reads; the review may be written anew")
    func declined() async throws {
        let clinic = try await Clinic()
        _ = try await clinic.write()
        _ = try await clinic.sign()
        #expect(try await clinic.decide("decline", reason: " ").status == 422)
        #expect(try await clinic.decide("decline", reason: "It names a neighbour").status == 303)
        let page = try await clinic.rosa.get("/review")
        #expect(page.body.contains("It names a neighbour") && page.hidden("form") != nil)
        #expect(try await clinic.seen() == [])
    }

    @Test("A release is for the permission that was in view") func staleRelease() async throws {
        let clinic = try await Clinic()
        _ = try await clinic.write()
        _ = try await clinic.sign()
        #expect(try await clinic.decide("release", authorization: "another").status == 422)
        #expect(try await clinic.seen() == [])
    }

    @Test("Another patient's review, and a draft at the desk, are as if they were not there")
    func strangers() async throws {
        let clinic = try await Clinic()
        _ = try await clinic.write()
        let id = try await clinic.review.id
        #expect(try await clinic.desk.get("/reviews/desk/\(id)").status == 404)
        try await clinic.site.site.people.add(
            Account(id: "person-otto", role: .patient, name: "Otto Reed", language: "en"),
            now: clinic.site.now)
        let otto = try await clinic.site.browser(of: "person-otto", policy: .patient)
        let form: KeyValuePairs = [
            "form": "0123456789abcdef", "shown": "x", "agree": "yes", "signature": "Otto"
        ]
        for act in ["sign", "discard", "withdraw"] {
            #expect(try await otto.post("/review/\(id)/\(act)", form).status == 404, "\(act)")
        }
        _ = try await clinic.sign()
        #expect(try await otto.post("/review/\(id)/withdraw").status == 404)
        #expect(try await otto.get("/review").body.contains(Self.words) == false)
    }

    @Test("Markup in a review is text") func markup() async throws {
        let clinic = try await Clinic()
        _ = try await clinic.write(clinic.fields(text: "<b>Good</b> \(Self.words)"))
        _ = try await clinic.sign()
        _ = try await clinic.decide("release")
        let page = try await clinic.site.browser(nil).get("/reviews")
        #expect(page.body.contains("&lt;b&gt;Good&lt;/b&gt;") && !page.body.contains("<b>Good"))
    }

    @Test(
        "A name is shown as a first name and an initial",
        arguments: [
            ("Rosa Quill", "Rosa Q."), ("Quill, Rosa", "Rosa Q."), ("Rosa", "Rosa"),
            ("de la Cruz, Ana María", "Ana C."),
            ("Ana María de la Cruz", "Ana C."), ("  Bo   Li ", "Bo L."), ("Ódor, Éva", "Éva Ó.")
        ])
    func names(name: String, shown: String) { #expect(ReviewName.shown(of: name) == shown) }

    @Test(
        "A name is said first name first",
        arguments: [
            ("Quill, Rosa", "Rosa Quill"), ("Rosa Quill", "Rosa Quill"), ("Rosa", "Rosa"),
            ("Li , Bo", "Bo Li")
        ])
    func spoken(name: String, spoken: String) { #expect(ReviewName.spoken(name) == spoken) }

    @Test(
        "Months are counted by the calendar, to the last day there is",
        arguments: [
            ("2026-11-22", 6, "2027-05-22"), ("2026-08-31", 6, "2027-02-28"), ("2027-08-31", 6, "2028-02-29"),
            ("2026-12-31", 1, "2027-01-31"), ("2026-01-15", 24, "2028-01-15")
        ])
    func months(from: String, count: Int, to: String) throws {
        #expect(try #require(Day(from)).adding(months: count).description == to)
    }
}
