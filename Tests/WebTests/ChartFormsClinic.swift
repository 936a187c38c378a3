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

/// A clinic with one screened patient, in a real file of its own, for the tests of the therapist's forms.
final class ChartFormsClinic: Sendable {
    let site: Site
    let folder: URL
    static let now = Date(timeIntervalSince1970: 1_795_348_800)  // 2026-11-22T12:00:00Z
    static let chart: Episode.ID = "e1"

    init(now: Date = ChartFormsClinic.now) async throws {
        folder = FileManager.default.temporaryDirectory.appending(path: "soleus-forms-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        let database = try await SQLiteDatabase(
            path: folder.appending(path: "soleus.sqlite").path, create: true, now: now)
        var logger = Logger(label: "test")
        logger.logLevel = .critical
        site = try Site(
            clinic: ClinicDetails(yaml: ClinicDetails.demoYAML, file: "clinic.yaml"),
            pathway: TestPathway.calfTear(),
            database: database, logger: logger, isSecure: false, clock: { now })
        let people: [(Person.ID, Role)] = [
            ("anna", .patient), ("tess", .therapist), ("theo", .therapist), ("dora", .desk), ("ada", .admin)
        ]
        for (id, role) in people {
            try await site.people.add(
                Account(
                    id: id, role: role, name: "Test, \(id.rawValue)",
                    email: role == .patient ? nil : "\(id)@test.invalid", born: Day("1980-02-03"),
                    sex: .female,
                    language: "en"), now: now)
        }
        try await site.scribe.charts.open(Self.chart, for: "anna", now: now)
        let answers = Answers([
            "side": .word("left"), "onset": .word("sudden"), "onset_days": .number(2), "pop": .word("calf"),
            "four_steps": .word("limping")
        ])
        let screened = Screened(answers: answers, disposition: .bookEvaluation, rules: [])
        // Without its consequences: the evaluation, not the check, is what is tested here.
        let draft = Draft(
            id: "s1", author: Author(id: "anna", role: .patient), pathway: site.pathway.reference,
            event: .screened(screened))
        _ = try await site.scribe.charts.append(
            [draft], to: Self.chart, expecting: 0, form: nil, standing: "{}", now: now)
    }

    deinit { try? FileManager.default.removeItem(at: folder) }

    var episode: Episode { get async throws { try await site.scribe.episode(Self.chart) } }

    /// Signs somebody in and runs requests as them.
    func visiting<Result: Sendable>(
        as person: Person.ID? = "tess", _ body: @escaping @Sendable (Visitor) async throws -> Result
    ) async throws -> Result {
        var visitor = (cookie: "", csrf: "")
        if let person {
            let now = site.clock()
            let token = try await site.sessions.start(person, policy: .staff, now: now)
            visitor = ("sid=\(token.text)", try await site.sessions.session(token, now: now)?.csrf ?? "")
        }
        let (cookie, csrf) = visitor
        return try await Application(router: site.router()).test(.router) { client in
            try await body(Visitor(client: client, cookie: cookie, csrf: csrf))
        }
    }

    struct Visitor: Sendable {
        let client: any TestClientProtocol
        let cookie: String
        let csrf: String

        func get(_ form: String) async throws -> Answer { try await answer(form, .get, [:]) }

        /// Sends a form; a form identity of its own unless one is among the fields.
        func send(_ form: String, _ fields: [String: String]) async throws -> Answer {
            let own = ["csrf": csrf, "form": UUID().uuidString]
            return try await answer(form, .post, own.merging(fields) { _, given in given })
        }

        private func answer(_ form: String, _ method: HTTPRequest.Method, _ fields: [String: String])
            async throws
            -> Answer
        {
            var allowed = CharacterSet.alphanumerics
            allowed.insert(charactersIn: "-._~")
            func encoded(_ text: String) -> String {
                text.addingPercentEncoding(withAllowedCharacters: allowed) ?? ""
            }
            let body = fields.map { "\(encoded($0.key))=\(encoded($0.value))" }.joined(separator: "&")
            var headers: HTTPFields = [.cookie: cookie]
            if method == .post { headers[.contentType] = "application/x-www-form-urlencoded" }
            return try await client.execute(
                uri: "/charts/e1/\(form)", method: method, headers: headers,
                body: method == .post ? ByteBuffer(string: body) : nil
            ) { Answer(status: $0.status.code, place: $0.headers[.location], html: String(buffer: $0.body)) }
        }
    }

    struct Answer: Sendable {
        let status: Int
        let place: String?
        let html: String
    }
}

extension ChartFormsClinic {
    /// A clear, moderate tear of the gastrocnemius, everything else asked and answered "no".
    static let moderateTear: [String: String] = [
        "side": "left", "sex": "female", "age_years": "46", "injured_on": "2026-11-20", "onset": "sudden",
        "pop": "calf",
        "site": "inner_upper", "gap": "none", "spot_tender_cm": "4", "swelling": "none",
        "swelling_trend": "better",
        "bruise": "calf", "girth_left": "37,5", "girth_right": "36.0", "squeeze_moves_foot": "yes",
        "matles_positive": "no", "double_heel_raise": "painful", "single_heel_raise": "unable",
        "single_heel_raise_left": "0", "single_heel_raise_right": "28", "provoked_by": "straight_knee",
        "four_steps": "limping", "limp": "yes", "stand_both_feet": "yes", "red_tender_cord": "none",
        "pain_rest": "1", "pain_walking": "4", "pain_worst_24h": "5", "pain_trend": "better",
        "alternative": "yes",
        "gait": "Short push-off", "rest_no.history": "yes", "rest_no.palpation": "yes",
        "rest_no.wells": "yes",
        "rest_no.flags": "yes", "rest_no.other": "yes", "step": "propose"
    ]

    /// The fields that sign what those findings propose.
    func signing(_ findings: [String: String], _ more: [String: String] = [:]) async throws -> [String:
        String]
    {
        let page = try await visiting { try await $0.send("evaluate", findings) }
        let seen = page.html.firstMatch(of: /name="seen" value="([^"]*)"/).map { String($0.output.1) } ?? ""
        let parts = seen.split(separator: " ").map(String.init)
        let signed = [
            "step": "sign", "seen": seen, "grade": parts.first ?? "", "muscle": parts.dropFirst().first ?? "",
            "clot": "yes"
        ]
        return findings.merging(signed) { _, new in new }.merging(more) { _, new in new }
    }

    /// Evaluates the patient, so that a plan can be written.
    func evaluate(clot: String = "yes") async throws {
        let fields = try await signing(Self.moderateTear, ["clot": clot])
        let answer = try await visiting { try await $0.send("evaluate", fields) }
        #expect(answer.status == 303, "\(answer.html.prefix(4000))")
    }
}
