// SPDX-License-Identifier: Apache-2.0
import Clinical
import Foundation
import HTTPTypes
import Store
import Testing

@testable import Web

@Suite("Every language says everything, and a visitor reads their own") struct LanguageTests {
    /// The catalogues of the site and of the pathway, by what they are of.
    private static func catalogues() throws -> [(of: String, words: [String: Words])] {
        [
            ("site", try PageLibrary.catalogues(EmbeddedFiles.all)),
            ("pathway", try TestPathway.calfTear().words)
        ]
    }

    @Test("Every language has exactly the keys of English, and a list as many lines") func keys() throws {
        for (of, words) in try Self.catalogues() {
            let english = try #require(words["en"])
            #expect(words.count >= 2, "\(of)")
            for (language, own) in words where language != "en" {
                let missing = Set(english.keys).subtracting(own.keys).sorted()
                let extra = Set(own.keys).subtracting(english.keys).sorted()
                #expect(missing.isEmpty, "\(of): '\(language)' has no text for \(missing)")
                #expect(extra.isEmpty, "\(of): only '\(language)' has a text for \(extra)")
                for key in english.keys where own.has(key) {
                    #expect(own.lines(key).count == english.lines(key).count, "\(of): \(language) \(key)")
                }
            }
        }
    }

    @Test("A translated text has the same {placeholders}") func placeholders() throws {
        for (of, words) in try Self.catalogues() {
            let english = try #require(words["en"])
            for (language, own) in words where language != "en" {
                for key in english.keys {
                    #expect(
                        Self.found(/\{[a-z0-9_]+\}/, own[key]) == Self.found(/\{[a-z0-9_]+\}/, english[key]),
                        "\(of): \(language) \(key)")
                }
            }
        }
    }

    @Test("A translated text of the pathway says the same numbers") func numbers() throws {
        let words = try TestPathway.calfTear().words
        let english = try #require(words["en"])
        for (language, own) in words where language != "en" {
            for key in english.keys {
                let (left, right) = (
                    own.lines(key).joined(separator: " "), english.lines(key).joined(separator: " ")
                )
                #expect(
                    Self.all(/[0-9]+(\.[0-9]+)?/, left) == Self.all(/[0-9]+(\.[0-9]+)?/, right),
                    "\(language) \(key)")
            }
        }
    }

    private static func found(_ pattern: some RegexComponent, _ text: String) -> Set<Substring> {
        Set(text.ranges(of: pattern).map { text[$0] })
    }

    private static func all(_ pattern: some RegexComponent, _ text: String) -> [Substring] {
        text.ranges(of: pattern).map { text[$0] }.sorted()
    }

    @Test(
        "A visitor reads what they chose, else what their browser asks for, else the clinic's language",
        arguments: [
            (nil, nil, "en"), (nil, "es-MX,es;q=0.9,en;q=0.8", "es"), (nil, "en-US,es;q=0.9", "en"),
            (nil, "pl, es;q=0.4, en;q=0.3", "es"), (nil, "es;q=0, en;q=0.1", "en"), (nil, "pl", "en"),
            (nil, "es;q=much, ;;, *", "en"), ("es", "en", "es"), ("en", "es", "en"), ("xx", "es", "es")
        ] as [(String?, String?, String)])
    func choice(cookie: String?, header: String?, language: String) async throws {
        var headers: HTTPFields = [:]
        if let cookie { headers[.cookie] = "lang=\(cookie)" }
        if let header { headers[.acceptLanguage] = header }
        for path in ["/", "/check", "/guide", "/nowhere"] {
            let page = try await TestSite().send(.get, path, headers: headers)
            #expect(page.body.contains("<html lang=\"\(language)\">"), "\(path)")
        }
    }

    @Test("Choosing is kept in a cookie, and leads back where one was") func choosing() async throws {
        let visitor = try await TestSite().browser(nil)
        let guide = try await visitor.get("/guide")
        let back = try #require(guide.hidden("back"))
        let chosen = try await visitor.post("/language", ["language": "es", "back": back])
        #expect(chosen.status == 303 && chosen.location == "/guide")
        #expect(chosen.cookie == "lang=es")
        #expect(chosen.headers[.setCookie]?.contains("HttpOnly") == true)
        #expect(try await visitor.post("/language", ["language": "tlh", "back": "/"]).status == 400)
    }

    @Test(
        "Nobody is led elsewhere by it",
        arguments: ["//evil.example", "https://evil.example", "/\\evil.example", "", "/a b", "/\u{E9}"])
    func elsewhere(back: String) async throws {
        let chosen = try await TestSite().browser(nil).post("/language", ["language": "es", "back": back])
        #expect(chosen.location == "/")
    }

    @Test("Who is signed in has the language of their account, whatever the browser asks for")
    func account() async throws {
        let site = try await TestSite()
        try await site.site.people.add(
            Account(id: "person-luz", role: .patient, name: "Luz Vega", language: "es"), now: site.now)
        let luz = try await site.browser(of: "person-luz", policy: .patient)
        #expect(
            try await luz.get("/review", headers: [.acceptLanguage: "en"]).body.contains("<html lang=\"es\">")
        )
        let rosa = try await site.browser(.patient)
        #expect(
            try await rosa.get("/today", headers: [.acceptLanguage: "es"]).body.contains("<html lang=\"en\">")
        )
    }
}
