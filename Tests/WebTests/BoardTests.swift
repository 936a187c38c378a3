// SPDX-License-Identifier: Apache-2.0
import Clinical
import Foundation
import HTTPTypes
import Hummingbird
import HummingbirdTesting
import Store
import Testing

@testable import Web

@Suite("The board")
struct BoardTests {
    /// The names in the order in which the rows say them.
    private func order(_ html: String, _ names: [String]) -> [String] {
        names.compactMap { name in html.range(of: "<bdi>\(name)</bdi>").map { (name, $0.lowerBound) } }
            .sorted { $0.1 < $1.1 }.map(\.0)
    }

    private static let names = [
        "Flagged", "Newcomer", "Ready", "Paused", "Gone Quiet", "Quiet", "Usual", "Elsewhere"
    ]

    /// One of each, added from the last to the first.
    private func clinic() async throws -> ChartSite {
        let clinic = try await ChartSite()
        try await clinic.steady("usual", "Usual")
        try await clinic.steady("quiet", "Quiet", heard: clinic.before(hours: 50))
        try await clinic.steady("gone", "Gone Quiet", heard: clinic.before(days: 15))
        try await clinic.steady("paused", "Paused")
        try await clinic.write(
            .held(Held(reason: .therapist, note: "on holiday")), in: "paused", at: clinic.before(hours: 1))
        try await clinic.steady("ready", "Ready", restPain: 1)
        try await clinic.patient("newcomer", "Newcomer")
        try await clinic.steady("flagged", "Flagged", heard: clinic.before(hours: 3))
        try await clinic.checkIn(
            "flagged", at: clinic.before(minutes: 48), ["swelling_trend": .word("worse")])
        try await clinic.steady("closed", "Elsewhere")
        try await clinic.write(
            .closed(Closed(reason: .leftCare, note: "moved")), in: "closed", at: clinic.now)
        return clinic
    }

    @Test("Flags come first, then the unplanned, what is to sign, holds, long silence, silence, and the day")
    func order() async throws {
        let clinic = try await clinic()
        try await Application(router: clinic.site.router()).test(.router) { client async throws in
            let tess = try await ChartBrowser(client, clinic, as: "therapist")
            let board = try await tess.get("/board")
            #expect(board.status == .ok)
            #expect(
                order(board.html, Self.names) == [
                    "Flagged", "Newcomer", "Ready", "Paused", "Gone Quiet", "Quiet", "Usual"
                ])
            #expect(board.html.contains("<h1>Four need you now</h1>"))
            #expect(board.html.contains("Waiting 48 min."))
            #expect(board.html.contains("No word for 15 d"))
            #expect(board.html.contains("href=\"/charts/newcomer/evaluate\""))
            let all = try await tess.get("/board?show=all")
            #expect(order(all.html, Self.names).last == "Elsewhere")
        }
    }

    @Test("The more urgent of two flags comes first, then the older one")
    func flags() async throws {
        let clinic = try await ChartSite()
        for (id, name) in [("late", "Late"), ("early", "Early"), ("lungs", "Lungs")] {
            try await clinic.steady(id, name, heard: clinic.before(hours: 9))
        }
        try await clinic.checkIn("late", at: clinic.before(hours: 1), ["swelling_trend": .word("worse")])
        try await clinic.checkIn("early", at: clinic.before(hours: 2), ["swelling_trend": .word("worse")])
        try await clinic.checkIn("lungs", at: clinic.before(minutes: 1), ["pe_breathless": .word("yes")])
        try await Application(router: clinic.site.router()).test(.router) { client async throws in
            let board = try await ChartBrowser(client, clinic, as: "therapist").get("/board")
            #expect(order(board.html, ["Late", "Early", "Lungs"]) == ["Lungs", "Early", "Late"])
        }
    }

    @Test("A visitor's request stands between the flags and the rest")
    func requests() async throws {
        let clinic = try await clinic()
        _ = try await clinic.site.requests.add(
            EvaluationRequest(
                id: "r1", at: clinic.before(hours: 5), name: "Visitor", phone: "555-0199", language: "en",
                answers: "{}", disposition: "same_day", rules: "[]", form: "form-of-a-visitor"))
        try await Application(router: clinic.site.router()).test(.router) { client async throws in
            let board = try await ChartBrowser(client, clinic, as: "therapist").get("/board")
            #expect(
                order(board.html, ["Newcomer", "Visitor", "Flagged"]) == ["Flagged", "Visitor", "Newcomer"])
            #expect(board.html.contains("href=\"/requests\""))
        }
    }

    @Test("An acknowledged flag moves its patient down to the holds")
    func acknowledged() async throws {
        let clinic = try await clinic()
        try await Application(router: clinic.site.router()).test(.router) { client async throws in
            let tess = try await ChartBrowser(client, clinic, as: "therapist")
            let flag = try #require(try await clinic.episode("flagged").openFlags.first)
            let sent = try await tess.post(
                "/charts/flagged/acknowledge", ["flag": flag.id.rawValue, "action": "Called, seen today"])
            #expect(sent.status == .seeOther)
            let board = try await tess.get("/board")
            #expect(
                order(board.html, Self.names) == [
                    "Newcomer", "Ready", "Paused", "Flagged", "Gone Quiet", "Quiet", "Usual"
                ])
        }
    }

    @Test("With nobody in care the board says what will come")
    func empty() async throws {
        let clinic = try await ChartSite()
        try await Application(router: clinic.site.router()).test(.router) { client async throws in
            let board = try await ChartBrowser(client, clinic, as: "therapist").get("/board")
            #expect(board.html.contains("<h1>Nobody is waiting</h1>"))
            #expect(board.html.contains("No patients are in care"))
        }
    }

    @Test("Only therapists see it, and that they did is on record")
    func access() async throws {
        let clinic = try await clinic()
        try await Application(router: clinic.site.router()).test(.router) { client async throws in
            for other in ["usual", "desk", "admin"] as [Person.ID] {
                #expect(try await ChartBrowser(client, clinic, as: other).get("/board").status == .forbidden)
            }
            let visitor = try await ChartBrowser(client, clinic, as: nil).get("/board")
            #expect(visitor.status == .seeOther)
            #expect(visitor.headers[.location] == "/sign-in")
            _ = try await ChartBrowser(client, clinic, as: "therapist").get("/board")
        }
        let acts = try await AuditTrail(clinic.site.database).recent(limit: 30).map(\.act)
            .filter { $0.kind == .read }
        #expect(acts == [Act(actor: "therapist", part: .therapist, kind: .read, detail: "board")])
    }

    @Test(
        "A row of pain scores becomes one sentence",
        arguments: [
            ([], "no check-in"), ([3], "pain 3, one check-in"), ([1, 1], "pain steady at 1"),
            ([5, 3, 2, 4], "pain fell from 5 to 2, then rose to 4"), ([4, 2, 0], "pain fell from 4 to 0"),
            ([1, 5, 2], "pain rose from 1 to 5, then fell to 2"), ([2, 3, 2], "pain about 2"),
            ([1, 2, 4], "pain rose from 1 to 4")
        ] as [([Int], String)])
    func trend(values: [Int], sentence: String) async throws {
        let words = try await ChartSite().site.pages.words(in: "en")
        let scores = values.enumerated().map {
            PainTrend.Score(day: Day(number: 20_000 + $0.offset), pain: $0.element)
        }
        #expect(PainTrend(scores: scores).sentence(words) == sentence)
    }
}
