// SPDX-License-Identifier: Apache-2.0
import Clinical
import Foundation
import Testing

@testable import Store

extension TestDiary {
    /// By urgency, with what is not known beside what is to be booked.
    static func order() throws -> WaitingOrder {
        let known: [Disposition] = [.selfCareMonitor, .bookEvaluation, .sameDay, .emergencyNow]
        let lines = known.enumerated().map { WaitingOrder.Line(finding: $1, rank: $0, reason: $1.rawValue) }
        return try #require(WaitingOrder(lines + [.init(finding: nil, rank: 1, reason: "unknown")]))
    }

    static let day = Day("2026-11-24") ?? Day(number: 0)

    /// Waits for Tom on the one day on which something can become free.
    func wait(
        _ id: String, since seconds: Double, _ need: WaitingNeed = .unknown, patient: Person.ID? = nil,
        request: EvaluationRequest.ID? = nil, link: Token? = nil
    ) async throws {
        try await waiting.join(
            Waiting(
                id: Waiting.ID(id), at: time(seconds), service: "talk", therapist: "tom", patient: patient,
                visitor: patient == nil ? Visitor(name: id, phone: "555 010 \(id.count)\(seconds)") : nil,
                language: "en", need: need, earliest: Self.day, latest: Self.day, request: request),
            link: link)
    }

    /// Leaves one half hour of that day, at 09:00, which is booked.
    func fill() async throws -> Appointment {
        let one = try await book(hours: 45)
        for (id, from, to) in [("a", 43.0, 45.0), ("b", 45.5, 55)] {
            _ = try await diary.add(
                DiaryChange(
                    id: DiaryChange.ID(id), kind: .closed, therapist: nil, starts: time(from * 3600),
                    ends: time(to * 3600)), by: "dora", now: time())
        }
        return one
    }

    func free(_ appointment: Appointment, at seconds: Double) async throws {
        _ = try await diary.cancel(
            appointment.id, reason: "", by: .staff("dora"), form: Self.key(), now: time(seconds))
    }

    func request(_ id: EvaluationRequest.ID, _ disposition: Disposition = .sameDay) async throws {
        _ = try await Requests(clinic.database).add(
            EvaluationRequest(
                id: id, at: time(), name: "Wanda", phone: "555 0101", language: "en", answers: "{}",
                disposition: disposition.rawValue, rules: "[]", form: "booking-\(id)"))
    }
}

@Suite("The waiting list", .onEveryBackend) struct WaitingListTests {
    typealias T = TestDiary

    @Test("A freed slot goes to the greatest need, then to who waits longest; unanswered, to the next")
    func turns() async throws {
        let test = try await TestDiary()
        let one = try await test.fill()
        try await test.wait("early", since: 1)
        try await test.wait("late", since: 3, .check(.bookEvaluation))
        try await test.wait("ill", since: 2, .check(.sameDay))
        #expect(try await test.waiting.offer(now: time(11)).isEmpty, "nothing is free")
        try await test.free(one, at: 12)
        #expect(try await test.waiting.offer(now: time(13)).map(\.waiting) == ["ill"])
        #expect(try await test.waiting.offer(now: time(14)).isEmpty)
        let second = try await test.waiting.offer(now: time(13 + 7200))
        #expect(second.map(\.waiting) == ["early"], "unknown is not less than what is to be booked")
        _ = try await test.diary.confirm(
            try #require(second.first).appointment.id, for: .visitor(Visitor(name: "early", phone: "early")),
            by: .visitor, form: T.key(), now: time(7300))
        #expect(try await test.waiting.list().map(\.waiting.id) == ["ill", "late"])
        #expect(try await test.overlaps() == 0)
        #expect(try await test.unclaimed() == 0)
    }

    @Test("An offer that is declined, or whose owner leaves the list, goes to the next at once")
    func declined() async throws {
        let test = try await TestDiary()
        let one = try await test.fill()
        for (id, since) in [("first", 1.0), ("second", 2), ("third", 3)] {
            try await test.wait(id, since: since)
        }
        try await test.free(one, at: 10)
        let first = try #require(try await test.waiting.offer(now: time(11)).first)
        let gone = try await test.diary.cancel(
            first.appointment.id, reason: "no", by: .visitor, form: T.key(), now: time(12))
        #expect(gone.appointments.first?.holdEnd == .declined)
        let second = try #require(try await test.waiting.offer(now: time(13)).first)
        #expect(first.waiting == "first" && second.waiting == "second")
        #expect(second.appointment.starts == first.appointment.starts)
        try await test.waiting.leave("second", now: time(14))
        let third = try #require(try await test.waiting.offer(now: time(15)).first)
        #expect(third.waiting == "third", "the one who declined is not asked the same again")
        #expect(try await test.waiting.list().map(\.waiting.status) == [.waiting, .offered])
        #expect(try await test.unclaimed() == 0)
    }

    @Test("On the telephone the desk takes an offer for them, at the last minute or when it is just over")
    func byTelephone() async throws {
        let test = try await TestDiary()
        let one = try await test.fill()
        try await test.wait("anna-waits", since: 1, patient: "anna")
        try await test.free(one, at: 10)
        let offer = try #require(try await test.waiting.offer(now: time(11)).first)
        #expect(offer.appointment.isOffer)
        try await test.diary.sweep(now: time(11 + 7200))
        let late = try #require(try await test.diary.find(offer.appointment.id)).appointment
        #expect(late.holdEnd == .expired, "the desk must not read that somebody cancelled")
        let waiting = try #require(try await test.waiting.find("anna-waits"))
        let taken = try await test.diary.confirm(
            late.id, for: try #require(waiting.person), by: .staff("dora"), form: T.key(), now: time(7300))
        #expect(taken.appointments.first?.status == .booked)
        #expect(taken.appointments.first?.patient == "anna")
        #expect(try await test.waiting.find("anna-waits")?.status == .booked)
    }

    @Test("What the symptom check said goes with the offer; taken back, it is nowhere, and unknown again")
    func detach() async throws {
        let test = try await TestDiary()
        let one = try await test.fill()
        try await test.request("check")
        let link = Token.random()
        try await test.wait("before", since: 1)
        try await test.wait("checked", since: 2, .check(.sameDay), request: "check", link: link)
        #expect(try await test.waiting.waiting(of: link)?.id == "checked")
        #expect(try await test.waiting.waiting(of: Token.random()) == nil)
        #expect(try await test.waiting.list().map(\.waiting.id) == ["checked", "before"])
        try await test.free(one, at: 10)
        let offer = try #require(try await test.waiting.offer(now: time(11)).first)
        #expect(offer.appointment.request == "check")
        try await test.waiting.detachRequest(from: "checked")
        #expect(try await test.diary.find(offer.appointment.id)?.appointment.request == nil)
        #expect(try await test.waiting.find("checked")?.need == .unknown)
        #expect(try await test.waiting.list().map(\.waiting.id) == ["before", "checked"])
        #expect(try await Requests(test.clinic.database).find("check") == nil, "the answers are still kept")
    }

    @Test("A therapist's mark stays when the answers are taken back; answers in a chart stay in the chart")
    func kept() async throws {
        let test = try await TestDiary()
        try await test.request("check")
        let requests = Requests(test.clinic.database)
        try await test.wait("checked", since: 1, .check(.sameDay), request: "check")
        try await test.waiting.mark("checked", need: .bookEvaluation)
        #expect(try await test.waiting.find("checked")?.need == .therapist(.bookEvaluation))
        #expect(try await requests.take("check", by: "tom"))
        try await requests.close("check", episode: nil)
        try await test.waiting.detachRequest(from: "checked")
        let left = try #require(try await test.waiting.find("checked"))
        #expect(left.need == .therapist(.bookEvaluation) && left.request == nil)
        #expect(try await requests.find("check")?.status == .closed)
    }

    @Test("The booked appointment gives the answers back, and so does the place on the list behind it")
    func detachBooked() async throws {
        let test = try await TestDiary()
        let one = try await test.fill()
        try await test.request("check")
        try await test.wait("checked", since: 2, .check(.sameDay), request: "check")
        try await test.free(one, at: 10)
        let offer = try #require(try await test.waiting.offer(now: time(11)).first)
        let booked = try await test.diary.confirm(
            offer.appointment.id, for: .visitor(Visitor(name: "checked", phone: "5550102")), by: .visitor,
            form: T.key(), now: time(12))
        #expect(booked.appointments.first?.request == "check")
        _ = try await test.diary.detachRequest(from: offer.appointment.id, form: T.key(), now: time(13))
        #expect(try await test.diary.find(offer.appointment.id)?.appointment.request == nil)
        let waited = try #require(try await test.waiting.find("checked"))
        #expect(waited.request == nil && waited.need == .unknown)
    }

    @Test("An order must say what each finding counts for, and what counts where nothing is known")
    func order() throws {
        let whole = try T.order().lines
        #expect(WaitingOrder(Array(whole.dropLast())) == nil)
        #expect(WaitingOrder(whole + [whole[0]]) == nil)
        #expect(try T.order().line(for: nil).rank == 1)
        #expect(try T.order().line(for: .emergencyNow).rank == 3)
    }
}
