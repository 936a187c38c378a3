// SPDX-License-Identifier: Apache-2.0
import Clinical
import Foundation
import Store

/// What is measured of the diary on one database.
struct DiaryFigures: Encodable, Sendable {
    /// Bookings by so many clients at once, and the bare INSERT by as many.
    struct Booking: Encodable, Sendable {
        let clients: Int
        let insert: Timing
        let booking: Timing
        /// Bookings per second as a part of bare INSERTs per second: the share of the database's speed.
        let ratio: Double
    }

    static let days = 60

    let database: String
    /// Of the question that a visitor's page asks: what is free with anybody on sixty days.
    let availability: Timing
    let slots: Int
    let bookings: [Booking]

    /// Fills an empty clinic and measures in it; the name is the product's.
    static func measure(_ name: String, in database: any Database) async throws -> DiaryFigures {
        let full = try await FullDiary(in: database)
        let today = Day(full.now, in: .gmt)
        let days = today...today.advanced(by: Self.days - 1)
        let slots = try await full.diary.slots(of: full.service, with: nil, on: days, now: full.now).count
        let availability = try await Timing.measure(41, clients: 1) { _ in
            _ = try await full.diary.slots(of: full.service, with: nil, on: days, now: full.now)
        }
        let speed = BookingSpeed(full)
        try await speed.prepare()
        var bookings: [Booking] = []
        for clients in [1, 16] { bookings.append(try await speed.measure(clients: clients)) }
        return DiaryFigures(database: name, availability: availability, slots: slots, bookings: bookings)
    }
}

/// Bookings against the same database's bare INSERT, in turns, so that a busy moment meets both.
private struct BookingSpeed: Sendable {
    private static let rounds = 5
    private static let each = 240
    private let full: FullDiary
    /// Free half hours, of which every booking takes one of its own.
    private let free = Cursor()

    init(_ full: FullDiary) { self.full = full }

    /// The yardstick's own table, with a key of its own as every row of the clinic has.
    func prepare() async throws {
        try await full.database.write {
            try $0.define("CREATE TABLE bench_row (id TEXT NOT NULL PRIMARY KEY, words TEXT NOT NULL)")
        }
        _ = try await Timing.measure(Self.each, clients: 16) { _ in try await book() }
    }

    func measure(clients: Int) async throws -> DiaryFigures.Booking {
        var (insert, booking) = (Timing(), Timing())
        for _ in 0..<Self.rounds {
            insert += try await Timing.measure(Self.each, clients: clients) { _ in try await self.insert() }
            booking += try await Timing.measure(Self.each, clients: clients) { _ in try await book() }
        }
        return DiaryFigures.Booking(
            clients: clients, insert: insert, booking: booking, ratio: booking.perSecond / insert.perSecond)
    }

    private func insert() async throws {
        let id = IDSource.random.make()
        try await full.database.write {
            try $0.execute("INSERT INTO bench_row (id, words) VALUES (\(id), 'one row and its commit')")
        }
    }

    /// A visitor books: the whole act, with rules, claims, link and messages.
    private func book() async throws {
        let number = free.next()
        let (therapist, day, half) = (number % 10, number / 10 / 16, number / 10 % 16)
        let today = Day(full.now, in: .gmt).number
        let start = Claim.date(
            (today + FullDiary.lastDay + 1 + day) * 1440 + (half < 8 ? 480 : 540) + half * 30)
        let form = IDSource.random.make()
        let visitor = Visitor(
            name: "Visitor", phone: String(5_550_000_000 + number), email: "v\(number)@bench.invalid")
        let wish = BookingWish(
            service: full.service.id, therapist: FullDiary.therapist(therapist), starts: start, language: "en"
        )
        _ = try await full.diary.book(
            wish, for: .visitor(visitor), by: .visitor, form: Diary.FormKey(form, asked: ""), now: full.now)
    }
}
