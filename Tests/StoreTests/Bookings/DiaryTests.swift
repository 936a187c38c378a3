// SPDX-License-Identifier: Apache-2.0
import Clinical
import Foundation
import Testing

@testable import Store

/// A clinic with two therapists, one room and two tables, open every day from 08:00 to 18:00 GMT.
struct TestDiary {
    let clinic: TestClinic
    let diary: Diary
    let waiting: WaitingList

    init() async throws {
        clinic = try await TestClinic()
        for (id, name) in [("tina", "Tina"), ("ben", "Ben")] {
            let role: Role = id == "ben" ? .patient : .therapist
            try await clinic.people.add(
                Account(id: Person.ID(id), role: role, name: name, language: "en"), now: time())
        }
        var rules = DiaryRules(zone: .gmt)
        rules.hours = OpenHours(
            Dictionary(uniqueKeysWithValues: Weekday.allCases.map { ($0, [480..<1080]) }))
        rules.resources = [
            Resource(id: "room", kind: .room, name: "Room"),
            Resource(id: "table-1", kind: .table, name: "Table 1"),
            Resource(id: "table-2", kind: .table, name: "Table 2")
        ]
        rules.services = [
            Service(id: "eval", names: [:], minutes: 30, needs: .room),
            Service(id: "treat", names: [:], minutes: 30, needs: .table),
            Service(id: "talk", names: [:], minutes: 30),
            Service(id: "test", names: [:], minutes: 30, isPublic: false)
        ]
        diary = Diary(clinic.database, rules: rules)
        waiting = WaitingList(diary, order: try Self.order())
    }

    /// The same diary through connections of its own, as another process has it.
    func another() async throws -> Diary { Diary(try await clinic.anotherProcess(), rules: diary.rules) }

    static func key() -> Diary.FormKey { Diary.FormKey(IDSource.random.make(), asked: "") }

    static func wish(_ service: String = "talk", _ therapist: Person.ID? = "tom", hours: Double = 45)
        -> BookingWish
    {
        BookingWish(service: service, therapist: therapist, starts: time(hours * 3600), language: "en")
    }

    static let vera = BookedPerson.visitor(Visitor(name: "Vera", phone: "555 0199"))

    @discardableResult
    func book(
        _ service: String = "talk", _ therapist: Person.ID? = "tom", hours: Double = 45,
        for person: BookedPerson = vera, weeks: Int = 1, by booker: Booker = .staff("dora"),
        _ diary: Diary? = nil
    ) async throws -> Appointment {
        let outcome = try await (diary ?? self.diary).book(
            Self.wish(service, therapist, hours: hours), for: person, weeks: weeks, by: booker,
            form: Self.key(), now: time())
        return try #require(outcome.appointments.first)
    }

    /// Pairs of active claims that overlap, as the database sees them.
    func overlaps() async throws -> Int {
        try await clinic.database.read { connection in
            try connection.rows(
                """
                SELECT a.appointment FROM appointment_claim a JOIN appointment_claim b
                ON a.resource = b.resource AND a.appointment < b.appointment
                WHERE a.active = 1 AND b.active = 1 AND a.starts < b.ends AND b.starts < a.ends
                """
            ).count
        }
    }

    /// Every open appointment claims its therapist, its place and its person, and a cancelled one nothing.
    func unclaimed() async throws -> Int {
        try await clinic.database.read { connection in
            try connection.rows(
                """
                SELECT a.id FROM appointment a
                WHERE (a.status <> 'cancelled') <> EXISTS (
                    SELECT 1 FROM appointment_claim c WHERE c.appointment = a.id AND c.active = 1
                        AND c.resource = 'therapist:' || a.therapist)
                """
            ).count
        }
    }
}

@Suite("The diary", .onEveryBackend) struct DiaryTests {
    typealias T = TestDiary

    @Test("A hold becomes an appointment, and its link opens it until it starts")
    func holdAndConfirm() async throws {
        let test = try await TestDiary()
        let held = try await test.diary.hold(T.wish(), form: T.key(), now: time())
        let hold = try #require(held.appointments.first)
        let link = try #require(held.link)
        #expect(hold.status == .held)
        #expect(hold.wall.description == "2026-11-24T09:00")
        let booked = try await test.diary.confirm(
            hold.id, for: T.vera, by: .visitor, form: T.key(), now: time(60))
        #expect(booked.appointments.first?.status == .booked)
        #expect(booked.appointments.first?.visitor?.name == "Vera")
        #expect(try await test.diary.appointment(of: link, now: time(61))?.id == hold.id)
        #expect(try await test.diary.appointment(of: link, now: hold.starts) == nil)
        #expect(try await test.diary.appointment(of: Token("guessed"), now: time(61)) == nil)
        let kept = try await test.clinic.database.read { try $0.rows("SELECT hash FROM appointment_link") }
        #expect(try kept.map { try $0.text("hash") } == [link.hash])
    }

    @Test("A hold ends after ten minutes; late is still in time where nobody took it")
    func holdEnds() async throws {
        let test = try await TestDiary()
        let hold = try #require(
            try await test.diary.hold(T.wish(), form: T.key(), now: time()).appointments.first)
        await #expect(throws: BookingRefusal.taken) {
            try await test.diary.hold(T.wish(), form: T.key(), now: time(599))
        }
        _ = try await test.diary.confirm(hold.id, for: T.vera, by: .visitor, form: T.key(), now: time(700))
        let second = T.wish(hours: 46)
        let other = try #require(
            try await test.diary.hold(second, form: T.key(), now: time()).appointments.first)
        _ = try await test.diary.hold(second, form: T.key(), now: time(600))
        await #expect(throws: BookingRefusal.expired) {
            try await test.diary.confirm(other.id, for: T.vera, by: .visitor, form: T.key(), now: time(601))
        }
    }

    @Test("The same form is answered alike and done once; with something else in it, it is refused")
    func idempotent() async throws {
        let test = try await TestDiary()
        let form = Diary.FormKey("0123456789abcdef0123456789abcdef", asked: "hold", "09:00")
        let first = try await test.diary.hold(T.wish(), form: form, now: time())
        let again = try await test.another().hold(T.wish(), form: form, now: time(5))
        #expect(first.appointments == again.appointments)
        #expect(first.link == again.link)
        let other = Diary.FormKey("0123456789abcdef0123456789abcdef", asked: "hold", "10:00")
        await #expect(throws: BookingRefusal.formReused) {
            try await test.diary.hold(T.wish(hours: 46), form: other, now: time())
        }
        let rows = try await test.clinic.database.read { try $0.rows("SELECT id FROM appointment").count }
        #expect(rows == 1)
    }

    @Test(
        "What a page hides, a request is refused as well", arguments: Self.hidden)
    func rules(service: String, hours: Double, refusal: BookingRefusal) async throws {
        let test = try await TestDiary()
        await #expect(throws: refusal) {
            try await test.diary.hold(T.wish(service, hours: hours), form: T.key(), now: time())
        }
    }

    private static let hidden: [(service: String, hours: Double, refusal: BookingRefusal)] = [
        ("talk", -1, .past), ("talk", 42.75, .notOffered), ("talk", 43.1, .notOffered),
        ("talk", 45.0001, .notOffered), ("talk", 54, .notOffered), ("talk", 53.75, .notOffered),
        ("talk", 1509, .tooFarAhead(days: 60)), ("test", 45, .unknown), ("nothing", 45, .unknown)
    ]

    @Test("Nobody has more than three open appointments, however the telephone is typed; the desk may")
    func atMostThree() async throws {
        let test = try await TestDiary()
        for hours in [45.0, 46, 47] { try await test.book(hours: hours, by: .visitor) }
        let same = BookedPerson.visitor(Visitor(name: "V.", phone: "(555) 01-99"))
        await #expect(throws: BookingRefusal.tooMany(limit: 3)) {
            try await test.book(hours: 48, for: same, by: .visitor)
        }
        for hours in [45.0, 46, 47] {
            try await test.book("talk", "tina", hours: hours, for: .patient("anna"), by: .patient("anna"))
        }
        await #expect(throws: BookingRefusal.tooMany(limit: 3)) {
            try await test.book("talk", "tina", hours: 48, for: .patient("anna"), by: .patient("anna"))
        }
        try await test.book("talk", "tina", hours: 48, for: .patient("anna"))
    }

    @Test("Therapist, room, table and person are each in one place at a time; touching ends are allowed")
    func everyResource() async throws {
        let test = try await TestDiary()
        try await test.book("eval", "tom", hours: 45)
        await #expect(throws: BookingRefusal.taken, "the therapist") {
            try await test.book("talk", "tom", hours: 45.25)
        }
        await #expect(throws: BookingRefusal.taken, "the room") {
            try await test.book("eval", "tina", hours: 44.75)
        }
        try await test.book("eval", "tina", hours: 45.5)
        try await test.book("talk", "tina", hours: 47, for: .patient("anna"))
        await #expect(throws: BookingRefusal.taken, "the person") {
            try await test.book("talk", "tom", hours: 47.25, for: .patient("anna"))
        }
        try await test.book("treat", "tina", hours: 48)
        try await test.book("treat", nil, hours: 48)
        await #expect(throws: BookingRefusal.taken, "both therapists") {
            try await test.book("talk", nil, hours: 48)
        }
        #expect(try await test.overlaps() == 0)
    }

    @Test("A series is whole or not there, and stays with one therapist")
    func series() async throws {
        let test = try await TestDiary()
        try await test.book("talk", "tom", hours: 45 + 24 * 14)
        await #expect(throws: BookingRefusal.taken) {
            try await test.book("talk", "tom", hours: 45, weeks: 4)
        }
        let rows = try await test.clinic.database.read { try $0.rows("SELECT id FROM appointment").count }
        #expect(rows == 1)
        let series = try await test.diary.book(
            T.wish("talk", nil), for: T.vera, weeks: 12, by: .staff("dora"), form: T.key(), now: time())
        #expect(series.appointments.count == 12)
        #expect(Set(series.appointments.map(\.therapist)) == ["tina"])
        #expect(Set(series.appointments.map { $0.wall.minute }) == [540])
        await #expect(throws: BookingRefusal.tooMany(limit: 12)) { try await test.book(weeks: 13) }
        await #expect(throws: BookingRefusal.self) { try await test.book(weeks: 2, by: .patient("anna")) }
    }

    @Test("Moved into its own half is possible; into another's is not, and leaves it where it was")
    func reschedule() async throws {
        let test = try await TestDiary()
        let one = try await test.book(hours: 45)
        try await test.book(hours: 46)
        let moved = try await test.diary.reschedule(
            one.id, version: one.version, to: time(45.25 * 3600), therapist: "tom", by: .staff("dora"),
            form: T.key(), now: time())
        #expect(moved.appointments.first?.sequence == 1)
        await #expect(throws: BookingRefusal.changed) {
            try await test.diary.reschedule(
                one.id, version: one.version, to: time(50 * 3600), by: .staff("dora"), form: T.key(),
                now: time())
        }
        await #expect(throws: BookingRefusal.taken) {
            try await test.diary.reschedule(
                one.id, to: time(45.75 * 3600), therapist: "tom", by: .staff("dora"), form: T.key(),
                now: time())
        }
        #expect(try await test.diary.find(one.id)?.appointment.starts == time(45.25 * 3600))
        #expect(try await test.unclaimed() == 0)
    }

    @Test(
        "Notice is kept by patients and visitors, and not by the desk",
        arguments: [
            (21.0, false), (21.01, true)
        ])
    func notice(hoursLater: Double, isTooLate: Bool) async throws {
        let test = try await TestDiary()
        let one = try await test.book(hours: 45)
        let now = time(hoursLater * 3600)
        if isTooLate {
            await #expect(throws: BookingRefusal.notice(hours: 24)) {
                try await test.diary.cancel(one.id, reason: "", by: .visitor, form: T.key(), now: now)
            }
        }
        let booker = isTooLate ? Booker.staff("dora") : .visitor
        _ = try await test.diary.cancel(one.id, reason: "", by: booker, form: T.key(), now: now)
        #expect(try await test.unclaimed() == 0)
    }

    @Test("Two that change places change everything; a cancelled one comes back only where it is free")
    func swapAndRestore() async throws {
        let test = try await TestDiary()
        let one = try await test.book("eval", "tom", hours: 45)
        let other = try await test.book("treat", "tina", hours: 46)
        let swapped = try await test.diary.swap(
            (one.id, 1), (other.id, 1), by: .staff("dora"), form: T.key(), now: time())
        #expect(swapped.appointments.map(\.therapist) == ["tina", "tom"])
        #expect(swapped.appointments.map(\.starts) == [other.starts, one.starts])
        #expect(swapped.appointments.map(\.place) == ["room", "table-1"])
        _ = try await test.diary.cancel(one.id, reason: "ill", by: .staff("dora"), form: T.key(), now: time())
        let taker = try await test.book("talk", "tina", hours: 46.25)
        await #expect(throws: BookingRefusal.taken) {
            try await test.diary.restore(one.id, by: .staff("dora"), form: T.key(), now: time())
        }
        _ = try await test.diary.reassign(
            taker.id, version: 1, therapist: "tom", place: nil, by: .staff("dora"), form: T.key(), now: time()
        )
        let back = try await test.diary.restore(one.id, by: .staff("dora"), form: T.key(), now: time())
        #expect(back.appointments.first?.status == .booked)
        #expect(try await test.overlaps() == 0)
        #expect(try await test.unclaimed() == 0)
    }
}
