// SPDX-License-Identifier: Apache-2.0
import Clinical
import Foundation
import Store
import Testing

@Suite("Reviews are shown only while their authorization lives", .onEveryBackend) struct ReviewsTests {
    private static let month = 30.0 * 86_400

    /// A clinic in which Anna wrote a review, and perhaps signed for it.
    private struct Written {
        let clinic: TestClinic
        let reviews: Reviews

        init(signedFor months: Double? = nil) async throws {
            clinic = try await TestClinic()
            reviews = Reviews(clinic.database)
            _ = try await reviews.write(ReviewsTests.review(), now: time())
            if let months { try await sign(expires: time(months * ReviewsTests.month)) }
        }

        func sign(
            _ id: ReviewAuthorization.ID = "a1", by person: Clinical.Person.ID = "anna",
            at now: Date = time(),
            expires: Date
        ) async throws {
            let signed = ReviewAuthorization(
                id: id, at: now, version: "1", text: "I agree.", signature: "Anna Berg", scope: .site,
                expiresAt: expires, form: "form-\(id)")
            try await reviews.authorize("r1", signed, by: person, now: now)
        }

        func decide(
            _ kind: ReviewDecision.Kind, on authorization: ReviewAuthorization.ID? = "a1",
            reason: String? = nil,
            by person: Clinical.Person.ID = "tom", as role: Role = .desk, at now: Date = time(60)
        ) async throws {
            try await reviews.decide(
                "r1", authorization: authorization, kind, reason: reason, by: person, as: role, now: now)
        }

        func shown(at now: Date = time(90)) async throws -> [String] {
            try await reviews.shown(at: now, limit: 10).map(\.text)
        }

        func state(at now: Date = time(90)) async throws -> ReviewFile.State? {
            try await reviews.find("r1")?.state(at: now)
        }
    }

    private static func review(_ id: Review.ID = "r1", text: String = "Kind and exact.", form: String = "f1")
        -> Review
    {
        Review(
            id: id, person: "anna", episode: "e1", occasion: .visit, at: time(), language: "en", text: text,
            rating: 5, shownName: "Anna B.", scope: .site, months: 12, form: form)
    }

    @Test("A draft is the patient's own: the clinic has no list with it, and it can be thrown away")
    func draft() async throws {
        let written = try await Written()
        #expect(try await written.state() == .draft)
        #expect(try await written.reviews.signed().isEmpty)
        #expect(try await written.reviews.discard("r1", of: "tom") == false)
        #expect(try await written.reviews.discard("r1", of: "anna"))
        #expect(try await written.state() == nil)
    }

    @Test("Nothing is shown before the release, and then exactly what was written")
    func release() async throws {
        let written = try await Written(signedFor: 12)
        #expect(try await written.state() == .waiting)
        #expect(try await written.shown().isEmpty)
        try await written.decide(.released)
        let shown = try await written.reviews.shown(at: time(90), limit: 10)
        #expect(shown.map(\.text) == ["Kind and exact."])
        #expect(shown.map(\.name) == ["Anna B."])
        #expect(shown.map(\.rating) == [5])
        #expect(try await written.reviews.discard("r1", of: "anna") == false, "what was signed is kept")
    }

    @Test(
        "Withdrawn is gone at once and for good, whoever withdraws", arguments: [Role.patient, .desk, .admin])
    func withdraw(role: Role) async throws {
        let written = try await Written(signedFor: 12)
        try await written.decide(.released)
        try await written.decide(.withdrawn, on: nil, by: role == .patient ? "anna" : "tom", as: role)
        #expect(try await written.shown().isEmpty)
        #expect(try await written.state() == .withdrawn)
        await #expect(throws: StoreError.refused("review: withdrawn")) { try await written.decide(.released) }
        try await written.decide(.withdrawn, on: nil)
        #expect(try await written.reviews.find("r1")?.decisions.map(\.kind) == [.released, .withdrawn])
    }

    @Test(
        "An authorization ends on its day",
        arguments: [(-0.001, ["Kind and exact."]), (0, []), (1, [])] as [(Double, [String])])
    func expiry(after seconds: Double, texts: [String]) async throws {
        let written = try await Written(signedFor: 1)
        try await written.decide(.released)
        #expect(try await written.shown(at: time(Self.month + seconds)) == texts)
    }

    @Test("A longer authorization needs a new signature and a new release")
    func renewal() async throws {
        let written = try await Written(signedFor: 1)
        try await written.decide(.released)
        await #expect(throws: StoreError.refused("review: signed already")) {
            try await written.sign("a2", expires: time(9 * Self.month))
        }
        let later = time(2 * Self.month)
        await #expect(throws: StoreError.refused("review: expired")) {
            try await written.decide(.released, at: later)
        }
        try await written.sign("a2", at: later, expires: time(9 * Self.month))
        #expect(try await written.shown(at: later).isEmpty)
        await #expect(throws: StoreError.refused("review: another authorization")) {
            try await written.decide(.released, on: "a1", at: later)
        }
        try await written.decide(.released, on: "a2", at: later)
        #expect(try await written.shown(at: later) == ["Kind and exact."])
    }

    @Test("Declined says why, is not shown, and the patient may write another")
    func decline() async throws {
        let written = try await Written(signedFor: 12)
        await #expect(throws: StoreError.self) { try await written.decide(.declined) }
        try await written.decide(.released)
        try await written.decide(.declined, reason: "Names another patient")
        #expect(try await written.shown().isEmpty)
        #expect(try await written.reviews.find("r1")?.decisions.last?.reason == "Names another patient")
        _ = try await written.reviews.write(Self.review("r2", form: "f2"), now: time(100))
        #expect(try await written.reviews.written(by: "anna").count == 2)
    }

    @Test("One review per episode and occasion; a draft is replaced, a form sent twice is one")
    func onePerOccasion() async throws {
        let written = try await Written()
        #expect(try await written.reviews.write(Self.review("r9"), now: time()).id == "r1")
        _ = try await written.reviews.write(Self.review("r1b", text: "Better.", form: "f2"), now: time(1))
        #expect(try await written.reviews.written(by: "anna").map(\.review.text) == ["Better."])
        let signed = try await Written(signedFor: 12)
        await #expect(throws: StoreError.refused("review: there is one")) {
            _ = try await signed.reviews.write(Self.review("r2", form: "f2"), now: time(1))
        }
    }

    @Test("Nobody signs for somebody else, and a patient decides nothing but to withdraw their own")
    func strangers() async throws {
        let draft = try await Written()
        await #expect(throws: StoreError.notFound) { try await draft.sign(by: "tom", expires: time(99)) }
        let written = try await Written(signedFor: 12)
        await #expect(throws: StoreError.notFound) {
            try await written.decide(.withdrawn, by: "tom", as: .patient)
        }
        await #expect(throws: StoreError.notFound) {
            try await written.decide(.released, by: "anna", as: .patient)
        }
        #expect(try await written.state() == .waiting)
    }

    @Test(
        "What was signed and decided cannot be changed, not even past this program's own statements",
        arguments: [
            "UPDATE review SET content = 'x'", "UPDATE review_authorization SET content = 'x'",
            "DELETE FROM review_authorization", "UPDATE review_decision SET kind = 'declined'",
            "DELETE FROM review_decision", "DELETE FROM review",
            """
            INSERT INTO review_decision (authorization_id, number, at, person, kind, reason)
            VALUES ('a1', 9, '2026-11-22T12:00:00.000Z', 'tom', 'released', NULL)
            """
        ])
    func appendOnly(statement: String) async throws {
        let written = try await Written(signedFor: 12)
        try await written.decide(.released)
        try await written.decide(.withdrawn, on: nil)
        let before = try await written.reviews.find("r1")
        await #expect(throws: StoreError.self) {
            try await written.clinic.database.write { try $0.define(statement) }
        }
        #expect(try await written.reviews.find("r1") == before)
    }

    @Test("Each step is in the audit, with the review's identity and none of its words")
    func audited() async throws {
        let written = try await Written(signedFor: 12)
        try await written.decide(.released)
        try await written.decide(.withdrawn, on: nil, by: "anna", as: .patient)
        let acts = try await AuditTrail(written.clinic.database).recent(limit: 10).map(\.act)
        #expect(
            acts.map(\.kind) == [.reviewWithdrawn, .reviewReleased, .reviewAuthorized, .reviewWritten])
        #expect(Set(acts.map(\.detail)) == ["r1"])
    }
}
