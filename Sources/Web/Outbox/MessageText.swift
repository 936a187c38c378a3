// SPDX-License-Identifier: Apache-2.0
import Clinical
import Foundation
import Store

/// The words of a message: clinic, time, place, telephone and the link, and nothing of anybody's health.
struct MessageText: Sendable, Hashable {
    let subject: String
    /// With line breaks, for an e-mail.
    let body: String
    /// In one line, for a telephone.
    let short: String

    /// - Parameters:
    ///   - taken: The message.
    ///   - clinic: Who writes.
    ///   - words: The site's words in the person's language.
    ///   - address: Where the site is, such as `https://rehab.example.org`.
    init(_ taken: Dispatch.Taken, clinic: ClinicDetails, words: Words, address: String) {
        // As it was agreed, whatever became of the zone's rules since.
        let wall = taken.appointment.wall
        let day = wall.day.text(words)
        let time = words.clock(minute: wall.minute)
        let kind = taken.message.kind.rawValue
        let isOfSeries = taken.message.kind == .confirmation && taken.appointment.series != nil
        let values: KeyValuePairs = [
            "clinic": clinic.name, "day": day, "time": time, "place": clinic.address.joined(separator: ", "),
            "phone": clinic.phone, "link": address + ManageLink.path(taken.link),
            "series": isOfSeries ? words["messages.series"] : ""
        ]
        subject = words("messages.\(kind).subject", values)
        // One paragraph each; one that has nothing to say is left out.
        body =
            words.lines("messages.\(kind).body")
            .map { line in values.reduce(line) { $0.replacing("{\($1.key)}", with: $1.value) } }
            .filter { !$0.isEmpty }.joined(separator: "\n\n") + "\n"
        short = words("messages.\(kind).short", values).split(separator: " ").joined(separator: " ")
    }
}

/// The page on which a person sees, moves and cancels one appointment.
enum ManageLink {
    static func path(_ token: Token) -> String { "/book/manage/\(token.text)" }
}
