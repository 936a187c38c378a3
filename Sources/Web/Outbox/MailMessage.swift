// SPDX-License-Identifier: Apache-2.0
import Clinical
import Foundation

/// An e-mail as it is handed to the mail system: ASCII throughout, so that every one of them takes it.
struct MailMessage: Sendable {
    let from: MailAddress
    let fromName: String
    let to: MailAddress
    let subject: String
    let text: String
    /// A calendar file to go with it, and its method.
    var calendar: (text: String, method: CalendarFile.Method)?
    let date: Date
    /// The same for every try: who got it twice can tell.
    let id: String

    var data: Data {
        let host = from.text.split(separator: "@").last.map(String.init) ?? "localhost"
        let boundary = "soleus-\(id)"
        var lines = [
            "From: \(Self.phrase(fromName)) <\(from.text)>", "To: <\(to.text)>",
            "Subject: \(Self.unstructured(subject))", "Date: \(Self.date(date))",
            "Message-ID: <\(id)@\(host)>", "MIME-Version: 1.0", "Auto-Submitted: auto-generated"
        ]
        if let calendar {
            lines += [
                "Content-Type: multipart/mixed; boundary=\"\(boundary)\"", "", "--\(boundary)",
                "Content-Type: text/plain; charset=utf-8", "Content-Transfer-Encoding: base64", "",
                Self.base64(text), "--\(boundary)",
                "Content-Type: text/calendar; charset=utf-8; method=\(calendar.method.rawValue)",
                "Content-Disposition: attachment; filename=\"appointment.ics\"",
                "Content-Transfer-Encoding: base64", "", Self.base64(calendar.text), "--\(boundary)--", ""
            ]
        } else {
            lines += [
                "Content-Type: text/plain; charset=utf-8", "Content-Transfer-Encoding: base64", "",
                Self.base64(text), ""
            ]
        }
        // Bare line feeds: what is read on standard input has this system's line ends.
        return Data(lines.joined(separator: "\n").utf8)
    }

    private static func base64(_ text: String) -> String {
        let crlf = text.replacing("\r\n", with: "\n").replacing("\n", with: "\r\n")
        return Data(crlf.utf8).base64EncodedString(options: [.lineLength76Characters, .endLineWithLineFeed])
    }

    /// A header's text: as it is where it is plain ASCII, else in encoded words of whole characters.
    ///
    /// Source: RFC 2047. No line break gets through either way, so that no text becomes another header.
    static func unstructured(_ text: String) -> String {
        let clean = withoutControls(text)
        let isPlain = clean.utf8.allSatisfy { (32...126).contains($0) } && !clean.contains("=?")
        if isPlain, clean.utf8.count <= 200 { return clean }
        var words: [String] = []
        var word = ""
        for character in clean.unicodeScalars {
            if word.utf8.count + character.utf8.count > 42 {
                words.append(word)
                word = ""
            }
            word.unicodeScalars.append(character)
        }
        words.append(word)
        return words.map { "=?utf-8?B?\(Data($0.utf8).base64EncodedString())?=" }.joined(separator: "\n ")
    }

    /// A name before an address.
    static func phrase(_ text: String) -> String {
        let clean = withoutControls(text)
        let isWord = clean.utf8.allSatisfy { byte in
            byte == 32 || (48...57).contains(byte) || (65...90).contains(byte) || (97...122).contains(byte)
        }
        if isWord, clean.utf8.count <= 60 { return clean }
        // Encoded words stand for a phrase as they are; quotation marks would make them mere text.
        return unstructured("\(clean)\u{200B}")
    }

    private static func withoutControls(_ text: String) -> String {
        String(String.UnicodeScalarView(text.unicodeScalars.filter { $0.value >= 32 && $0.value != 127 }))
    }

    /// `Mon, 23 Nov 2026 14:00:00 +0000`.
    private static func date(_ instant: Date) -> String {
        let wall = ClockTime(instant, offset: 0)
        let days = ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"]
        let months = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"]
        func two(_ number: Int) -> String { number < 10 ? "0\(number)" : "\(number)" }
        let time = [wall.secondOfDay / 3600, wall.secondOfDay / 60 % 60, wall.secondOfDay % 60].map(two)
        return
            "\(days[wall.day.daysSinceMonday]), \(wall.day.day) \(months[wall.day.month - 1]) \(wall.day.year) "
            + "\(time.joined(separator: ":")) +0000"
    }
}
