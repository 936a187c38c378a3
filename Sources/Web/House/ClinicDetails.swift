// SPDX-License-Identifier: Apache-2.0
package import Clinical
package import Foundation
package import Store

/// What is particular to one clinic: `clinic.yaml` in the data folder, never code.
package struct ClinicDetails: Sendable, Hashable {
    package let name: String
    package let address: [String]
    /// As it is printed.
    package let phone: String
    /// What to dial in an emergency, such as 911.
    package let emergency: String
    package let zone: TimeZone
    package let language: String
    /// What is spoken here, by language code; the site's own language first.
    package let languages: [String]
    /// Hours, holidays, services, rooms and the rules of booking.
    package let diary: DiaryRules
    /// For how long a patient may allow a review to be shown, in months.
    package let reviewMonthsMax: Int
    /// How and when messages are sent.
    package let messages: MessageSettings
    /// Calendars elsewhere that say when a therapist is busy.
    package let calendars: [CalendarSource]
    /// The hours as an older file says them, in lines of text; such a clinic takes no bookings.
    let hoursText: [String]

    /// - Throws: ``LoadError`` with the line of what is missing or unknown.
    package init(yaml text: String, file: String) throws(LoadError) {
        let fields = try DataNode(text: text, file: file).fields(
            "name", "address", "phone", "emergency", "time_zone", "language", "languages", "hours",
            "holidays", "services", "resources", "therapists", "notice_h", "book_ahead_days", "hold_min",
            "offer_min", "slot_min", "open_bookings_max",
            "messages", "calendars",
            "review_months_max")
        name = try fields.required("name").text()
        address = try fields.required("address").texts()
        phone = try fields.required("phone").text()
        emergency = try fields.required("emergency").text()
        language = try fields.required("language").text()
        languages = try fields["languages"]?.texts() ?? [language]
        let zoneNode = try fields.required("time_zone")
        guard let zone = TimeZone(identifier: try zoneNode.text()) else {
            throw zoneNode.refused(
                "unknown time zone '\(try zoneNode.text())'; use a name such as America/New_York")
        }
        self.zone = zone
        let hours = try fields.required("hours")
        hoursText = hours.isList ? try hours.texts() : []
        diary = try DiaryRules(fields, zone: zone)
        reviewMonthsMax = Int(try fields["review_months_max"]?.number(in: 1...60, whole: true) ?? 24)
        messages = try MessageSettings(fields["messages"], zone: zone)
        calendars = try CalendarSource.list(fields["calendars"])
        guard phone.contains(where: \.isNumber) else {
            throw try fields.required("phone").refused("a phone number needs digits")
        }
    }

    /// The clinic of the demonstration, from the file that comes with the program.
    package static let demoYAML = EmbeddedFiles.all["demo/clinic.yaml"] ?? ""

    package var services: [Service] { diary.services }
    /// What a visitor may book.
    package var publicServices: [Service] { diary.services.filter(\.isPublic) }
    package var therapists: [TherapistProfile] { diary.therapists }
    package var holidays: [DiaryRules.Holiday] { diary.holidays }
    package var hours: OpenHours { diary.hours }

    /// The number as a link dials it.
    package var phoneLink: String { Self.link(phone) }
    package var emergencyLink: String { Self.link(emergency) }

    // A number of ten digits is dialled with the country code that such a number has.
    private static func link(_ number: String) -> String {
        let digits = number.filter(\.isNumber)
        if number.trimmingCharacters(in: .whitespaces).hasPrefix("+") { return "tel:+\(digits)" }
        return digits.count == 10 ? "tel:+1\(digits)" : "tel:\(digits)"
    }
}

extension DataNode {
    /// A list of texts.
    func texts() throws(LoadError) -> [String] {
        var texts: [String] = []
        for node in try list() { texts.append(try node.text()) }
        return texts
    }
}
