// SPDX-License-Identifier: Apache-2.0
package import Clinical
import Crypto
package import Foundation

/// A message about an appointment: what is to be told to whom, and what became of it.
///
/// The words are made when it is sent, from the appointment as it is then; they are kept nowhere.
package struct Message: Hashable, Sendable, Identifiable {
    package typealias ID = Identifier<Message>

    package enum Kind: String, Hashable, Sendable, CaseIterable {
        case confirmation, moved, cancelled, reminder, offer

        /// It answers what somebody did just now, or will not wait.
        var isAnswer: Bool { self != .reminder }
    }

    package enum Channel: String, Hashable, Sendable, CaseIterable {
        case email, text
    }

    package enum State: String, Hashable, Sendable, CaseIterable {
        case waiting
        /// Somebody is at it, until the lease ends.
        case sending
        case sent
        /// Nobody tries again by themselves.
        case failed
        /// It is no longer true, or the desk said so.
        case stopped
    }

    /// Why it was not sent: what kind of fault, never what somebody answered.
    package enum Problem: String, Error, Hashable, Sendable, CaseIterable {
        /// Nothing is known by which to reach the person.
        case noAddress = "no_address"
        /// They want no text messages, and no e-mail address is known.
        case noTexts = "no_texts"
        /// What is known is no address.
        case badAddress = "bad_address"
        /// The command or the gateway cannot be started or reached.
        case unreachable
        case tooSlow = "too_slow"
        /// It was not taken now and may be later.
        case notNow = "not_now"
        /// It was not taken and will not be.
        case refused
        /// The sender ended in the middle; whether it went out is not known.
        case interrupted
        /// The time that it spoke of came before it could be sent.
        case tooLate = "too_late"
        /// The appointment was cancelled or moved.
        case outdated
        /// Somebody at the desk stopped it.
        case byDesk = "by_desk"

        /// Another try with the same words can succeed.
        package var isPassing: Bool {
            switch self {
            case .unreachable, .tooSlow, .notNow, .interrupted: true
            case .noAddress, .noTexts, .badAddress, .refused, .tooLate, .outdated, .byDesk: false
            }
        }
    }

    package let id: ID
    package let kind: Kind
    package let channel: Channel
    package let appointment: Appointment.ID
    /// When the appointment begins, as it was when this was planned; another time makes it untrue.
    package let starts: Date
    /// Whom it goes to; empty where nothing is known.
    package let recipient: String
    package let language: String
    package let due: Date
    /// After that it is not sent.
    package let expires: Date
    package let state: State
    package let attempts: Int
    package let problem: Problem?
    /// What was sent, in a line.
    package let subject: String?
    package let changed: Date

    static let columns: SQL = """
        id, kind, channel, appointment, starts_at, recipient, language, due_at, expires_at, state, attempts,
        problem, subject, changed_at
        """

    init(_ row: Row) throws {
        id = ID(try row.text("id"))
        kind = try row.one("kind")
        channel = try row.one("channel")
        appointment = Appointment.ID(try row.text("appointment"))
        starts = try row.date("starts_at")
        recipient = try row.text("recipient")
        language = try row.text("language")
        due = try row.date("due_at")
        expires = try row.date("expires_at")
        state = try row.one("state")
        attempts = try row.integer("attempts")
        problem = try row.textIfPresent("problem").flatMap(Problem.init(rawValue:))
        subject = try row.textIfPresent("subject")
        changed = try row.date("changed_at")
    }

    /// The identity that follows from what the message is about, so that each exists once, whoever plans it.
    ///
    /// A series that was booked at once is confirmed once.
    static func id(_ kind: Kind, _ appointment: Appointment, hoursBefore: Int?) -> ID {
        let isOfSeries = kind == .confirmation && appointment.sequence == 0
        let what = isOfSeries ? appointment.series ?? appointment.id.rawValue : appointment.id.rawValue
        let text = "\(kind.rawValue)/\(what)/\(appointment.sequence)/\(hoursBefore ?? 0)"
        return ID(String(Hex.text(SHA256.hash(data: Data(text.utf8))).prefix(32)))
    }
}
