// SPDX-License-Identifier: Apache-2.0
import Clinical
import Foundation
import HTTPTypes
import Hummingbird
import HummingbirdTesting
import Logging
import NIOCore
import Store
import Testing

@testable import Web

/// What came back, as the check reads it.
struct SeenCheck: Sendable {
    let status: Int
    let body: String
    let location: String?
    let cookie: String?

    var answers: String { hidden("answers").replacing("&quot;", with: "\"") }
    var page: String { body.contains("<progress") ? hidden("page") : "" }
    var h1: String { text("<h1>", "</h1>") }

    func hidden(_ name: String) -> String { text("name=\"\(name)\" value=\"", "\"") }

    private func text(_ start: String, _ end: String) -> String {
        guard let from = body.firstRange(of: start), let to = body[from.upperBound...].firstRange(of: end)
        else {
            return ""
        }
        return String(body[from.upperBound..<to.lowerBound])
    }
}

/// Somebody at the clinic's site, which is a real one on a file of its own.
final class CheckVisitor {
    let pathway: Pathway
    let site: Site
    private(set) var unlabelled: [String] = []
    private let folder: URL
    private let app: Application<RouterResponder<Context>>

    init() async throws {
        folder = FileManager.default.temporaryDirectory.appending(path: "soleus-check-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        let now = Date(timeIntervalSince1970: 1_795_348_800)
        let database = try await SQLiteDatabase(
            path: folder.appending(path: "clinic.sqlite").path, create: true, now: now)
        pathway = try TestPathway.calfTear()
        var logger = Logger(label: "test")
        logger.logLevel = .critical
        site = try Site(
            clinic: ClinicDetails(yaml: ClinicDetails.demoYAML, file: "clinic.yaml"), pathway: pathway,
            database: database, logger: logger, isSecure: false, clock: { now })
        app = Application(router: site.router(), logger: logger)
    }

    deinit { try? FileManager.default.removeItem(at: folder) }

    var requests: [EvaluationRequest] { get async throws { try await site.requests.list() } }

    func title(_ disposition: Disposition) throws -> String {
        pathway.words(in: "en")("disposition.\(disposition.rawValue).title", ["emergency": "911"])
    }

    func rowsWritten() async throws -> Int {
        try await site.database.read { connection in
            try connection.rows("SELECT id FROM evaluation_request").count
                + connection.rows("SELECT key FROM throttle").count
                + connection.rows("SELECT sequence FROM audit").count
                + connection.rows("SELECT hash FROM session").count
        }
    }

    func requestActs() async throws -> Int {
        try await site.database.read {
            try $0.rows("SELECT sequence FROM audit WHERE action = 'request_sent'").count
        }
    }

    func get(_ path: String) async throws -> SeenCheck { try await send(.get, path, "") }

    func post(_ fields: [(String, String)], to path: String = "/check") async throws -> SeenCheck {
        func encoded(_ text: String) -> String {
            text.addingPercentEncoding(withAllowedCharacters: .alphanumerics) ?? ""
        }
        return try await send(
            .post, path, fields.map { "\(encoded($0.0))=\(encoded($0.1))" }.joined(separator: "&"))
    }

    private func send(_ method: HTTPRequest.Method, _ path: String, _ body: String) async throws -> SeenCheck
    {
        try await app.test(.router) { client in
            try await client.execute(
                uri: path, method: method, headers: [.contentType: "application/x-www-form-urlencoded"],
                body: body.isEmpty ? nil : ByteBuffer(string: body)
            ) { response in
                SeenCheck(
                    status: response.status.code, body: String(buffer: response.body),
                    location: response.headers[.location], cookie: response.headers[.setCookie])
            }
        }
    }

    /// Answers page after page, the rest with "no", until there are no more questions.
    func walk(_ answers: [String: String], from start: SeenCheck? = nil) async throws -> (
        answer: SeenCheck, pages: [String]
    ) {
        var seen: SeenCheck
        if let start { seen = start } else { seen = try await post([]) }
        var pages: [String] = []
        while !seen.page.isEmpty, pages.count < 40 {
            let page = try #require(pathway.questions.first { $0.id == seen.page })
            pages.append(page.id)
            var fields = [("page", page.id), ("answers", seen.answers)]
            if seen.body.contains("name=\"rest\"") { fields.append(("rest", "yes")) }
            fields.append(("go", page.kind == .tick ? answers["rest"] ?? "no" : "next"))
            for id in page.findings.map(\.rawValue) where seen.body.contains("name=\"\(id)\"") {
                if let answer = answers[id] ?? (page.kind == .tick ? nil : answers["*"] ?? offered(id)) {
                    fields.append((id, answer))
                }
                noteLabels(of: id, on: seen)
            }
            seen = try await post(fields)
            #expect(seen.status == 200, "\(page.id): \(seen.status)")
        }
        return (seen, pages)
    }

    private func offered(_ id: String) -> String? {
        let words = pathway.vocabulary.finding(FactID(id))?.words ?? []
        return ["none", "no", "not_tried"].first(where: words.contains)
    }

    /// A field whose label is missing would show its key instead.
    private func noteLabels(of id: String, on seen: SeenCheck) {
        if seen.body.contains("finding.\(id)") || seen.body.contains(">answer.") { unlabelled.append(id) }
    }
}
