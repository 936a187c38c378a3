// SPDX-License-Identifier: Apache-2.0
import Clinical
import Foundation
import Store

/// Reads the parts of `clinic.yaml` that the diary goes by.
///
/// ```yaml
/// hours:                                   # by weekday; a break is the gap between two
///   monday: ["08:00-12:00", "13:00-19:00"]
/// holidays:
///   - { date: "2026-12-25", name: Christmas Day }
/// services:
///   - { id: evaluation, name: { en: First evaluation }, minutes: 45, buffer_min: 15, public: true, needs: room }
/// resources:
///   - { id: room-1, kind: room, name: Room 1 }
/// therapists:                              # who has none works in the clinic's hours and offers everything
///   - { email: tess@clinic.example, hours: { … }, services: [evaluation], languages: [en, es], about: { en: … } }
/// notice_h: 24                             # until then patients may cancel or move
/// book_ahead_days: 60
/// slot_min: 15                             # between two offered starts
/// hold_min: 10                             # kept while the form is filled in
/// offer_min: 120                           # kept for somebody from the waiting list
/// open_bookings_max: 3
/// ```
extension DiaryRules {
    init(_ fields: Fields, zone: TimeZone) throws(LoadError) {
        self.init(zone: zone)
        let hours = try fields.required("hours")
        // Lines of text are an older file's; they are shown, and nothing can be booked by them.
        if !hours.isList { self.hours = try OpenHours(hours) }
        holidays = try fields["holidays"]?.holidays() ?? []
        resources = try fields["resources"]?.resources() ?? []
        services = try fields["services"]?.services(resources) ?? []
        therapists = try fields["therapists"]?.therapists(services) ?? []
        func number(_ key: String, _ range: ClosedRange<Double>, else standard: Int) throws(LoadError) -> Int
        {
            guard let node = fields[key] else { return standard }
            return Int(try node.number(in: range, whole: true))
        }
        noticeHours = try number("notice_h", 0...336, else: noticeHours)
        bookAheadDays = try number("book_ahead_days", 1...366, else: bookAheadDays)
        holdMinutes = try number("hold_min", 1...60, else: holdMinutes)
        offerMinutes = try number("offer_min", 5...1440, else: offerMinutes)
        openBookingsMax = try number("open_bookings_max", 1...50, else: openBookingsMax)
        slotMinutes = try number("slot_min", 5...240, else: slotMinutes)
        guard slotMinutes % 5 == 0 else {
            throw try fields.required("slot_min").refused("expected a multiple of 5 minutes")
        }
    }
}

extension OpenHours {
    fileprivate init(_ node: DataNode) throws(LoadError) {
        self.init()
        for (key, value) in try node.entries() {
            guard let weekday = Weekday(rawValue: key) else {
                let known = Weekday.allCases.map(\.rawValue).joined(separator: ", ")
                throw LoadError(
                    file: node.file, line: value.line ?? node.line,
                    problem: "unknown weekday '\(key)'; expected one of: \(known)")
            }
            var last = 0
            for node in try value.list() {
                let text = try node.text()
                let parts = text.split(separator: "-", omittingEmptySubsequences: false)
                guard parts.count == 2, let from = WallTime.minute(parts[0]),
                    let to = WallTime.minute(parts[1]), from < to, from % 5 == 0, to % 5 == 0
                else {
                    throw node.refused(
                        "expected a time from and to in steps of 5 minutes, such as \"08:00-12:00\", "
                            + "found '\(text)'")
                }
                guard from >= last else {
                    throw node.refused("'\(text)' begins before the one above it ends")
                }
                ranges[weekday, default: []].append(from..<to)
                last = to
            }
        }
    }
}

extension DataNode {
    fileprivate func holidays() throws(LoadError) -> [DiaryRules.Holiday] {
        var holidays: [DiaryRules.Holiday] = []
        for node in try list() {
            let fields = try node.fields("date", "name")
            let date = try fields.required("date")
            guard let day = Day(try date.text()) else {
                throw date.refused("expected a day such as 2026-12-25, found '\(try date.text())'")
            }
            try date.refuse(day, ifTaken: holidays.contains { $0.day == day })
            holidays.append(.init(day: day, name: try fields["name"]?.text()))
        }
        return holidays
    }

    fileprivate func resources() throws(LoadError) -> [Resource] {
        var resources: [Resource] = []
        for node in try list() {
            let fields = try node.fields("id", "kind", "name")
            let id = try fields.required("id").identity(taken: resources.map(\.id))
            resources.append(
                Resource(
                    id: id, kind: try fields.required("kind").choice(),
                    name: try fields.required("name").text()))
        }
        return resources
    }

    fileprivate func services(_ resources: [Resource]) throws(LoadError) -> [Service] {
        var services: [Service] = []
        for node in try list() {
            let fields = try node.fields("id", "name", "minutes", "buffer_min", "public", "needs")
            let id = try fields.required("id").identity(taken: services.map(\.id))
            let needs: Resource.Kind? =
                if let node = fields["needs"] { try node.choice() } else { nil }
            if let needs, !resources.contains(where: { $0.kind == needs }) {
                throw try fields.required("needs").refused("there is no \(needs.rawValue) under 'resources'")
            }
            services.append(
                Service(
                    id: id, names: try fields.required("name").byLanguage(),
                    minutes: try fields.required("minutes").minutes(5...480),
                    bufferMinutes: try fields["buffer_min"]?.minutes(0...240) ?? 0,
                    isPublic: try fields["public"]?.flag() ?? true, needs: needs))
        }
        return services
    }

    fileprivate func therapists(_ services: [Service]) throws(LoadError) -> [TherapistProfile] {
        var therapists: [TherapistProfile] = []
        for node in try list() {
            let fields = try node.fields("email", "hours", "services", "languages", "about")
            let email = try fields.required("email")
            let address = try email.text().lowercased()
            guard address.contains("@") else { throw email.refused("expected an e-mail, found '\(address)'") }
            try email.refuse(address, ifTaken: therapists.contains { $0.email == address })
            var offered: Set<String>?
            if let node = fields["services"] {
                offered = []
                for node in try node.list() {
                    let id = try node.text()
                    guard services.contains(where: { $0.id == id }) else {
                        throw node.refused("unknown service '\(id)'")
                    }
                    offered?.insert(id)
                }
            }
            let hours: OpenHours? = if let node = fields["hours"] { try OpenHours(node) } else { nil }
            therapists.append(
                TherapistProfile(
                    email: address, hours: hours, services: offered,
                    languages: try fields["languages"]?.texts() ?? [],
                    about: try fields["about"]?.byLanguage() ?? [:]))
        }
        return therapists
    }

    private func minutes(_ range: ClosedRange<Double>) throws(LoadError) -> Int {
        let number = Int(try number(in: range, whole: true))
        guard number % 5 == 0 else { throw refused("expected a multiple of 5 minutes, found \(number)") }
        return number
    }

    /// A text for every language, or one per language code.
    private func byLanguage() throws(LoadError) -> [String: String] {
        if isScalar { return ["en": try text()] }
        var texts: [String: String] = [:]
        for (language, node) in try entries() { texts[language] = try node.text() }
        guard !texts.isEmpty else { throw refused("needs a text in at least one language") }
        return texts
    }

    /// An id that stands in addresses and rows.
    private func identity(taken: [String]) throws(LoadError) -> String {
        let id = try text()
        let isPlain = id.allSatisfy {
            $0.isASCII && ($0.isLowercase || $0.isNumber || $0 == "-" || $0 == "_")
        }
        guard isPlain, id.count <= 40 else {
            throw refused("an id has small letters, digits, - and _ only, at most 40; found '\(id)'")
        }
        try refuse(id, ifTaken: taken.contains(id))
        return id
    }
}
