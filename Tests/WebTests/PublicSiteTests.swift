// SPDX-License-Identifier: Apache-2.0
import Clinical
import Foundation
import HTTPTypes
import Testing

@testable import Web

@Suite("The public site") struct PublicSiteTests {
    static let pages = [
        "/", "/check", "/book", "/guide", "/guide/exercises", "/guide/sources", "/contact", "/reviews",
        "/sign-in",
        "/no-such-page"
    ]

    /// What one page may weigh, pictures aside, in bytes.
    private static let heaviest = 60 * 1024

    @Test("A page weighs less than 60 KB with its styles and scripts", arguments: pages)
    func weight(path: String) async throws {
        let visitor = try await TestSite().browser(nil)
        let page = try await visitor.get(path)
        // A drawing that stands in the page is a picture as well.
        var bytes = page.body.replacing(/(?s)<svg.*?<\/svg>/, with: "").utf8.count
        var loaded = Set<String>()
        for mark in ["<link rel=\"stylesheet\" href=\"", "<script src=\""] {
            for piece in page.body.components(separatedBy: mark).dropFirst() {
                loaded.insert(String(piece.prefix { $0 != "\"" }))
            }
        }
        #expect(loaded.contains("/static/look.css"), "\(path) has no styles")
        for file in loaded { bytes += try await visitor.get(file).body.utf8.count }
        #expect(bytes < Self.heaviest, "\(path) weighs \(bytes) bytes with \(loaded.sorted())")
    }

    @Test(
        "Each public page names its own address, and only one",
        arguments: pages.filter { !["/sign-in", "/no-such-page"].contains($0) })
    func canonical(path: String) async throws {
        let page = try await TestSite().browser(nil).get(path)
        #expect(page.status == 200)
        #expect(page.text(between: "<link rel=\"canonical\" href=\"", and: "\"") == "http://localhost\(path)")
        #expect(page.text(between: "property=\"og:url\" content=\"", and: "\"") == "http://localhost\(path)")
        let description = page.text(between: "<meta name=\"description\" content=\"", and: "\"")
        #expect((description?.count ?? 0) > 40, "\(path) says nothing about itself")
        #expect(page.body.contains("<html lang=\"en\""))
        #expect(!page.body.contains("noindex"))
    }

    @Test("Pages for some stay out of every index", arguments: ["/sign-in", "/no-such-page"])
    func noindex(path: String) async throws {
        let page = try await TestSite().browser(nil).get(path)
        #expect(page.body.contains("<meta name=\"robots\" content=\"noindex\">"))
        #expect(!page.body.contains("rel=\"canonical\""))
    }

    @Test("A configured address is believed, and a request's only as far as it is a host")
    func origin() async throws {
        let site = try await TestSite(publicURL: "https://calf.example")
        let home = try await site.browser(nil).get("/")
        #expect(home.body.contains("<link rel=\"canonical\" href=\"https://calf.example/\">"))
        let map = try await site.browser(nil).get("/sitemap.xml")
        #expect(map.headers[.contentType]?.hasPrefix("application/xml") == true)
        #expect(map.body.contains("<loc>https://calf.example/guide</loc>"))
        let robots = try await site.browser(nil).get("/robots.txt")
        #expect(robots.body.contains("\nSitemap: https://calf.example/sitemap.xml\n"))
    }

    @Test("The sitemap lists pages that are there") func sitemap() async throws {
        let visitor = try await TestSite().browser(nil)
        let map = try await visitor.get("/sitemap.xml")
        let paths = map.body.components(separatedBy: "<loc>http://localhost").dropFirst()
            .map { String($0.prefix { $0 != "<" }) }
        #expect(paths.count >= 6)
        for path in paths { #expect(try await visitor.get(path).status == 200, "\(path)") }
    }

    @Test("Machines read the clinic's name, phone and hours, and no stars") func clinicData() async throws {
        for path in ["/", "/contact"] {
            let data = try Self.data(of: try await TestSite().browser(nil).get(path))
            #expect(data["@type"] as? [String] == ["MedicalBusiness", "Physiotherapy"])
            #expect(data["name"] as? String == "Clifton Physical Therapy")
            #expect(data["telephone"] as? String == "+19732411338")
            #expect(data["url"] as? String == "http://localhost/")
            #expect(data["geo"] == nil && data["aggregateRating"] == nil && data["review"] == nil)
            let hours = try #require(data["openingHoursSpecification"] as? [[String: Any]])
            #expect(hours.count == 11, "five days with a break, and Saturday")
            #expect(
                hours.first?["opens"] as? String == "08:00" && hours.first?["closes"] as? String == "12:00")
            let closed = try #require(data["specialOpeningHoursSpecification"] as? [[String: Any]])
            #expect(closed.first?["validFrom"] as? String == "2026-11-26")
        }
    }

    @Test("Machines read what the guide is about") func guideData() async throws {
        let data = try Self.data(of: try await TestSite().browser(nil).get("/guide"))
        #expect(data["@type"] as? String == "MedicalWebPage")
        #expect(data["inLanguage"] as? String == "en")
        #expect((data["about"] as? [String: Any])?["@type"] as? String == "MedicalCondition")
    }

    @Test("No clinic's name ends the data block") func hostileName() async throws {
        let name = "A</script><script>alert(1)</script> & \u{2028}Sons"
        let yaml = ClinicDetails.demoYAML.replacing(
            "name: Clifton Physical Therapy",
            with: "name: \"\(name.replacing("\u{2028}", with: "\\u2028"))\"")
        let page = try await TestSite(clinic: yaml).browser(nil).get("/")
        #expect(!page.body.contains("<script>"))
        #expect(try Self.data(of: page)["name"] as? String == name)
    }

    private static func data(of page: Answered) throws -> [String: Any] {
        let json = try #require(page.text(between: "<script type=\"application/ld+json\">", and: "</script>"))
        return try #require(try JSONSerialization.jsonObject(with: Data(json.utf8)) as? [String: Any])
    }

    @Test(
        "What a page cannot do is answered with what it can",
        arguments: [
            (.delete, "/guide", 405, "GET, HEAD"), (.post, "/contact", 405, "GET, HEAD"),
            (.get, "/sign-out", 405, "POST"), (.put, "/check", 405, "GET, HEAD, POST"),
            (.head, "/sign-out", 405, "POST"), (.delete, "/people/x", 405, "GET, HEAD, POST"),
            (.get, "/nowhere", 404, nil), (.get, "/guide/nowhere", 404, nil),
            (.get, "/static/nothing.css", 404, nil), (.head, "/guide", 200, nil), (.get, "/guide", 200, nil)
        ] as [(HTTPRequest.Method, String, Int, String?)])
    func methods(method: HTTPRequest.Method, path: String, status: Int, allow: String?) async throws {
        let site = try await TestSite()
        let answer = try await site.send(method, path)
        if let allow { #expect(site.site.methods(at: path) == allow) }
        #expect(answer.status == status)
        #expect(answer.headers[.allow] == allow)
        if status >= 400, method != .head {
            #expect(answer.body.contains("<h1>") && answer.body.contains("href=\"/\""), "a page that helps")
        }
    }

    @Test("Styles are asked for again and mostly not sent again") func staticFiles() async throws {
        let visitor = try await TestSite().browser(nil)
        let first = try await visitor.get("/static/look.css")
        let tag = try #require(first.headers[.eTag])
        #expect(first.headers[.cacheControl] == "no-cache")
        for known in [tag, "W/\(tag)", "\"old\", \(tag)", "*"] {
            let again = try await visitor.get("/static/look.css", headers: [.ifNoneMatch: known])
            #expect(again.status == 304 && again.body.isEmpty && again.headers[.eTag] == tag, "\(known)")
        }
        let changed = try await visitor.get("/static/look.css", headers: [.ifNoneMatch: "\"old\""])
        #expect(changed.status == 200)
    }

    @Test(
        "A style sheet travels without comments and layout, and says the same",
        arguments: [
            ("/* a */ a { b: c }\n\n d > e , f { g: h ; }", "a{b: c}d > e,f{g: h;}"),
            ("a b .c :is(d) { x: calc(1px + 2px) }", "a b .c :is(d){x: calc(1px + 2px)}"),
            ("a::before { content: \"/* { } */ ; \\\" , \" }", "a::before{content: \"/* { } */ ; \\\" , \"}"),
            ("a {} /* not ended", "a{}")
        ])
    func dense(css: String, dense: String) { #expect(StaticFiles.dense(css) == dense) }

    @Test("A shared link has a picture, a real one") func card() async throws {
        let visitor = try await TestSite().browser(nil)
        let home = try await visitor.get("/")
        #expect(
            home.text(between: "property=\"og:image\" content=\"", and: "\"")
                == "http://localhost/static/card.png")
        let card = try await visitor.get("/static/card.png")
        #expect(card.status == 200 && card.headers[.contentType] == "image/png")
        #expect(card.headers[.eTag] != nil && card.body.contains("IHDR"))
    }

    @Test("The address leads to a map, and nothing of it is loaded here") func map() async throws {
        for path in ["/", "/contact"] {
            let page = try await TestSite().browser(nil).get(path)
            let link =
                "https://www.openstreetmap.org/search?query=1059%20Bloomfield%20Ave%2C%20Clifton%2C%20NJ%2007012"
            #expect(page.body.contains("href=\"\(link)\" rel=\"noreferrer\""), "\(path)")
            #expect(page.body.contains("href=\"tel:+19732411338\""), "\(path)")
        }
    }

    @Test(
        "The door says whether it is open, by its own clock",
        arguments: [
            // 2026-11-22 is a Sunday; 07:00 in the clinic at the start.
            (0, "Closed now. Opens tomorrow at 8:00 am", "Today, Sunday: closed"),
            (
                24, "Closed now. Opens today at 8:00 am",
                "Today, Monday: 8:00 am to 12:00 pm and 1:00 pm to 7:00 pm"
            ),
            (25, "Open now, until 12:00 pm", "Today, Monday"),
            (29, "Closed now. Opens today at 1:00 pm", "Today, Monday"),
            (30, "Open now, until 7:00 pm", "Today, Monday"),
            (36, "Closed now. Opens tomorrow at 8:00 am", "Today, Monday"),
            (36 + 48, "Closed now. Opens Friday, November 27, at 8:00 am", "Today, Wednesday"),
            (5 + 96, "Closed now. Opens tomorrow at 8:00 am", "Today, Thursday: closed for Thanksgiving")
        ])
    func openToday(hours: Double, now: String, today: String) async throws {
        let site = try await TestSite()
        site.wait(hours: hours)
        for path in ["/", "/contact"] {
            let page = try await site.browser(nil).get(path)
            #expect(page.body.contains(now), "\(path)")
            #expect(page.body.contains(today), "\(path)")
        }
    }

    @Test("The exercises carry the doses of the data files, and what must hold before")
    func exercises() async throws {
        let site = try await TestSite()
        let visitor = try await site.browser(nil)
        let guide = try await visitor.get("/guide")
        let page = try await visitor.get("/guide/exercises")
        let words = site.site.pages.words(in: "en")
        let medicine = site.site.pathway.words(in: "en")
        for exercise in site.site.pathway.exercises {
            let name = medicine["exercise.\(exercise.id).name"]
            let dose = try #require(exercise.ladder.first).phrases(words).joined(separator: ", ")
            #expect(guide.body.contains(">\(name)</b>: \(dose)"), "\(exercise.id)")
            #expect(page.body.contains(">\(name)<") && page.body.contains(">\(dose)<"), "\(exercise.id)")
            for need in exercise.needs {
                #expect(page.body.contains(need.text(medicine)), "\(exercise.id) \(need.id)")
            }
        }
        #expect(page.body.contains("Be examined first"))
    }
}
