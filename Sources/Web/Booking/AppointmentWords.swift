// SPDX-License-Identifier: Apache-2.0
import Clinical
import Foundation
import HTTPTypes
import Hummingbird
import Store

/// Appointments and slots in words, by the clock on the clinic's wall.
struct AppointmentWords: Sendable {
    let words: Words
    let language: String
    let rules: DiaryRules
    let therapists: [Person.ID: String]

    init(_ visit: Visit, therapists: [Therapist]) {
        words = visit.words
        language = visit.language
        rules = visit.site.clinic.diary
        self.therapists = Dictionary(therapists.map { ($0.id, $0.name) }) { first, _ in first }
    }

    /// "9:00 am"; where the clock shows that twice on the day, which of the two: "1:30 am EDT".
    func clock(_ instant: Date) -> String {
        let wall = WallTime(instant, in: rules.zone)
        let text = words.clock(minute: wall.minute)
        guard wall.instants(in: rules.zone).count > 1 else { return text }
        return "\(text) \(rules.zone.abbreviation(for: instant) ?? "")"
    }

    /// The start as people agreed on it, whatever became of the zone's rules since.
    func clock(_ appointment: Appointment) -> String {
        appointment.agreed == .kept
            ? clock(appointment.starts) : words.clock(minute: appointment.wall.minute)
    }

    func when(_ appointment: Appointment) -> String {
        words(
            "booking.when", ["day": appointment.wall.day.text(words), "clock": clock(appointment)])
    }

    /// "Tuesday, November 24, 9:00 am".
    func when(_ instant: Date) -> String {
        words(
            "booking.when",
            ["day": WallTime(instant, in: rules.zone).day.text(words), "clock": clock(instant)])
    }

    func service(_ id: String) -> String { rules.service(id)?.name(in: language) ?? id }
    func therapist(_ id: Person.ID) -> String { therapists[id] ?? words["booking.somebody"] }
    func place(_ id: String?) -> String? { id.map { rules.resource($0)?.name ?? $0 } }

    /// What it is now; a hold that is over was never an appointment that somebody cancelled.
    func status(_ appointment: Appointment) -> String {
        switch appointment.holdEnd {
        case .expired: words["diary.hold_end.expired"]
        case .declined: words["diary.hold_end.declined"]
        case nil: words["booking.status.\(appointment.status.rawValue)"]
        }
    }
}

/// Free times to choose from: a button each, by day.
struct SlotPicker: Sendable {
    struct DayOfSlots: Sendable {
        let heading: String
        let slots: [Button]
    }

    struct Button: Sendable {
        let value: String
        let label: String
        /// Where no day stands above it.
        let whole: String
    }

    let days: [DayOfSlots]
    let hasSlots: Bool

    /// One button for each start, whoever gives it.
    init(_ slots: [Slot], _ wording: AppointmentWords) {
        var seen: Set<Date> = []
        let starts = slots.filter { seen.insert($0.starts).inserted }
        days = Dictionary(grouping: starts, by: \.wall.day).sorted { $0.key < $1.key }.map { day, slots in
            DayOfSlots(
                heading: day.text(wording.words),
                slots: slots.sorted { $0.starts < $1.starts }.map { slot in
                    Button(
                        value: Instant(slot.starts).description, label: wording.clock(slot.starts),
                        whole: wording.when(slot.starts))
                })
        }
        hasSlots = !days.isEmpty
    }
}

/// The week of slots that is looked at, and the ways to the others.
struct SlotWeek: Sendable {
    static let length = 7
    let days: ClosedRange<Day>
    let title: String
    let earlier: String?
    let later: String?

    init(_ visit: Visit, from text: String) {
        let today = visit.moment.today
        let last = today.advanced(by: visit.site.clinic.diary.bookAheadDays)
        let first = min(max(Day(text) ?? today, today), last)
        days = first...first.advanced(by: Self.length - 1)
        title = visit.words(
            "booking.week",
            ["from": days.lowerBound.short(visit.words), "to": days.upperBound.short(visit.words)])
        earlier = first > today ? max(today, first.advanced(by: -Self.length)).description : nil
        let next = first.advanced(by: Self.length)
        later = next <= last ? next.description : nil
    }
}

extension Visit {
    /// A field of the form, or of the address where nothing was sent.
    func given(_ name: String) -> String { form.has(name) ? form[name] : query(name) }

    /// The start that a button stands for.
    func chosenStart(_ name: String = "starts") throws -> Date {
        guard let instant = Instant(given(name)) else { throw Failure.badForm }
        return instant.date
    }

    /// Whom they want, of those who can be chosen; nil: anybody.
    func chosenTherapist(of known: [Therapist]) -> Person.ID? {
        let wish = Person.ID(given("therapist"))
        return known.first { $0.id == wish }?.id
    }

    /// Counts what an address books and waits for.
    ///
    /// - Throws: ``Failure/tooMany``.
    func throttleBooking() async throws {
        let keys = [Throttle.Key.address("book:" + address)]
        guard try await site.throttle.attempt(keys, now: now) == .go else { throw Failure.tooMany }
    }

    /// A program asks, and wants no page.
    var wantsJSON: Bool {
        request.headers[.accept]?.hasPrefix("application/json") ?? false
    }

    /// Who acts on the diary.
    var booker: Booker {
        guard let session else { return .visitor }
        return session.role == .patient ? .patient(session.person) : .staff(session.person)
    }

    /// The key of this form and of what it asks, so that each button of a page is a wish of its own.
    func formKey(_ act: String, _ asked: String...) throws -> Diary.FormKey {
        let id = try madeID()
        let what = ([act, booker.id] + asked).joined(separator: "\u{1F}")
        return Diary.FormKey("\(id) \(act)", asked: what)
    }
}
