// SPDX-License-Identifier: Apache-2.0
import Clinical
import Foundation
import Store
import Testing

@testable import Web

@Suite("E-mails as they are handed over") struct MailMessageTests {
    func message(fromName: String = "Clifton PT", subject: String = "Hello", text: String = "Hi") throws
        -> MailMessage
    {
        MailMessage(
            from: try #require(MailAddress("desk@clinic.example")), fromName: fromName,
            to: try #require(MailAddress("vera@example.org")), subject: subject, text: text,
            date: Date(timeIntervalSince1970: 1_795_348_800), id: "abc")
    }

    func head(_ message: MailMessage) -> [String] {
        let text = String(decoding: message.data, as: UTF8.self)
        return String(text.prefix(upTo: text.firstRange(of: "\n\n")?.lowerBound ?? text.endIndex))
            .split(separator: "\n").map(String.init)
    }

    static let names = [
        "From", "To", "Subject", "Date", "Message-ID", "MIME-Version", "Auto-Submitted", "Content-Type",
        "Content-Transfer-Encoding"
    ]

    @Test(
        "No text becomes a header of its own",
        arguments: [
            "A\nBcc: all@example.org", "A\r\nBcc: all@example.org", "A\r\n\r\n<html>", "A\rBcc: x",
            "\n", "A\u{2028}B\u{85}C", "A\u{0}B", "=?utf-8?B?WA==?=", "x\" <evil@example.org>, \"y",
            String(repeating: "long ", count: 200), "日本語\nBcc: x", "", "a,b;c<d>"
        ])
    func injection(text: String) throws {
        for message in [try message(fromName: text), try message(subject: text)] {
            let head = head(message)
            let named = head.filter { !$0.hasPrefix(" ") }.map { $0.prefix { $0 != ":" } }
            #expect(named.map(String.init) == Self.names, "\(head)")
            #expect(head.contains { $0.hasSuffix("<desk@clinic.example>") })
            #expect(
                head.allSatisfy { $0.utf8.count <= 998 && $0.utf8.allSatisfy { (32...126).contains($0) } })
        }
    }

    @Test("A subject beyond ASCII comes back whole") func encoded() throws {
        let subject = "Ihr Termin: Müller & Søn – 日本語 👩‍⚕️ " + String(repeating: "ä", count: 50)
        let line = MailMessage.unstructured(subject)
        let decoded = line.split(separator: "\n ").map { word -> String in
            #expect(word.utf8.count <= 75)
            let base64 = word.dropFirst("=?utf-8?B?".count).dropLast(2)
            return String(decoding: Data(base64Encoded: String(base64)) ?? Data(), as: UTF8.self)
        }
        #expect(decoded.joined() == subject)
    }

    @Test(
        "What is an e-mail address",
        arguments: [
            ("vera@example.org", true), ("a.b+c'd@x-y.example.org", true), ("a@b", true),
            ("-oQ/tmp@example.org", false), ("a@b\nBcc: c@d", false), ("a b@c.org", false), ("a@@b", false),
            ("@b", false), ("a@", false), ("a@b..c", false), ("\"a\"@b", false), ("ä@b.org", false),
            ("a@b.org, c@d.org", false), ("a<b@c.org>", false),
            (String(repeating: "a", count: 260) + "@b", false)
        ])
    func addresses(text: String, isOne: Bool) { #expect((MailAddress(text) != nil) == isOne) }
}

@Suite("How messages are set up") struct MessageSettingsTests {
    func settings(_ lines: String) throws -> ClinicDetails {
        try ClinicDetails(yaml: ClinicDetails.demoYAML + "\n" + lines, file: "clinic.yaml")
    }

    @Test("Everything can be said, and nothing must be") func read() throws {
        #expect(try settings("").messages.channels == [])
        let clinic = try settings(
            """
            messages:
              reminders_h: [48, 3]
              quiet: "21:00-08:00"
              prefers: text
              email: { from: desk@clinic.example, command: [/usr/sbin/sendmail, -i, -t] }
              text: { url: "https://gateway.example/send", header: Authorization, secret_file: /etc/secret, fields: { to: to, text: body }, also: { from: Clinic } }
            calendars:
              - { therapist: Tess@clinic.example, url: "https://calendar.example/tess.ics" }
            """)
        #expect(clinic.messages.channels == [.email, .text])
        #expect(clinic.messages.rules.reminderHours == [48, 3])
        #expect(clinic.messages.rules.quiet == QuietHours(from: 1260, until: 480))
        #expect(clinic.messages.rules.prefers == .text)
        #expect(clinic.calendars.map(\.therapist) == ["tess@clinic.example"])
        #expect(clinic.organizer.address == "mailto:desk@clinic.example")
    }

    @Test(
        "A mistake is refused with its line",
        arguments: [
            ("messages: { quiet: \"21-8\" }", "expected a time from and to"),
            ("messages: { quiet: \"08:00-08:00\" }", "expected a time from and to"),
            ("messages: { reminders_h: [0] }", "from 1 to 336"),
            ("messages: { prefers: pigeon }", "unknown word 'pigeon'"),
            ("messages: { email: { from: desk, command: [/bin/true] } }", "no e-mail address"),
            ("messages: { email: { from: a@b.org, command: [sendmail, -t] } }", "whole path"),
            ("messages: { email: { from: a@b.org, command: [] } }", "whole path"),
            ("messages: { sms: 1 }", "unknown key 'sms'"),
            (
                "messages: { text: { url: \"http://gateway.example\", header: A, secret_file: /s, fields: { to: a, text: b } } }",
                "must begin with https://"
            ),
            (
                "messages: { text: { url: \"https://g.example\", header: \"A: b\", secret_file: /s, fields: { to: a, text: b } } }",
                "no header's name"
            ),
            (
                "messages: { text: { url: \"https://g.example\", header: A, secret_file: s, fields: { to: a, text: b } } }",
                "whole path"
            ),
            ("calendars: [{ therapist: a@b, url: \"file:///etc/passwd\" }]", "no address of the web"),
            ("calendars: [{ therapist: a@b, url: \"ftp://example.org/a\" }]", "must begin with https://"),
            (
                "calendars: [{ therapist: a@b, url: \"https://me:secret@example.org/a\" }]",
                "no address of the web"
            ),
            (
                "calendars: [{ therapist: a@b, url: \"http://127.0.0.1.example.org/a\" }]",
                "must begin with https://"
            ),
            (
                "calendars: [{ therapist: a@b, url: \"https://x.org\" }, { therapist: c@d, url: \"https://x.org\" }]",
                "is there twice"
            )
        ])
    func refused(lines: String, says: String) throws {
        let error = #expect(throws: LoadError.self) { _ = try settings(lines) }
        #expect(error?.description.contains(says) == true, "\(error?.description ?? "")")
        #expect(error?.description.contains("clinic.yaml:") == true)
    }
}
