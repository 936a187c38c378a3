// SPDX-License-Identifier: Apache-2.0
import Clinical
import Foundation
import HTTPTypes
import Hummingbird
import HummingbirdTesting
import NIOCore
import NIOEmbedded
import Testing

@testable import Web

@Suite("What every request meets") struct HouseTests {
    @Test("A form without its token, or with another's, is refused", arguments: ["", "wrong"])
    func csrf(token: String) async throws {
        let site = try await TestSite()
        let browser = try await site.browser(.desk)
        #expect(try await browser.post("/sign-out", ["csrf": token]).status == 403)
        let other = try await site.browser(.desk)
        #expect(try await browser.post("/sign-out", ["csrf": other.csrf]).status == 403)
        #expect(try await browser.get("/account").status == 200, "and nothing happened")
        #expect(try await browser.post("/sign-out").status == 303)
    }

    @Test("The same headers stand on every answer") func headers() async throws {
        let site = try await TestSite()
        let visitor = try await site.browser(nil)
        let desk = try await site.browser(.desk)
        let form = try #require(try await desk.get("/people/new").hidden("form"))
        var answers = [
            200: try await visitor.get("/"), 303: try await visitor.get("/account"),
            401: try await visitor.post("/sign-out"), 403: try await desk.get("/staff"),
            404: try await visitor.get("/nowhere"),
            410: try await visitor.post("/enter/used-up"),
            413: try await desk.post("/people/new", ["name": String(repeating: "x", count: 70_000)]),
            422: try await desk.post("/people/new", ["form": form])
        ]
        try await site.tamper("UPDATE episode SET opened_at = '------------------------'")
        answers[500] = try await desk.get("/people")
        for (status, answer) in answers.sorted(by: { $0.key < $1.key }) {
            #expect(answer.status == status)
            let headers = answer.headers
            #expect(headers[.contentSecurityPolicy]?.contains("default-src 'none'") == true, "\(status)")
            #expect(headers[.contentSecurityPolicy]?.contains("unsafe") == false, "\(status)")
            #expect(headers[.xContentTypeOptions] == "nosniff", "\(status)")
            #expect(headers[.referrerPolicy] == "same-origin", "\(status)")
            #expect(headers[.crossOriginOpenerPolicy] == "same-origin", "\(status)")
            #expect(headers[.permissionsPolicy] != nil, "\(status)")
            #expect(headers[.cacheControl] == "no-store", "\(status)")
        }
        let broken = try #require(answers[500]).body
        #expect(!broken.contains("opened_at") && !broken.contains("StoreError"), "no internals on the page")
        #expect(broken.contains("Request "), "but the request's name")
    }

    @Test("A body without a length is measured as it comes") func chunkedBody() async throws {
        let site = try await TestSite()
        let request = Request(
            head: .init(method: .post, scheme: "http", authority: "localhost", path: "/sign-in"),
            body: .init(
                asyncSequence: AsyncStream { stream in
                    for _ in 1...5 { stream.yield(ByteBuffer(repeating: UInt8(ascii: "x"), count: 20_000)) }
                    stream.finish()
                }))
        let context = Context(source: .init(channel: EmbeddedChannel(), logger: site.site.logger))
        let response = try await site.site.router().buildResponder().respond(to: request, context: context)
        #expect(response.status == .contentTooLarge)
        #expect(response.headers[.contentSecurityPolicy] != nil)
    }

    @Test("Damaged forms are answered, not stumbled over", arguments: ["%", "a=%zz", "=&==&&", "a=%FF"])
    func damaged(body: String) async throws {
        let site = try await TestSite()
        let answer = try await site.send(
            .post, "/sign-in", headers: [.contentType: "application/x-www-form-urlencoded"], body: body)
        #expect((400..<500).contains(answer.status), "\(answer.status)")
        let other = try await site.send(
            .post, "/sign-in", headers: [.contentType: "application/json"], body: "{}")
        #expect(other.status == 400)
    }

    @Test("Control characters in an address find nothing and break nothing") func controlCharacters()
        async throws
    {
        let site = try await TestSite()
        let desk = try await site.browser(.desk)
        #expect(try await desk.get("/people?name=%00").status == 200)
        #expect(try await desk.get("/people?name=%FF%25").status < 500)
        #expect(try await desk.get("/people/%00").status == 404)
        #expect(try await desk.get("/people/%0D%0ASet-Cookie:x").status == 404)
    }

    @Test("Two files with a text for one key stop the start: which was shown would be up to chance")
    func onceEach() throws {
        let error = #expect(throws: LoadError.self) {
            try PageLibrary(files: [
                "words/en/a.yaml": "error:\n  closed: This chart is closed",
                "words/en/b.yaml": "error:\n  closed: This episode is closed"
            ])
        }
        #expect(error?.description.contains("words/en/b.yaml") == true)
        #expect(error?.description.contains("error.closed") == true)
    }
}
