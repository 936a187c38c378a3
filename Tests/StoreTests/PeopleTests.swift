// SPDX-License-Identifier: Apache-2.0
import Clinical
import Foundation
import Store
import Testing

@Suite("People and requests", .onEveryBackend) struct PeopleTests {
    @Test("A person comes back as added; email is one per person, whatever its letters")
    func adds() async throws {
        let clinic = try await TestClinic()
        let account = Account(
            id: "zoe", role: .desk, name: "Zoë O'Brien", email: " Zoe@Clinic.example ", phone: "+353 1 234",
            born: Day("1990-02-28"), sex: .female, language: "fr")
        try await clinic.people.add(account, password: PasswordHash("$x"), now: time())
        #expect(try await clinic.people.find("zoe") == account)
        let found = try #require(try await clinic.people.find(email: "ZOE@clinic.example"))
        #expect(found.account == account)
        #expect(found.password == PasswordHash("$x"))
        #expect(try await clinic.people.find(email: "nobody@clinic.example") == nil)
        await #expect(throws: StoreError.duplicate("person.email")) {
            try await clinic.people.add(
                Account(id: "z2", role: .admin, name: "Z", email: "zoe@CLINIC.example", language: "en"),
                now: time())
        }
        #expect(try await clinic.people.list(role: .desk) == [account])
    }

    @Test(
        "A search finds the start of any word, whatever its accents and case",
        arguments: [
            ("zo", ["zoe"]), ("ZOË", ["zoe"]), ("o'b", ["zoe"]), ("brien", []), ("ann", ["anna", "annb"]),
            ("anna ber", ["anna"]), ("100%", ["pct"]), ("%", []), ("_", []), ("10_", []),
            ("", ["anna", "annb", "pct", "zoe"])
        ] as [(String, [String])])
    func searches(start: String, ids: [String]) async throws {
        let clinic = try await TestClinic()
        for (id, name) in [("zoe", "Zoë O'Brien"), ("annb", "Berta  Ann"), ("pct", "Pat 100% Sure")] {
            try await clinic.people.add(
                Account(id: Clinical.Person.ID(id), role: .patient, name: name, language: "en"), now: time())
        }
        let found = try await clinic.people.search(name: start, role: .patient)
        #expect(found.map(\.id.rawValue).sorted() == ids)
        #expect(try await clinic.people.search(name: "tom", role: .patient).isEmpty)
    }

    @Test("Renaming, disabling and enabling say when there is nobody")
    func changes() async throws {
        let clinic = try await TestClinic()
        try await clinic.people.rename("anna", to: "Anna Älv")
        #expect(try await clinic.people.search(name: "alv", role: .patient).map(\.name) == ["Anna Älv"])
        try await clinic.people.disable("anna", now: time(5))
        try await clinic.people.disable("anna", now: time(9))
        #expect(try await clinic.people.find("anna")?.disabledAt == time(5))
        try await clinic.people.enable("anna")
        #expect(try await clinic.people.find("anna")?.disabledAt == nil)
        await #expect(throws: StoreError.notFound) { try await clinic.people.rename("no", to: "x") }
        await #expect(throws: StoreError.notFound) { try await clinic.people.disable("no", now: time()) }
        await #expect(throws: StoreError.notFound) { try await clinic.people.setPassword(nil, of: "no") }
    }

    @Test("A patient comes with the newest episode")
    func patients() async throws {
        let clinic = try await TestClinic()
        try await clinic.charts.open("e2", for: "anna", now: time(60))
        try await clinic.people.add(
            Account(id: "new", role: .patient, name: "Newcomer", language: "en"), now: time())
        #expect(try await clinic.people.patients().map(\.episode) == ["e2"])
        #expect(try await clinic.people.patient("anna")?.episode == "e2")
        #expect(try await clinic.people.patient(of: "e1")?.account.id == "anna")
        #expect(try await clinic.people.patient("new") == nil)
        #expect(try await clinic.people.patient(of: "e3") == nil)
    }

    private func request(_ id: EvaluationRequest.ID, form: String, at second: Double = 0) -> EvaluationRequest
    {
        EvaluationRequest(
            id: id, at: time(second), name: "Visitor", phone: "1", language: "en", answers: "{}",
            disposition: "soon", rules: "[]", form: form)
    }

    @Test("A request is kept once per form")
    func requestOnce() async throws {
        let clinic = try await TestClinic()
        let requests = Requests(clinic.database)
        let first = try await requests.add(request("r1", form: "f1"))
        #expect(first == request("r1", form: "f1"))
        #expect(try await requests.add(request("r2", form: "f1")) == first)
        _ = try await requests.add(request("r0", form: "f0", at: -9))
        #expect(try await requests.list().map(\.id) == ["r0", "r1"])
    }

    @Test("Of many who take a request, one gets it; it closes with its episode")
    func requestTaken() async throws {
        let clinic = try await TestClinic()
        let requests = Requests(clinic.database)
        _ = try await requests.add(request("r1", form: "f1"))
        await #expect(throws: StoreError.notFound) { try await requests.close("r1", episode: "e1") }
        let takers = try await withThrowingTaskGroup(of: Bool.self) { group in
            for _ in 0..<12 { group.addTask { try await requests.take("r1", by: "tom") } }
            return try await group.reduce(0) { $0 + ($1 ? 1 : 0) }
        }
        #expect(takers == 1)
        #expect(try await requests.find("r1")?.takenBy == "tom")
        try await requests.close("r1", episode: "e1")
        let closed = try #require(try await requests.find("r1"))
        #expect(closed.status == .closed)
        #expect(closed.episode == "e1")
        #expect(try await requests.list().isEmpty)
        #expect(try await requests.take("r1", by: "tom") == false)
    }
}
