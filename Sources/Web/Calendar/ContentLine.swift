// SPDX-License-Identifier: Apache-2.0
import Clinical
import Foundation

/// One line of a calendar file: a name, its parameters, a value.
///
/// Source: RFC 5545, section 3.1.
struct ContentLine: Hashable, Sendable {
    let name: String
    var parameters: [String: String] = [:]
    let value: String

    init(_ name: String, _ parameters: [String: String] = [:], value: String) {
        (self.name, self.parameters, self.value) = (name, parameters, value)
    }

    /// A text that a person reads.
    init(_ name: String, text: String) { self.init(name, value: Self.escaped(text)) }

    /// An instant, in UTC.
    init(_ name: String, utc instant: Date) {
        self.init(name, value: ClockTime(instant, offset: 0).basic + "Z")
    }

    /// The line as it is sent: folded so that none is longer than 75 octets, each ended by CR LF.
    ///
    /// Folds between characters, not within one: some readers unfold after they decoded.
    var folded: String {
        var result = ""
        var length = 0
        for character in unfolded.unicodeScalars {
            let octets = character.utf8.count
            if length + octets > Self.longest {
                result += "\r\n "
                length = 1
            }
            result.unicodeScalars.append(character)
            length += octets
        }
        return result + "\r\n"
    }

    private var unfolded: String {
        name
            + parameters.sorted { $0.key < $1.key }.map { ";\($0.key)=\(Self.quoted($0.value))" }.joined()
            + ":" + Self.withoutControls(value)
    }

    private static let longest = 75

    // A value of a parameter has no escapes; a quotation mark cannot be in it at all.
    private static func quoted(_ value: String) -> String {
        let clean = withoutControls(value).replacing("\"", with: "'")
        return clean.contains { ";:,".contains($0) } ? "\"\(clean)\"" : clean
    }

    private static func escaped(_ text: String) -> String {
        text.replacing("\r\n", with: "\n").replacing("\\", with: "\\\\").replacing(";", with: "\\;")
            .replacing(",", with: "\\,").replacing("\n", with: "\\n")
    }

    /// A line break in a value would be a line of its own to whoever reads the file.
    private static func withoutControls(_ text: String) -> String {
        String(String.UnicodeScalarView(text.unicodeScalars.filter { $0.value >= 32 && $0.value != 127 }))
    }
}
