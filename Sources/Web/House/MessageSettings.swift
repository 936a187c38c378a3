// SPDX-License-Identifier: Apache-2.0
import Clinical
import Foundation
package import Store

/// How the clinic sends messages, and when: `messages` in `clinic.yaml`.
///
/// ```yaml
/// messages:
///   reminders_h: [24]                # how long before an appointment
///   quiet: "21:00-08:00"             # nobody is disturbed, by the clinic's clock
///   prefers: email                   # where somebody gave both; the other is taken where this is missing
///   email: { from: desk@clinic.example, command: [/usr/sbin/sendmail, -i, -t] }
///   text:
///     url: https://gateway.example/messages
///     header: Authorization          # carries the first line of the secret's file
///     secret_file: /etc/soleus/text-secret
///     fields: { to: to, text: message }  # what the gateway calls the number and the words
///     also: { from: "+15550100" }    # sent along as it is
/// ```
///
/// Without `email` and `text` messages wait and nothing is sent; the desk's page says so.
package struct MessageSettings: Sendable, Hashable {
    struct Mail: Sendable, Hashable {
        let from: String
        /// The program's whole path and its arguments; `{to}` alone stands for the address it goes to.
        let command: [String]
    }

    struct Gateway: Sendable, Hashable {
        let url: WebAddress
        let header: String
        let secretFile: String
        let toField: String
        let textField: String
        let also: [String: String]
    }

    package var rules: MessageRules
    var mail: Mail?
    var gateway: Gateway?

    package var channels: Set<Message.Channel> {
        Set((mail == nil ? [] : [.email]) + (gateway == nil ? [] : [.text]))
    }

    init(_ node: DataNode?, zone: TimeZone) throws(LoadError) {
        rules = MessageRules(zone: zone)
        guard let fields = try node?.fields("reminders_h", "quiet", "prefers", "email", "text") else {
            return
        }
        if let node = fields["reminders_h"] {
            var hours: [Int] = []
            for node in try node.list() { hours.append(Int(try node.number(in: 1...336, whole: true))) }
            rules.reminderHours = hours
        }
        if let node = fields["quiet"] { rules.quiet = try Self.quiet(node) }
        if let node = fields["prefers"] { rules.prefers = try node.choice() }
        if let node = fields["email"] { mail = try Self.mail(node) }
        if let node = fields["text"] { gateway = try Self.gateway(node) }
    }

    private static func quiet(_ node: DataNode) throws(LoadError) -> QuietHours {
        let text = try node.text()
        let ends = text.split(separator: "-", omittingEmptySubsequences: false)
        guard ends.count == 2, let from = WallTime.minute(ends[0]), let until = WallTime.minute(ends[1]),
            let quiet = QuietHours(from: from, until: until)
        else { throw node.refused("expected a time from and to, such as \"21:00-08:00\", found '\(text)'") }
        return quiet
    }

    private static func mail(_ node: DataNode) throws(LoadError) -> Mail {
        let fields = try node.fields("from", "command")
        let from = try fields.required("from").text()
        guard MailAddress(from) != nil else {
            throw try fields.required("from").refused("'\(from)' is no e-mail address")
        }
        let command = try fields.required("command").texts()
        guard let program = command.first, program.hasPrefix("/") else {
            throw try fields.required("command").refused(
                "expected a list that begins with the program's whole path, such as [/usr/sbin/sendmail, -i, -t]"
            )
        }
        return Mail(from: from, command: command)
    }

    private static func gateway(_ node: DataNode) throws(LoadError) -> Gateway {
        let fields = try node.fields("url", "header", "secret_file", "fields", "also")
        let url = try WebAddress(fields.required("url"))
        let header = try fields.required("header")
        let name = try header.text()
        guard
            name.utf8.allSatisfy({
                $0 == 45 || Character(UnicodeScalar($0)).isLetter || (48...57).contains($0)
            })
        else { throw header.refused("'\(name)' is no header's name") }
        let secret = try fields.required("secret_file")
        guard try secret.text().hasPrefix("/") else { throw secret.refused("expected the file's whole path") }
        let names = try fields.required("fields").fields("to", "text")
        var also: [String: String] = [:]
        for (key, value) in try fields["also"]?.entries() ?? [] { also[key] = try value.text() }
        return Gateway(
            url: url, header: name, secretFile: try secret.text(), toField: try names.required("to").text(),
            textField: try names.required("text").text(), also: also)
    }
}

/// A calendar that is read to know when a therapist is busy elsewhere.
///
/// ```yaml
/// calendars:
///   - { therapist: tess@clinic.example, url: "https://calendar.example/tess.ics" }
/// ```
package struct CalendarSource: Sendable, Hashable {
    /// What the therapist signs in with, in lower case.
    let therapist: String
    let url: WebAddress

    static func list(_ node: DataNode?) throws(LoadError) -> [CalendarSource] {
        var sources: [CalendarSource] = []
        for node in try node?.list() ?? [] {
            let fields = try node.fields("therapist", "url")
            let url = try WebAddress(fields.required("url"))
            try node.refuse(url.text, ifTaken: sources.contains { $0.url == url })
            sources.append(
                CalendarSource(therapist: try fields.required("therapist").text().lowercased(), url: url))
        }
        return sources
    }
}

/// An address that the server asks by itself: https, or http on this machine alone.
struct WebAddress: Sendable, Hashable {
    let text: String

    init(_ node: DataNode) throws(LoadError) {
        text = try node.text()
        let isPlain = text.utf8.allSatisfy {
            $0 > 32 && $0 < 127 && $0 != UInt8(ascii: "\"") && $0 != UInt8(ascii: "\\")
        }
        guard isPlain, let url = URL(string: text), let host = url.host(), !host.isEmpty, url.user() == nil
        else {
            throw node.refused("'\(text)' is no address of the web")
        }
        let isHere = ["127.0.0.1", "localhost", "::1", "[::1]"].contains(host)
        guard url.scheme == "https" || url.scheme == "http" && isHere else {
            throw node.refused("'\(text)' must begin with https://; http:// is for this machine alone")
        }
    }
}

/// An e-mail address that cannot be anything else: neither an option of a program nor another header.
struct MailAddress: Sendable, Hashable {
    let text: String

    init?(_ text: String) {
        let parts = text.split(separator: "@", omittingEmptySubsequences: false)
        guard parts.count == 2, text.utf8.count <= 254, !parts[0].isEmpty, !text.hasPrefix("-"),
            parts[0].utf8.allSatisfy({ Self.isWord($0) || "!#$%&'*+/=?^_`{|}~.-".utf8.contains($0) }),
            parts[1].utf8.allSatisfy({ Self.isWord($0) || $0 == 45 || $0 == 46 }),
            parts[1].split(separator: ".", omittingEmptySubsequences: false).allSatisfy({ !$0.isEmpty })
        else { return nil }
        self.text = text
    }

    private static func isWord(_ byte: UInt8) -> Bool {
        (48...57).contains(byte) || (65...90).contains(byte) || (97...122).contains(byte)
    }
}
