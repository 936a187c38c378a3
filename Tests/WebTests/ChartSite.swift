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

/// A clinic on a real file whose clock stands still, with real charts written through the scribe.
final class ChartSite: Sendable {
    let folder: URL
    let site: Site
    let now: Date
    private let isKept: Bool

    /// With no folder of its own the clinic goes when the test is over; the clock shows 2026-11-22T13:00:00Z.
    init(folder kept: URL? = nil, now: Date = Date(timeIntervalSince1970: 1_795_352_400)) async throws {
        let temporary = FileManager.default.temporaryDirectory
        folder = kept ?? temporary.appending(path: "soleus-chart-\(UUID().uuidString)")
        isKept = kept != nil
        self.now = now
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        let database = try await SQLiteDatabase(
            path: folder.appending(path: "soleus.sqlite").path, create: true, now: now)
        var logger = Logger(label: "test")
        logger.logLevel = .critical
        site = try Site(
            clinic: ClinicDetails(yaml: ClinicDetails.demoYAML, file: "clinic.yaml"),
            pathway: TestPathway.calfTear(),
            database: database, logger: logger, isSecure: false, clock: { now })
        for role in [Role.therapist, .desk, .admin] {
            try await site.people.add(
                Account(
                    id: Person.ID(role.rawValue), role: role, name: "Test, \(role.rawValue)",
                    email: "\(role.rawValue)@test.invalid", language: "en"), now: now)
        }
    }

    deinit { if !isKept { try? FileManager.default.removeItem(at: folder) } }

    func before(days: Double = 0, hours: Double = 0, minutes: Double = 0) -> Date {
        now.addingTimeInterval(-(days * 24 + hours) * 3600 - minutes * 60)
    }

    static let therapist = Author(id: "therapist", part: .therapist)

    /// Adds a patient with an open chart, both under the same id.
    func patient(_ id: String, _ name: String, opened: Date? = nil) async throws {
        try await site.people.add(
            Account(id: Person.ID(id), role: .patient, name: name, born: Day("1980-02-03"), language: "en"),
            now: opened ?? now)
        try await site.scribe.charts.open(Episode.ID(id), for: Person.ID(id), now: opened ?? now)
    }

    func write(_ event: Event, in id: String, by author: Author = therapist, at: Date) async throws {
        try await site.scribe.write(in: Episode.ID(id), by: author, now: at) { _ in [event] }
    }

    func evaluate(_ id: String, at: Date, injuredOn: Day? = Day("2026-11-01")) async throws {
        try await write(
            .evaluated(
                Evaluated(
                    injuredSide: .left, injuredOn: injuredOn, answers: Answers(),
                    values: ["single_heel_raise_left": 8, "single_heel_raise_right": 22],
                    alternativeAsLikely: nil, clotExcluded: true, proposedGrade: .moderate, grade: .moderate,
                    muscle: .gastrocnemius, overrideReason: "", differential: [], imagingRequest: "",
                    gait: "",
                    note: "", clearedRedFlags: "none seen")), in: id, at: at)
    }

    func plan(_ id: String, at: Date, phase: Phase.ID = "protect") async throws {
        let plan = try #require(site.pathway.draftPlan(for: phase, reason: "first plan"))
        try await write(.planWritten(plan), in: id, at: at)
    }

    /// A check-in of a calm day, but for what is said otherwise.
    func checkIn(_ id: String, at: Date, _ changes: [FactID: Answer] = [:]) async throws {
        var answers = Answers([
            "pain_rest": .number(1), "pain_worst_24h": .number(2), "pain_morning_change": .number(0),
            "swelling": .word("none"), "swelling_trend": .word("same"), "four_steps": .word("yes"),
            "limp": .word("no"), "stand_both_feet": .word("yes"), "red_tender_cord": .word("none")
        ])
        for flag in site.pathway.checkIn.redFlags { answers[flag] = .word("no") }
        answers = answers.updated(with: Answers(changes))
        try await write(
            .checkedIn(CheckIn(answers: answers)), in: id, by: Author(id: Person.ID(id), part: .patient),
            at: at)
    }

    func log(_ id: String, at: Date, pain: Int? = 1) async throws {
        let dose = Dose(sets: 2, reps: 15, timesPerDay: 3)
        try await write(
            .sessionLogged(
                SessionLog(
                    exercise: "ankle_pumps", prescribed: dose, done: dose, asPrescribed: true,
                    painLoadingNRS: pain,
                    sharpStab: false)), in: id, by: Author(id: Person.ID(id), part: .patient), at: at)
    }

    /// A patient who was evaluated and planned five days ago and wrote an hour ago; not ready to go on.
    func steady(_ id: String, _ name: String, restPain: Double = 4, heard: Date? = nil) async throws {
        try await patient(id, name, opened: before(days: 20))
        try await evaluate(id, at: before(days: 20))
        try await plan(id, at: before(days: 20, hours: -1))
        try await checkIn(
            id, at: heard ?? before(hours: 1),
            ["pain_rest": .number(restPain), "pain_worst_24h": .number(max(restPain, 2))])
    }

    func entries(_ id: String) async throws -> [Entry] {
        try await site.scribe.charts.entries(of: Episode.ID(id))
    }

    func episode(_ id: String) async throws -> Episode { try await site.scribe.episode(Episode.ID(id)) }
}

/// Somebody's browser on the site.
struct ChartBrowser: Sendable {
    let client: any TestClientProtocol
    let token: String?
    let csrf: String

    init(_ client: any TestClientProtocol, _ clinic: ChartSite, as person: Person.ID?) async throws {
        self.client = client
        guard let person else {
            (token, csrf) = (nil, "")
            return
        }
        let token = try await clinic.site.sessions.start(person, policy: .staff, now: clinic.now)
        self.token = token.text
        csrf = try #require(try await clinic.site.sessions.session(token, now: clinic.now)).csrf
    }

    func get(_ path: String) async throws -> TestResponse {
        try await client.execute(uri: path, method: .get, headers: headers)
    }

    func post(_ path: String, _ fields: [String: String] = [:]) async throws -> TestResponse {
        let all = ["csrf": csrf, "form": UUID().uuidString].merging(fields) { $1 }
        let body = all.map { "\($0.key)=\(Self.escaped($0.value))" }.joined(separator: "&")
        var headers = headers
        headers[.contentType] = "application/x-www-form-urlencoded"
        return try await client.execute(
            uri: path, method: .post, headers: headers, body: ByteBuffer(string: body))
    }

    private var headers: HTTPFields { token.map { [.cookie: "sid=\($0)"] } ?? [:] }

    private static func escaped(_ text: String) -> String {
        text.addingPercentEncoding(withAllowedCharacters: .alphanumerics) ?? ""
    }
}

extension TestResponse {
    var html: String { String(buffer: body) }
}
