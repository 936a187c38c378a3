// SPDX-License-Identifier: Apache-2.0
import Foundation

/// How an event is kept: a kind that can be searched, and its content as JSON text with sorted keys.
///
/// Kinds are part of the file format: add, never rename.
extension Event {
    public enum Kind: String, Sendable, CaseIterable {
        case screened
        case evaluated
        case planWritten = "plan_written"
        case planChanged = "plan_changed"
        case sessionLogged = "session_logged"
        case checkedIn = "checked_in"
        case treated
        case measured
        case flagRaised = "flag_raised"
        case flagAcknowledged = "flag_acknowledged"
        case phaseChanged = "phase_changed"
        case held
        case resumed
        case messageSent = "message_sent"
        case amended
        case closed
    }

    public enum CodingFailure: Error, Equatable {
        /// A kind this version does not know: the chart was written by a newer one.
        case unknownKind(String)
    }

    public var kind: Kind {
        switch self {
        case .screened: .screened
        case .evaluated: .evaluated
        case .planWritten: .planWritten
        case .planChanged: .planChanged
        case .sessionLogged: .sessionLogged
        case .checkedIn: .checkedIn
        case .treated: .treated
        case .measured: .measured
        case .flagRaised: .flagRaised
        case .flagAcknowledged: .flagAcknowledged
        case .phaseChanged: .phaseChanged
        case .held: .held
        case .resumed: .resumed
        case .messageSent: .messageSent
        case .amended: .amended
        case .closed: .closed
        }
    }

    /// The content as JSON text; the same event always gives the same text.
    public func content() throws -> String {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        let data =
            switch self {
            case .screened(let content): try encoder.encode(content)
            case .evaluated(let content): try encoder.encode(content)
            case .planWritten(let content), .planChanged(let content): try encoder.encode(content)
            case .sessionLogged(let content): try encoder.encode(content)
            case .checkedIn(let content): try encoder.encode(content)
            case .treated(let content): try encoder.encode(content)
            case .measured(let content): try encoder.encode(content)
            case .flagRaised(let content): try encoder.encode(content)
            case .flagAcknowledged(let content): try encoder.encode(content)
            case .phaseChanged(let content): try encoder.encode(content)
            case .held(let content): try encoder.encode(content)
            case .resumed(let content): try encoder.encode(content)
            case .messageSent(let content): try encoder.encode(content)
            case .amended(let content): try encoder.encode(content)
            case .closed(let content): try encoder.encode(content)
            }
        return String(decoding: data, as: UTF8.self)
    }

    /// - Throws: ``CodingFailure`` for a kind of another version, `DecodingError` for broken content.
    public init(kind: String, content: String) throws {
        guard let kind = Kind(rawValue: kind) else { throw CodingFailure.unknownKind(kind) }
        let data = Data(content.utf8)
        func decoded<Content: Decodable>(_ type: Content.Type = Content.self) throws -> Content {
            try JSONDecoder().decode(type, from: data)
        }
        self =
            switch kind {
            case .screened: .screened(try decoded())
            case .evaluated: .evaluated(try decoded())
            case .planWritten: .planWritten(try decoded())
            case .planChanged: .planChanged(try decoded())
            case .sessionLogged: .sessionLogged(try decoded())
            case .checkedIn: .checkedIn(try decoded())
            case .treated: .treated(try decoded())
            case .measured: .measured(try decoded())
            case .flagRaised: .flagRaised(try decoded())
            case .flagAcknowledged: .flagAcknowledged(try decoded())
            case .phaseChanged: .phaseChanged(try decoded())
            case .held: .held(try decoded())
            case .resumed: .resumed(try decoded())
            case .messageSent: .messageSent(try decoded())
            case .amended: .amended(try decoded())
            case .closed: .closed(try decoded())
            }
    }
}
