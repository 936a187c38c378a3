// SPDX-License-Identifier: Apache-2.0
import Clinical
import Foundation
import HTTPTypes
import Hummingbird
import HummingbirdTesting
import Logging
import NIOCore
import Store
import Synchronization

@testable import Web

/// The whole site on a clinic file of its own, with a clock that stands still until it is moved.
///
/// One person of every role is there. The patient is Rosa, whose empty chart is the episode `rosa`.
final class TestSite: Sendable {
    let folder: URL
    let database: SQLiteDatabase
    let site: Site
    private let app: Application<RouterResponder<Context>>
    private let clock: Clock

    var path: String { folder.appending(path: "clinic.sqlite").path }

    static let people: [Role: Account] = [
        .patient: Account(
            id: "person-rosa", role: .patient, name: "Rosa Quill", phone: "555-0100", born: Day("1980-02-03"),
            sex: .female, language: "en"),
        .therapist: Account(
            id: "person-tess", role: .therapist, name: "Tess Stone", email: "tess@clinic.example",
            language: "en"),
        .desk: Account(
            id: "person-dora", role: .desk, name: "Dora Lamp", email: "dora@clinic.example", language: "en"),
        .admin: Account(
            id: "person-ada", role: .admin, name: "Ada Pike", email: "ada@clinic.example", language: "en")
    ]

    /// 2026-11-22 12:00 UTC, which is 07:00 in the demo clinic.
    static let start = Date(timeIntervalSince1970: 1_795_348_800)

    init(
        isSecure: Bool = false, publicURL: String? = nil, clinic: String = ClinicDetails.demoYAML,
        logger given: Logger? = nil
    ) async throws {
        folder = FileManager.default.temporaryDirectory.appending(path: "soleus-web-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        database = try await SQLiteDatabase(
            path: folder.appending(path: "clinic.sqlite").path, create: true, now: Self.start)
        let clock = Clock(Self.start)
        self.clock = clock
        var logger = given ?? Logger(label: "test")
        if given == nil { logger.logLevel = .critical }
        site = try Site(
            clinic: ClinicDetails(yaml: clinic, file: "clinic.yaml"),
            pathway: TestPathway.calfTear(),
            database: database, logger: logger, isSecure: isSecure, publicURL: publicURL,
            clock: { clock.now })
        app = Application(router: site.router(), logger: logger)
        for account in Self.people.values { try await site.people.add(account, now: Self.start) }
        try await site.scribe.charts.open("rosa", for: "person-rosa", now: Self.start)
    }

    deinit { try? FileManager.default.removeItem(at: folder) }
    var now: Date { clock.now }

    /// Moves the clock.
    func wait(seconds: Double = 0, minutes: Double = 0, hours: Double = 0, days: Double = 0) {
        clock.move(by: seconds + 60 * minutes + 3600 * hours + 86_400 * days)
    }

    /// A browser in which somebody is signed in; nil gives a visitor's.
    func browser(_ role: Role?) async throws -> TestBrowser {
        guard let role, let account = Self.people[role] else { return TestBrowser(self) }
        return try await browser(of: account.id, policy: role == .patient ? .patient : .staff)
    }

    func browser(of person: Person.ID, policy: SessionPolicy) async throws -> TestBrowser {
        let browser = TestBrowser(self)
        try await browser.signIn(person, policy: policy)
        return browser
    }

    /// Sends one request and gives what came back.
    func send(
        _ method: HTTPRequest.Method, _ path: String, headers: HTTPFields = [:], body: String? = nil
    ) async throws -> Answered {
        try await app.test(.router) { client in
            try await client.execute(
                uri: path, method: method, headers: headers, body: body.map { ByteBuffer(string: $0) }
            ) { Answered($0) }
        }
    }

    /// Sends bytes as they are.
    func send(
        _ method: HTTPRequest.Method, _ path: String, headers: HTTPFields, bytes: [UInt8]
    ) async throws -> Answered {
        try await app.test(.router) { client in
            try await client.execute(
                uri: path, method: method, headers: headers, body: ByteBuffer(bytes: bytes)
            ) { Answered($0) }
        }
    }

    /// Another program at the file; what it changes there was never promised.
    func tamper(_ statements: String...) async throws {
        let other = try await SQLiteDatabase(path: path, create: false, now: now)
        try await other.write { connection in for statement in statements { try connection.define(statement) }
        }
        try other.close()
    }
}

/// A clock that moves when it is told to.
final class Clock: Sendable {
    private let time: Mutex<Date>
    init(_ start: Date) { time = Mutex(start) }
    var now: Date { time.withLock { $0 } }
    func move(by seconds: Double) { time.withLock { $0 = $0.addingTimeInterval(seconds) } }
}

/// What came back.
struct Answered: Sendable {
    let status: Int
    let headers: HTTPFields
    let body: String

    init(_ response: TestResponse) {
        status = response.status.code
        headers = response.headers
        body = String(buffer: response.body)
    }

    var location: String? { headers[.location] }

    /// The `name=value` of the cookie that was set.
    var cookie: String? { headers[.setCookie].map { String($0.prefix { $0 != ";" }) } }

    /// The text between two others, first found.
    func text(between start: String, and end: String) -> String? {
        guard let from = body.firstRange(of: start),
            let to = body[from.upperBound...].firstRange(of: end)
        else { return nil }
        return String(body[from.upperBound..<to.lowerBound])
    }

    /// The value of a hidden field, such as `form`.
    func hidden(_ name: String) -> String? { text(between: "name=\"\(name)\" value=\"", and: "\"") }
}

/// One browser: its cookie, and the token that its forms send.
final class TestBrowser: Sendable {
    let site: TestSite
    private let state = Mutex<(cookie: String?, csrf: String)>((nil, ""))

    init(_ site: TestSite) { self.site = site }

    var cookie: String? { state.withLock { $0.cookie } }
    var csrf: String { state.withLock { $0.csrf } }

    func signIn(_ person: Person.ID, policy: SessionPolicy) async throws {
        let token = try await site.site.sessions.start(person, policy: policy, now: site.now)
        try await use(cookie: "\(SignedIn.cookieName(isSecure: site.site.isSecure))=\(token.text)")
    }

    /// Takes a cookie over, as from a `Set-Cookie`.
    func use(cookie: String?) async throws {
        let token = cookie?.split(separator: "=", maxSplits: 1).last.map { Token(String($0)) }
        var csrf = ""
        if let token { csrf = try await site.site.sessions.session(token, now: site.now)?.csrf ?? "" }
        state.withLock { [csrf] in $0 = (cookie, csrf) }
    }

    func get(_ path: String, headers: HTTPFields = [:]) async throws -> Answered {
        try await site.send(.get, path, headers: signed(headers))
    }

    /// Sends a form with the token of this browser's session, unless the fields bring their own.
    func post(
        _ path: String, _ fields: KeyValuePairs<String, String> = [:], adding more: (String, String)...,
        headers: HTTPFields = [:]
    ) async throws -> Answered {
        try await send(path, fields.map { ($0.key, $0.value) } + more, headers: headers)
    }

    func send(_ path: String, _ fields: [(String, String)], headers: HTTPFields = [:]) async throws
        -> Answered
    {
        var pairs = fields
        if !pairs.contains(where: { $0.0 == "csrf" }), !csrf.isEmpty { pairs.append(("csrf", csrf)) }
        let body = pairs.map { "\(Self.encoded($0.0))=\(Self.encoded($0.1))" }.joined(separator: "&")
        var headers = signed(headers)
        if headers[.contentType] == nil { headers[.contentType] = "application/x-www-form-urlencoded" }
        return try await site.send(.post, path, headers: headers, body: body)
    }

    /// Sends bytes with the token of this browser's session, unless the headers bring their own.
    func put(_ path: String, _ bytes: [UInt8], headers: HTTPFields = [:]) async throws -> Answered {
        var headers = signed(headers)
        if headers[.csrfToken] == nil, !csrf.isEmpty { headers[.csrfToken] = csrf }
        return try await site.send(.put, path, headers: headers, bytes: bytes)
    }

    private func signed(_ headers: HTTPFields) -> HTTPFields {
        var headers = headers
        if let cookie { headers[.cookie] = cookie }
        return headers
    }

    private static func encoded(_ text: String) -> String {
        let kept = CharacterSet.alphanumerics.intersection(CharacterSet(charactersIn: "\u{21}"..."\u{7E}"))
        return text.addingPercentEncoding(withAllowedCharacters: kept) ?? ""
    }
}
