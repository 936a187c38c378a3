// SPDX-License-Identifier: Apache-2.0
import Foundation

/// Why a calendar file of somebody else cannot be read at all.
enum CalendarFault: Error, Hashable, Sendable {
    case notACalendar
    case tooLarge
    /// A component begins and does not end, or ends and did not begin.
    case unbalanced(line: Int)
}

/// A part of a calendar file: its lines and the parts in it.
struct CalendarComponent: Sendable {
    let name: String
    var lines: [ContentLine] = []
    var parts: [CalendarComponent] = []

    /// The first line of this name.
    func line(_ name: String) -> ContentLine? { lines.first { $0.name == name } }

    func all(_ name: String) -> [ContentLine] { lines.filter { $0.name == name } }

    func text(_ name: String) -> String? { line(name)?.value }

    func parts(named name: String) -> [CalendarComponent] { parts.filter { $0.name == name } }
}

extension CalendarComponent {
    static let largestFile = 5 * 1024 * 1024
    static let mostLines = 200_000
    private static let deepest = 8

    /// Reads a file.
    ///
    /// A line that is no content line is passed over; what is left out so can only be a part that says less.
    /// - Throws: ``CalendarFault`` where it is no calendar, too large, or its parts do not close.
    static func calendars(in text: String) throws(CalendarFault) -> [CalendarComponent] {
        guard text.utf8.count <= largestFile else { throw .tooLarge }
        let lines = unfolded(text)
        guard lines.count <= mostLines else { throw .tooLarge }
        var open: [CalendarComponent] = []
        var found: [CalendarComponent] = []
        for (index, text) in lines.enumerated() {
            guard let line = ContentLine(reading: text) else { continue }
            switch line.name {
            case "BEGIN":
                guard open.count < deepest else { throw .unbalanced(line: index + 1) }
                open.append(CalendarComponent(name: line.value.uppercased()))
            case "END":
                guard let ended = open.popLast(), ended.name == line.value.uppercased() else {
                    throw .unbalanced(line: index + 1)
                }
                if open.isEmpty { found.append(ended) } else { open[open.count - 1].parts.append(ended) }
            default:
                if !open.isEmpty { open[open.count - 1].lines.append(line) }
            }
        }
        guard open.isEmpty else { throw .unbalanced(line: lines.count) }
        let calendars = found.filter { $0.name == "VCALENDAR" }
        guard !calendars.isEmpty else { throw .notACalendar }
        return calendars
    }

    /// The lines, with those that were folded put together again; bare line feeds are taken too.
    private static func unfolded(_ text: String) -> [[UInt8]] {
        var lines: [[UInt8]] = []
        for raw in text.utf8.split(separator: 0x0A, omittingEmptySubsequences: true) {
            var line = Array(raw)
            if line.last == 0x0D { line.removeLast() }
            guard let first = line.first else { continue }
            if first == 0x20 || first == 0x09, !lines.isEmpty {
                lines[lines.count - 1] += line.dropFirst()
            } else {
                lines.append(line)
            }
        }
        return lines
    }
}

extension ContentLine {
    /// - Returns: nil where it is no content line.
    init?(reading bytes: [UInt8]) {
        let text = String(decoding: bytes, as: UTF8.self)
        // What is before the first colon that stands in no quotation marks names the value.
        var isQuoted = false
        var parts: [String] = [""]
        var value: Substring?
        for index in text.indices {
            let character = text[index]
            if character == "\"" {
                isQuoted.toggle()
            } else if character == ":", !isQuoted {
                value = text[text.index(after: index)...]
                break
            } else if character == ";", !isQuoted {
                parts.append("")
            } else {
                parts[parts.count - 1].append(character)
            }
        }
        guard let value, let name = parts.first?.uppercased(), !name.isEmpty,
            name.utf8.allSatisfy({ (65...90).contains($0) || (48...57).contains($0) || $0 == 45 })
        else { return nil }
        var parameters: [String: String] = [:]
        for part in parts.dropFirst() {
            let pair = part.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
            guard pair.count == 2 else { return nil }
            parameters[pair[0].uppercased()] = String(pair[1])
        }
        self.init(name, parameters, value: String(value))
    }
}
