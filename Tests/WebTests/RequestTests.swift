// SPDX-License-Identifier: Apache-2.0
import Clinical
import Foundation
import HTTPTypes
import Store
import Testing

@testable import Web

@Suite("Requests of visitors") struct RequestTests {
    static let fields: KeyValuePairs = [
        "name": "Omar Vale", "phone": "555-0150", "born": "1979-01-02", "sex": "male"
    ]

    @Test("The desk sees who, when and how soon; therapists also what was answered") func answers()
        async throws
    {
        let site = try await TestSite()
        let request = try await add(site)
        let desk = try await site.browser(.desk)
        let therapist = try await site.browser(.therapist)
        for path in ["/requests", "/requests/\(request.id)"] {
            let page = try await desk.get(path)
            #expect(
                page.body.contains("Omar Vale") && page.body.contains("555-0150")
                    && page.body.contains("Today"))
            #expect(!page.body.contains(label(site)))
        }
        #expect(try await therapist.get("/requests/\(request.id)").body.contains(label(site)))
    }

    @Test("One of two gets the request; the other is told who has it") func take() async throws {
        let site = try await TestSite()
        let request = try await add(site)
        let (desk, therapist) = (try await site.browser(.desk), try await site.browser(.therapist))
        #expect(try await desk.post("/requests/\(request.id)/take").location == "/requests/\(request.id)")
        let late = try await therapist.post("/requests/\(request.id)/take")
        #expect(late.status == 409)
        #expect(late.body.contains("Dora Lamp has already taken"))
        #expect(try await desk.post("/requests/\(request.id)/take").status == 303, "one's own is no conflict")
    }

    @Test("A request that becomes a patient brings its answers, and their red flag, into the chart")
    func accept()
        async throws
    {
        let site = try await TestSite()
        let request = try await add(site)
        let therapist = try await site.browser(.therapist)
        #expect(
            try await therapist.post("/requests/\(request.id)/patient", Self.fields).status == 422,
            "not taken")
        _ = try await therapist.post("/requests/\(request.id)/take")
        let done = try await therapist.post("/requests/\(request.id)/patient", Self.fields)
        #expect(done.status == 303)
        let patient = try #require(try await site.site.people.patients(named: "Omar", limit: 5).first)
        #expect(done.location == "/charts/\(patient.episode)/evaluate")
        let chart = try await site.site.scribe.episode(patient.episode)
        #expect(chart.screened?.content.answers == request.readAnswers)
        #expect(chart.screened?.author == Author(id: "person-tess", part: .therapist))
        #expect(chart.openFlags.count == 1)
        #expect(chart.hold?.content.reason == .redFlag)
        let closed = try #require(try await site.site.requests.find(request.id))
        #expect(closed.status == .closed && closed.episode == patient.episode)
        let again = try await therapist.post("/requests/\(request.id)/patient", Self.fields)
        #expect(again.location == done.location)
        #expect(try await site.site.people.patients(named: "Omar", limit: 5).count == 1)
    }

    @Test("Who is a patient already gets the answers into the chart that is open") func known() async throws {
        let site = try await TestSite()
        let request = try await add(site)
        let desk = try await site.browser(.desk)
        _ = try await desk.post("/requests/\(request.id)/take")
        let path = "/requests/\(request.id)/patient"
        let same: KeyValuePairs = ["name": "Rosa Quill", "phone": "555-0150", "born": "1980-02-03"]
        let asked = try await desk.post(path, same)
        #expect(asked.status == 422)
        #expect(asked.body.contains("value=\"person-rosa\""))
        let said = try await desk.post(path, same, adding: ("who", "person-rosa"))
        #expect(said.location == "/people/person-rosa")
        let chart = try await site.site.scribe.episode("rosa")
        #expect(chart.screened?.author == Author(id: "person-dora", part: .desk))
        #expect(chart.openFlags.count == 1)
        #expect(try await site.site.people.list(role: .patient).count == 1)
    }

    @Test("A field that is wrong leaves the request and the clinic as they were") func wrongField()
        async throws
    {
        let site = try await TestSite()
        let request = try await add(site)
        let desk = try await site.browser(.desk)
        _ = try await desk.post("/requests/\(request.id)/take")
        let answer = try await desk.post(
            "/requests/\(request.id)/patient", ["name": "Omar Vale", "phone": "555-0150", "born": "soon"])
        #expect(answer.status == 422)
        #expect(try await site.site.requests.find(request.id)?.status == .taken)
        #expect(try await site.site.people.list(role: .patient).count == 1)
    }

    @Test("A request whose answers cannot be read starts no chart") func unreadable() async throws {
        let site = try await TestSite()
        let request = try await add(site, answers: "{")
        let desk = try await site.browser(.desk)
        _ = try await desk.post("/requests/\(request.id)/take")
        #expect(try await desk.post("/requests/\(request.id)/patient", Self.fields).status == 422)
        #expect(try await site.site.people.list(role: .patient).count == 1)
    }

    @Test("A request is closed without a patient") func close() async throws {
        let site = try await TestSite()
        let request = try await add(site)
        let desk = try await site.browser(.desk)
        #expect(try await desk.post("/requests/\(request.id)/close").status == 422, "not taken")
        _ = try await desk.post("/requests/\(request.id)/take")
        #expect(try await desk.post("/requests/\(request.id)/close").location == "/requests")
        #expect(try await site.site.requests.find(request.id)?.status == .closed)
        #expect(try await !desk.get("/requests").body.contains("Omar Vale"))
    }

    /// Somebody whose answers ask to be looked at the same day.
    private func add(_ site: TestSite, answers: String? = nil) async throws -> EvaluationRequest {
        let given = Answers(["onset": .word("sudden"), "open_wound": .word("no"), "age_years": .number(47)])
        let sent = try answers ?? String(decoding: JSONEncoder().encode(given), as: UTF8.self)
        return try await site.site.requests.add(
            EvaluationRequest(
                id: "request-omar", at: site.now, name: "Omar Vale", phone: "555-0150", language: "en",
                answers: sent, disposition: "same_day", rules: "[]", form: "0123456789abcdef"))
    }

    private func label(_ site: TestSite) -> String {
        site.site.pathway.words(in: "en")["finding.age_years.label"] + "</dt>"
    }
}
