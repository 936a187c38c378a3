// SPDX-License-Identifier: Apache-2.0
import Clinical
import Foundation
import Store
import Testing

@testable import Store

@Suite("Who wants no text messages", .onEveryBackend) struct TextRefusalTests {
    private static let vera = BookedPerson.visitor(Visitor(name: "Vera Holm", phone: "(555) 01-01"))

    private func refuse(_ clinic: OutboxClinic, _ person: BookedPerson = vera, _ refuses: Bool = true)
        async throws
    {
        try await TextRefusals(clinic.database).set(refuses, for: person, by: "visitor", now: time())
    }

    /// Channel and recipient of every message.
    private func ways(_ clinic: OutboxClinic) async throws -> Set<String> {
        try await clinic.database.read { connection in
            Set(
                try connection.rows("SELECT channel, recipient FROM outbox_message").map {
                    "\(try $0.text("channel")) \(try $0.text("recipient"))"
                })
        }
    }

    @Test(
        "Text preferred: who refuses is written to by e-mail, and without one the desk is told why",
        arguments: [
            (false, "vera@example.org", Set(["text 555-0101"]), "confirmation waiting"),
            (true, "vera@example.org", ["email vera@example.org"], "confirmation waiting"),
            (true, nil, ["email "], "confirmation failed no_texts"),
            (false, nil, ["text 555-0101"], "confirmation waiting")
        ] as [(Bool, String?, Set<String>, String)])
    func planned(refuses: Bool, email: String?, expected: Set<String>, said: String) async throws {
        var clinic = try await OutboxClinic()
        clinic.rules.prefers = .text
        if refuses { try await refuse(clinic) }
        try await clinic.plan(.booked, clinic.book("a", in: 48, email: email))
        #expect(try await ways(clinic) == expected)
        #expect(try await clinic.said().contains(said))
    }

    @Test("Refused after it was planned, a text is not sent: an e-mail is, where there is one")
    func later() async throws {
        var clinic = try await OutboxClinic()
        clinic.rules.prefers = .text
        try await clinic.plan(.booked, clinic.book("a", in: 48))
        try await clinic.plan(.booked, clinic.book("b", in: 50, email: nil))
        try await refuse(clinic)
        #expect(try await clinic.take(at: time(60)).isEmpty, "a text went out against their will")
        let taken = try await clinic.take(at: time(61))
        #expect(taken.map(\.message.channel) == [.email])
        #expect(taken.map(\.message.recipient) == ["vera@example.org"])
        #expect(try await clinic.said().contains("confirmation failed no_texts"))
    }

    @Test("A patient's word counts for the patient, whatever telephone; taken back, texts go out again")
    func patient() async throws {
        var clinic = try await OutboxClinic()
        clinic.rules.prefers = .text
        try await clinic.clinic.people.add(
            Account(id: "pat", role: .patient, name: "Pat", phone: "555-0101", language: "en"), now: time())
        let refusals = TextRefusals(clinic.database)
        try await refuse(clinic, .patient("pat"))
        try await refuse(clinic, .patient("pat"))
        #expect(try await refusals.has(.patient("pat")))
        #expect(try await !refusals.has(Self.vera), "a visitor with the same telephone was not asked")
        try await refuse(clinic, .patient("pat"), false)
        #expect(try await !refusals.has(.patient("pat")))
        try await clinic.plan(.booked, clinic.book("a", in: 48, email: nil))
        #expect(try await ways(clinic) == ["text 555-0101"])
    }

    @Test("The same telephone counts, however it is typed") func typed() async throws {
        let clinic = try await OutboxClinic()
        try await refuse(clinic)
        let other = BookedPerson.visitor(Visitor(name: "V.", phone: "555 0101"))
        #expect(try await TextRefusals(clinic.database).has(other))
    }
}
