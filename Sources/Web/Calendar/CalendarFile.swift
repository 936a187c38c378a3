// SPDX-License-Identifier: Apache-2.0
import Foundation

/// One appointment as a calendar shows it.
struct CalendarEvent: Hashable, Sendable {
    /// The same for the appointment's whole life, in every file.
    let uid: String
    /// Raised with every change of time or place, and with the cancelling.
    let sequence: Int
    /// When this state of it was written.
    let changed: Date
    let start: Date
    let end: Date
    let zone: TimeZone
    let summary: String
    var location = ""
    var details = ""
    var isCancelled = false
    /// Who must be there, as an address; only for an invitation.
    var attendee: String?

    fileprivate func lines(now: Date, organizer: Organizer) -> [ContentLine] {
        var lines = [
            ContentLine("BEGIN", value: "VEVENT"), ContentLine("UID", text: uid),
            ContentLine("DTSTAMP", utc: now), ContentLine("LAST-MODIFIED", utc: changed),
            ContentLine("SEQUENCE", value: String(sequence)), time("DTSTART", start), time("DTEND", end),
            ContentLine("SUMMARY", text: summary),
            ContentLine("ORGANIZER", ["CN": organizer.name], value: organizer.address)
        ]
        if !location.isEmpty { lines.append(ContentLine("LOCATION", text: location)) }
        if !details.isEmpty { lines.append(ContentLine("DESCRIPTION", text: details)) }
        if let attendee {
            lines.append(
                ContentLine(
                    "ATTENDEE", ["ROLE": "REQ-PARTICIPANT", "PARTSTAT": "ACCEPTED", "RSVP": "FALSE"],
                    value: attendee))
        }
        lines.append(ContentLine("STATUS", value: isCancelled ? "CANCELLED" : "CONFIRMED"))
        // A cancelled one no longer takes the time of whoever keeps it in view.
        lines.append(ContentLine("TRANSP", value: isCancelled ? "TRANSPARENT" : "OPAQUE"))
        return lines + [ContentLine("END", value: "VEVENT")]
    }

    /// The time on the wall with its zone, so that a later change of the law keeps the agreed hour.
    ///
    /// In UTC where the clock shows this hour a second time: a wall time can only mean the first.
    private func time(_ name: String, _ instant: Date) -> ContentLine {
        let wall = ClockTime(instant, in: zone)
        guard wall.instant(in: zone) == instant else { return ContentLine(name, utc: instant) }
        return ContentLine(name, ["TZID": zone.identifier], value: wall.basic)
    }
}

/// The clinic, as who speaks in a calendar file.
struct Organizer: Hashable, Sendable {
    let name: String
    /// `mailto:…`, or `tel:…` where the clinic has no address.
    let address: String
}

/// A calendar file: one appointment to keep, or a feed of many.
///
/// Source: RFC 5545; the methods are RFC 5546's.
struct CalendarFile: Sendable {
    enum Method: String, Sendable {
        case publish = "PUBLISH"
        case request = "REQUEST"
        case cancel = "CANCEL"
    }

    let method: Method
    let organizer: Organizer
    /// What a calendar calls a feed; nil for a single appointment.
    var name: String?
    let events: [CalendarEvent]

    func text(now: Date) -> String {
        var lines = [
            ContentLine("BEGIN", value: "VCALENDAR"), ContentLine("VERSION", value: "2.0"),
            ContentLine("PRODID", value: "-//Soleus//Clinic calendar//EN"),
            ContentLine("CALSCALE", value: "GREGORIAN"), ContentLine("METHOD", value: method.rawValue)
        ]
        if let name {
            lines += [
                ContentLine("NAME", text: name), ContentLine("X-WR-CALNAME", text: name),
                ContentLine("REFRESH-INTERVAL", ["VALUE": "DURATION"], value: "PT1H"),
                ContentLine("X-PUBLISHED-TTL", value: "PT1H")
            ]
        }
        lines += zones.flatMap(\.lines)
        lines += events.flatMap { $0.lines(now: now, organizer: organizer) }
        lines.append(ContentLine("END", value: "VCALENDAR"))
        return lines.map(\.folded).joined()
    }

    private var zones: [ZoneRules] {
        let byZone = Dictionary(grouping: events, by: \.zone.identifier)
        return byZone.sorted { $0.key < $1.key }.compactMap { _, events in
            guard let zone = events.first?.zone, let first = events.map(\.start).min(),
                let last = events.map(\.end).max()
            else { return nil }
            return ZoneRules(zone, over: first...max(first, last))
        }
    }
}
