// SPDX-License-Identifier: Apache-2.0
import Clinical
import Testing

@testable import Web

@Suite("Signing in and out") struct AccountTests {
    @Test("A visitor reads the first page") func visitor() async throws {
        let browser = try await TestSite().browser(nil)
        let page = try await browser.get("/")
        #expect(page.status == 200)
    }

    @Test("A member of staff is known by the cookie") func staff() async throws {
        let browser = try await TestSite().browser(.desk)
        let page = try await browser.get("/account")
        #expect(page.status == 200)
        #expect(page.body.contains("Dora Lamp"))
    }
}
