// SPDX-License-Identifier: Apache-2.0
import Clinical
import Foundation
import Store
import Testing

@testable import Store

@Suite("The outbox", .onEveryBackend) struct OutboxTests {
    static let hour = 3600.0
    static let day = 24 * hour

    @Test("A booking is confirmed at once and reminded of a day before") func booked() async throws {
        let clinic = try await OutboxClinic()
        try await clinic.plan(.booked, clinic.book("a", in: 48))
        #expect(try await clinic.said() == ["confirmation waiting", "reminder waiting"])
        let first = try await clinic.take(at: time())
        #expect(first.map(\.message.kind) == [.confirmation])
        try await clinic.dispatch.sent(first[0], subject: "Booked", now: time())
        #expect(try await clinic.take(at: time(23.9 * Self.hour)).isEmpty)
        #expect(try await clinic.take(at: time(24 * Self.hour)).map(\.message.kind) == [.reminder])
    }

    @Test("The same act planned twice writes each message once") func once() async throws {
        let clinic = try await OutboxClinic()
        let appointment = try await clinic.book("a", in: 48)
        for _ in 0..<3 {
            try await clinic.database.write {
                try clinic.outbox.plan(.booked, for: appointment, at: time(), on: $0)
            }
        }
        #expect(try await clinic.said().count == 2)
    }

    @Test("An act that fails leaves no message") func sameTransaction() async throws {
        let clinic = try await OutboxClinic()
        let appointment = try await clinic.book("a", in: 48)
        await #expect(throws: StoreError.notFound) {
            try await clinic.database.write { connection in
                try clinic.outbox.plan(.booked, for: appointment, at: time(), on: connection)
                throw StoreError.notFound
            }
        }
        #expect(try await clinic.said().isEmpty)
    }

    @Test("Moved: the old reminder stops, the new time is told and reminded of") func moved() async throws {
        let clinic = try await OutboxClinic()
        var appointment = try await clinic.book("a", in: 48)
        try await clinic.plan(.booked, appointment)
        try await clinic.dispatch.sent(
            #require(try await clinic.take(at: time()).first), subject: "Booked", now: time())
        appointment.starts = time(72 * Self.hour)
        appointment.ends = time(73 * Self.hour)
        appointment.busyUntil = appointment.ends
        appointment.sequence = 1
        try await clinic.save(appointment)
        try await clinic.plan(.rescheduled, appointment, at: time(60))
        #expect(
            try await clinic.said() == [
                "confirmation sent", "moved waiting", "reminder stopped outdated", "reminder waiting"
            ])
        let moved = try await clinic.take(at: time(47 * Self.hour))
        #expect(moved.map(\.message.kind) == [.moved])
        try await clinic.dispatch.sent(moved[0], subject: "Moved", now: time(47 * Self.hour))
        #expect(try await clinic.take(at: time(48 * Self.hour)).map(\.message.kind) == [.reminder])
    }

    @Test("Cancelled: every waiting message stops and the cancelling is told") func cancelled() async throws {
        let clinic = try await OutboxClinic()
        var appointment = try await clinic.book("a", in: 48)
        try await clinic.plan(.booked, appointment)
        appointment.status = .cancelled
        appointment.sequence = 1
        try await clinic.save(appointment)
        try await clinic.plan(.cancelled, appointment, at: time(60))
        #expect(
            try await clinic.said() == [
                "confirmation stopped outdated", "cancelled waiting", "reminder stopped outdated"
            ])
        #expect(try await clinic.take(at: time(24 * Self.hour)).map(\.message.kind) == [.cancelled])
    }

    @Test("What is no longer true when its turn comes is not sent, whoever forgot to stop it")
    func outdated() async throws {
        let clinic = try await OutboxClinic()
        var appointment = try await clinic.book("a", in: 48)
        try await clinic.plan(.booked, appointment)
        appointment.status = .cancelled
        try await clinic.save(appointment)
        #expect(try await clinic.take(at: time(24 * Self.hour)).isEmpty)
        #expect(
            try await clinic.said() == ["confirmation stopped outdated", "reminder stopped outdated"])
    }

    @Test("What comes too late is not sent") func tooLate() async throws {
        let clinic = try await OutboxClinic()
        try await clinic.plan(.booked, clinic.book("a", in: 48))
        #expect(try await clinic.take(at: time(48 * Self.hour)).isEmpty)
        #expect(try await clinic.said() == ["confirmation stopped too_late", "reminder stopped too_late"])
    }

    @Test("Two takers never get the same message") func lease() async throws {
        let clinic = try await OutboxClinic()
        for number in 0..<8 { try await clinic.plan(.booked, clinic.book("a\(number)", in: 48)) }
        let second = try await clinic.clinic.anotherProcess()
        let other = Dispatch(second, rules: clinic.rules)
        let taken = try await withThrowingTaskGroup(of: [Message.ID].self) { group in
            for index in 0..<16 {
                group.addTask {
                    let dispatch = index.isMultiple(of: 2) ? other : clinic.dispatch
                    return try await dispatch.take(
                        1, by: [.email], lease: "lease-\(index)", links: [.random()], now: time()
                    ).map(\.message.id)
                }
            }
            return try await group.reduce(into: []) { $0 += $1 }
        }
        #expect(taken.count == 8 && Set(taken).count == 8)
        try second.close()
    }

    @Test("A sender that ended in the middle: the message is taken again after the lease, and not for ever")
    func interrupted() async throws {
        let clinic = try await OutboxClinic()
        try await clinic.plan(.booked, clinic.book("a", in: 48))
        var now = time()
        var tries = 0
        while let taken = try await clinic.take(at: now).first {
            tries += 1
            #expect(try await clinic.take(at: now.addingTimeInterval(Dispatch.leaseSeconds - 1)).isEmpty)
            #expect(taken.message.attempts == tries)
            now.addTimeInterval(Dispatch.leaseSeconds)
        }
        #expect(tries == 6)
        #expect(try await clinic.said().first == "confirmation failed interrupted")
    }

    @Test("A sender whose lease ended writes nothing over the next one's work") func lateSender() async throws
    {
        let clinic = try await OutboxClinic()
        try await clinic.plan(.booked, clinic.book("a", in: 48))
        let first = try #require(try await clinic.take(at: time()).first)
        let second = try #require(try await clinic.take(at: time(Dispatch.leaseSeconds)).first)
        try await clinic.dispatch.sent(second, subject: "Booked", now: time(200))
        try await clinic.dispatch.failed(first, .tooSlow, now: time(201))
        #expect(try await clinic.said().first == "confirmation sent")
    }

    @Test("A passing fault is tried again, each time later, and ends with the desk") func retried()
        async throws
    {
        let clinic = try await OutboxClinic()
        try await clinic.plan(.booked, clinic.book("a", in: 48))
        var now = time()
        for pause in Dispatch.pauses {
            try await clinic.dispatch.failed(
                #require(try await clinic.take(at: now).first), .notNow, now: now)
            #expect(try await clinic.take(at: now.addingTimeInterval(pause - 1)).isEmpty, "\(pause)")
            now.addTimeInterval(pause)
        }
        try await clinic.dispatch.failed(#require(try await clinic.take(at: now).first), .notNow, now: now)
        #expect(try await clinic.said().first == "confirmation failed not_now")
        let id = try #require(try await clinic.desk.lines([.failed], limit: 9).first?.message.id)
        #expect(try await clinic.desk.sendAgain(id, now: now))
        #expect(try await clinic.take(at: now).first?.message.attempts == 1)
    }

    @Test("A fault that will not pass is not tried again") func refused() async throws {
        let clinic = try await OutboxClinic()
        try await clinic.plan(.booked, clinic.book("a", in: 48))
        try await clinic.dispatch.failed(
            #require(try await clinic.take(at: time()).first), .badAddress, now: time())
        #expect(try await clinic.said().first == "confirmation failed bad_address")
    }

    @Test("Nobody is lost who gave no e-mail: they get a text, and without a number the desk sees it")
    func channels() async throws {
        var clinic = try await OutboxClinic()
        try await clinic.plan(.booked, clinic.book("a", in: 48))
        try await clinic.plan(.booked, clinic.book("b", in: 48, email: nil))
        try await clinic.plan(.booked, clinic.book("c", in: 48, email: nil, phone: ""))
        clinic.rules.prefers = .text
        try await clinic.plan(.booked, clinic.book("d", in: 48))
        let taken = try await clinic.take(at: time())
        let found = Dictionary(
            uniqueKeysWithValues: taken.map { ($0.appointment.id.rawValue, $0.message.channel) })
        #expect(found == ["a": .email, "b": .text, "d": .text])
        #expect(try await clinic.said().filter { $0 == "confirmation failed no_address" }.count == 1)
    }

    @Test("What no channel is set up for waits and is not touched") func noChannel() async throws {
        let clinic = try await OutboxClinic()
        try await clinic.plan(.booked, clinic.book("a", in: 48))
        #expect(try await clinic.take(at: time(), [.text]).isEmpty)
        #expect(try await clinic.take(at: time(), []).isEmpty)
        #expect(try await clinic.said() == ["confirmation waiting", "reminder waiting"])
    }

    @Test("Many that wait for a channel which is not set up are not in the way of the other") func starved()
        async throws
    {
        let clinic = try await OutboxClinic()
        for number in 0..<120 { try await clinic.plan(.booked, clinic.book("e\(number)", in: 48)) }
        try await clinic.plan(.booked, clinic.book("t", in: 48, email: nil))
        #expect(try await clinic.take(at: time(1), [.text]).map(\.appointment.id) == ["t"])
    }

    @Test("A patient's number that was corrected after the booking is the one that counts") func corrected()
        async throws
    {
        let clinic = try await OutboxClinic()
        var appointment = try await clinic.book("a", in: 48)
        appointment.visitor = nil
        appointment.patient = "anna"
        try await clinic.database.write { connection in
            try connection.execute(
                "UPDATE appointment SET patient = 'anna', visitor_name = NULL WHERE id = 'a'")
            try connection.execute("UPDATE person SET phone = '555-0001' WHERE id = 'anna'")
        }
        try await clinic.plan(.booked, appointment)
        _ = try await clinic.database.write {
            try $0.execute("UPDATE person SET phone = '555-0002' WHERE id = 'anna'")
        }
        #expect(try await clinic.take(at: time()).first?.message.recipient == "555-0002")
    }

    @Test("An offer is told at once and only as long as the slot is kept") func offer() async throws {
        let clinic = try await OutboxClinic()
        try await clinic.plan(.offered, clinic.book("a", in: 5, status: .held))
        #expect(try await clinic.take(at: time(Self.hour)).isEmpty)
        #expect(try await clinic.said() == ["offer stopped too_late"])
        try await clinic.plan(.offered, clinic.book("b", in: 5, status: .held))
        #expect(try await clinic.take(at: time(Self.hour - 1)).first?.message.kind == .offer)
    }

    @Test("The link of a message opens the appointment, and is kept only as a hash") func link() async throws
    {
        let clinic = try await OutboxClinic()
        try await clinic.plan(.booked, clinic.book("a", in: 48))
        let taken = try #require(try await clinic.take(at: time()).first)
        let rows = try await clinic.database.read {
            try $0.rows("SELECT hash, appointment FROM appointment_link")
        }
        #expect(try rows.map { try $0.text("hash") } == [taken.link.hash])
        #expect(try rows.map { try $0.text("appointment") } == ["a"])
    }

    @Test("The desk stops what waits, and what was sent stays sent") func deskStops() async throws {
        let clinic = try await OutboxClinic()
        try await clinic.plan(.booked, clinic.book("a", in: 48))
        let ids = try await clinic.desk.lines([.waiting], limit: 9).map(\.message.id)
        #expect(ids.count == 2)
        for id in ids { #expect(try await clinic.desk.stop(id, now: time())) }
        #expect(try await clinic.take(at: time()).isEmpty)
        #expect(try await !clinic.desk.stop(ids[0], now: time()))
        #expect(try await clinic.desk.lines([.stopped], limit: 9).map(\.name) == ["Vera Holm", "Vera Holm"])
    }
}
